"""Where a learner stands, from one query: levels, what is fading, and where to go on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from assessments.mastery import Level
from assessments.models import Learner, ObjectiveState
from concepts.compiled import Compiled
from concepts.selectors.outline import Lesson, Line

FADING = "fading"
Shown = int | str  # a level, or "fading"


class Stand(NamedTuple):
    """One objective of one learner."""

    level: int
    is_fading: bool
    last_at: datetime | None


NOWHERE = Stand(Level.NOT_STARTED.value, False, None)


@dataclass(frozen=True)
class Tally:
    """How a group of objectives stands."""

    total: int
    mastered: int
    fading: int
    proficient: int  # at proficient or above
    started: int

    @property
    def below_mastered(self) -> int:
        return self.total - self.mastered

    @property
    def below_proficient(self) -> int:
        return self.total - self.proficient

    @property
    def is_done(self) -> bool:
        """Nothing below proficient: from here on reviews do the work."""
        return self.proficient == self.total


class Standing:
    """What one learner holds of every objective that they have met."""

    def __init__(self, stands: dict[int, Stand]) -> None:
        self._stands = stands

    @property
    def is_empty(self) -> bool:
        return not self._stands

    def of(self, objective: int) -> Stand:
        return self._stands.get(objective, NOWHERE)

    def shown(self, objective: int) -> Shown:
        """The level as a mark shows it: fading is shown in place of mastered."""
        stand = self.of(objective)
        return FADING if stand.is_fading else stand.level

    def lesson(self, lines: Iterable[Line]) -> Shown:
        """One mark for several objectives: the mean level, rounded down, but never nothing once begun."""
        stands = [self.of(line.pk) for line in lines]
        if not stands:
            return Level.NOT_STARTED.value
        mean = sum(stand.level for stand in stands) // len(stands)
        if mean == Level.MASTERED and any(stand.is_fading for stand in stands):
            return FADING
        return max(mean, int(any(stand.level for stand in stands)))

    def tally(self, lines: Iterable[Line]) -> Tally:
        stands = [self.of(line.pk) for line in lines]
        levels = [stand.level for stand in stands]
        return Tally(
            total=len(stands),
            mastered=levels.count(Level.MASTERED.value),
            fading=sum(stand.is_fading for stand in stands),
            proficient=sum(level >= Level.PROFICIENT for level in levels),
            started=sum(level > Level.NOT_STARTED for level in levels),
        )

    def last_met(self, lines: Iterable[Line]) -> datetime | None:
        """When any of these objectives was last answered."""
        return max(filter(None, (self.of(line.pk).last_at for line in lines)), default=None)

    def apart_from(self, moment: datetime) -> "Standing":
        """Without what was last answered at this very moment, such as the end of a diagnostic."""
        return Standing({pk: stand for pk, stand in self._stands.items() if stand.last_at != moment})

    def passing_over(self, objectives: Iterable[int], until: datetime) -> "Standing":
        """The same for whoever looks for the next lesson: these are done, and what was met until then, all
        over the course, is no place where one has come to.
        """
        enough = Level.PROFICIENT.value
        stands = dict.fromkeys(objectives, Stand(enough, False, None)) | {
            pk: stand if stand.last_at and stand.last_at > until else stand._replace(last_at=None)
            for pk, stand in self._stands.items()
        }
        done = {pk: stands[pk]._replace(level=max(stands[pk].level, enough)) for pk in objectives}
        return Standing(stands | done)


_STATES = Compiled(
    lambda learner: ObjectiveState.objects.filter(learner=learner).values_list(
        "objective_id", "level", "fades_at", "last_at"
    )
)


def standing_of(learner: Learner, now: datetime) -> Standing:
    """Every objective that a learner has met."""
    return Standing(
        {
            objective: Stand(level, level == Level.MASTERED and fades is not None and fades <= now, last_at)
            for objective, level, fades, last_at in _STATES.rows(learner.pk)
        }
    )


def go_on_with(lessons: Iterable[Lesson], standing: Standing) -> Lesson | None:
    """The lesson to read next: the one last met while it has something below proficient, else the first such
    lesson after it, else the first in the course. None when nothing is left below proficient.
    """
    walk = [lesson for lesson in lessons if lesson.objectives]
    met = [(at, i) for i, lesson in enumerate(walk) if (at := standing.last_met(lesson.objectives))]
    start = max(met)[1] if met else 0
    return next(
        (lesson for lesson in walk[start:] + walk[:start] if not standing.tally(lesson.objectives).is_done),
        None,
    )
