"""Learning paths: ways through the course, each with its modules in its own order and to its own depth."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from concepts.kept import Shelf
from concepts.models import LearningPath, PathStep, can_preview
from concepts.selectors.outline import Chapter, Outline


@dataclass(frozen=True)
class Step:
    """A module on a path: how deeply to take it, and why it stands there."""

    module: int
    is_core: bool
    why: str


@dataclass(frozen=True)
class Way:
    """A path, without anything of the modules that it names."""

    pk: int
    slug: str
    title: str
    audience: str
    summary: str
    is_draft: bool
    steps: tuple[Step, ...]

    @cached_property
    def url(self) -> str:
        return reverse("concepts:path", args=[self.slug])


@dataclass(frozen=True)
class Stage:
    """A module that a reader may see, in its place on a path."""

    number: int
    chapter: Chapter
    step: Step


@dataclass(frozen=True)
class PathPage:
    """A path as one reader may see it."""

    way: Way
    stages: tuple[Stage, ...]

    @property
    def minutes(self) -> int:
        return sum(stage.chapter.minutes for stage in self.stages)

    @property
    def core(self) -> int:
        """How many of its modules are to be taken to mastery."""
        return sum(stage.step.is_core for stage in self.stages)

    @property
    def only(self) -> Outline:
        """Its modules in its order, as an outline of their own."""
        return Outline(tuple(stage.chapter for stage in self.stages))


def ways_on(shelf: Shelf, user: Any) -> tuple[Way, ...]:
    """Every path that this person may see, in the order in which the list shows them."""
    return shelf.get(("paths", can_preview(user)), lambda: _ways(user))


def _ways(user: Any) -> tuple[Way, ...]:
    steps = Prefetch("steps", PathStep.objects.order_by("position", "pk"))
    paths = LearningPath.objects.visible_to(user).prefetch_related(steps)
    return tuple(way_of(path, path.steps.all()) for path in paths)


def way_of(path: LearningPath, steps: Iterable[PathStep]) -> Way:
    """A path with these steps, stored or not."""
    return Way(
        path.pk,
        path.slug,
        path.title,
        path.audience,
        path.summary,
        not path.is_published,
        tuple(
            Step(step.module_id, step.emphasis == PathStep.Emphasis.CORE, step.why)
            for step in steps
            if step.module_id
        ),
    )


def stages_of(way: Way, outline: Outline) -> tuple[Stage, ...]:
    """The steps of a path whose module is in this outline, numbered as they then follow each other."""
    chapters = {chapter.pk: chapter for chapter in outline.chapters}
    seen = [(chapters[step.module], step) for step in way.steps if step.module in chapters]
    return tuple(Stage(number, chapter, step) for number, (chapter, step) in enumerate(seen, 1))


def page_of(way: Way, outline: Outline) -> PathPage:
    """A path over an outline of the course."""
    return PathPage(way, stages_of(way, outline))


def in_order_of(way: Way, outline: Outline) -> Outline:
    """The course in the order of a path; what the path leaves out comes last, in the order of the course."""
    on_way = [stage.chapter for stage in stages_of(way, outline)]
    named = {chapter.pk for chapter in on_way}
    rest = [chapter for chapter in outline.chapters if chapter.pk not in named]
    return Outline((*on_way, *rest))
