"""Putting evidence right: nothing is edited, another piece takes the place of the one before.

What took its place stands at the same moment of the learner's life, so that folding it gives what would have
come of the right score from the start.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments.models import AttemptItem, Evidence, Learner
from assessments.questions.base import is_by_hand
from assessments.services.evidence import rebuild_learner
from assessments.services.finishing import evidence_of, shows_something


@dataclass(frozen=True)
class Standing:
    """The piece of evidence that stands for an item now, and the one that is to take its place."""

    before: Evidence | None
    after: Evidence


@transaction.atomic
def supersede_evidence(*, item: AttemptItem, score: float, counts: bool = True) -> Evidence | None:
    """Let an item show another score from now on, and fold its learner again.

    Call it with the item's new score stored, in the transaction that stored it and with the learner's row
    locked. Returns the new piece, or None where nothing changes: the same score again, an item of a preview,
    or one that is not graded or was left blank in a test. ``counts`` False takes the evidence back.
    """
    tail = Evidence.objects.filter(item=item, superseded_by__isnull=True).first()
    standing = successor(item=item, tail=tail, score=score, counts=counts)
    if standing is None:
        return None
    standing.after.save()
    rebuild_learner(learner=Learner.objects.get(pk=item.attempt.learner_id))
    return standing.after


def successor(
    *, item: AttemptItem, tail: Evidence | None, score: float, counts: bool = True
) -> Standing | None:
    """What takes the place of ``tail``, the piece that stands for an item; None where nothing changes.

    An item that was left out before it was graded has no evidence yet: it gets its first. Not saved.
    """
    if tail is None:
        attempt, at = item.attempt, _shown_at(item)
        if not counts or at is None or not shows_something(item, attempt):
            return None
        piece = evidence_of(item, attempt, at)
        piece.score = score
        return Standing(None, piece)
    if (tail.score, tail.counts) == (score, counts):
        return None
    return Standing(tail, _after(tail, score, counts))


def _shown_at(item: AttemptItem) -> datetime | None:
    """The moment at which an item showed what it shows: when it was graded, or handed in for a person to."""
    if is_by_hand(item.version.kind):
        return item.saved_at if item.attempt.gives_feedback_at_once else item.attempt.finished_at
    return item.graded_at


def _after(tail: Evidence, score: float, counts: bool) -> Evidence:
    return Evidence(
        learner_id=tail.learner_id,
        objective_id=tail.objective_id,
        question_id=tail.question_id,
        item_id=tail.item_id,
        origin=tail.origin,
        score=score,
        variant=tail.variant,
        scheduled_review=tail.scheduled_review,
        supersedes=tail,
        first_id=tail.first_id or tail.pk,
        counts=counts,
        at=tail.at,
    )


def tails_of(items: Sequence[int]) -> dict[int, Evidence]:
    """The piece of evidence that stands for each item, by the key of the item."""
    pieces = Evidence.objects.filter(item__in=items, superseded_by__isnull=True)
    return {piece.item_id: piece for piece in pieces}
