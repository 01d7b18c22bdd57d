"""The course at a glance: every module, lesson and objective that a reader may see, in one query.

The rail beside a lesson, the course map and the counts of a module are all drawn from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.urls import reverse

from concepts.kept import KEPT, Shelf
from concepts.models import Comparison, Concept, Module, Publishable, can_preview

SECONDS_A_ROW = 40
_COLUMNS = (
    *("module_id", "module__slug", "module__title", "module__position", "module__status"),
    *("kind", "pk", "slug", "title", "position", "status", "reading"),
    *("objectives__pk", "objectives__code", "objectives__title", "objectives__statement"),
    *("objectives__position", "anchor"),
)


class Line(NamedTuple):
    """One objective, as lists show it. ``anchor`` is its row in a comparison."""

    pk: int
    code: str
    title: str
    statement: str
    anchor: str


@dataclass(frozen=True)
class Lesson:
    """A concept or a comparison: one thing to read, with the objectives that it teaches."""

    kind: str
    pk: int
    slug: str
    title: str
    minutes: int
    is_draft: bool
    objectives: tuple[Line, ...]

    @cached_property
    def url(self) -> str:
        return reverse(f"concepts:{self.kind}", args=[self.slug])


@dataclass(frozen=True)
class Chapter:
    """A module with its lessons in reading order."""

    pk: int
    slug: str
    title: str
    summary: str
    number: int
    is_draft: bool
    lessons: tuple[Lesson, ...]

    @cached_property
    def url(self) -> str:
        return reverse("concepts:module", args=[self.slug])

    @cached_property
    def objectives(self) -> tuple[Line, ...]:
        return tuple(line for lesson in self.lessons for line in lesson.objectives)

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True)
class Place:
    """Where a lesson stands: its chapter, its number in it, and what comes after."""

    chapter: Chapter
    lesson: Lesson
    number: int
    after: Lesson | None
    after_chapter: Chapter | None

    @property
    def ends_chapter(self) -> bool:
        return self.number == len(self.chapter.lessons)


@dataclass(frozen=True)
class Outline:
    """The whole course as one reader may see it."""

    chapters: tuple[Chapter, ...]

    @property
    def lessons(self) -> Iterator[Lesson]:
        return (lesson for chapter in self.chapters for lesson in chapter.lessons)

    @property
    def objectives(self) -> Iterator[Line]:
        return (line for chapter in self.chapters for line in chapter.objectives)

    def chapter(self, pk: int) -> Chapter:
        """A module that this reader may see, empty or not."""
        return next(chapter for chapter in self.chapters if chapter.pk == pk)

    def place(self, kind: str, pk: int) -> Place | None:
        """Where a concept or a comparison stands in the course."""
        walk = [(chapter, lesson) for chapter in self.chapters for lesson in chapter.lessons]
        for i, (chapter, lesson) in enumerate(walk):
            if (lesson.kind, lesson.pk) == (kind, pk):
                after_chapter, after = walk[i + 1] if i + 1 < len(walk) else (None, None)
                return Place(chapter, lesson, chapter.lessons.index(lesson) + 1, after, after_chapter)
        return None


def course_outline(user: Any) -> Outline:
    """Everything that this person may see, in course order."""
    return outline_on(KEPT.shelf(), user)


def outline_on(shelf: Shelf, user: Any) -> Outline:
    """The same from a shelf at hand. There are two outlines: for who may preview, and for everybody else."""
    return shelf.get(("outline", can_preview(user)), lambda: _build(user))


def _build(user: Any) -> Outline:
    concepts = _lessons(
        Concept.objects.visible_to(user), "concept", F("minutes"), Value("", output_field=CharField())
    )
    comparisons = _lessons(
        Comparison.objects.visible_to(user),
        "comparison",
        Value(0, output_field=IntegerField()),
        F("objectives__row__anchor"),
    )
    rows = sorted(concepts.union(comparisons, _modules(user), all=True), key=_order)
    return Outline(tuple(_chapter(list(group)) for _, group in groupby(rows, key=lambda row: row[0])))


def _lessons(lessons: QuerySet[Any], kind: str, minutes: Any, anchor: Any) -> QuerySet[Any, Any]:
    """One row for each objective of each lesson, or one for a lesson without any."""
    named = lessons.order_by().annotate(
        kind=Value(kind, output_field=CharField()), reading=minutes, anchor=anchor
    )
    return named.values_list(*_COLUMNS)


def _modules(user: Any) -> QuerySet[Any, Any]:
    """One row for each module, in the columns of the lessons; it carries the summary."""
    blank = {name: Value("", output_field=CharField()) for name in ("no_slug", "no_title", "no_status")}
    blank |= {name: Value("", output_field=CharField()) for name in ("no_code", "no_line", "no_anchor")}
    zero = {name: Value(0, output_field=IntegerField()) for name in ("no_place", "no_minutes", "no_rank")}
    return (
        Module.objects.visible_to(user)
        .order_by()
        .annotate(kind=Value("", output_field=CharField()), no_objective=Value(None, IntegerField()))
        .annotate(**blank, **zero)
        .values_list(
            *("pk", "slug", "title", "position", "status", "kind", "pk", "no_slug", "no_title", "no_place"),
            *("no_status", "no_minutes", "no_objective", "no_code", "no_line", "summary", "no_rank"),
            "no_anchor",
        )
    )


def _order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """By module, its own row first, then lesson, concepts before comparisons, then objective."""
    return (row[3], row[0], bool(row[5]), row[9], row[5] == "comparison", row[6], row[16] or 0, row[13] or "")


def _chapter(rows: list[tuple[Any, ...]]) -> Chapter:
    pk, slug, title, number, status = rows[0][:5]
    lessons = groupby((row for row in rows if row[5]), key=lambda row: row[5:7])
    return Chapter(
        pk,
        slug,
        title,
        rows[0][15] if not rows[0][5] else "",
        number,
        _is_draft(status),
        tuple(_lesson(list(group)) for _, group in lessons),
    )


def _lesson(rows: list[tuple[Any, ...]]) -> Lesson:
    kind, pk, slug, title, _position, status, minutes = rows[0][5:12]
    lines = tuple(Line._make((*row[12:16], row[17] or "")) for row in rows if row[12] is not None)
    if kind == "comparison":
        minutes = max(1, round(len(lines) * SECONDS_A_ROW / 60))
    return Lesson(kind, pk, slug, title, minutes, _is_draft(status), lines)


def _is_draft(status: str) -> bool:
    return bool(status != Publishable.Status.PUBLISHED)


def summaries_of(module: Module, user: Any) -> dict[tuple[str, int], str]:
    """The ledes of a module's lessons, by kind and key."""
    concepts, comparisons = (
        model.objects.visible_to(user)
        .filter(module=module)
        .order_by()
        .annotate(kind=Value(kind, output_field=CharField()))
        .values_list("kind", "pk", "summary")
        for kind, model in (("concept", Concept), ("comparison", Comparison))
    )
    return {(kind, pk): summary for kind, pk, summary in concepts.union(comparisons, all=True)}
