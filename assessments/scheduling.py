"""How well an objective is remembered and when to ask again: the FSRS memory model.

A `Memory` is the whole state: the same memory and the same answer give the same next memory. Fuzz is off, and
there are no steps of minutes within a day, because a review here is a day's work and not a flash card.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler, State

from assessments.mastery import REVIEW_GAP, Level, is_success

# Name the model and our settings of it; raise the last figure whenever either changes.
VERSION = "fsrs-6/1"
FADING = 0.80
# A review on the same day says little: whatever the model wants, a night lies between.
SHORTEST_GAP = timedelta(hours=20)

_scheduler = Scheduler(desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
# FSRS's forgetting curve is (1 + factor × days ÷ stability) ^ decay, the factor such that recall is 90 %
# when as many days have passed as the stability says.
_DECAY = -_scheduler.parameters[20]
_FACTOR = 0.9 ** (1 / _DECAY) - 1


@dataclass(frozen=True)
class Memory:
    """What is known of one learner's memory of one objective."""

    stability: float | None = None
    difficulty: float | None = None
    due: datetime | None = None
    last_review: datetime | None = None
    scheduler: str = VERSION


def review(memory: Memory, score: float, at: datetime) -> Memory:
    """The memory after an answer; an answer dated before the last one counts as given with it."""
    at = _utc(at)
    last = _utc(memory.last_review) if memory.last_review else None
    at = max(at, last) if last else at
    is_known = memory.stability is not None and memory.difficulty is not None
    card = Card(
        card_id=0,  # without an id of ours, making a card waits a millisecond to make one up
        state=State.Review if is_known else State.Learning,
        stability=memory.stability if is_known else None,
        difficulty=memory.difficulty if is_known else None,
        due=at,
        last_review=last,
    )
    card, _log = _scheduler.review_card(card, _rating(score), review_datetime=at)
    return Memory(stability=card.stability, difficulty=card.difficulty, due=card.due, last_review=at)


def recall(memory: Memory, now: datetime) -> float | None:
    """The probability of remembering it now, or None if nothing was ever answered."""
    if memory.stability is None or memory.last_review is None:
        return None
    days = max(0.0, (_utc(now) - _utc(memory.last_review)) / timedelta(days=1))
    return float((1 + _FACTOR * days / memory.stability) ** _DECAY)


def fades_at(memory: Memory, threshold: float = FADING) -> datetime | None:
    """The moment from which recall is below the threshold."""
    if memory.stability is None or memory.last_review is None:
        return None
    days = memory.stability / _FACTOR * (threshold ** (1 / _DECAY) - 1)
    return _later(_utc(memory.last_review), days)


def next_review(memory: Memory, level: Level, since: datetime | None) -> datetime | None:
    """When to ask again: when FSRS says, but not before a review could count.

    Someone proficient becomes mastered by a review 3 days after `since` at the earliest, so none is
    scheduled before that; and never one within 20 hours of the last answer.
    """
    if memory.due is None:
        return None
    moments = [_utc(memory.due)]
    if memory.last_review is not None:
        moments.append(_utc(memory.last_review) + SHORTEST_GAP)
    if level == Level.PROFICIENT and since is not None:
        moments.append(_utc(since) + REVIEW_GAP)
    return max(moments)


def _rating(score: float) -> Rating:
    if not is_success(score):
        return Rating.Again
    return Rating.Good if score >= 1 - 1e-9 else Rating.Hard


def _later(start: datetime, days: float) -> datetime:
    """So many days on, but within what the calendar of a computer holds."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _utc(moment: datetime) -> datetime:
    """FSRS insists on UTC by that very name. A time without a zone is a mistake of the caller."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be scheduled.")
    return moment.astimezone(UTC)
