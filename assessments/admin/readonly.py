"""What is a record: to look at, never to add, change or delete, whoever one is."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concepts.admin.base import TaktAdmin
from concepts.admin.inlines import TaktInline

MOST_COUNTED = 10_000


class CappedPaginator(Paginator):
    """Counts to ten thousand and no further: to count fifty million rows takes longer than to see some."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[:MOST_COUNTED].count())


class ReadOnly:
    """Mix-in: nobody may write here, administrators included."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, TaktAdmin):
    """A list of records, newest first, and a page for each."""

    actions = None
    paginator = CappedPaginator
    show_full_result_count = False
    ordering = ("-pk",)


class ReadOnlyInline(ReadOnly, TaktInline):
    """Records on the page of what they belong to."""

    extra = 0


def lines_html(lines: Sequence[tuple[str, str]]) -> SafeString:
    """Names and texts as a list, for a field that is only read."""
    rows = format_html_join(
        "",
        '<div><dt>{}</dt><dd><span class="tk-then">{}</span></dd></div>',
        [(name, text) for name, text in lines if text],
    )
    return format_html('<dl class="tk-version">{}</dl>', rows or _("empty"))
