"""What the pages of a case write: what was decided, in a line, and texts whose citations lead to exhibits."""

import re
from collections.abc import Sequence

from django import template
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.selectors.case_exhibits import ExhibitView
from assessments.selectors.case_runs import answer_words
from concepts.cases.playing import Settled

register = template.Library()
_CITATION = re.compile(r"\[E([0-9]{1,2})\]")


@register.filter
def decided(settled: Settled) -> str:
    """What was decided, in a line."""
    return answer_words(settled.decision, settled)


@register.filter
def cite(text: str, exhibits: Sequence[ExhibitView]) -> SafeString:
    """A text in paragraphs, where `[E2]` leads to exhibit 2 where it stands; other numbers stay text."""
    known = {view.number: view for view in exhibits}

    def link(match: re.Match[str]) -> str:
        view = known.get(int(match[1]))
        if view is None:
            return match[0]
        title = _("exhibit %(number)s, %(title)s") % {"number": view.number, "title": view.exhibit.title}
        return format_html('<a href="{}#{}" title="{}">[E{}]</a>', view.page, view.anchor, title, view.number)

    return SafeString(_CITATION.sub(link, linebreaks(text, autoescape=True)))
