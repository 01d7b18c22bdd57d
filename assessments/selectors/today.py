"""Today: what to do next and why, what is due, what is open, and what has changed."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.models import Attempt, AttemptItem, Learner, Question
from assessments.selectors.case_list import case_work
from assessments.selectors.facts import Facts, Reviews
from assessments.selectors.held import Held, Remembered, fading_of, held_by, published_outline, standing_from
from assessments.selectors.next_step import next_step
from assessments.selectors.open_work import (
    OpenAttempt,
    Test,
    Work,
    is_met,
    open_attempts,
    sets_on,
    tests_among,
    work_of,
)
from assessments.selectors.routes import route_of
from assessments.selectors.sets import MINUTES_A_QUESTION, WHOLE_COURSE
from assessments.selectors.skippable import invitation, known_to
from assessments.selectors.standing import Tally
from assessments.selectors.steps import Step
from assessments.services.reviews import day_start, left_today
from assessments.wording import days_ago
from concepts.kept import Shelf
from concepts.selectors.outline import Lesson, Outline

LISTED = 4
NEW = timedelta(days=14)


@dataclass(frozen=True)
class Part:
    """A stretch of today's minutes. ``kind`` is "first" (what the headline says), "then" or "free"."""

    label: str
    minutes: int
    kind: str


@dataclass(frozen=True)
class Plan:
    """Today's minutes: what is planned, and what stays free of those set aside."""

    parts: tuple[Part, ...]
    set_aside: int

    @property
    def planned(self) -> int:
        return sum(part.minutes for part in self.parts if part.kind != "free")


@dataclass(frozen=True)
class Reading:
    """A lesson to go on with: where it stands in the course and how far one has come."""

    lesson: Lesson
    place: str
    tally: Tally
    last_met: str


@dataclass(frozen=True)
class Today:
    """Everything on the page."""

    now: datetime
    step: Step
    plan: Plan
    work: tuple[Work, ...]
    reading: tuple[Reading, ...]
    fading: tuple[Remembered, ...]
    more_fading: int
    mastered: tuple[Remembered, ...]
    tally: Tally
    has_begun: bool  # to learn: a diagnostic alone is no beginning

    @property
    def date(self) -> str:
        return date_format(localtime(self.now), "l j F")


def today_for(shelf: Shelf, learner: Learner, user: Any, now: datetime) -> Today:
    """The page of one learner at this moment; the number of queries depends on nothing."""
    facts, tests = _facts(shelf, learner, user, now)
    fading = fading_of(facts.outline, facts.held, now)
    return Today(
        now=now,
        step=next_step(facts),
        plan=_plan(facts),
        work=tuple([*case_work(learner, now), *work_of(facts.attempts, tests, learner, now)][: LISTED + 2]),
        reading=tuple(_reading(facts)),
        fading=tuple(fading[:LISTED]),
        more_fading=max(0, len(fading) - LISTED),
        mastered=tuple(_mastered(facts)[:LISTED]),
        tally=facts.tally,
        has_begun=not facts.learnt.is_empty,
    )


def _facts(shelf: Shelf, learner: Learner, user: Any, now: datetime) -> tuple[Facts, list[Test]]:
    """What the rules look at, and the tests of which the page tells: those whose module one has begun."""
    route, held = route_of(shelf, learner, user, published_outline(shelf, user)), held_by(learner)
    outline, standing = route.outline, standing_from(held, now)
    known = known_to(learner, outline.lessons, standing, now)
    lesson = route.next(standing, known)
    homes = [WHOLE_COURSE, *(("module", chapter.pk) for chapter in outline.chapters)]
    sets = sets_on(shelf, homes + [(one.kind, one.pk) for one in outline.lessons], user)
    tests = tests_among(shelf, learner, sets, now)
    attempts = open_attempts(learner)
    here = [line for line in sets if lesson and line.home == (lesson.kind, lesson.pk)]
    facts = Facts(
        learner=learner,
        teaches=bool(getattr(user, "teaches", False)),
        now=now,
        outline=outline,
        standing=standing,
        held=held,
        reviews=_reviews(shelf, learner, outline, held, attempts, now),
        attempts=attempts,
        tests=tests,
        route=route,
        lesson=lesson,
        practice=next((line for line in here if line.is_practice), None),
        known=known,
        invited=invitation(tests, standing, now),
    )
    told = [
        test
        for test in tests
        if test.closes_at or is_met(test.line, outline, standing if test.line.is_diagnostic else facts.learnt)
    ]
    return facts, told


