"""Saving and checking answers: idempotent, ordered, and never over what somebody else has saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction

from assessments.models import Attempt, AttemptItem
from assessments.services.finishing import GRACE, finish, finish_overdue, grade_item, record

Posted = Mapping[str, Sequence[str]]


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
    item = _lock(item)
    answer = item.version.kind.read(item.version.content, item.values, posted)
    return _store(item, answer, revision, now, certainty)


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
    item = _lock(item)
    answer = None if gives_up else item.version.kind.read(item.version.content, item.values, posted)
    saved = _store(item, answer, revision, now, certainty, gives_up=gives_up)
    if saved.is_kept and not item.is_graded and (gives_up or item.answer is not None):
        grade_item(item, now)
        item.save(update_fields=["score", "misconceptions", "graded_at"])
        record(item.attempt, item.attempt.learner, [item], now)
        if item.attempt.kind == Attempt.Kind.REVIEW and not _unanswered(item.attempt):
            finish(attempt=item.attempt, now=now)
    return saved


def _unanswered(attempt: Attempt) -> bool:
    return attempt.items.filter(score__isnull=True).exists()


def _lock(item: AttemptItem) -> AttemptItem:
    """The item with its attempt, learner and version, locked until the transaction ends, in one query."""
    rows = AttemptItem.objects.select_for_update(of=("self", "attempt", "attempt__learner"))
    return rows.select_related("attempt__learner__user", "attempt__assessment", "version").get(pk=item.pk)


def _store(
    item: AttemptItem,
    answer: Any,
    revision: int,
    now: datetime,
    certainty: int | None,
    *,
    gives_up: bool = False,
) -> Saved:
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
    item.save(update_fields=["answer", "certainty", "revision", "saved_at"])
    return Saved(Outcome.SAVED, item)


__all__ = ["GRACE", "Outcome", "Saved", "check_answer", "save_answer"]
