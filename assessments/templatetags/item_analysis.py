"""The chart of what was answered, and the rules behind the verdicts."""

import re

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.item_verdicts import thresholds
from assessments.selectors.choice_counts import Spread
from assessments.svg import Bar, Words, bars
from assessments.wording import in_series
from concepts.figures import NARROW_SPACE, format_number

register = template.Library()
_MARKS = re.compile(r"[*`$\\]")


@register.simple_tag
def spread_chart(spread: Spread, title: str) -> SafeString:
    """A bar for each choice; the texts are those of the table below, without their Markdown."""
    lines = [
        Bar(
            _MARKS.sub("", choice.label),
            choice.percent,
            f"{format_number(choice.percent, 0)}{NARROW_SPACE}%"
            + (f", {_('right')}" if choice.right and choice.label != _("Right") else ""),
            choice.right is True,
        )
        for choice in spread.choices
    ]
    said = in_series([f"{line.name}: {line.figure}" for line in lines])
    return bars(Words("spread", title, said), lines)


@register.simple_tag
def analysis_rules() -> list[str]:
    """The thresholds, in sentences."""
    return thresholds()
