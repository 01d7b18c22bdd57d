"""The rule of mastery as a person reads it, with an example that the rule itself works out."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from assessments import mastery, scheduling
from assessments.mastery import RULE, Level, Mastery, Piece
from assessments.scheduling import Memory

_BEGIN = datetime(2026, 9, 7, 9, tzinfo=UTC)
# Days after the first answer, score, on which figures, and whether a review asked. The last one comes late.
_STORY = (
    (0, 0.4, "a", False),
    (0, 1.0, "b", False),
    (2, 1.0, "c", False),
    (9, 1.0, "d", True),
    (40, 0.5, "e", True),
)


class Rung(NamedTuple):
    """A level and what it takes."""

    level: int
    text: str


class Moment(NamedTuple):
    """One answer of the example and what it led to."""

    day: int
    asked: str
    percent: int
    level: int


class Rule(NamedTuple):
    """Everything on the page that is worked out."""

    rungs: Sequence[Rung]
    story: Sequence[Moment]
    lasting: Sequence[int]  # days until fading after one, two and three successes
    threshold: int
    fading: int
    gap: int


def rule() -> Rule:
    """The rule, from the constants by which levels are counted."""
    return Rule(
        rungs=[Rung(level.value, str(text)) for level, text in reversed(RULE)],
        story=_story(),
        lasting=[_days_until_fading(successes) for successes in (1, 2, 3)],
        threshold=round(100 * mastery.THRESHOLD),
        fading=round(100 * scheduling.FADING),
        gap=mastery.REVIEW_GAP.days,
    )


def _story() -> list[Moment]:
    """An example, folded as all evidence is."""
    state = Mastery()
    moments = []
    for days, score, variant, is_review in _STORY:
        at = _BEGIN + timedelta(days=days)
        state = mastery.fold(state, Piece(score, variant, at, is_review))
        asked = _("review") if is_review else _("practice")
        moments.append(Moment(days + 1, asked, round(100 * score), Level(state.level).value))
    return moments


def _days_until_fading(successes: int) -> int:
    """After how many days recall falls below 80 %, for somebody who succeeded so often, when it was due."""
    memory, at = Memory(), _BEGIN
    for _turn in range(successes):
        memory = scheduling.review(memory, 1.0, at)
        at = memory.due or at
    fades = scheduling.fades_at(memory)
    return (fades - (memory.last_review or at)).days if fades else 0
