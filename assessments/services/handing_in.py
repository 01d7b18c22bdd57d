"""Handing written answers over to a person: from then on they wait, and the learner can change nothing."""

from collections.abc import Iterable
from datetime import datetime

from assessments.models import AttemptItem, HandGrade
from assessments.questions.base import is_by_hand


def needs_a_person(item: AttemptItem) -> bool:
    """Whether only a person can say what the answer of an item is worth; a blank one is worth nothing."""
    return is_by_hand(item.version.kind) and item.answer is not None and item.void != AttemptItem.Void.FULL


def hand_in(items: Iterable[AttemptItem], at: datetime) -> None:
    """Open an empty grade for each of these answers: the queue is made of them."""
    HandGrade.objects.bulk_create(
        HandGrade(item=item, learner_id=item.attempt.learner_id, at=at) for item in items
    )
