"""Item analysis of an assessment, for everybody or for one cohort: its questions and how well they measure.

The database counts equal answers; what it counts is fed to the pure rules. Where each attempt draws other
questions, a question is analysed over the attempts that asked it, and the rest is their total without it.
(Moodle treats a drawn slot as one position and correlates a drawn question with totals that contain it; we do
not.) α needs one table, so it is given only where every attempt asked the same questions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, FloatField, QuerySet, Value, When
from django.db.models.functions import Cast

from assessments.item_analysis import ItemSums, Reliability, Totals, Why, reliability
from assessments.item_verdicts import Finding, judge, judge_whole
from assessments.models import Attempt, AttemptItem, Question
from assessments.selectors.item_scope import Scope, counted_attempts, counted_items, seconds_taken

LONGEST = 3600  # seconds: who leaves a question open for longer has left the desk


@dataclass(frozen=True)
class QuestionRow:
    """One question of an assessment. ``without`` is α of the others."""

    pk: int
    title: str
    code: str
    sums: ItemSums
    without: float | None = None

    @property
    def findings(self) -> list[Finding]:
        return judge(self.sums)

    @property
    def needs_a_look(self) -> bool:
        return any(finding.state in ("warn", "bad") for finding in self.findings)


@dataclass(frozen=True)
class AssessmentAnalysis:
    """All that the page of an assessment shows. The questions stand in the order of the course."""

    scope: Scope
    totals: Totals
    reliability: Reliability
    rows: list[QuestionRow]

    @property
    def finding(self) -> Finding:
        return judge_whole(self.reliability, self.totals)

    @property
    def to_look_at(self) -> int:
        return sum(row.needs_a_look for row in self.rows)

    @property
    def has_totals(self) -> bool:
        """Whether attempts have a total that scores can be compared with: tests, not practice."""
        return no_total(self.scope) is None

    @property
    def is_adaptive(self) -> bool:
        """Whether what was asked depended on the answers before."""
        return no_total(self.scope) is Why.ADAPTIVE

    @property
    def asked_on_average(self) -> float | None:
        """Questions for each attempt."""
        asked = sum(row.sums.asked for row in self.rows)
        return asked / self.totals.n if self.totals.n else None


def no_total(scope: Scope) -> Why | None:
    """Why attempts at an assessment have no total that scores can be compared with; None where they have."""
    if scope.assessment is None:
        return None
    if scope.assessment.gives_feedback_at_once:
        return Why.NO_TOTAL
    return no_total_in(scope.assessment.mode)


def no_total_in(kind: str) -> Why | None:
    """The same for a kind of attempt that is marked at its end."""
    return Why.ADAPTIVE if kind == Attempt.Kind.DIAGNOSTIC else None


def assessment_analysis(scope: Scope) -> AssessmentAnalysis:
    """The analysis of ``scope.assessment``: four queries, whatever it is made of."""
    totals = attempt_totals(scope)
    items = counted_items(scope)
    no_rest = no_total(scope)
    sums: dict[int, ItemSums] = {}
    for group in grouped(items, "version__question"):
        group.into(sums.setdefault(group.keys[0], ItemSums(no_rest)))
    add_seconds(items, "version__question", sums)
    questions = Question.objects.filter(pk__in=sums).order_by("objective__code", "slug")
    rows = [
        QuestionRow(pk, title, code, sums[pk])
        for pk, title, code in questions.values_list("pk", "title", "objective__code")
    ]
    found = Reliability(why_not=no_rest) if no_rest else reliability([row.sums for row in rows], totals)
    if found.without:
        rows = [replace(row, without=alpha) for row, alpha in zip(rows, found.without, strict=True)]
    return AssessmentAnalysis(scope, totals, found, rows)


def attempt_totals(scope: Scope) -> Totals:
    """What the counted attempts scored."""
    totals = Totals()
    rows = counted_attempts(scope).values_list("score", "max_score").annotate(Count("pk"))
    for score, most, count in rows:
        totals.add(score, most or 0.0, count)
    return totals


class Group(NamedTuple):
    """Equal answers, counted: what they were sorted by, and what they scored."""

    keys: tuple[Any, ...]
    score: float | None
    rest: float | None
    marks: int
    answered: bool
    number: int

    def into(self, sums: ItemSums) -> None:
        sums.add(self.score, self.rest, marks=self.marks, answered=self.answered, weight=self.number)


def grouped(items: QuerySet[AttemptItem], *keys: str) -> Iterator[Group]:
    """Answers counted by ``keys``, score, and score on the rest of their attempt. One query.

    Not through a cursor: PostgreSQL plans one for its first rows and without workers beside it, which took
    twice as long; and equal answers are few.
    """
    rest = F("attempt__score") - Cast(F("score") * F("marks"), FloatField())
    answered = Case(When(answer__isnull=True, then=Value(0)), default=Value(1))
    rows = items.values_list(*keys, "score", rest, "marks", answered).annotate(Count("pk"))
    for row in rows:
        score, other, marks, has_answer, count = row[len(keys) :]
        yield Group(row[: len(keys)], score, other, marks, bool(has_answer), count)


def add_seconds(items: QuerySet[AttemptItem], key: str, sums: dict[Any, ItemSums]) -> None:
    """Take in how long the answers took. One query.

    What took too long is sorted out here: a condition on the difference would mislead PostgreSQL's planner.
    """
    rows = seconds_taken(items).values_list(key, "seconds").annotate(Count("pk"))
    for name, seconds, count in rows:
        if name in sums and 0 <= seconds <= LONGEST:
            sums[name].seconds.add(seconds, count)
