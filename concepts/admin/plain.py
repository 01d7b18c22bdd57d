"""Choosing related things without JavaScript: plain lists in place of boxes that search while one types.

Such a box is empty without its script. The page then offers a link to itself with `plain` in the address, and
what is posted from there, or comes back refused, stays plain.
"""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.http import HttpRequest
from django.utils.translation import gettext as _

PLAIN = "plain"
MOST = 1_000  # nobody finds anything in a longer list, and each row of a table would hold it


def is_plain(request: HttpRequest | None) -> bool:
    """Whether plain lists were asked for."""
    return request is not None and PLAIN in request.GET


def plain_url(request: HttpRequest, searches: bool) -> str:
    """The address of the same form with plain lists; empty where it has them, or needs none."""
    if is_plain(request) or not searches:
        return ""
    query = request.GET.copy()
    query[PLAIN] = "1"
    return f"?{query.urlencode()}"


class PlainChoices(BaseModelAdmin):
    """Mix-in for forms and for the tables in them."""

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        return () if is_plain(request) else super().get_autocomplete_fields(request)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Of too many for a list the number is typed."""
        if is_plain(request) and db_field.name in self.autocomplete_fields:
            model = db_field.remote_field.model
            if model._default_manager.count() > MOST:
                kwargs["widget"] = ForeignKeyRawIdWidget(db_field.remote_field, self.admin_site)
                said = {"most": MOST, "kind": model._meta.verbose_name}
                advice = _("There are more than %(most)d. Type the number in the address of the %(kind)s.")
                kwargs["help_text"] = advice % said
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
