"""Marking answers again by a ruling on their question: the same sums for a preview as for the correction.

The answers of some hundred learners are taken at a time, so that ten thousand need no more memory than those.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from assessments.models import Attempt, AttemptItem, Evidence, QuestionVersion
from assessments.questions import rubric
from assessments.questions.base import is_by_hand
from assessments.services.criteria import Objectives, objectives_of
from assessments.services.finishing import grade_item, settled_state, sums
from assessments.services.refolding import Refold, refolds, store_refolds
from assessments.services.superseding import Standing, Tails, successors, tails_of

AT_ONCE = 500  # learners
GRADED = (Attempt.State.GRADED, Attempt.State.REGRADED)


@dataclass(frozen=True)
class Ruling:
    """What becomes of the answers to some versions: another key marks them, or they are void.

    In a preview the key is a version that is not stored.
    """

    versions: tuple[int, ...]
    key: QuestionVersion | None = None
    void: str = ""


@dataclass(frozen=True)
class Revised:
    """One answer under a ruling. A mark is None while it waits for grading, and where it is left out."""

    item: AttemptItem
    old: float | None
    new: float | None
    fails: bool = False  # the key cannot be worked out with the figures drawn
    is_moved: bool = False  # between those that wait for a person and those that are graded

    @property
    def changes(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True)
class Batch:
    """The answers of some learners under a ruling, and what follows of them. Nothing of it is stored."""

    revised: Sequence[Revised]
    standings: Sequence[Standing]
    refolds: Sequence[Refold]


def affected_items(versions: Sequence[int]) -> QuerySet[AttemptItem]:
    """The answers to some versions, those being worked on included and previews left out."""
    return AttemptItem.objects.filter(version__in=versions, attempt__is_preview=False)


def learners_of(versions: Sequence[int]) -> list[int]:
    """Who holds such answers."""
    items = affected_items(versions).order_by("attempt__learner")
    return list(items.values_list("attempt__learner", flat=True).distinct())


def batches(ruling: Ruling, learners: Sequence[int]) -> Iterator[Batch]:
    """What a ruling makes of the answers of these learners, so many at a time."""
    asked = QuestionVersion.objects.in_bulk(ruling.versions)
    keys = [ruling.key] if ruling.key else []
    known = objectives_of(version.content for version in [*asked.values(), *keys])
    for start in range(0, len(learners), AT_ONCE):
        rows = affected_items(ruling.versions).filter(attempt__learner__in=learners[start : start + AT_ONCE])
        rows = rows.select_related("attempt__assessment", "hand_grade").order_by("attempt__learner", "pk")
        items = list(rows)
        tails = tails_of([item.pk for item in items])
        revised = [_revise(item, asked[item.version_id], ruling) for item in items]
        standings = [
            standing for each in revised for standing in _standings(each, tails.get(each.item.pk, {}), known)
        ]
        yield Batch(revised, standings, refolds(standings))


def _revise(item: AttemptItem, asked: QuestionVersion, ruling: Ruling) -> Revised:
    """The item as the ruling has it, marked again if it had been marked."""
    old = mark_of(item)
    item.version = asked
    item.void = ruling.void
    if ruling.key is not None:
        item.key_version = None if ruling.key.pk == asked.pk else ruling.key
    if is_by_hand(asked.kind) and item.answer is not None:
        return _revise_by_hand(item, old)
    was_graded_at = item.graded_at
    try:
        grade_item(item, was_graded_at or item.attempt.started_at)
    except (KeyError, ValueError):  # a FormulaError is a ValueError
        return Revised(item, old, old, fails=True)
    if was_graded_at is None:  # it was only tried out; the learner is still at it
        item.score, item.misconceptions, item.graded_at = None, [], None
    return Revised(item, old, mark_of(item))


def _revise_by_hand(item: AttemptItem, old: float | None) -> Revised:
    """A written answer by the ticks it was given; where they are no levels of the rubric, it waits again."""
    grade = getattr(item, "hand_grade", None)
    if grade is None:
        return Revised(item, old, None)
    was_graded = item.is_graded
    score = 1.0 if item.void == AttemptItem.Void.FULL else rubric.mark(item.marking.content, grade.ticks)
    item.score = score
    item.graded_at = None if score is None else item.graded_at or grade.at
    return Revised(item, old, mark_of(item), is_moved=item.is_graded != was_graded)


def mark_of(item: AttemptItem) -> float | None:
    """The score that stands: none while it waits, none where the question is left out."""
    return None if item.void == AttemptItem.Void.OUT else item.score


def _standings(revised: Revised, tails: Tails, known: Objectives) -> list[Standing]:
    item, tail = revised.item, tails.get("")
    if revised.fails or (item.score is None and tail is None):
        return []
    counts = item.score is not None and item.void != AttemptItem.Void.OUT
    score = tail.score if item.score is None and tail else item.score or 0.0
    return successors(item=item, tails=tails, known=known, score=score, counts=counts)


def store(batch: Batch) -> None:
    """Write one batch down: marks, sums, evidence and states.

    Call it in the transaction of the correction, with the learners' rows locked.
    """
    _store_marks(batch.revised)
    _store_attempts(batch.revised)
    Evidence.objects.bulk_create([standing.after for standing in batch.standings])
    store_refolds(batch.refolds)


def _store_marks(revised: Sequence[Revised]) -> None:
    """Few different marks, many items: one statement for each mark. When it was graded stays as it was."""
    alike: dict[tuple[Any, ...], list[int]] = {}
    for each in revised:
        item = each.item
        since = (("graded_at", item.graded_at),) if each.is_moved else ()
        mark = (item.score, tuple(item.misconceptions), item.key_version_id, item.void, since)
        alike.setdefault(mark, []).append(item.pk)
    for (score, misconceptions, key, void, since), items in alike.items():
        AttemptItem.objects.filter(pk__in=items).update(
            score=score, misconceptions=list(misconceptions), key_version=key, void=void, **dict(since)
        )


def _store_attempts(revised: Sequence[Revised]) -> None:
    """Add up anew the attempts that are over; where a mark changed, they say that they were graded again."""
    changed = {each.item.attempt_id for each in revised if each.changes}
    by_hand = {each.item.attempt_id for each in revised if is_by_hand(each.item.version.kind)}
    graded = Attempt.objects.filter(pk__in=changed, state__in=GRADED)
    graded.update(state=settled_state(Attempt.State.REGRADED))
    waiting = Attempt.objects.filter(pk__in=by_hand, state=Attempt.State.SUBMITTED)
    waiting.update(state=settled_state(Attempt.State.GRADED))
    Attempt.objects.filter(pk__in=changed | by_hand).finished().update(**sums())
