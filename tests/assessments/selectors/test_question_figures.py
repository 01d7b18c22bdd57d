"""Figures of many questions at once: the same as on the page of each, in two queries."""

from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Assessment, Question
from assessments.selectors.item_scope import Scope
from assessments.selectors.question_analysis import question_analysis
from assessments.selectors.question_figures import question_figures
from tests.assessments.views.test_analysis import sit
from tests.factories import AttemptFactory, ItemFactory, LearnerFactory, UserFactory, practice_set

pytestmark = pytest.mark.django_db


def sat(count: int = 12, mode: str = "test") -> Assessment:
    """A test that so many learners took, with scores that differ."""
    test: Any = practice_set(3, mode=mode)
    for n in range(count):
        sit(LearnerFactory(), test, *["a" if n >= 4 * k else "b" for k in range(3)])
    return test


def questions_of(test: Assessment) -> list[Question]:
    return list(Question.objects.filter(objective__parts__assessment=test))


def test_they_equal_the_page_of_each_question() -> None:
    questions = questions_of(sat())
    found = question_figures(question.pk for question in questions)
    for question in questions:
        page = question_analysis(question, Scope())
        figures = found[question.pk]
        assert figures.answers == page.sums.n
        assert figures.sums.facility == page.sums.facility
        assert figures.discrimination == page.sums.discrimination
        assert figures.finding == page.findings[0]


def test_what_only_a_diagnostic_asked_is_not_judged_and_does_not_discriminate() -> None:
    questions = questions_of(sat(mode="diagnostic"))
    found = question_figures(question.pk for question in questions)
    for question in questions:
        page, figures = question_analysis(question, Scope()), found[question.pk]
        assert figures.discrimination is None and page.sums.discrimination is None
        assert figures.finding == page.findings[0]
        assert figures.finding.words == "Not judged"


def test_a_diagnostic_does_not_change_what_a_test_says_of_a_question() -> None:
    test = sat()
    question = questions_of(test)[2]
    before = question_analysis(question, Scope()).findings
    diagnostic = practice_set(1, mode="diagnostic")
    for _ in range(30):
        made = AttemptFactory(
            learner=LearnerFactory(), assessment=diagnostic, state="graded", finished_at=timezone.now(),
            score=0, max_score=1,
        )  # fmt: skip
        ItemFactory(attempt=made, version=question.live, answer="b", score=0.0, graded_at=timezone.now())
    page, figures = (
        question_analysis(question, Scope()),
        question_figures([question.pk])[question.pk],
    )
    assert page.sums.n == figures.answers == 12 + 30
    assert page.findings == before
    assert figures.finding == before[0]
    assert figures.discrimination is not None


def test_practice_has_a_facility_but_nothing_that_discriminates() -> None:
    question = questions_of(sat())[0]
    for n in range(20):
        made = AttemptFactory(learner=LearnerFactory(), kind="review", assessment=None, state="in_progress")
        ItemFactory(attempt=made, version=question.live, score=float(n < 5), graded_at=timezone.now())
    figures = question_figures([question.pk])[question.pk]
    assert figures.answers == 12 + 20
    assert (figures.in_tests.n, figures.elsewhere.n) == (12, 20)
    assert figures.sums is figures.in_tests  # enough of them to judge
    assert figures.elsewhere.facility == 25.0


def test_the_discrimination_is_that_of_the_test_with_the_most_answers() -> None:
    first = sat()
    question = questions_of(first)[0]
    second = sat(4)
    for n in range(3):
        made = AttemptFactory(
            learner=LearnerFactory(),
            assessment=second,
            state="graded",
            finished_at=timezone.now(),
            score=n,
            max_score=3,
        )
        ItemFactory(attempt=made, version=question.live, score=float(n > 1), graded_at=timezone.now())
    figures = question_figures([question.pk])[question.pk]
    assert len(figures.tests) == 2
    assert figures.best_test is figures.tests[first.pk]
    assert figures.discrimination == figures.tests[first.pk].discrimination


def test_staff_and_nobody_leave_no_trace() -> None:
    test = practice_set(3, mode="test")
    sit(LearnerFactory(user=UserFactory(is_staff=True)), test, "a", "a", "b")
    for question in questions_of(test):
        figures = question_figures([question.pk])[question.pk]
        assert figures.answers == 0
        assert figures.sums.facility is None
        assert figures.discrimination is None


def test_it_takes_two_queries_for_any_number(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    questions = [question.pk for question in questions_of(sat())]
    for asked in (questions[:1], questions):
        with django_assert_num_queries(2):
            question_figures(asked)
    with django_assert_num_queries(0):
        assert question_figures([]) == {}
