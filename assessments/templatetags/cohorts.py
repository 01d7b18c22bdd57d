"""The cells of the cohort table, drawn at a price that a page of fifty learners can pay."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.selectors.cohort_table import Cell

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


@register.simple_tag
def module_cells(cells: Iterable[Cell]) -> SafeString:
    """One cell a module: the mean level, and how many objectives are mastered."""
    unit, sprite = _("mastered"), static("img/icons.svg")
    return SafeString("".join(_drawn(cell.mastered, cell.level, cell.word, unit, sprite) for cell in cells))