def _reviews(
    shelf: Shelf,
    learner: Learner,
    outline: Outline,
    held: dict[int, Held],
    attempts: list[OpenAttempt],
    now: datetime,
) -> Reviews:
    """What the reviews of today ask: the rest of those begun today, else what is due and within the cap."""
    session = next((one for one in attempts if one.kind == Attempt.Kind.REVIEW), None)
    if session and session.left and session.started_at >= day_start(now):
        items = AttemptItem.objects.filter(attempt=session.pk, score__isnull=True)
        return Reviews(tuple(items.values_list("version__objective", flat=True)), 0, True)
    can_ask = shelf.get("objectives with a question", _with_a_question)
    due = sorted(
        (row.next_review, line.pk)
        for line in outline.objectives
        if (row := held.get(line.pk)) and row.next_review and row.next_review <= now and line.pk in can_ask
    )
    if not due:
        return Reviews()
    cap = left_today(learner, now)
    ready = tuple(pk for _, pk in due)
    return Reviews(ready[:cap], len(ready[cap:]))


def _with_a_question() -> frozenset[int]:
    """The objectives that a review can ask about."""
    asked = Question.objects.drawable().order_by().values_list("objective", flat=True)
    return frozenset(asked.distinct())


def _plan(facts: Facts) -> Plan:
    """Today's minutes, in the order in which the page proposes to spend them."""
    parts = []
    running = facts.running
    if running and running.deadline:
        left = (running.deadline - facts.now).total_seconds() / 60
        parts.append(Part(str(running.title), max(1, round(left)), "first"))
    if facts.reviews.count:
        kind = "then" if parts else "first"
        parts.append(Part(_("Reviews"), facts.reviews.minutes, kind))
    begun = None if running else facts.diagnosed or facts.started
    if begun and begun.left:
        minutes = math.ceil(begun.left * MINUTES_A_QUESTION)
        label = _("Practice") if begun == facts.started else _("Diagnostic")
        parts.append(Part(label, minutes, "then" if parts else "first"))
    is_its_practice = begun and facts.practice and begun.assessment == facts.practice.pk
    if facts.lesson and not running and not is_its_practice:
        minutes = facts.practice.minutes if facts.practice and facts.practises else facts.lesson.minutes
        parts.append(Part(facts.lesson.title, minutes, "then" if parts else "first"))
    free = facts.learner.minutes_a_day - sum(part.minutes for part in parts)
    if free > 0:
        parts.append(Part(_("Free"), free, "free"))
    return Plan(tuple(parts), facts.learner.minutes_a_day)


def _reading(facts: Facts) -> list[Reading]:
    """The lesson to go on with, the next that has not been begun, then those begun that lack something."""
    standing, learnt, route = facts.standing, facts.learnt, facts.route
    wanted = [one for one in route.lessons if one.objectives and one not in facts.known]
    to_do = [lesson for lesson in wanted if not route.is_done(lesson, standing)]
    fresh = [lesson for lesson in to_do if not learnt.tally(lesson.objectives).started]
    begun = [lesson for lesson in to_do if lesson not in fresh]
    begun.sort(key=lambda lesson: learnt.last_met(lesson.objectives) or facts.now, reverse=True)
    found = [facts.lesson] if facts.lesson else []
    for lesson in fresh[:1] + begun + fresh[1:]:
        if lesson not in found:
            found.append(lesson)
    return [_read(facts, lesson) for lesson in found[: LISTED - 1]]


def _read(facts: Facts, lesson: Lesson) -> Reading:
    place = facts.outline.place(lesson.kind, lesson.pk)
    words = ""
    if place:
        words = _("%(module)s, %(number)s of %(count)s") % {
            "module": place.chapter.title,
            "number": place.number,
            "count": len(place.chapter.lessons),
        }
    met = facts.standing.last_met(lesson.objectives)
    return Reading(
        lesson, words, facts.standing.tally(lesson.objectives), days_ago(met, facts.now) if met else ""
    )


def _mastered(facts: Facts) -> list[Remembered]:
    """What was mastered in the last two weeks, the newest first."""
    rows = [
        (row.since, line)
        for line in facts.outline.objectives
        if (row := facts.held.get(line.pk)) and row.is_mastered and row.since and row.since > facts.now - NEW
    ]
    newest = sorted(rows, key=lambda pair: pair[0], reverse=True)
    return [Remembered(line, days_ago(since, facts.now), None) for since, line in newest]
