"""Putting evidence right: nothing is edited, another piece takes the place of the one before.

What took its place stands at the same moment of the learner's life, so that folding it gives what would have
come of the right score from the start.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments.models import AttemptItem, Evidence, Learner
from assessments.questions.base import is_by_hand
from assessments.services.criteria import Objectives, criteria_evidence, objectives_of
from assessments.services.evidence import append_evidence, rebuild_learner
from assessments.services.finishing import evidence_of, shows_something

Tails = Mapping[str, Evidence]  # what stands for an answer: by criterion, "" for the answer as a whole


@dataclass(frozen=True)
class Standing:
    """The piece of evidence that stands for an item now, and the one that is to take its place."""

    before: Evidence | None
    after: Evidence


@transaction.atomic
def supersede_evidence(*, item: AttemptItem, score: float) -> list[Evidence]:
    """Let an item, and the criteria of its rubric, show from now on what they were graded with.

    Call it with the item's new score stored, in the transaction that stored it and with the learner's row
    locked. Returns the new pieces; none where nothing changes: the same scores again, an item of a preview,
    or one that is not graded or was left blank in a test.
    """
    tails = tails_of([item.pk]).get(item.pk, {})
    standings = successors(
        item=item, tails=tails, known=objectives_of([item.marking.content]), score=score, counts=True
    )
    pieces = [standing.after for standing in standings]
    if not any(standing.before for standing in standings):
        append_evidence(learner=item.attempt.learner, evidence=pieces)
        return pieces
    Evidence.objects.bulk_create(pieces)
    rebuild_learner(learner=Learner.objects.get(pk=item.attempt.learner_id))
    return pieces


def successors(
    *, item: AttemptItem, tails: Tails, known: Objectives, score: float, counts: bool
) -> list[Standing]:
    """What takes the place of everything that stands for an item, its criteria with it. Not saved."""
    whole = successor(item=item, tail=tails.get(""), score=score, counts=counts)
    return [*([whole] if whole else ()), *_criteria(item, tails, known, counts)]


def _criteria(item: AttemptItem, tails: Tails, known: Objectives, counts: bool) -> list[Standing]:
    """The same for each criterion; one that the rubric no longer has is taken back.

    One that points elsewhere since goes on counting for the objective that it was graded for.
    """
    at = _shown_at(item)
    shows = counts and at is not None and shows_something(item, item.attempt)
    fresh = {piece.criterion: piece for piece in criteria_evidence(item, known, at)} if shows and at else {}
    standings = []
    for name, piece in fresh.items():
        tail = tails.get(name)
        if tail is None:
            standings.append(Standing(None, piece))
        elif (tail.score, tail.counts) != (piece.score, True):
            standings.append(Standing(tail, _after(tail, piece.score, counts=True)))
    gone = [tail for name, tail in tails.items() if name and name not in fresh and tail.counts]
    return standings + [Standing(tail, _after(tail, tail.score, counts=False)) for tail in gone]


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
        criterion=tail.criterion,
        origin=tail.origin,
        score=score,
        variant=tail.variant,
        scheduled_review=tail.scheduled_review,
        supersedes=tail,
        first_id=tail.first_id or tail.pk,
        counts=counts,
        at=tail.at,
    )


def tails_of(items: Sequence[int]) -> dict[int, dict[str, Evidence]]:
    """The pieces of evidence that stand for each item, by the key of the item and by criterion."""
    tails: dict[int, dict[str, Evidence]] = {}
    for piece in Evidence.objects.filter(item__in=items, superseded_by__isnull=True):
        tails.setdefault(piece.item_id or 0, {})[piece.criterion] = piece
    return tails
