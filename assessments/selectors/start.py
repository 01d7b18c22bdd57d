"""The start page: what an assessment asks, under which conditions, and how earlier attempts went."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Assessment, Attempt, Learner, ObjectiveState, Question
from assessments.models.terms import Terms
from assessments.questions import BY_HAND
from assessments.selectors.attempts import Slot, is_done, mark_level, resume_at, revealed_to, slots_of
from assessments.selectors.conditions import Condition, conditions_of
from assessments.selectors.questions import Standing
from assessments.services.diagnostics import map_of
from concepts.figures import NARROW_SPACE, format_number
from concepts.models import Objective

LISTED = 10  # attempts on the page; older ones are counted


@dataclass(frozen=True)
class Past:
    """An earlier attempt, as far as its marks may be shown."""

    url: str
    number: int
    when: datetime
    how: str
    marks: str
    percent: str
    passed: bool | None
    counts: bool


@dataclass(frozen=True)
class Share:
    """A module in what is asked about the whole course: how many of its objectives."""

    title: str
    url: str
    objectives: int


@dataclass(frozen=True)
class Going:
    """The attempt that is open, and the way back into it."""

    url: str
    label: str
    ends_at: datetime | None


@dataclass(frozen=True)
class StartPage:
    """What a learner reads before starting."""

    assessment: Assessment
    questions: int
    marks: int
    objectives: Sequence[Standing]
    modules: Sequence[Share]
    conditions: Sequence[Condition]
    past: Sequence[Past]
    older: int
    mean: str
    going: Going | None
    reason: str


def used_attempts(learner: Learner, assessment: Assessment) -> int:
    """How many attempts count against those that are allowed."""
    return Attempt.objects.filter(learner=learner, assessment=assessment, is_preview=False).count()


def start_page(
    learner: Learner,
    terms: Terms,
    *,
    going: Attempt | None,
    used: int,
    reason: str,
    now: datetime,
    is_preview: bool = False,
) -> StartPage:
    """The page; `going` is the open attempt, `reason` says why none can begin. Previews are told of by
    themselves.
    """
    assessment = terms.assessment
    asks = _asked(assessment)
    objectives, modules = _about(learner, assessment, asks.about, now)
    mine = Attempt.objects.filter(learner=learner, assessment=assessment, is_preview=is_preview)
    finished = list(mine.finished().order_by("-number")[:LISTED])
    for attempt in finished:
        attempt.assessment = assessment
    several = len(finished) > 1
    counting = _counting(assessment, mine) if several else None
    open_ = _going(going, now) if going else None
    if not asks.questions and not reason:
        reason = _("No question of this is published yet.")
    return StartPage(
        assessment=assessment,
        questions=asks.questions,
        marks=asks.marks,
        objectives=objectives,
        modules=modules,
        conditions=_conditions(terms, asks, used, now),
        past=[_past(attempt, counting, terms, now) for attempt in finished],
        older=finished[-1].number - 1 if several else 0,
        mean=_mean(assessment, mine, revealed_to(finished[0], now, terms).marks) if several else "",
        going=open_,
        reason="" if open_ else reason,
    )


@dataclass(frozen=True)
class _Asks:
    """What an attempt asks; of a diagnostic what it begins with, and the most that it can come to."""

    questions: int
    marks: int
    by_person: bool
    about: list[Objective]
    at_most: int = 0


def _asked(assessment: Assessment) -> _Asks:
    """How many questions and marks there are, as far as the bank can give them, whether a person marks some,
    and what they are about.
    """
    homes = ("concept__module", "comparison__module")
    paths = [f"{path}__{home}" for path in ("objective", "question__objective") for home in homes]
    parts = list(assessment.parts.select_related(*paths))
    objectives: dict[int, Objective] = {}
    for part in parts:
        objective = part.objective or (part.question.objective if part.question else None)
        if objective is not None:
            objectives.setdefault(objective.pk, objective)
    live = Question.objects.published().filter(
        Q(objective__in=objectives) | Q(pk__in=[part.question_id for part in parts if part.question_id])
    )
    pool: dict[int, int] = {}
    by_name = set()
    for pk, objective_id, kind in live.values_list("pk", "objective", "live__type"):
        if kind not in BY_HAND:
            pool[objective_id] = pool.get(objective_id, 0) + 1
        by_name.add(pk)
    questions = marks = 0
    for part in parts:
        if part.question_id:
            count = int(part.question_id in by_name)
        else:
            count = min(part.count, pool.get(part.objective_id or 0, 0))
            pool[part.objective_id or 0] = pool.get(part.objective_id or 0, 0) - count
        questions += count
        marks += count * part.marks
    by_person = any(part.question and part.question.type in BY_HAND for part in parts)
    about = list(objectives.values())
    if assessment.mode == Assessment.Mode.DIAGNOSTIC:
        found = map_of(assessment)
        return _Asks(found.at_first, marks, False, about, found.at_most)
    return _Asks(questions, marks, by_person, about)


def _conditions(terms: Terms, asks: _Asks, used: int, now: datetime) -> list[Condition]:
    return conditions_of(
        terms,
        questions=asks.questions,
        marks=asks.marks,
        by_person=asks.by_person,
        used=used,
        now=now,
        at_most=asks.at_most,
    )


def _about(
    learner: Learner, assessment: Assessment, objectives: Sequence[Objective], now: datetime
) -> tuple[list[Standing], list[Share]]:
    """What is asked about, objective by objective; of the whole course module by module."""
    if assessment.home is None:
        counts = Counter(objective.module for objective in objectives)
        return [], [Share(one.title, one.get_absolute_url(), count) for one, count in counts.items()]
    rows = ObjectiveState.objects.filter(learner=learner, objective__in=[one.pk for one in objectives])
    states = {state.objective_id: state for state in rows}
    standings = [
        Standing(one.code, one.title, mark_level(states.get(one.pk), now), is_current=False)
        for one in objectives
    ]
    return standings, []


def _counting(assessment: Assessment, mine: QuerySet[Attempt]) -> int | None:
    """The attempt that counts; None if none does yet, or the mean of them all."""
    orders = {
        Assessment.Counts.BEST: ((F("score") / F("max_score")).desc(), "number"),
        Assessment.Counts.LAST: ("-number",),
        Assessment.Counts.FIRST: ("number",),
    }
    order = orders.get(Assessment.Counts(assessment.counts))
    if order is None:
        return None
    return _scored(mine).order_by(*order).values_list("pk", flat=True).first()


def _mean(assessment: Assessment, mine: QuerySet[Attempt], may_show: bool) -> str:
    """The mean of the attempts, where that is what counts."""
    if assessment.counts != Assessment.Counts.MEAN or not may_show:
        return ""
    mean = _scored(mine).aggregate(mean=Avg(100 * F("score") / F("max_score")))["mean"]
    return "" if mean is None else f"{format_number(mean, decimals=0)}{NARROW_SPACE}%"


def _scored(mine: QuerySet[Attempt]) -> QuerySet[Attempt]:
    return mine.filter(max_score__gt=0)


def _past(attempt: Attempt, counting: int | None, terms: Terms, now: datetime) -> Past:
    shown = revealed_to(attempt, now, terms).marks and attempt.percent is not None
    marks = f"{format_number(attempt.score or 0, decimals=2)} / {format_number(attempt.max_score or 0)}"
    percent = f"{format_number(attempt.percent or 0, decimals=0)}{NARROW_SPACE}%"
    if attempt.kind == Attempt.Kind.DIAGNOSTIC:  # it asks everybody something else: a share means nothing
        marks, percent = _("marks"), marks
    return Past(
        url=reverse("assessments:result", args=[attempt.pk]),
        number=attempt.number,
        when=attempt.started_at,
        how=attempt.get_state_display(),
        marks=marks if shown else "",
        percent=percent if shown else "",
        passed=attempt.passed if shown else None,
        counts=attempt.pk == counting,
    )


def _going(attempt: Attempt, now: datetime) -> Going:
    slots: list[Slot] = slots_of(attempt)
    slot = resume_at(attempt, slots)
    if slot is None:
        label = (
            _("Finish and see the result")
            if attempt.gives_feedback_at_once
            else _("Look it over and hand it in")
        )
        return Going(reverse("assessments:submit", args=[attempt.pk]), label, attempt.deadline)
    begun = any(is_done(attempt, slot) for slot in slots)
    label = _("Go on with question %(number)s") if begun else _("Go to question %(number)s")
    return Going(slot.url, label % {"number": slot.position}, attempt.deadline)
