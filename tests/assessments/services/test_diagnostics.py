"""Diagnostics: what they begin with, what follows from answers, and that nothing counts before the end."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import Assessment, Attempt, Evidence, Learner, Question
from assessments.services.attempts import start_attempt
from assessments.services.diagnostics import extend, map_of
from assessments.services.errors import Refused
from assessments.services.finishing import finish, finish_overdue
from assessments.services.previews import start_preview
from concepts.models import Module
from tests.assessments.diagnostics import course, give, modules_asked, walk
from tests.factories import LearnerFactory, PartFactory, QuestionFactory, make_editor

pytestmark = pytest.mark.django_db


def begin(diagnostic: Assessment, **options: Any) -> Attempt:
    return start_attempt(learner=LearnerFactory(), assessment=diagnostic, now=timezone.now(), **options)


def items(attempt: Attempt) -> list[Any]:
    return list(attempt.items.order_by("position"))


def test_it_begins_with_one_question_for_each_module_in_the_order_of_its_parts() -> None:
    attempt = begin(course(3, 5, 1))
    assert modules_asked(attempt) == list(Module.objects.order_by("position").values_list("pk", flat=True))
    assert attempt.kind == Attempt.Kind.DIAGNOSTIC


def test_of_unseen_questions_one_that_asks_to_apply_something_comes_first() -> None:
    diagnostic = course(1)
    plain, apply = Question.objects.order_by("pk")
    Question.objects.filter(pk=plain.pk).update(thinking="remember")
    assert [begin(diagnostic).items.get().version.question_id for _ in range(4)] == [apply.pk] * 4


def test_hidden_lessons_and_written_questions_are_not_asked_about() -> None:
    diagnostic = course(1, 1)
    hidden = Module.objects.first()
    Module.objects.filter(pk=hidden.pk).update(status="draft")
    written = QuestionFactory(type="written", publish=True)
    PartFactory(assessment=diagnostic, objective=None, question=written)
    PartFactory(assessment=diagnostic, objective=written.objective)
    assert modules_asked(begin(diagnostic)) == [Module.objects.exclude(pk=hidden.pk).first().pk]


def test_one_that_can_ask_nothing_is_not_begun() -> None:
    diagnostic = course(1)
    Question.objects.update(status="draft")
    with pytest.raises(Refused):
        begin(diagnostic)


def test_after_the_last_answer_of_a_round_the_modules_that_were_right_go_on() -> None:
    attempt = begin(course(3, 3))
    first, second = items(attempt)
    give(first, "a")
    assert attempt.items.count() == 2
    give(second, "b")
    assert modules_asked(attempt)[2:] == [Module.objects.order_by("position").first().pk] * 2
    assert len({item.version.question_id for item in items(attempt)}) == 4


def test_a_question_that_is_left_blank_ends_its_module() -> None:
    attempt = begin(course(3, 3))
    walk(attempt, known=Module.objects.all()[:1], other="")
    asked = modules_asked(attempt)
    assert asked.count(Module.objects.first().pk) == 3
    assert len(asked) == 4


def test_an_answer_put_right_later_lets_its_module_go_on_and_takes_nothing_away() -> None:
    attempt = begin(course(2, 2))
    walk(attempt)
    assert attempt.items.count() == 2
    give(items(attempt)[0], "a")
    assert attempt.items.count() == 3
    give(items(attempt)[0], "b")
    assert attempt.items.count() == 3


def test_nothing_counts_before_it_is_handed_in() -> None:
    attempt = begin(course(3, 3))
    walk(attempt, known=Module.objects.all())
    assert attempt.items.count() == 6
    assert not Evidence.objects.exists()
    assert not attempt.items.exclude(score=None).exists()
    finish(attempt=attempt, now=timezone.now())
    assert Evidence.objects.filter(origin="diagnostic", score=1).count() == 6


def test_blank_questions_leave_no_evidence() -> None:
    attempt = begin(course(3, 3))
    walk(attempt, known=Module.objects.all()[:1], other="")
    finish(attempt=attempt, now=timezone.now())
    assert Evidence.objects.count() == 3
    attempt.refresh_from_db()
    assert (attempt.score, attempt.max_score) == (3, 4)


def test_asking_for_the_next_round_again_adds_nothing() -> None:
    attempt = begin(course(3, 3))
    for item in items(attempt):
        give(item, "a")
    assert [extend(attempt=attempt, now=timezone.now(), after=2) for _ in range(3)] == [0, 0, 0]
    assert attempt.items.count() == 6


def test_a_round_that_was_not_added_because_the_server_died_is_added_on_coming_back() -> None:
    attempt = begin(course(3))
    item = items(attempt)[0]
    item.answer, item.revision, item.saved_at = "a", 1, timezone.now()
    item.save()
    assert extend(attempt=attempt, now=timezone.now()) == 2
    assert extend(attempt=attempt, now=timezone.now()) == 0


def test_an_attempt_that_is_over_or_whose_time_is_up_gets_no_more() -> None:
    now = timezone.now()
    attempt = begin(course(3, time_limit=10))
    items(attempt)[0].refresh_from_db()
    give(items(attempt)[0], "")
    item = items(attempt)[0]
    item.answer, item.revision, item.saved_at = "a", 1, now
    item.save()
    assert extend(attempt=attempt, now=attempt.deadline) == 0
    later = attempt.deadline + timedelta(minutes=1)
    assert finish_overdue(attempt=attempt, now=later)
    assert extend(attempt=Attempt.objects.get(pk=attempt.pk), now=now) == 0
    assert attempt.items.count() == 1
    assert Evidence.objects.count() == 1


def test_anything_but_a_diagnostic_is_left_alone() -> None:
    attempt = begin(course(2, mode="test"))
    assert attempt.items.count() == 2
    for item in items(attempt):
        give(item, "a")
    assert attempt.items.count() == 2


def test_a_preview_goes_on_by_the_answers_too_and_equal_seeds_ask_the_same() -> None:
    editor, diagnostic, asked = Learner.objects.get(user=make_editor()), course(5, 5), []
    for _ in range(2):
        attempt = start_preview(learner=editor, assessment=diagnostic, seed=7, now=timezone.now())
        walk(attempt, known=Module.objects.all())
        asked.append([(item.version_id, item.seed) for item in items(attempt)])
    assert len(asked[0]) == 10
    assert asked[0] == asked[1]


def test_a_count_asks_several_questions_of_an_objective_as_far_as_there_are_any() -> None:
    diagnostic = course(1)
    diagnostic.parts.update(count=5)
    assert map_of(diagnostic).at_most == 2
    attempt = begin(diagnostic)
    walk(attempt, known=Module.objects.all())
    assert len({item.version.question_id for item in items(attempt)}) == 2


def test_the_questions_of_a_round_are_shuffled_if_it_says_so() -> None:
    diagnostic = course(*[1] * 6, shuffle=True)
    assert len({tuple(modules_asked(begin(diagnostic))) for _ in range(6)}) > 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(1, 5), min_size=1, max_size=3), seed=st.integers(0, 999))
def test_whatever_is_answered_and_in_whatever_order_no_question_comes_twice_and_it_ends(
    sizes: list[int], seed: int
) -> None:
    dice = Random(seed)
    diagnostic = course(*sizes)
    attempt = begin(diagnostic)
    for _ in range(60):
        give(dice.choice(items(attempt)), dice.choice(["a", "a", "b", ""]))
    asked = items(attempt)
    assert [item.position for item in asked] == list(range(1, len(asked) + 1))
    assert len({item.version.question_id for item in asked}) == len(asked)
    assert len(sizes) <= len(asked) <= sum(sizes)
    walk(attempt)  # a wrong answer everywhere ends every module
    before = attempt.items.count()
    extend(attempt=attempt, now=timezone.now())
    assert attempt.items.count() == before
