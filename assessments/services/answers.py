"""Saving and checking answers: idempotent, ordered, and never over what somebody else has saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from assessments.models import Attempt, AttemptItem
from assessments.questions.base import Answer
from assessments.questions.tries import FULL, tries_allowed, was_tried
from assessments.services.finishing import GRACE, close, finish_overdue, grade_item, record
from assessments.services.handing_in import hand_in, needs_a_person

Posted = Mapping[str, Sequence[str]]
ANSWER_FIELDS = ["answer", "certainty", "revision", "saved_at"]
GRADE_FIELDS = ["score", "misconceptions", "graded_at"]
TRY_FIELDS = ["tries", "revision"]


class Outcome(StrEnum):
    """What became of an answer."""

    SAVED = "saved"
    UNCHANGED = "unchanged"  # the same answer again: nothing was written, nothing is charged
    TRIED = "tried"  # saved and not right, and it may be answered again
    STALE = "stale"  # another tab or device has saved since; nothing was overwritten
    GRADED = "graded"  # marked already or handed in; a different answer comes too late
    CLOSED = "closed"  # the attempt is over


@dataclass(frozen=True)
class Saved:
    """The outcome and the item as the database now has it.

    ``is_again`` says that the answer had cost a try before; it costs none again.
    """

    outcome: Outcome
    item: AttemptItem
    is_again: bool = False

    @property
    def is_kept(self) -> bool:
        return self.outcome in (Outcome.SAVED, Outcome.UNCHANGED, Outcome.TRIED)


@transaction.atomic
def save_answer(
    *, item: AttemptItem, posted: Posted, revision: int, now: datetime, certainty: int | None = None
) -> Saved:
    """Keep an answer without grading it. Raises AnswerError when it cannot be read; nothing is changed then.

    ``revision`` is the number of saves that the page knew of when it was made.
    """
    item, _ = _lock(item)
    answer = item.version.kind.read(item.version.content, item.values, posted)
    saved = _take(item, answer, revision, now, certainty)
    if saved.outcome is Outcome.SAVED:
        saved.item.save(update_fields=ANSWER_FIELDS)
    return saved


@transaction.atomic
def check_answer(
    *,
    item: AttemptItem,
    posted: Posted,
    revision: int,
    now: datetime,
    certainty: int | None = None,
    gives_up: bool = False,
) -> Saved:
    """Keep an answer and grade it at once, as practice and reviews do; a blank one only on giving up.

    In practice an answer that is not right while there are tries left is noted as a try instead, which costs
    what the question says; giving up after that leaves the last try as the answer. The same answer again
    changes nothing and costs nothing, before marking and after. The last answer ends a review.
    """
    item, is_last = _lock(item)
    version = item.version
    answer = _last_tried(item) if gives_up else version.kind.read(version.content, item.values, posted)
    is_again = not gives_up and was_tried(item.tries, answer)
    saved = _take(item, answer, revision, now, certainty, gives_up=gives_up, is_again=is_again)
    if not saved.is_kept or saved.is_again or _is_settled(item) or not item.attempt.is_open:
        return saved
    if needs_a_person(item):
        return _hand_over(saved, now)
    changed = ANSWER_FIELDS if saved.outcome is Outcome.SAVED else []
    is_graded_now = gives_up or (answer is not None and not _leaves_a_try(item))
    if is_graded_now:
        grade_item(item, now)
        changed = [*changed, *GRADE_FIELDS]
    elif answer is not None:
        saved = _note_try(saved)
        changed = [*changed, *TRY_FIELDS]
    if changed:  # one statement for the answer and its grade
        item.save(update_fields=changed)
    if is_graded_now:
        record(item.attempt, item.attempt.learner, [item], now)
        if is_last and item.attempt.kind == Attempt.Kind.REVIEW:
            close(item.attempt, now, Attempt.State.GRADED)
    return saved


def _is_settled(item: AttemptItem) -> bool:
    """Whether nothing about the answer can be changed any more."""
    return item.is_graded or item.is_handed_in


def _hand_over(saved: Saved, now: datetime) -> Saved:
    """Keep an answer that a person will grade; from now on it waits."""
    if saved.outcome is Outcome.SAVED:
        saved.item.save(update_fields=ANSWER_FIELDS)
    hand_in([saved.item], now)
    return saved


def _last_tried(item: AttemptItem) -> Answer | None:
    return item.tries[-1]["answer"] if item.tries else None


def _score(item: AttemptItem) -> float:
    """What the answer is worth by itself."""
    version = item.marking
    return version.kind.grade(version.content, item.marking_values, item.answer).score


def _leaves_a_try(item: AttemptItem) -> bool:
    """Whether an item in practice may be answered again: the answer is not right, nor the last."""
    if not item.attempt.allows_tries:
        return False
    return len(item.tries) + 1 < tries_allowed(item.version.content) and _score(item) < FULL


def _note_try(saved: Saved) -> Saved:
    """Count a try. A page that was made before it does not know of its hint, so it is out of date."""
    item = saved.item
    if saved.outcome is Outcome.UNCHANGED:  # saved as a draft before it was checked
        item.revision += 1
    item.tries = [*item.tries, {"answer": item.answer, "score": _score(item)}]
    return Saved(Outcome.TRIED, item)


def mark_seen(*, item: AttemptItem, now: datetime) -> None:
    """Note when a question was first shown, once and for all."""
    if item.first_seen_at is None:
        AttemptItem.objects.filter(pk=item.pk, first_seen_at=None).update(first_seen_at=now)


def _lock(item: AttemptItem) -> tuple[AttemptItem, bool]:
    """The item with its attempt, learner and version, locked until the transaction ends, in one query; and
    whether every other question of the attempt has been graded.

    Everywhere the learner is locked first: who waits for the learner holds nothing that others wait for.
    The version that corrects it is left to be fetched: joined, it could date from before the lock.
    """
    open_ones = AttemptItem.objects.filter(attempt=OuterRef("attempt"), score__isnull=True)
    row = (
        AttemptItem.objects.select_for_update(of=("attempt__learner", "attempt", "self"))
        .select_related("attempt__learner__user", "attempt__assessment", "version")
        .annotate(is_last=~Exists(open_ones.exclude(pk=OuterRef("pk"))))
        .get(pk=item.pk)
    )
    return row, row.is_last


def _take(
    item: AttemptItem,
    answer: Any,
    revision: int,
    now: datetime,
    certainty: int | None,
    *,
    gives_up: bool = False,
    is_again: bool = False,
) -> Saved:
    """Put an answer into its item, if it may be put there. Does not save."""
    attempt = item.attempt
    same = item.revision > 0 and item.answer == answer
    if finish_overdue(attempt=attempt, now=now) or not attempt.is_open:
        item.refresh_from_db()
        return Saved(Outcome.UNCHANGED if same else Outcome.CLOSED, item)
    if _is_settled(item):
        return Saved(Outcome.UNCHANGED if same else Outcome.GRADED, item)
    if is_again:
        return Saved(Outcome.UNCHANGED, item, is_again=True)
    if revision != item.revision and (gives_up or not same):
        return Saved(Outcome.STALE, item)
    if same and certainty == item.certainty:
        return Saved(Outcome.UNCHANGED, item)
    if answer is None and item.revision == 0 and not gives_up:
        return Saved(Outcome.UNCHANGED, item)
    item.answer = answer
    item.certainty = certainty
    item.revision += 1
    item.saved_at = now
    return Saved(Outcome.SAVED, item)


__all__ = ["GRACE", "Outcome", "Saved", "check_answer", "mark_seen", "save_answer"]
