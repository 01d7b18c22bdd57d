"""The way that a learner goes through the course: that of the path they follow, else its own order."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from assessments.mastery import Level
from assessments.models import Learner
from assessments.selectors.skippable import NOTHING, Known, suggestion
from assessments.selectors.standing import Standing
from concepts.kept import Shelf
from concepts.selectors.outline import Lesson, Line, Outline
from concepts.selectors.paths import Stage, Way, in_order_of, stages_of, ways_on


class Reached(NamedTuple):
    """How many objectives of a module are as far as a path asks."""

    far_enough: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.total > 0 and self.far_enough == self.total


@dataclass(frozen=True)
class Route:
    """The course in a learner's order. Without a path every module is to be taken to proficient."""

    outline: Outline
    way: Way | None = None

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The modules of the path; empty without one."""
        return stages_of(self.way, self.outline) if self.way else ()

    @cached_property
    def stage_of(self) -> dict[int, Stage]:
        """The place of each module on the path, by its key."""
        return {stage.chapter.pk: stage for stage in self.stages}

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """What there is to read on this way, in its order."""
        chapters = [stage.chapter for stage in self.stages] if self.way else self.outline.chapters
        return tuple(lesson for chapter in chapters for lesson in chapter.lessons)

    @cached_property
    def _familiar(self) -> frozenset[tuple[str, int]]:
        return frozenset(
            (lesson.kind, lesson.pk)
            for stage in self.stages
            if not stage.step.is_core
            for lesson in stage.chapter.lessons
        )

    def is_done(self, lesson: Lesson, standing: Standing) -> bool:
        """Whether a lesson is as far as this way asks."""
        is_core = (lesson.kind, lesson.pk) not in self._familiar
        return reached(lesson.objectives, standing, is_core=is_core).far_enough == len(lesson.objectives)

    def next(self, standing: Standing, known: Known = NOTHING) -> Lesson | None:
        """The lesson to read next: on a path the one left in the middle, else the first that is not done.

        What a diagnostic lets one pass over comes last, as it does without a path.
        """
        if self.way is None:
            return suggestion(self.lessons, standing, known)
        lessons = [lesson for lesson in self.lessons if lesson.objectives]
        met = [(at, i) for i, lesson in enumerate(lessons) if (at := standing.last_met(lesson.objectives))]
        met = [(at, i) for at, i in met if known.at is None or at > known.at]
        walk = ([lessons[max(met)[1]]] if met else []) + lessons
        to_do = [lesson for lesson in walk if not self.is_done(lesson, standing)]
        return next((lesson for lesson in to_do if lesson not in known), to_do[0] if to_do else None)


def reached(lines: Iterable[Line], standing: Standing, *, is_core: bool) -> Reached:
    """How many of these are proficient or better, or familiar or better where that is enough."""
    enough = Level.PROFICIENT if is_core else Level.FAMILIAR
    levels = [standing.of(line.pk).level for line in lines]
    return Reached(sum(level >= enough for level in levels), len(levels))


def route_of(shelf: Shelf, learner: Learner, user: Any, outline: Outline) -> Route:
    """The way of one learner through an outline, without a query once the paths are on the shelf."""
    way = followed(shelf, learner, user)
    return Route(in_order_of(way, outline), way) if way else Route(outline)


def followed(shelf: Shelf, learner: Learner, user: Any) -> Way | None:
    """The path that a learner follows, as long as it is published."""
    if learner.path_id is None:
        return None
    return next((way for way in ways_on(shelf, user) if way.pk == learner.path_id and not way.is_draft), None)
