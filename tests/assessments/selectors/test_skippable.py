"""What a diagnostic lets one skip, and what is suggested next instead."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Assessment, Attempt, AttemptItem, Learner, ObjectiveState
from assessments.selectors.skippable import NOTHING, Known, known_to, suggestion
from assessments.selectors.standing import standing_of
from assessments.services.attempts import start_attempt
from assessments.services.finishing import finish
from concepts.models import Concept, Module
from concepts.selectors.outline import Lesson, course_outline
from tests.assessments.diagnostics import course, walk
from tests.assessments.lives import answered
from tests.factories import LearnerFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Learner:
    learner: Learner = LearnerFactory()
    return learner


def take(me: Learner, diagnostic: Assessment, *known: Module, **options: Any) -> Attempt:
    attempt = start_attempt(learner=me, assessment=diagnostic, now=timezone.now())
    walk(attempt, known=known, **options)
    return finish(attempt=attempt, now=timezone.now())


def known(me: Learner) -> Known:
    lessons = course_outline(me.user).lessons
    return known_to(me, lessons, standing_of(me, timezone.now()), timezone.now())


def next_for(me: Learner) -> Lesson | None:
    return suggestion(course_outline(me.user).lessons, standing_of(me, timezone.now()), known(me))


def lessons_of(module: Module) -> set[tuple[str, int]]:
    return {("concept", pk) for pk in module.concepts.values_list("pk", flat=True)}


def test_lessons_with_every_answer_right_are_passed_over(me: Learner) -> None:
    diagnostic = course(3, 3)
    first, second = Module.objects.order_by("position")
    take(me, diagnostic, first)
    assert known(me).lessons == lessons_of(first)
    assert next_for(me).pk == second.concepts.order_by("position").first().pk


def test_nothing_is_mastered_by_it(me: Learner) -> None:
    take(me, course(3), *Module.objects.all())
    assert set(ObjectiveState.objects.values_list("level", flat=True)) == {2}


def test_a_lesson_with_one_of_two_answers_wrong_is_not_known(me: Learner) -> None:
    diagnostic = course(1)
    diagnostic.parts.create(objective=ObjectiveFactory(concept=Concept.objects.get()), position=9)
    attempt = take(me, diagnostic, *Module.objects.all())
    assert len(known(me).lessons) == 1
    extra = attempt.items.get()
    AttemptItem.objects.create(
        attempt=attempt,
        position=2,
        version=extra.version,
        seed=1,
        values=extra.values,
        score=0,
        graded_at=timezone.now(),
    )
    assert known(me).lessons == frozenset()


def test_the_latest_diagnostic_counts(me: Learner) -> None:
    diagnostic = course(2, 2)
    first, second = Module.objects.order_by("position")
    take(me, diagnostic, first, second)
    take(me, diagnostic, second, other="")
    assert known(me).lessons == lessons_of(second)


def test_a_miss_since_then_brings_the_lesson_back(me: Learner) -> None:
    take(me, course(2), *Module.objects.all())
    concept = Concept.objects.order_by("position").first()
    assert ("concept", concept.pk) in known(me).lessons
    answered(me, concept.objectives.get().questions.first(), 0, days=0)
    assert ("concept", concept.pk) not in known(me).lessons


def test_an_open_one_a_preview_and_hidden_marks_say_nothing(me: Learner) -> None:
    diagnostic = course(2)
    attempt = take(me, diagnostic, *Module.objects.all())
    Assessment.objects.update(show_marks="never")
    assert known(me) == NOTHING
    Assessment.objects.update(show_marks="after")
    Attempt.objects.update(is_preview=True)
    assert known(me) == NOTHING
    Attempt.objects.update(is_preview=False)
    assert known(me).at == attempt.finished_at


def test_what_was_passed_over_comes_at_last(me: Learner) -> None:
    take(me, course(2, 2), *Module.objects.all())
    assert next_for(me).pk == Concept.objects.order_by("module__position", "position").first().pk


def test_what_is_met_after_the_diagnostic_is_where_one_is(me: Learner) -> None:
    diagnostic = course(2, 3)
    first, second = Module.objects.order_by("position")
    attempt = take(me, diagnostic)
    Attempt.objects.filter(pk=attempt.pk).update(finished_at=attempt.finished_at + timedelta(seconds=1))
    lesson = second.concepts.order_by("position").last()
    assert next_for(me).pk == first.concepts.order_by("position").first().pk
    ObjectiveState.objects.update_or_create(
        learner=me,
        objective=lesson.objectives.get(),
        defaults={"level": 2, "last_at": timezone.now() + timedelta(minutes=5)},
    )
    assert next_for(me).pk == lesson.pk


def test_it_takes_one_query_and_for_a_newcomer_none(me: Learner) -> None:
    diagnostic = course(3)
    lessons = tuple(course_outline(me.user).lessons)
    for queries in (0, 1):
        mine = standing_of(me, timezone.now())
        with CaptureQueriesContext(connection) as taken:
            known_to(me, lessons, mine, timezone.now())
        assert len(taken) == queries
        take(me, diagnostic, *Module.objects.all())
