"""Previews of an assessment: like the real thing, reproducible, and never counted."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from assessments.models import Assessment, Attempt, AttemptItem, Evidence, Learner
from assessments.selectors.open_work import open_attempts
from assessments.selectors.sets import Run, assessments_at, with_runs
from assessments.selectors.start import used_attempts
from assessments.services.answers import check_answer, save_answer
from assessments.services.attempts import start_attempt
from assessments.services.drawing import last_seen
from assessments.services.errors import Refused
from assessments.services.finishing import finish
from assessments.services.previews import seed_of, start_preview
from tests.factories import AssessmentFactory, LearnerFactory, practice_set

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture
def me() -> Learner:
    return LearnerFactory()


def drawn(attempt: Attempt) -> list[tuple[int, int, object]]:
    return [(item.version_id, item.seed, item.values) for item in attempt.items.order_by("position")]


def test_the_same_seed_draws_the_same_and_another_seed_something_else(me: Learner) -> None:
    test = practice_set(6, type="numeric", mode="test")
    first = drawn(start_preview(learner=me, assessment=test, seed=7, now=NOW))
    assert drawn(start_preview(learner=LearnerFactory(), assessment=test, seed=7, now=NOW)) == first
    assert drawn(start_preview(learner=me, assessment=test, seed=8, now=NOW)) != first


def test_a_new_preview_takes_the_place_of_the_old_one(me: Learner) -> None:
    test = practice_set(mode="test")
    start_preview(learner=me, assessment=test, seed=1, now=NOW)
    attempt = start_preview(learner=me, assessment=test, seed=2, now=NOW)
    assert list(Attempt.objects.all()) == [attempt]
    assert seed_of(attempt) == 2


def test_it_ends_by_the_time_limit_of_everybody_and_may_be_begun_when_all_is_over(me: Learner) -> None:
    me.extra_time_percent = 100
    me.save()
    test = practice_set(mode="test", time_limit=20, closes_at=NOW - timedelta(days=1), attempts_allowed=1)
    attempt = start_preview(learner=me, assessment=test, seed=1, now=NOW)
    assert attempt.deadline == NOW + timedelta(minutes=20)


def test_nothing_of_it_counts(me: Learner) -> None:
    test = practice_set(mode="test", attempts_allowed=1)
    attempt = start_preview(learner=me, assessment=test, seed=1, now=NOW)
    for item in attempt.items.all():
        save_answer(item=item, posted={"answer": ["a"]}, revision=0, now=NOW)
    assert open_attempts(me) == []
    assert finish(attempt=attempt, now=NOW).score == 2
    me.refresh_from_db()
    assert (Evidence.objects.count(), used_attempts(me, test), me.last_active_at) == (0, 0, None)
    questions = AttemptItem.objects.values_list("version__question", flat=True)
    assert last_seen(me, questions) == {}
    line = assessments_at([("concept", test.concept.pk)], me.user)[0]
    assert with_runs(me, [line], NOW)[0].run == Run()


def test_the_first_real_attempt_is_number_one_and_the_preview_is_gone(me: Learner) -> None:
    test = practice_set(mode="test", attempts_allowed=1)
    start_preview(learner=me, assessment=test, seed=1, now=NOW)
    attempt = start_attempt(learner=me, assessment=test, now=NOW)
    assert (attempt.number, attempt.is_preview, Attempt.objects.count()) == (1, False, 1)


def test_a_practice_leaves_no_evidence_either(me: Learner) -> None:
    attempt = start_preview(learner=me, assessment=practice_set(), seed=1, now=NOW)
    item = attempt.items.select_related("attempt").order_by("position")[0]
    check_answer(item=item, posted={"answer": ["a"]}, revision=0, now=NOW)
    item.refresh_from_db()
    assert item.score == 1
    assert not Evidence.objects.exists()


def test_an_attempt_of_ones_own_is_not_mixed_up_with_it(me: Learner) -> None:
    test = practice_set(mode="test")
    mine = start_attempt(learner=me, assessment=test, now=NOW)
    preview = start_preview(learner=me, assessment=test, seed=1, now=NOW)
    assert (preview.is_preview, preview.number, mine.number) == (True, 2, 1)
    assert start_attempt(learner=me, assessment=test, now=NOW) == mine
    finish(attempt=mine, now=NOW)
    assert list(Attempt.objects.values_list("pk", "state")) == [(mine.pk, "graded")]


def test_what_asks_nothing_has_no_preview(me: Learner) -> None:
    empty: Assessment = AssessmentFactory()
    with pytest.raises(Refused):
        start_preview(learner=me, assessment=empty, seed=1, now=NOW)
    assert not Attempt.objects.exists()


def test_the_command_deletes_previews_of_two_days_ago_and_nothing_else(me: Learner) -> None:
    now = datetime.now(UTC)
    start_preview(learner=me, assessment=practice_set(), seed=1, now=now - timedelta(days=3))
    fresh = start_preview(learner=me, assessment=practice_set(), seed=1, now=now)
    real = start_attempt(learner=me, assessment=practice_set(), now=now - timedelta(days=3))
    call_command("expire_attempts")
    assert set(Attempt.objects.all()) == {fresh, real}
