"""What is said of a written answer: that it waits, or what a person made of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.models import AttemptItem
from assessments.questions.base import Criterion, Level
from assessments.questions.rubric import mark, most_points, points_of, rubric_of, ticked
from assessments.selectors.attempts import Revealed
from assessments.selectors.verdicts import ICONS, STATES, Verdict, of_marks


@dataclass(frozen=True)
class Reached:
    """One criterion and the level that the answer reached; none while it waits."""

    criterion: Criterion
    level: Level | None


@dataclass(frozen=True)
class HandMarking:
    """The rubric of an answer, and what a person said of it. The comment is plain text."""

    rows: tuple[Reached, ...]
    points: float
    most: float
    comment: str
    is_graded: bool

    @property
    def rubric(self) -> list[Criterion]:
        """The criteria alone."""
        return [row.criterion for row in self.rows]


def waits(item: AttemptItem) -> bool:
    """Whether an answer has been handed in and waits for a person."""
    return not item.is_graded and item.is_handed_in


def hand_verdict(item: AttemptItem, shown: Revealed) -> Verdict | None:
    """The verdict on a written answer, with the model answer as soon as that may be shown."""
    is_graded, content = item.is_graded, item.marking.content
    if not is_graded and not item.is_handed_in:
        return None
    if is_graded and not (shown.marks or shown.feedback):
        return None
    missed = item.answer is None
    verdict = "right" if (item.score or 0) >= 1 - 1e-9 else "partly" if item.score else "wrong"
    is_told = is_graded and not missed and shown.marks
    return Verdict(
        state=STATES[verdict] if is_told else "",
        icon=(ICONS[verdict] if is_told else "note") if is_graded else "clock",
        head=_head(item, shown, missed=missed),
        feedback=() if is_graded else (_waiting(item),),
        right_answer="",
        explanation=content["explanation"] if shown.right_answer else "",
        note="",
    )


def _waiting(item: AttemptItem) -> str:
    if item.attempt_id is None:
        return _(
            "A learner could change nothing in it now, and would find the grade here. This is a preview."
        )
    return _("Nothing in it can be changed now. You will find the grade here.")


def _head(item: AttemptItem, shown: Revealed, *, missed: bool) -> str:
    if not item.is_graded:
        return _("Handed in: a person will mark it")
    if missed:
        return _("You left this one open. This is how it goes.") if shown.right_answer else _("Not answered")
    return _("Marked: %(marks)s") % {"marks": of_marks(item)} if shown.marks else _("Marked")


def hand_marking(item: AttemptItem, shown: Revealed) -> HandMarking | None:
    """The rubric with what was reached in it, as far as it may be shown; None where nobody marks by hand."""
    if not item.is_handed_in:
        return None
    content = item.marking.content
    # One that was made void is graded, too, and may never have been ticked.
    is_graded = item.is_graded and shown.marks and mark(content, item.hand_grade.ticks) is not None
    ticks = item.hand_grade.ticks if is_graded else {}
    return HandMarking(
        tuple(Reached(criterion, ticked(criterion, ticks)) for criterion in rubric_of(content)),
        points_of(content, ticks),
        most_points(content),
        item.hand_grade.comment if item.is_graded and shown.feedback else "",
        is_graded,
    )
