"""Grading by hand: ticks on a rubric become a score, evidence and, with the last of them, a result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Attempt, AttemptItem, HandGrade
from assessments.questions.base import Content
from assessments.questions.rubric import mark, rubric_of, ticked
from assessments.services.errors import Refused
from assessments.services.finishing import settled_state, sums
from assessments.services.superseding import supersede_evidence


class Overtaken(Refused):
    """Somebody else has graded meanwhile; ``grade`` is what stands now, and nothing was overwritten."""

    def __init__(self, grade: HandGrade) -> None:
        super().__init__(_("Somebody else has graded this answer meanwhile. Nothing was overwritten."))
        self.grade = grade


class Incomplete(Refused):
    """A grade that was complete would lose a criterion."""

    status = 422


@dataclass(frozen=True)
class Graded:
    """What became of a grade: the row, and whether it is complete, so that the answer waits no longer."""

    grade: HandGrade
    is_complete: bool


@transaction.atomic
def grade_by_hand(
    *, item: AttemptItem, ticks: Mapping[str, str], comment: str, revision: int, grader: Any, now: datetime
) -> Graded:
    """Keep ticks and a comment; once every criterion is ticked the answer is graded by them.

    ``revision`` is the number of saves that the page knew of. The same again changes nothing. Raises
    Overtaken when somebody else has saved since, Incomplete when a graded answer would be left without a
    tick. A grade that changes supersedes the evidence of the one before; both stand at the moment of
    handing in.
    """
    item, grade = _lock(item)
    content = item.marking.content
    known = _known(content, ticks)
    score = mark(content, known)
    if (grade.ticks, grade.comment) == (known, comment) and item.is_graded == (score is not None):
        return Graded(grade, item.is_graded)
    if revision != grade.revision:
        raise Overtaken(grade)
    if score is None and item.is_graded:
        raise Incomplete(_("This answer is graded. Tick a level for every criterion."))
    grade.ticks, grade.comment, grade.revision = known, comment, grade.revision + 1
    if score is not None:
        grade.grader, grade.at = grader, now
    grade._history_user = grader  # type: ignore[attr-defined]
    grade.save()
    if score is not None:
        item.hand_grade = grade
        _give(item, score, now)
    return Graded(grade, score is not None)


def _lock(item: AttemptItem) -> tuple[AttemptItem, HandGrade]:
    """The answer and its grade, locked until the transaction ends, the learner first as everywhere."""
    row = (
        AttemptItem.objects.select_for_update(of=("attempt__learner", "attempt", "self"))
        .select_related("attempt__learner__user", "version")
        .get(pk=item.pk)
    )
    return row, HandGrade.objects.select_for_update(of=("self",)).select_related("grader").get(item=row)


def _known(content: Content, ticks: Mapping[str, str]) -> dict[str, str]:
    """The ticks that this rubric has."""
    levels = {criterion.name: ticked(criterion, ticks) for criterion in rubric_of(content)}
    return {name: level.label for name, level in levels.items() if level}


def _give(item: AttemptItem, score: float, now: datetime) -> None:
    """Store a score, the evidence that it and its criteria are, and what the attempt comes to."""
    attempt, is_new = item.attempt, score != item.score
    if is_new:
        item.score, item.graded_at = score, now
        item.save(update_fields=["score", "graded_at"])
    supersede_evidence(item=item, score=score)
    if is_new and not attempt.is_open:
        Attempt.objects.filter(pk=attempt.pk).update(state=settled_state(_state_after(attempt)), **sums())


def _state_after(attempt: Attempt) -> str:
    """Graded for the first time, or again; one whose time ran out says so for ever."""
    if attempt.state == Attempt.State.EXPIRED:
        return Attempt.State.EXPIRED
    return Attempt.State.GRADED if attempt.state == Attempt.State.SUBMITTED else Attempt.State.REGRADED
