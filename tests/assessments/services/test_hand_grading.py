"""Grading by hand: what waits, what a grade makes of it, and two graders at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from assessments.models import Attempt, AttemptItem, Evidence, HandGrade, Learner, ObjectiveState
from assessments.services.answers import Outcome, check_answer, save_answer
from assessments.services.attempts import current_attempt, start_attempt
from assessments.services.evidence import rebuild_learner
from assessments.services.finishing import finish
from assessments.services.hand_grading import Graded, Incomplete, Overtaken, grade_by_hand
from assessments.services.reviews import start_reviews
from tests.assessments.prose import BEST, HALF, LATER, NOW, TEXT, handed_in, practised, sat
from tests.factories import LearnerFactory, PartFactory, QuestionFactory, UserFactory, written_set

pytestmark = pytest.mark.django_db


def grade(item: AttemptItem, ticks: dict[str, str], **options: Any) -> Graded:
    given = {"comment": "", "revision": 1, "grader": None, "now": LATER, **options}
    if given["grader"] is None:
        given["grader"] = UserFactory()
    return grade_by_hand(item=item, ticks=ticks, **given)


def attempt_of(item: AttemptItem) -> Attempt:
    return Attempt.objects.get(pk=item.attempt_id)


def test_an_answer_that_is_handed_in_waits_and_nothing_is_said_of_a_result() -> None:
    item = handed_in()
    assert item.is_handed_in
    assert (item.score, item.hand_grade.ticks, item.hand_grade.grader) == (None, {}, None)
    attempt = attempt_of(item)
    assert (attempt.state, attempt.score, attempt.percent, attempt.passed) == ("submitted", None, None, None)
    assert not Evidence.objects.exists()


def test_what_needs_nobody_is_marked_and_counts_at_once() -> None:
    assessment, learner = written_set(), LearnerFactory()
    choice = QuestionFactory(publish=True)
    PartFactory(assessment=assessment, objective=None, question=choice)
    attempt = start_attempt(learner=learner, assessment=assessment, now=NOW)
    essay, single = attempt.items.order_by("position")
    save_answer(item=essay, posted={"answer": [TEXT]}, revision=0, now=NOW)
    save_answer(item=single, posted={"answer": ["a"]}, revision=0, now=NOW)
    finish(attempt=attempt, now=NOW)
    assert list(attempt.items.order_by("position").values_list("score", flat=True)) == [None, 1.0]
    assert Evidence.objects.get().question == choice
    grade(essay, HALF)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.score, attempt.max_score) == ("graded", 1.3, 2)


def test_a_blank_answer_earns_nothing_and_waits_for_nobody() -> None:
    item = sat(written_set(), LearnerFactory(), text="")[0]
    assert (item.score, item.is_handed_in, attempt_of(item).state) == (0, False, "graded")


def test_an_attempt_whose_time_ran_out_says_so_before_and_after_it_is_graded() -> None:
    attempt = start_attempt(learner=LearnerFactory(), assessment=written_set(time_limit=5), now=NOW)
    item = attempt.items.get()
    save_answer(item=item, posted={"answer": [TEXT]}, revision=0, now=NOW)
    finish(attempt=attempt, now=LATER, state=Attempt.State.EXPIRED)
    assert (attempt_of(item).state, attempt_of(item).score) == ("expired", None)
    grade(item, BEST)
    assert (attempt_of(item).state, attempt_of(item).score) == ("expired", 1)


def test_the_last_grade_closes_the_sum_and_is_evidence_of_the_moment_of_handing_in() -> None:
    learner = LearnerFactory()
    first, second = sat(written_set(2), learner)
    grader = UserFactory()
    assert grade(first, BEST, grader=grader, comment="Well seen.").is_complete
    assert attempt_of(first).state == "submitted"
    grade(second, HALF)
    attempt = attempt_of(first)
    assert (attempt.state, attempt.score, attempt.max_score) == ("graded", 1.3, 2)
    assert {piece.at for piece in Evidence.objects.all()} == {NOW}
    assert sorted(piece.score for piece in Evidence.objects.all()) == [0.3, 1.0]
    row = HandGrade.objects.get(item=first)
    assert (row.grader, row.comment, row.revision, row.at) == (grader, "Well seen.", 2, LATER)
    assert row.history.first().history_user == grader


def test_a_criterion_left_open_keeps_the_answer_waiting_and_the_ticks() -> None:
    item = handed_in()
    assert not grade(item, {"reason": "Complete"}).is_complete
    row = HandGrade.objects.get()
    assert (row.ticks, row.grader, row.at, row.item.score) == ({"reason": "Complete"}, None, NOW, None)
    with pytest.raises(Incomplete):
        grade(item, BEST, revision=2)
        grade(item, {"reason": "Partly"}, revision=3)
    assert HandGrade.objects.get().ticks == BEST


def test_ticks_that_the_rubric_does_not_have_are_not_kept() -> None:
    item = handed_in()
    grade(item, {**BEST, "other": "Plain", "words": "Loud"})
    assert HandGrade.objects.get().ticks == {"reason": "Complete"}


def test_another_grade_supersedes_the_evidence_and_the_fold_is_that_of_the_new_one() -> None:
    item = handed_in()
    grade(item, HALF)
    grade(item, BEST, revision=2)
    assert attempt_of(item).state == "regraded"
    old, new = Evidence.objects.order_by("pk")
    assert (new.supersedes, new.score, new.at) == (old, 1.0, NOW)
    state = ObjectiveState.objects.get()
    assert (state.evidence_count, state.last_score) == (1, 1.0)
    rebuild_learner(learner=item.attempt.learner)
    assert ObjectiveState.objects.get().last_score == 1.0
    assert HandGrade.objects.get().history.count() == 2


def test_a_comment_alone_changes_no_marks() -> None:
    item = handed_in()
    grade(item, BEST)
    grade(item, BEST, revision=2, comment="See the lesson.")
    assert (attempt_of(item).state, Evidence.objects.count()) == ("graded", 1)
    assert HandGrade.objects.get().comment == "See the lesson."


def test_who_comes_second_is_told_and_overwrites_nothing() -> None:
    item = handed_in()
    grade(item, BEST, comment="Mine.")
    with pytest.raises(Overtaken) as told:
        grade(item, HALF, comment="No, mine.")
    assert (told.value.status, told.value.grade.comment) == (409, "Mine.")
    assert HandGrade.objects.get().ticks == BEST


def test_the_same_grade_again_is_harmless_also_from_a_stale_page() -> None:
    item = handed_in()
    grade(item, BEST)
    grade(item, BEST)
    assert (HandGrade.objects.get().revision, Evidence.objects.count()) == (2, 1)


def test_in_practice_an_answer_is_done_when_it_is_handed_in_and_graded_while_the_practice_goes_on() -> None:
    item = practised(questions=2)
    learner, attempt = item.attempt.learner, item.attempt
    again = check_answer(item=item, posted={"answer": [TEXT]}, revision=1, now=LATER)
    other = check_answer(item=item, posted={"answer": ["Too late."]}, revision=1, now=LATER)
    assert (again.outcome, other.outcome) == (Outcome.UNCHANGED, Outcome.GRADED)
    assert HandGrade.objects.count() == 1
    grade(item, HALF)
    assert Evidence.objects.get().at == NOW
    last = attempt.items.get(position=2)
    check_answer(item=last, posted={"answer": [TEXT]}, revision=0, now=LATER)
    assert current_attempt(learner, attempt.assessment, LATER) is None
    attempt.refresh_from_db()
    assert (attempt.state, attempt.score) == ("submitted", None)
    grade(last, BEST)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.score, attempt.max_score) == ("graded", 1.3, 2)


def test_a_draft_that_was_saved_but_not_handed_in_does_not_wait() -> None:
    attempt = start_attempt(learner=LearnerFactory(), assessment=written_set(mode="practice"), now=NOW)
    save_answer(item=attempt.items.get(), posted={"answer": [TEXT]}, revision=0, now=NOW)
    finish(attempt=attempt, now=LATER)
    assert not HandGrade.objects.exists()
    assert attempt_of(attempt.items.get()).state == "graded"


def test_who_does_not_know_in_practice_is_graded_at_once() -> None:
    attempt = start_attempt(learner=LearnerFactory(), assessment=written_set(mode="practice"), now=NOW)
    check_answer(item=attempt.items.get(), posted={}, revision=0, now=NOW, gives_up=True)
    assert attempt.items.get().score == 0
    assert not HandGrade.objects.exists()


def test_written_questions_are_drawn_neither_by_objective_nor_for_reviews() -> None:
    assessment, learner = written_set(), LearnerFactory()
    objective = assessment.parts.get().question.objective
    single = QuestionFactory(objective=objective, publish=True)
    PartFactory(assessment=assessment, objective=objective, count=5)
    attempt = start_attempt(learner=learner, assessment=assessment, now=NOW)
    assert [item.version.type for item in attempt.items.order_by("position")] == ["written", "single_choice"]
    ObjectiveState.objects.create(
        learner=learner, objective=objective, level=3, next_review=NOW - timedelta(days=1), last_at=NOW
    )
    asked = start_reviews(learner=learner, now=NOW).items.get()
    assert asked.version.question == single


@pytest.mark.django_db(transaction=True)
def test_of_two_graders_at_the_same_moment_one_is_told() -> None:
    item = handed_in()
    graders = [UserFactory(), UserFactory()]
    start = Barrier(2)

    def press(number: int) -> str:
        try:
            start.wait()
            grade(item, [BEST, HALF][number], grader=graders[number])
        except Overtaken:
            return "told"
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == ["kept", "told"]
    assert (Evidence.objects.count(), HandGrade.objects.get().revision) == (1, 2)
    learner = Learner.objects.get(pk=item.attempt.learner_id)
    assert learner.last_active_at == NOW
