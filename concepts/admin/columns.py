"""What lists and forms of the admin show of a row: its state, what is missing, where it belongs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from concepts.models import Publishable

EMPTY = "–"


def mark(text: str, state: str = "", icon: str = "") -> SafeString:
    """A state in icon and word, as `components/state.html` draws it; cheap enough for a long list."""
    drawn = (
        format_html(
            '<svg class="tk-icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
            static("img/icons.svg"),
            icon,
        )
        if icon
        else ""
    )
    if not state:
        return format_html('<span class="tk-state">{}{}</span>', drawn, text)
    return format_html('<span class="tk-state" data-state="{}">{}{}</span>', state, drawn, text)


def state_mark(obj: Publishable) -> SafeString:
    """Whether learners see it, and what waits beside it."""
    if getattr(obj, "waiting_problem", None):
        return mark(_("Not published as planned"), "bad", "alert")
    if obj.publish_at:
        return mark(_("Scheduled: %(when)s") % {"when": _short(obj.publish_at)}, "warn", "clock")
    if not obj.is_published:
        return mark(_("Draft"), "", "pencil")
    if until := getattr(obj, "waiting_until", None):
        return mark(_("Published; changes on %(when)s") % {"when": _short(until)}, "warn", "clock")
    if getattr(obj, "waiting_since", None):
        return mark(_("Published; changes wait"), "warn", "pencil")
    return mark(_("Published"), "good", "check")


def _short(moment: datetime) -> str:
    return date_format(localtime(moment), "j M, H:i")


def missing_mark(missing: Iterable[str]) -> SafeString:
    """What is still to be done, line by line, or that nothing is."""
    lines = list(missing)
    if not lines:
        return mark(_("Complete"), "good", "check")
    return format_html(
        '<ul class="tk-missing">{}</ul>', format_html_join("", "<li>{}</li>", [(line,) for line in lines])
    )


def change_url(obj: Any) -> str:
    """The admin's page for a row."""
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def link_to(obj: Any, text: str = "") -> SafeString | str:
    """A link to the admin's page of a row, a dash for nothing."""
    return format_html('<a href="{}">{}</a>', change_url(obj), text or str(obj)) if obj else EMPTY


def count_of(rows: QuerySet[Any], link: str) -> Coalesce:
    """How many of these rows belong to each row of a list: a subquery, so that counts do not multiply."""
    counts = rows.filter(**{link: OuterRef("pk")}).order_by().values(link).annotate(count=Count("pk"))
    return Coalesce(Subquery(counts.values("count"), output_field=IntegerField()), 0)
