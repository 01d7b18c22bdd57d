"""The cells of the cohort table, drawn at a price that a page of fifty learners can pay."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import dateformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.selectors.cohort_table import Cell
from assessments.selectors.cohorts import Overview
from assessments.wording import days_ago

register = template.Library()


@lru_cache(maxsize=1024)
def _drawn(mastered: int, level: int, word: str, unit: str, sprite: str) -> SafeString:
    """The mark first, the tint by its level, then the figure; the words are for screen readers."""
    return format_html(
        '<td data-level="{level}"><svg aria-hidden="true" focusable="false">'
        '<use href="{sprite}#m{level}"/></svg><span class="visually-hidden">{word}, </span>'
        '<b>{mastered}</b><span class="visually-hidden"> {unit}</span></td>',
        level=level,
        sprite=sprite,
        word=word,
        mastered=mastered,
        unit=unit,
    )


def module_cells(cells: Iterable[Cell]) -> SafeString:
    """One cell a module: the mean level, and how many objectives are mastered."""
    unit, sprite = _("mastered"), static("img/icons.svg")
    return SafeString("".join(_drawn(cell.mastered, cell.level, cell.word, unit, sprite) for cell in cells))


def _when(last: datetime | None, now: datetime) -> SafeString:
    """How long ago somebody answered, and exactly when, in the reader's zone."""
    if last is None:
        return format_html('<span class="quiet">{}</span>', _("no answer yet"))
    here = localtime(last)
    exact = dateformat.format(here, "j M Y, H:i")
    return format_html(
        '{}<time class="sub" datetime="{}">{}</time>', days_ago(last, now), here.isoformat(), exact
    )


def _sub(text: str) -> SafeString:
    return format_html('<span class="sub">{}</span>', text) if text else SafeString("")


@register.simple_tag
def learner_rows(overview: Overview, now: datetime) -> SafeString:
    """The body of the table: name and address, a cell a module, mastered in all, last answer."""
    address = reverse("assessments:cohort_learner", args=[overview.cohort.pk, 0]).removesuffix("0/")
    return format_html_join(
        "\n",
        '<tr><th scope="row"><a href="{}{}/">{}</a>{}</th>{}'
        '<td class="num"><b>{}</b>{}</td><td class="when">{}</td></tr>',
        (
            (
                address,
                row.learner_id,
                row.name,
                _sub(row.email if row.email != row.name else ""),
                module_cells(row.cells),
                row.mastered,
                _sub(_("%(count)s fading") % {"count": row.fading} if row.fading else ""),
                _when(row.last, now),
            )
            for row in overview.rows
        ),
    )
