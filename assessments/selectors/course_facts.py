"""The course and the bank as the check of the course reads them: always the same number of queries.

Without drafts it is what learners see: published content, and questions as they are asked. With drafts it is
everything as its forms have it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count
from django.utils.text import capfirst

from assessments.course_check import Facts, Where
from assessments.course_check.facts import (
    Around,
    Asked,
    Chapter,
    Cited,
    Glossed,
    Lesson,
    Played,
    Shown,
    Slip,
    Taught,
    Text,
)
from assessments.models import Assessment, Misconception, Question
from concepts.cases.reading import named_images
from concepts.coursepack.payload import texts as texts_in
from concepts.models import (
    CaseStudy,
    Comparison,
    ComparisonRow,
    Concept,
    Metric,
    Module,
    Objective,
    Picture,
    Term,
)

LINK = re.compile(r"(?<![\w-])(concept|comparison|metric|term|picture):([a-z0-9]+(?:-[a-z0-9]+)*)(?![\w-])")
CONCEPT, COMPARISON = "concepts.concept", "concepts.comparison"
Home = tuple[str, int] | None


class Reader:
    """One look at the database. ``drafts`` says whether what learners do not see is looked at as well."""

    def __init__(self, *, drafts: bool) -> None:
        self.drafts = drafts
        self.modules = list(Module.objects.all())
        self.concepts = list(Concept.objects.select_related("module").annotate(cited=Count("sources")))
        self.comparisons = list(Comparison.objects.select_related("module"))
        cited = ComparisonRow.objects.select_related("comparison__module").annotate(cited=Count("sources"))
        self.rows = list(cited)
        self.metrics = list(Metric.objects.select_related("concept__module").annotate(cited=Count("sources")))
        self.terms = list(Term.objects.all())
        self.pictures = list(Picture.objects.defer("drawing"))
        self.misconceptions = list(Misconception.objects.all())
        self.objectives = list(Objective.objects.with_home().in_course_order())
        homes = ("objective__concept__module", "objective__comparison__module", "live", "case")
        self.questions = list(Question.objects.select_related(*homes))
        self.assessments = list(Assessment.objects.standalone().with_home())
        self.cases = list(CaseStudy.objects.annotate(cited=Count("sources")))

    def taken(self, rows: Iterable[Any]) -> list[Any]:
        """Those of the rows that are looked at."""
        return [row for row in rows if self.drafts or is_live(row)]

    def facts(self) -> Facts:
        """Everything, as the check wants it."""
        texts = list(self._texts())
        questions = [_asked(row, as_form=self.drafts) for row in self.taken(self.questions)]
        joined = "\n".join(text.markdown for text in texts)
        glossary = [_glossed(term) for term in self.taken(self.terms)]
        return Facts(
            texts=texts,
            lessons=[Lesson(where(row), row.body, row.minutes) for row in self.taken(self.concepts)],
            cited=[Cited(where(row), row.cited) for row in self.taken(self._cited())],
            terms=glossary,
            pictures=[Shown(where(row), row.slug) for row in self.pictures],
            misconceptions=[Slip(where(row), row.slug, row.explanation) for row in self.misconceptions],
            objectives=[Taught(where(row)) for row in self.taken(self.objectives)],
            questions=questions,
            modules=list(self._chapters()),
            cases=[Played(where(row), row.slug, row.content, is_live(row)) for row in self.taken(self.cases)],
            around=Around(
                targets=self._targets(),
                anchors=self._anchors(),
                linked=frozenset([*LINK.findall(joined), *self._shown()]),
                named=frozenset(slug for one in questions for slug in named_in(one.content)),
                glossary=glossary,
            ),
        )

    def _cited(self) -> list[Any]:
        return [*self.concepts, *self.rows, *self.metrics, *self.cases]

    def _shown(self) -> Iterator[tuple[str, str]]:
        """The pictures that are exhibits of cases."""
        for row in self.taken(self.cases):
            yield from (("picture", slug) for _steps, slug in named_images(row.content))

    def _chapters(self) -> Iterator[Chapter]:
        tested = {one.module_id for one in self.assessments if one.mode == "test" and one.is_published}
        for module in self.taken(self.modules):
            yield Chapter(where(module), module.pk in tested)

    def _targets(self) -> dict[str, dict[str, bool]]:
        found = {
            "concept": self.concepts,
            "comparison": self.comparisons,
            "metric": self.metrics,
            "term": self.terms,
            "picture": self.pictures,
        }
        return {kind: {row.slug: is_live(row) for row in rows} for kind, rows in found.items()}

    def _anchors(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in self.rows:
            found.setdefault(row.comparison.slug, set()).add(row.anchor)
        return found

    def _texts(self) -> Iterator[Text]:
        """Every field in Markdown that is looked at."""
        fields = (
            (self.concepts, "body"),
            (self.rows, "explanation"),
            (self.metrics, "reading"),
            (self.terms, "definition"),
            (self.misconceptions, "explanation"),
            (self.assessments, "intro"),
        )
        for rows, name in fields:
            for row in self.taken(rows):
                label = capfirst(row._meta.get_field(name).verbose_name)
                yield Text(where(row), label, getattr(row, name), is_live(row))
        for row in self.taken(self.questions):
            yield from _texts_of(row, row.content if self.drafts else row.live.content)
        for row in self.taken(self.cases):
            yield from _texts_of(row, row.content)


def _texts_of(row: Any, content: Any) -> Iterator[Text]:
    """Every text of a document, under the keys that lead to it."""
    for steps, text in texts_in(content):
        label = " ".join(str(step + 1) if isinstance(step, int) else step for step in steps)
        yield Text(where(row), label, text, is_live(row))


def is_live(row: Any) -> bool:
    """Whether learners see it: it is published, and so is all that it stands in."""
    if isinstance(row, ComparisonRow):
        return is_live(row.comparison)
    if isinstance(row, Question):
        return row.is_published and row.live is not None
    if isinstance(row, Objective):
        return is_live(row.home)
    if isinstance(row, Metric):
        return row.is_published and is_live(row.concept)
    if isinstance(row, Assessment):
        return row.is_published and (row.home is None or is_live(row.home))
    if isinstance(row, Concept | Comparison):
        return row.is_published and row.module.is_published
    return getattr(row, "is_published", True)  # misconceptions and pictures have no state of their own


def home_of(row: Any) -> Home:
    """The lesson or the comparison that something belongs to."""
    if isinstance(row, Concept):
        return (CONCEPT, row.pk)
    if isinstance(row, Comparison):
        return (COMPARISON, row.pk)
    if isinstance(row, Question):
        return home_of(row.objective)
    if getattr(row, "concept_id", None):
        return (CONCEPT, row.concept_id)
    if getattr(row, "comparison_id", None):
        return (COMPARISON, row.comparison_id)
    return None


def where(row: Any) -> Where:
    """What a finding about this row points at."""
    name = getattr(row, "slug", "") or getattr(row, "code", "")
    if isinstance(row, ComparisonRow):
        name = f"{row.comparison.slug}#{row.anchor}"
    return Where(row._meta.label_lower, row.pk, name, str(row), home_of(row))


def _glossed(term: Term) -> Glossed:
    also = [name.strip() for name in term.also.split(",")]
    return Glossed(where(term), term.slug, [term.name, *filter(None, also)])


def _asked(row: Question, *, as_form: bool) -> Asked:
    """A question as its form has it, or as learners are asked it."""
    shown = row if as_form or row.live is None else row.live
    case = row.case.slug if row.case else ""
    return Asked(where(row), shown.type, shown.content, row.objective_id, is_live(row), case)


def named_in(content: Any) -> Iterator[str]:
    """The misconceptions that a question names, wherever its type keeps them."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key == "misconception" and isinstance(value, str):
                yield value
            else:
                yield from named_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from named_in(value)
