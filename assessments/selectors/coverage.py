"""How well objectives are covered by questions: counts by state and type, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.course_check.bank import ENOUGH_QUESTIONS, ENOUGH_TYPES
from assessments.models import Question
from assessments.questions import TYPES
from concepts.models import Publishable


@dataclass
class Coverage:
    """The questions of one objective."""

    live: int = 0
    drafts: int = 0
    types: dict[str, int] = field(default_factory=dict)  # live ones only

    @property
    def counted(self) -> str:
        """`5 live, 1 draft`."""
        text = _("%(count)d live") % {"count": self.live}
        if self.drafts:
            drafts = ngettext("%(count)d draft", "%(count)d drafts", self.drafts) % {"count": self.drafts}
            return f"{text}, {drafts}"
        return text

    @property
    def kinds(self) -> str:
        """`2 single choice, 1 number`."""
        return ", ".join(
            f"{count} {str(TYPES[kind].label).lower()}" for kind, count in sorted(self.types.items())
        )

    @property
    def gaps(self) -> list[str]:
        """What the question rules still ask for."""
        gaps = []
        if self.live < ENOUGH_QUESTIONS:
            lacking = ENOUGH_QUESTIONS - self.live
            text = ngettext("%(count)d more question", "%(count)d more questions", lacking)
            gaps.append(text % {"count": lacking})
        if len(self.types) < ENOUGH_TYPES:
            gaps.append(_("a second type of question") if self.types else _("two types of question"))
        return gaps


def coverage_of(objectives: Iterable[int]) -> dict[int, Coverage]:
    """The coverage of these objectives, in one query."""
    found = {pk: Coverage() for pk in objectives}
    rows = (
        Question.objects.filter(objective__in=found, case__isnull=True)  # a case asks its own alone
        .order_by()
        .values_list("objective", "type", "status")
        .annotate(Count("pk"))
    )
    for objective, kind, status, count in rows:
        coverage = found[objective]
        if status == Publishable.Status.PUBLISHED:
            coverage.live += count
            coverage.types[kind] = coverage.types.get(kind, 0) + count
        else:
            coverage.drafts += count
    return found
