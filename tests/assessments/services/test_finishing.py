"""Submitting, expiring and grading attempts."""

from datetime import UTC, datetime, timedelta

import pytest

from assessments.models import Attempt, Evidence
from assessments.services.answers import save_answer
from assessments.services.attempts import start_attempt
from assessments.services.finishing import GRACE, finish, finish_overdue
from assessments.services.previews import start_preview
from tests.factories import LearnerFactory, practice_set

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
RIGHT, WRONG = {"answer": ["a"]}, {"answer": ["b"]}


def begin(questions: int = 2, **options: object) -> Attempt:
    test = practice_set(questions, mode="test", **options)
    return start_attempt(learner=LearnerFactory(), assessment=test, now=NOW)


def answer(attempt: Attempt, *answers: dict[str, list[str]]) -> None:
    for item, posted in zip(attempt.items.all(), answers, strict=False):
        save_answer(item=item, posted=posted, revision=0, now=NOW)


def test_submitting_grades_every_answer_and_appends_evidence_for_each() -> None:
    attempt = begin()
    answer(attempt, RIGHT, WRONG)
    attempt = finish(attempt=attempt, now=NOW + timedelta(minutes=5))
    assert (attempt.state, attempt.score, attempt.max_score) == (Attempt.State.GRADED, 1, 2)
    assert attempt.finished_at == NOW + timedelta(minutes=5)
    assert list(Evidence.objects.in_order().values_list("score", flat=True)) == [1, 0]


def test_submitting_twice_grades_once() -> None:
    attempt = begin()
    answer(attempt, RIGHT, RIGHT)
    first = finish(attempt=attempt, now=NOW)
    second = finish(attempt=attempt, now=NOW + timedelta(hours=1))
    assert second.finished_at == first.finished_at
    assert Evidence.objects.count() == 2


def test_a_blank_costs_marks_but_is_no_evidence() -> None:
    attempt = begin()
    answer(attempt, RIGHT)
    attempt = finish(attempt=attempt, now=NOW)
    assert (attempt.score, attempt.max_score) == (1, 2)
    assert Evidence.objects.count() == 1


def test_time_that_runs_out_is_noticed_on_the_next_touch_and_the_deadline_is_the_finish_time() -> None:
    attempt = begin(time_limit=10)
    answer(attempt, RIGHT, RIGHT)
    end = NOW + timedelta(minutes=10)
    assert not finish_overdue(attempt=attempt, now=end + GRACE)
    assert finish_overdue(attempt=attempt, now=end + GRACE + timedelta(seconds=1))
    assert (attempt.state, attempt.finished_at, attempt.score) == (Attempt.State.EXPIRED, end, 2)
    assert set(Evidence.objects.values_list("at", flat=True)) == {end}


def test_a_submit_within_the_grace_counts_as_on_time() -> None:
    attempt = begin(time_limit=10)
    attempt = finish(attempt=attempt, now=NOW + timedelta(minutes=10, seconds=20))
    assert attempt.finished_at == NOW + timedelta(minutes=10)


def test_a_preview_is_graded_and_leaves_no_evidence() -> None:
    test = practice_set(mode="test")
    attempt = start_preview(learner=LearnerFactory(), assessment=test, seed=1, now=NOW)
    answer(attempt, RIGHT, RIGHT)
    assert finish(attempt=attempt, now=NOW).score == 2
    assert not Evidence.objects.exists()


def test_finished_attempts_are_passed_at_their_pass_mark() -> None:
    attempt = begin(10, pass_mark=70)
    answer(attempt, *[RIGHT] * 7)
    attempt = finish(attempt=attempt, now=NOW)
    assert (attempt.percent, attempt.passed) == (70, True)
