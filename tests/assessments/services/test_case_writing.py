"""What is written in a case: notes that two tabs cannot overwrite, and the recommendation that ends it."""

from datetime import UTC, datetime

import pytest

from assessments.models import Attempt, AttemptItem, CaseRun
from assessments.services.attempts import start_attempt
from assessments.services.case_writing import MOST_NOTES, finish_if_written, save_notes
from assessments.services.cases import Stale
from tests.cases import QUIT, hand_in, make_run, move
from tests.factories import LearnerFactory, practice_set

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
TEXT = "The orders wait for the slowest press."


def note(run: CaseRun, text: str, revision: int) -> CaseRun:
    return save_notes(run=run, text=text, revision=revision, now=NOW)


def test_notes_are_kept_and_the_same_again_changes_nothing() -> None:
    run = make_run()
    assert note(run, "Ask for the set-up times.", 0).notes_revision == 1
    assert note(run, "Ask for the set-up times.", 0).notes_revision == 1
    run.refresh_from_db()
    assert (run.notes, run.last_at) == ("Ask for the set-up times.", NOW)


def test_notes_of_two_tabs_do_not_overwrite_each_other() -> None:
    run = make_run()
    note(run, "One.", 0)
    with pytest.raises(Stale):
        note(run, "Two.", 0)
    run.refresh_from_db()
    assert run.notes == "One."
    assert note(run, "One. Two.", 1).notes == "One. Two."


def test_notes_are_cut_at_their_limit_and_lose_what_no_database_takes() -> None:
    run = make_run()
    assert note(run, "a\x00b\r\nc", 0).notes == "ab\nc"
    assert len(note(run, "a" * (MOST_NOTES + 1), 1).notes) == MOST_NOTES


def test_notes_do_not_move_the_run() -> None:
    run = note(make_run(), "One.", 0)
    assert (run.stage, run.stages_done, run.is_open) == ("first", 0, True)


def test_handing_in_finishes_the_run_and_its_attempt() -> None:
    run = move(make_run(), QUIT[0])
    run = hand_in(run, TEXT, now=NOW)
    assert run.finished_at == run.last_at == NOW
    attempt = Attempt.objects.get(pk=run.attempt_id)
    assert (attempt.state, attempt.finished_at) == ("submitted", NOW)  # the text waits for a person
    assert AttemptItem.objects.get(attempt=attempt, position=2).is_handed_in


def test_giving_up_finishes_it_too() -> None:
    run = hand_in(move(make_run(), QUIT[0]), now=NOW)
    assert run.finished_at == NOW
    assert Attempt.objects.get(pk=run.attempt_id).state == "graded"


def test_nothing_is_finished_before_the_end_of_the_case_or_before_it_is_handed_in() -> None:
    run = make_run()
    assert not finish_if_written(attempt=run.attempt, now=NOW)
    run = move(run, QUIT[0])
    assert not finish_if_written(attempt=run.attempt, now=NOW)
    assert CaseRun.objects.get().is_open


def test_finishing_twice_changes_nothing() -> None:
    run = hand_in(move(make_run(), QUIT[0]), TEXT, now=NOW)
    assert finish_if_written(attempt=run.attempt, now=datetime(2027, 1, 1, tzinfo=UTC))
    assert CaseRun.objects.get().finished_at == NOW


def test_an_attempt_that_belongs_to_no_case_is_left_alone() -> None:
    attempt = start_attempt(learner=LearnerFactory(), assessment=practice_set(), now=NOW)
    assert not finish_if_written(attempt=attempt, now=NOW)
    assert Attempt.objects.get().is_open
