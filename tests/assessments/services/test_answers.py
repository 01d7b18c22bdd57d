"""Saving and checking answers."""

from datetime import UTC, datetime, timedelta

import pytest

from assessments.models import Attempt, AttemptItem, Evidence, ObjectiveState, ProgressDay
from assessments.questions.base import AnswerError
from assessments.services.answers import Outcome, check_answer, mark_seen, save_answer
from assessments.services.attempts import start_attempt
from assessments.services.finishing import finish
from assessments.services.previews import start_preview
from tests.factories import LearnerFactory, practice_set

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
RIGHT, WRONG = {"answer": ["a"]}, {"answer": ["b"]}


def begin(mode: str = "practice", **options: object) -> AttemptItem:
    attempt = start_attempt(learner=LearnerFactory(), assessment=practice_set(mode=mode, **options), now=NOW)
    return attempt.items.select_related("attempt").order_by("position")[0]


def test_an_answer_is_saved_with_its_time_and_its_revision() -> None:
    item = begin("test")
    saved = save_answer(item=item, posted=RIGHT, revision=0, now=NOW)
    item.refresh_from_db()
    assert saved.outcome is Outcome.SAVED
    assert (item.answer, item.revision, item.saved_at, item.score) == ("a", 1, NOW, None)


def test_the_same_answer_again_writes_nothing() -> None:
    item = begin("test")
    save_answer(item=item, posted=RIGHT, revision=0, now=NOW)
    again = save_answer(item=item, posted=RIGHT, revision=0, now=NOW + timedelta(minutes=1))
    assert again.outcome is Outcome.UNCHANGED
    assert (again.item.revision, again.item.saved_at) == (1, NOW)


def test_a_stale_tab_is_refused_and_overwrites_nothing() -> None:
    item = begin("test")
    save_answer(item=item, posted=RIGHT, revision=0, now=NOW)
    stale = save_answer(item=item, posted=WRONG, revision=0, now=NOW)
    item.refresh_from_db()
    assert stale.outcome is Outcome.STALE
    assert item.answer == "a"


def test_an_answer_that_cannot_be_read_changes_nothing() -> None:
    item = begin("test", type="numeric")
    save_answer(item=item, posted={"answer": ["12"]}, revision=0, now=NOW)
    with pytest.raises(AnswerError, match="12 or so"):
        save_answer(item=item, posted={"answer": ["12 or so"]}, revision=1, now=NOW)
    item.refresh_from_db()
    assert item.answer["text"] == "12"


def test_an_answer_can_be_cleared_in_a_test() -> None:
    item = begin("test")
    save_answer(item=item, posted=RIGHT, revision=0, now=NOW)
    save_answer(item=item, posted={}, revision=1, now=NOW)
    item.refresh_from_db()
    assert (item.answer, item.revision) == (None, 2)


def test_a_save_half_a_minute_late_still_counts_and_a_later_one_is_refused_with_what_was_kept() -> None:
    item = begin("test", time_limit=10)
    end = NOW + timedelta(minutes=10)
    assert (
        save_answer(item=item, posted=RIGHT, revision=0, now=end + timedelta(seconds=30)).outcome
        is Outcome.SAVED
    )
    late = save_answer(item=item, posted=WRONG, revision=1, now=end + timedelta(seconds=31))
    attempt = Attempt.objects.get(pk=item.attempt_id)
    assert late.outcome is Outcome.CLOSED
    assert late.item.answer == "a"
    assert (attempt.state, attempt.finished_at) == (Attempt.State.EXPIRED, end)


def test_practice_grades_at_once_and_appends_evidence_and_state_together() -> None:
    item = begin()
    check_answer(item=item, posted=RIGHT, revision=0, now=NOW)
    item.refresh_from_db()
    evidence = Evidence.objects.get()
    state = ObjectiveState.objects.get()
    assert (item.score, evidence.score, evidence.item) == (1.0, 1.0, item)
    assert (state.get_level_display(), state.evidence_count) == ("Familiar", 1)


def test_a_double_submit_grades_once() -> None:
    item = begin()
    check_answer(item=item, posted=WRONG, revision=0, now=NOW)
    again = check_answer(item=item, posted=WRONG, revision=0, now=NOW)
    assert again.outcome is Outcome.UNCHANGED
    assert Evidence.objects.count() == 1


def test_another_answer_after_marking_comes_too_late() -> None:
    item = begin()
    check_answer(item=item, posted=WRONG, revision=0, now=NOW)
    late = check_answer(item=item, posted=RIGHT, revision=1, now=NOW)
    assert late.outcome is Outcome.GRADED
    assert late.item.answer == "b"


def test_a_blank_answer_is_not_graded_unless_the_learner_gives_up() -> None:
    item = begin()
    check_answer(item=item, posted={}, revision=0, now=NOW)
    assert not Evidence.objects.exists()
    check_answer(item=item, posted={}, revision=0, now=NOW, gives_up=True)
    assert Evidence.objects.get().score == 0


def test_an_answer_after_submission_is_refused() -> None:
    item = begin("test")
    finish(attempt=item.attempt, now=NOW)
    assert save_answer(item=item, posted=RIGHT, revision=0, now=NOW).outcome is Outcome.CLOSED


def test_a_named_slip_is_kept_with_the_answer() -> None:
    item = begin(type="numeric")
    wrong = item.values["hours"] / item.values["units"]
    check_answer(item=item, posted={"answer": [str(wrong)]}, revision=0, now=NOW)
    item.refresh_from_db()
    assert item.misconceptions == ["time-divided-by-units"]


def test_a_preview_leaves_no_evidence() -> None:
    attempt = start_preview(learner=LearnerFactory(), assessment=practice_set(), seed=1, now=NOW)
    check_answer(item=attempt.items.first(), posted=RIGHT, revision=0, now=NOW)
    assert not Evidence.objects.exists()


def test_the_first_sight_of_a_question_is_noted_once() -> None:
    item = begin()
    mark_seen(item=item, now=NOW)
    mark_seen(item=item, now=NOW + timedelta(minutes=1))
    item.refresh_from_db()
    assert item.first_seen_at == NOW


def test_a_draft_sent_again_after_closing_is_not_graded() -> None:
    item = begin(closes_at=NOW + timedelta(minutes=10))
    save_answer(item=item, posted=RIGHT, revision=0, now=NOW)
    late = check_answer(item=item, posted=RIGHT, revision=1, now=NOW + timedelta(minutes=11))
    assert (late.outcome, late.item.score) == (Outcome.UNCHANGED, None)
    assert not Evidence.objects.exists()


def test_answers_of_one_day_are_counted_on_that_day() -> None:
    attempt = begin().attempt
    for item, minutes in zip(attempt.items.all(), (0, 60 * 24), strict=True):
        check_answer(item=item, posted=RIGHT, revision=0, now=NOW + timedelta(minutes=minutes))
    assert list(ProgressDay.objects.values_list("day__day", "evidence_count")) == [(21, 1), (22, 1)]
    again = start_attempt(learner=attempt.learner, assessment=attempt.assessment, now=NOW + timedelta(days=1))
    check_answer(item=again.items.all()[0], posted=WRONG, revision=0, now=NOW + timedelta(days=1, hours=1))
    assert ProgressDay.objects.get(day__day=22).evidence_count == 2
