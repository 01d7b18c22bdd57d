"""Practice sets and tests beside what they belong to: how long they are, and how far a learner has come."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse

from assessments.diagnostic import MOST
from assessments.models import Assessment, Attempt, Extension, Learner
from concepts.figures import NARROW_SPACE

MINUTES_A_QUESTION = 1.5
Home = tuple[str, int]  # ("concept", its key)
WHOLE_COURSE: Home = ("course", 0)  # where a set belongs that has no other home


def percent_figure(percent: int) -> str:
    """A percentage as it is set, with a narrow space."""
    return f"{percent}{NARROW_SPACE}%"


@dataclass(frozen=True)
class Run:
    """What a learner has made of a set so far. ``percent`` is the result that counts."""

    used: int = 0
    is_open: bool = False
    percent: float | None = None

    @property
    def figure(self) -> str:
        """The result as it is shown, rounded down, so that 69.6 does not read as a pass at 70."""
        return percent_figure(math.floor((self.percent or 0) + 1e-9))


@dataclass(frozen=True)
class AssessmentLine:
    """A practice set or a test, as a list beside a lesson shows it."""

    pk: int
    slug: str
    title: str
    mode: str
    home: Home
    questions: int
    time_limit: int | None
    attempts_allowed: int | None
    counts: str
    pass_mark: int
    run: Run = field(default_factory=Run)
    extension: Extension | None = None

    @property
    def url(self) -> str:
        return reverse("assessments:start", args=[self.slug])

    @property
    def minutes(self) -> int:
        """The limit of a test, or an estimate."""
        return self.time_limit or max(1, math.ceil(self.questions * MINUTES_A_QUESTION))

    @property
    def pass_figure(self) -> str:
        return percent_figure(self.pass_mark)

    @property
    def is_practice(self) -> bool:
        return self.mode == Assessment.Mode.PRACTICE

    @property
    def is_diagnostic(self) -> bool:
        return self.mode == Assessment.Mode.DIAGNOSTIC

    @property
    def is_course_wide(self) -> bool:
        return self.home == WHOLE_COURSE

    @property
    def at_most(self) -> int:
        """The questions that it can come to: a diagnostic asks as many only of who knows everything."""
        return min(self.questions, MOST) if self.is_diagnostic else self.questions

    @property
    def is_done(self) -> bool:
        """Whether there is no more use in taking it: a test is passed, a diagnostic cannot be."""
        return self.run.used > 0 if self.is_diagnostic else self.is_passed

    @property
    def is_passed(self) -> bool:
        return self.run.percent is not None and self.run.percent >= self.pass_mark - 1e-9

    @property
    def is_used_up(self) -> bool:
        return self.attempts_allowed is not None and self.run.used >= self.attempts_allowed


def assessments_at(homes: Sequence[Home], user: Any) -> list[AssessmentLine]:
    """What is published at these concepts, comparisons and modules, or on the whole course, in one query."""
    where = Q(pk__in=())
    for kind in ("concept", "comparison", "module"):
        keys = [key for name, key in homes if name == kind]
        if keys:
            where |= Q(**{f"{kind}__in": keys})
    if WHOLE_COURSE in homes:
        where |= Q(concept=None, comparison=None, module=None)
    rows = (
        Assessment.objects.visible_to(user)
        .filter(where)
        .annotate(questions=Sum("parts__count"))
        .order_by("mode", "title", "pk")
        .values_list(
            *("pk", "slug", "title", "mode", "concept_id", "comparison_id", "module_id", "questions"),
            *("time_limit", "attempts_allowed", "counts", "pass_mark"),
        )
    )
    # A set without questions cannot be started.
    return [_line(*row) for row in rows if row[7]]


def _line(pk: int, slug: str, title: str, mode: str, *row: Any) -> AssessmentLine:
    home, rest = _home(*row[:3]), row[3:]
    return AssessmentLine(pk, slug, title, mode, home, *rest)


def _home(concept: int | None, comparison: int | None, module: int | None) -> Home:
    named = (("concept", concept), ("comparison", comparison), ("module", module))
    return next(((kind, key) for kind, key in named if key), WHOLE_COURSE)


def runs_of(learner: Learner, lines: Iterable[AssessmentLine], now: datetime) -> dict[int, Run]:
    """What a learner has made of these sets, by their keys, in one query."""
    rules = {line.pk: line.counts for line in lines}
    rows = (
        Attempt.objects.filter(learner=learner, assessment__in=rules, is_preview=False)
        .order_by("assessment", "number")
        .values_list("assessment", "state", "score", "max_score", "deadline")
    )
    tried: dict[int, list[tuple[bool, float | None]]] = {}
    for pk, state, score, most, deadline in rows:
        is_open = state == Attempt.State.IN_PROGRESS and (deadline is None or deadline > now)
        percent = 100 * score / most if score is not None and most else None
        tried.setdefault(pk, []).append((is_open, percent))
    return {pk: _run(rules[pk], attempts) for pk, attempts in tried.items()}


def with_runs(learner: Learner, lines: Sequence[AssessmentLine], now: datetime) -> list[AssessmentLine]:
    """The same sets with what a learner has made of them and was given there, in two queries."""
    runs = runs_of(learner, lines, now)
    given = {one.assessment_id: one for one in Extension.objects.filter(learner=learner)} if lines else {}
    return [replace(_with(line, given.get(line.pk)), run=runs.get(line.pk, Run())) for line in lines]


def _with(line: AssessmentLine, extension: Extension | None) -> AssessmentLine:
    """A set as it is for somebody who was given more there."""
    if extension is None:
        return line
    allowed = line.attempts_allowed
    more = None if allowed is None else allowed + extension.extra_attempts
    return replace(line, extension=extension, attempts_allowed=more)


def _run(rule: str, attempts: list[tuple[bool, float | None]]) -> Run:
    percents = [percent for _, percent in attempts if percent is not None]
    return Run(len(attempts), any(is_open for is_open, _ in attempts), _counted(rule, percents))


def _counted(rule: str, percents: list[float]) -> float | None:
    """The result that counts, by the rule of the assessment."""
    if not percents:
        return None
    match rule:
        case Assessment.Counts.LAST:
            return percents[-1]
        case Assessment.Counts.FIRST:
            return percents[0]
        case Assessment.Counts.MEAN:
            return sum(percents) / len(percents)
    return max(percents)
