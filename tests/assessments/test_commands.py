"""Commands for cron and for the administrator."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from assessments.models import Attempt, Evidence, ObjectiveState
from assessments.services.answers import check_answer, save_answer
from assessments.services.attempts import start_attempt
from tests.factories import LearnerFactory, practice_set

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def answered() -> Attempt:
    now = timezone.now()
    attempt = start_attempt(learner=LearnerFactory(), assessment=practice_set(), now=now)
    check_answer(item=attempt.items.first(), posted={"answer": ["a"]}, revision=0, now=now)
    return attempt


def test_expired_attempts_are_graded_with_what_was_saved_and_the_deadline_as_finish_time() -> None:
    begun = timezone.now() - timedelta(hours=1)
    test = practice_set(1, mode="test", time_limit=10)
    attempt = start_attempt(learner=LearnerFactory(), assessment=test, now=begun)
    save_answer(item=attempt.items.get(), posted={"answer": ["a"]}, revision=0, now=begun)
    assert "Closed 1 attempts" in run("expire_attempts")
    attempt.refresh_from_db()
    assert (attempt.state, attempt.score, attempt.finished_at) == ("expired", 1, attempt.deadline)
    assert Evidence.objects.get().at == attempt.deadline


def test_attempts_with_time_left_go_on() -> None:
    start_attempt(
        learner=LearnerFactory(), assessment=practice_set(mode="test", time_limit=10), now=timezone.now()
    )
    assert "Closed 0 attempts" in run("expire_attempts")


def test_rebuilding_finds_that_nothing_differs() -> None:
    answered()
    assert "0 had been different" in run("rebuild_progress")


def test_rebuilding_mends_a_state_that_somebody_spoilt_and_says_so() -> None:
    attempt = answered()
    ObjectiveState.objects.update(level=4)
    assert "1 had been different" in run("rebuild_progress", attempt.learner.user.email)
    assert ObjectiveState.objects.get().level == 2


def test_the_demonstration_needs_a_course() -> None:
    with pytest.raises(CommandError, match="load_course"):
        run("make_demo")


def test_the_demonstration_is_made_once_and_its_states_are_what_the_evidence_says() -> None:
    run("load_course")
    first = run("make_demo")
    evidence = Evidence.objects.count()
    assert "maren@example.org" in first
    assert evidence > 2000
    waiting = ObjectiveState.objects.filter(
        learner__user__email="maren@example.org", next_review__lte=timezone.now()
    )
    assert waiting.count() >= 5  # the README sends people to her Today "with reviews waiting"
    assert "0 had been different" in run("rebuild_progress", "maren@example.org", "idris@example.org")
    run("make_demo")
    assert Evidence.objects.count() == evidence
