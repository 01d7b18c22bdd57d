"""What the page of a concept is made of."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.safestring import SafeString

from concepts.kept import Shelf
from concepts.models import Concept, Metric, Source, can_preview
from concepts.selectors.outline import Outline, Place, outline_on
from concepts.selectors.pictures import with_pictures

_TEXTS = ("_kind", "_key", "_title", "_detail", "_note")


@dataclass(frozen=True)
class Beside:
    """Something named in the margin of a lesson: a measure, a source, or a lesson to read before it.

    ``number`` is the year of a source and the place of the others.
    """

    kind: str
    key: str
    title: str
    detail: str
    note: str
    number: int | None

    @property
    def direction(self) -> str:
        """Which way a measure is better."""
        return str(Metric.Better(self.note).label)

    @property
    def citation(self) -> str:
        """A source as a line of print."""
        return Source(title=self.title, author=self.detail, publisher=self.note, year=self.number).citation


@dataclass(frozen=True)
class LessonPage:
    """A concept with its place in the course and what stands in its margin: the same for every reader.

    ``drawn`` keeps the parts of the page that have been drawn already, by template and language.
    """

    pk: int
    slug: str
    title: str
    summary: str
    minutes: int
    body_html: SafeString
    outline: Outline
    place: Place
    margin: tuple[Beside, ...]
    drawn: dict[tuple[str, str], SafeString] = field(default_factory=dict, compare=False)

    @property
    def is_draft(self) -> bool:
        """Whether learners cannot see it."""
        return self.place.lesson.is_draft or self.place.chapter.is_draft

    def _of(self, kind: str) -> list[Beside]:
        return [entry for entry in self.margin if entry.kind == kind]

    @property
    def metrics(self) -> list[Beside]:
        return self._of("metric")

    @property
    def sources(self) -> list[Beside]:
        return self._of("source")

    @property
    def before(self) -> list[Beside]:
        return self._of("before")


def lesson_page(shelf: Shelf, slug: str, user: Any) -> LessonPage | None:
    """A lesson that this person may see, or None."""
    key = ("lesson", slug, can_preview(user))
    return shelf.get(key, lambda: _build(shelf, slug, user))


def _build(shelf: Shelf, slug: str, user: Any) -> LessonPage | None:
    outline = outline_on(shelf, user)
    lesson = next((one for one in outline.lessons if (one.kind, one.slug) == ("concept", slug)), None)
    place = outline.place("concept", lesson.pk) if lesson else None
    if lesson is None or place is None:
        return None
    body, *margin = _rows(lesson.pk, user)
    return LessonPage(
        pk=lesson.pk,
        slug=slug,
        title=lesson.title,
        summary=body[3],
        minutes=lesson.minutes,
        body_html=with_pictures(body[4], shelf, preview=can_preview(user)),
        outline=outline,
        place=place,
        margin=tuple(Beside(*row) for row in margin),
    )


def _rows(pk: int, user: Any) -> list[tuple[Any, ...]]:
    """The text of a lesson, then its measures, sources and earlier lessons: all in one query."""
    body = _named(Concept.objects.filter(pk=pk), " body", "slug", "title", "summary", "body_html", "minutes")
    metrics = Metric.objects.visible_to(user).filter(concept=pk)
    sources = Source.objects.filter(concepts=pk)
    before = Concept.objects.visible_to(user).filter(leads_to=pk)
    rows = body.union(
        _named(metrics, "metric", "slug", "name", "unit", "better", "position"),
        _named(sources, "source", "key", "title", "author", "publisher", "year"),
        _named(before, "before", "slug", "title", "slug", "slug", "position"),
        all=True,
    )
    return sorted(rows, key=lambda row: (row[0], 0 if row[0] == "source" else row[5] or 0, row[1]))


def _named(rows: QuerySet[Any], kind: str, *columns: str) -> QuerySet[Any, Any]:
    """Five texts and a number, under names that fit together."""
    *texts, number = columns
    named: dict[str, Any] = {
        name: Cast(text, TextField()) for name, text in zip(_TEXTS[1:], texts, strict=True)
    }
    named["_kind"] = Value(kind, output_field=TextField())
    named["_number"] = Cast(F(number), IntegerField())
    return rows.order_by().annotate(**named).values_list(*_TEXTS, "_number")
