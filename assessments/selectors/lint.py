"""The lint over the whole bank: every piece of advice with its question, for the report and the command."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Question
from assessments.questions.alike import normal, pairs_of, words_of
from assessments.questions.lint import KINDS, lint
from assessments.selectors.coverage import ENOUGH_QUESTIONS
from concepts.models import Objective, Publishable

ALIKE = ("same_stem", "similar_stem")
# Fewer words, such as "Which of these is right?", are the same in many questions without harm.
STEM_WORDS = 8


@dataclass(frozen=True)
class Finding:
    """One piece of advice. About an objective it has no question; about two questions it names the other."""

    kind: str
    code: str
    module: int | None
    message: str
    question: int | None = None
    slug: str = ""
    title: str = ""
    field: str = ""
    objective: int | None = None
    other: int | None = None
    other_title: str = ""

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])


class Row(NamedTuple):
    """A question as the rules read it."""

    pk: int
    slug: str
    title: str
    kind: str
    content: dict[str, Any]
    code: str
    concept_module: int | None
    comparison_module: int | None

    @property
    def module(self) -> int | None:
        return self.concept_module or self.comparison_module


_FIELDS = (
    *("pk", "slug", "title", "type", "content", "objective__code"),
    *("objective__concept__module", "objective__comparison__module"),
)


def bank_findings() -> list[Finding]:
    """Every piece of advice on the bank as it stands in its forms, drafts included: three queries.

    In the order of kinds, then of objectives.
    """
    rows = [Row(*row) for row in Question.objects.order_by("objective__code", "pk").values_list(*_FIELDS)]
    found = [*advice_on(rows), *_of_objectives()]
    places = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(found, key=lambda one: (places[one.kind], one.code, one.question or 0))


def advice_on(rows: Sequence[Row]) -> Iterator[Finding]:
    """What is said of these questions, one by one and two by two."""
    yield from _of_questions(rows)
    yield from _of_pairs(rows)


def _of_questions(rows: Sequence[Row]) -> Iterator[Finding]:
    for row in rows:
        for advice in lint(row.kind, row.content):
            yield _about(row, advice.kind, advice.message, advice.field)


def _about(row: Row, kind: str, message: str, field: str = "stem", other: Row | None = None) -> Finding:
    return Finding(
        kind=kind,
        code=row.code,
        module=row.module,
        message=message,
        question=row.pk,
        slug=row.slug,
        title=row.title,
        field=field,
        other=other.pk if other else None,
        other_title=other.title if other else "",
    )


def _of_pairs(rows: Sequence[Row]) -> Iterator[Finding]:
    """Questions that read alike, the later one of each two; then long stems that others have as well."""
    told: set[tuple[int, int]] = set()
    for pair in pairs_of([words_of(row.content) for row in rows]):
        told.add((pair.first, pair.second))
        first, second = rows[pair.first], rows[pair.second]
        if pair.is_same:
            yield _about(second, "same_stem", _("It asks the very same. Keep one of the two."), other=first)
        else:
            message = _("%(share)d %% of the words run alike. Make them differ, or keep one.")
            share = {"share": int(100 * pair.share)}
            yield _about(second, "similar_stem", message % share, other=first)
    latest: dict[tuple[str, ...], int] = {}
    for place, row in enumerate(rows):
        stem = normal(str(row.content.get("stem") or ""))
        before = latest.get(stem)
        if len(stem) >= STEM_WORDS:
            latest[stem] = place
        if before is not None and (before, place) not in told:
            message = _("It has the same stem, with other choices. Make the stems differ.")
            yield _about(row, "same_stem", message, other=rows[before])


def _of_objectives() -> Iterator[Finding]:
    """Objectives with fewer live questions than the course asks for."""
    live = Counter(
        Question.objects.filter(status=Publishable.Status.PUBLISHED, case__isnull=True).values_list(
            "objective", flat=True
        )
    )
    fields = ("pk", "code", "title", "concept__module", "comparison__module")
    for pk, code, title, *modules in Objective.objects.order_by("code").values_list(*fields):
        if live[pk] >= ENOUGH_QUESTIONS:
            continue
        text = ngettext(
            "%(count)d live question; %(enough)d are asked for.",
            "%(count)d live questions; %(enough)d are asked for.",
            live[pk],
        )
        yield Finding(
            kind="few_questions",
            code=code,
            module=modules[0] or modules[1],
            message=text % {"count": live[pk], "enough": ENOUGH_QUESTIONS},
            title=title,
            objective=pk,
        )
