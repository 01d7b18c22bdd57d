"""How mastery of one objective is counted: evidence in, a level out. The rule as a person reads it is `RULE`.

- **Not started** becomes **attempted** with the first answer, and **familiar** as soon as the latest answer
  scores 70 % or more.
- **Proficient** takes two answers in a row of 70 % or more, on different questions or on different figures.
- **Mastered** takes one more success, at a review that was scheduled, at least 3 days after becoming
  proficient: what is still there after days has been learnt.
- A miss (below 70 %) at proficient or mastered costs exactly one level; at familiar it leads back to
  attempted. After a miss the two in a row are counted anew.

The state after an answer depends on the state before it and on that answer alone, so folding all evidence of
a learner again gives the same states.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum

from django.utils.translation import gettext_lazy as _

THRESHOLD = 0.70
REVIEW_GAP = timedelta(days=3)

# Scores are fractions such as 7/10 worked out in floats; this forgives their last bit.
_EPSILON = 1e-9


class Level(IntEnum):
    """What somebody has shown of an objective, from nothing to lasting."""

    NOT_STARTED = 0
    ATTEMPTED = 1
    FAMILIAR = 2
    PROFICIENT = 3
    MASTERED = 4


@dataclass(frozen=True)
class Piece:
    """One piece of evidence: how an answer scored, on which variant of which question, and when."""

    score: float
    variant: str
    at: datetime
    scheduled_review: bool


@dataclass(frozen=True)
class Mastery:
    """What all evidence so far amounts to. `since` is when the present level was reached."""

    level: Level = Level.NOT_STARTED
    count: int = 0
    last_score: float | None = None
    last_at: datetime | None = None
    last_variant: str = ""
    streak: int = 0
    since: datetime | None = None


def is_success(score: float) -> bool:
    """Whether a score counts towards the next level."""
    return score >= THRESHOLD - _EPSILON


def fold(state: Mastery, piece: Piece) -> Mastery:
    """The state after one more piece of evidence."""
    streak = _streak(state, piece)
    level = _level(state, piece, streak)
    return replace(
        state,
        level=level,
        count=state.count + 1,
        last_score=piece.score,
        last_at=piece.at,
        last_variant=piece.variant,
        streak=streak,
        since=state.since if level == state.level else piece.at,
    )


def _streak(state: Mastery, piece: Piece) -> int:
    """Successes in a row, each on another variant than the one before."""
    if not is_success(piece.score):
        return 0
    if state.streak == 0:
        return 1
    return state.streak + (piece.variant != state.last_variant)


def _level(state: Mastery, piece: Piece, streak: int) -> Level:
    if not is_success(piece.score):
        return Level(max(Level.ATTEMPTED, state.level - 1))
    if state.level < Level.FAMILIAR:
        return Level.FAMILIAR
    if state.level == Level.FAMILIAR:
        return Level.PROFICIENT if streak >= 2 else Level.FAMILIAR
    if state.level == Level.PROFICIENT and _held(state, piece):
        return Level.MASTERED
    return state.level


def _held(state: Mastery, piece: Piece) -> bool:
    """A success at a scheduled review, long enough after the objective became proficient."""
    return piece.scheduled_review and state.since is not None and piece.at - state.since >= REVIEW_GAP


RULE = (
    (Level.NOT_STARTED, _("No answer yet.")),
    (Level.ATTEMPTED, _("You have answered, and the latest answer scored below 70 %.")),
    (Level.FAMILIAR, _("Your latest answer scored 70 % or more.")),
    (
        Level.PROFICIENT,
        _("Two answers in a row scored 70 % or more, on different questions or with different figures."),
    ),
    (
        Level.MASTERED,
        _(
            "You were proficient, and at a scheduled review at least 3 days later you scored 70 % or more. "
            "An answer below 70 % at proficient or mastered costs one level, never more."
        ),
    ),
)
