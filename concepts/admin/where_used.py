"""“Where it is used” on a form: what names a word, a measure or a source, before anybody deletes it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.defaultfilters import unordered_list
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concepts.admin.deletion import lines_of
from concepts.selectors.where_used import users_of


class WhereUsedAdmin(admin.ModelAdmin):
    """A panel at the end of the form, once there is something that can be used."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "used_in")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        description = _("As long as anything is listed here, it cannot be deleted.")
        panel = {"description": description, "fields": ("used_in",)}
        return (*fieldsets, (_("Where it is used"), panel))

    def uses(self, obj: Any) -> Iterable[Any]:
        """Everything that names it."""
        return users_of([obj])

    @admin.display(description=gettext_lazy("Used in"))
    def used_in(self, obj: Any) -> SafeString | str:
        lines = lines_of(self.uses(obj)) if obj.pk else []
        if not lines:
            return _("Nothing names it yet.")
        return format_html('<ul class="tk-uses">{}</ul>', unordered_list(lines))
