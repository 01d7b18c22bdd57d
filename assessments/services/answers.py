"""Saving and checking answers: idempotent, ordered, and never over what somebody else has saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from assessments.models import Attempt, AttemptItem
from assessments.services.finishing import GRACE, close, finish_overdue, grade_item, record

Posted = Mapping[str, Sequence[str]]
ANSWER_FIELDS = ["answer", "certainty", "revision", "saved_at"]
GRADE_FIELDS = ["score", "misconceptions", "graded_at"]


class Outcome(StrEnum):
    """What became of an answer."""

    SAVED = "saved"
    UNCHANGED = "unchanged"  # the same answer again: nothing was written, nothing is charged
    STALE = "stale"  # another tab or device has saved since; nothing was overwritten
    GRADED = "graded"  # this one has been marked already; a different answer comes too late
    CLOSED = "closed"  # the attempt is over


@dataclass(frozen=True)
class Saved:
    """The outcome and the item as the database now has it."""

    outcome: Outcome
    item: AttemptItem

    @property
    def is_kept(self) -> bool:
        return self.outcome in (Outcome.SAVED, Outcome.UNCHANGED)


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

    A second submit of the same answer finds it graded and changes nothing. The last answer ends a review.
    """
    item, is_last = _lock(item)
    answer = None if gives_up else item.version.kind.read(item.version.content, item.values, posted)
    saved = _take(item, answer, revision, now, certainty, gives_up=gives_up)
    changed = ANSWER_FIELDS if saved.outcome is Outcome.SAVED else []
    is_waiting = saved.is_kept and not item.is_graded and item.attempt.is_open
    is_graded_now = is_waiting and (gives_up or answer is not None)
    if is_graded_now:
        grade_item(item, now)
        changed = [*changed, *GRADE_FIELDS]
    if changed:  # one statement for the answer and its grade
        item.save(update_fields=changed)
    if is_graded_now:
        record(item.attempt, item.attempt.learner, [item], now)
        if is_last and item.attempt.kind == Attempt.Kind.REVIEW:
            close(item.attempt, now, Attempt.State.GRADED)
    return saved


def mark_seen(*, item: AttemptItem, now: datetime) -> None:
    """Note when a question was first shown, once and for all."""
    if item.first_seen_at is None:
        AttemptItem.objects.filter(pk=item.pk, first_seen_at=None).update(first_seen_at=now)


def _lock(item: AttemptItem) -> tuple[AttemptItem, bool]:
    """The item with its attempt, learner and version, locked until the transaction ends, in one query; and
    whether every other question of the attempt has been graded.
    """
    open_ones = AttemptItem.objects.filter(attempt=OuterRef("attempt"), score__isnull=True)
    row = (
        AttemptItem.objects.select_for_update(of=("self", "attempt", "attempt__learner"))
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
) -> Saved:
    """Put an answer into its item, if it may be put there. Does not save."""
    attempt = item.attempt
    same = item.revision > 0 and item.answer == answer
    if finish_overdue(attempt=attempt, now=now) or not attempt.is_open:
        item.refresh_from_db()
        return Saved(Outcome.UNCHANGED if same else Outcome.CLOSED, item)
    if item.is_graded:
        return Saved(Outcome.UNCHANGED if same else Outcome.GRADED, item)
    if same and certainty == item.certainty:
        return Saved(Outcome.UNCHANGED, item)
    if revision != item.revision and not same:
        return Saved(Outcome.STALE, item)
    if answer is None and item.revision == 0 and not gives_up:
        return Saved(Outcome.UNCHANGED, item)
    item.answer = answer
    item.certainty = certainty
    item.revision += 1
    item.saved_at = now
    return Saved(Outcome.SAVED, item)


__all__ = ["GRACE", "Outcome", "Saved", "check_answer", "mark_seen", "save_answer"]
