"""Correcting a live question: what is marked again, what evidence is superseded, and what is refused."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assessments.models import Attempt, AttemptItem, CorrectedItem, Correction, Evidence, Question
from assessments.services import corrections, regrading
from assessments.services.answers import check_answer
from assessments.services.attempts import start_attempt
from assessments.services.bank import publish_question, unpublish_question
from assessments.services.checks import answer_check, make_offer, sign_offer
from assessments.services.corrections import NotCorrectable, Outdated, correct_question, key_ruling
from assessments.services.finishing import finish
from assessments.services.hand_grading import grade_by_hand
from tests.assessments.corrections import (
    answered_test,
    correct,
    corrected,
    hand_in,
    reworded,
    states_of,
    void,
)
from tests.factories import LearnerFactory, QuestionFactory, numeric, practice_set

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def marks() -> list[tuple[Any, ...]]:
    return [(row.score, row.max_score, row.state) for row in Attempt.objects.order_by("pk")]


def test_answers_are_marked_again_and_attempts_added_up_anew() -> None:
    question, _ = answered_test("a", "b", "c")
    made = correct(question, corrected(question, right=1))
    assert (made.kind, made.affected, made.changed, made.reason) == ("key", 3, 2, "The key was wrong.")
    assert marks() == [(0, 1, "regraded"), (1, 1, "regraded"), (0, 1, "graded")]
    question.refresh_from_db()
    assert question.live == made.version
    assert {item.key_version for item in AttemptItem.objects.all()} == {made.version}
    rows = made.items.order_by("pk").values_list("old_score", "new_score")
    assert list(rows) == [(1, 0), (0, 1), (0, 0)]


def test_evidence_is_superseded_at_the_same_moment_and_never_edited() -> None:
    question, attempts = answered_test("b")
    first = Evidence.objects.get()
    correct(question, corrected(question, right=1))
    assert Evidence.objects.filter(pk=first.pk, score=0).exists()
    current = Evidence.objects.current().get()
    assert (current.supersedes, current.first, current.score) == (first, first, 1)
    assert (current.at, current.variant, current.origin) == (first.at, first.variant, first.origin)
    assert attempts[0].learner.states.get().level == 2


def test_a_second_correction_goes_on_where_the_first_ended() -> None:
    question, attempts = answered_test("c", "b")
    correct(question, corrected(question, right=1))
    last = correct(question, corrected(question, right=2))
    chain = Evidence.objects.filter(item__attempt=attempts[0]).order_by("pk")
    assert [piece.score for piece in chain] == [0, 1]
    chain = Evidence.objects.filter(item__attempt=attempts[1]).order_by("pk")
    assert [(piece.score, piece.first_id) for piece in chain] == [
        (0, None),
        (1, chain[0].pk),
        (0, chain[0].pk),
    ]
    assert {item.key_version for item in AttemptItem.objects.all()} == {last.version}


def test_correcting_back_restores_marks_and_levels() -> None:
    question, attempts = answered_test("a", "b")
    before = [states_of(attempt.learner) for attempt in attempts], [row[:2] for row in marks()]
    content = question.content
    correct(question, corrected(question, right=1))
    correct(question, content)
    assert ([states_of(attempt.learner) for attempt in attempts], [row[:2] for row in marks()]) == before


def test_who_is_still_at_it_is_marked_by_the_corrected_key() -> None:
    assessment = practice_set(1)
    attempt = start_attempt(learner=LearnerFactory(), assessment=assessment, now=NOW)
    made = correct(Question.objects.get(), corrected(Question.objects.get(), right=1))
    assert (made.affected, made.changed) == (1, 0)
    saved = check_answer(item=attempt.items.get(), posted={"answer": ["b"]}, revision=0, now=NOW)
    assert saved.item.score == 1
    assert Evidence.objects.get().score == 1


def test_a_time_that_ran_out_stays_what_it_is_and_previews_stay_out_of_it() -> None:
    question, attempts = answered_test("b", "b")
    Attempt.objects.filter(pk=attempts[0].pk).update(state="expired")
    Attempt.objects.filter(pk=attempts[1].pk).update(is_preview=True)
    assert correct(question, corrected(question, right=1)).affected == 1
    assert marks() == [(1, 1, "expired"), (0, 1, "graded")]


def test_older_versions_are_covered_where_they_are_ticked() -> None:
    question, _ = answered_test("b")
    older = question.live_id or 0
    reworded(question)
    hand_in(question.objective.parts.get().assessment, "b")
    correct(question, corrected(question, right=1))
    assert [row[0] for row in marks()] == [0, 1]
    correct(question, Question.objects.get().content, older=(older,))
    assert [row[0] for row in marks()] == [1, 1]


def test_nothing_to_correct_is_refused() -> None:
    question, _ = answered_test("b")
    with pytest.raises(NotCorrectable, match="Nothing is changed"):
        correct(question, question.content)


def test_a_correction_leaves_the_parts_of_a_question_where_they_are() -> None:
    question, _ = answered_test("b")
    more, swapped = deepcopy(question.content), deepcopy(question.content)
    more["choices"].append({"text": "It doubles", "feedback": "It depends."})
    swapped["choices"][1], swapped["choices"][2] = swapped["choices"][2], swapped["choices"][1]
    for content, reason in ((more, "neither add nor remove"), (swapped, "changed its place")):
        with pytest.raises(NotCorrectable, match=reason) as refusal:
            key_ruling(question, content)
        assert refusal.value.problems[0].field == "choices"


def test_the_names_of_parameters_stay_and_a_draw_must_give_a_result() -> None:
    content: dict[str, Any] = deepcopy(numeric())
    content["parameters"]["rest"] = {"values": [0, 1]}
    content["answer"] = "units / (hours + rest)"
    question = QuestionFactory(type="numeric", content=content, publish=True)
    renamed = deepcopy(content)
    renamed["parameters"]["pause"] = renamed["parameters"].pop("rest")
    renamed["answer"] = "units / (hours + pause)"
    with pytest.raises(NotCorrectable, match="rename a parameter"):
        key_ruling(question, renamed)
    attempt = start_attempt(learner=LearnerFactory(), assessment=_asking(question), now=NOW)
    AttemptItem.objects.update(values={"units": 600, "hours": 2, "rest": 0})
    check_answer(item=attempt.items.get(), posted={"answer": ["300"]}, revision=0, now=NOW)
    divides = deepcopy(content)
    divides["parameters"]["rest"] = {"values": [1, 2]}
    divides["answer"] = "units / hours / rest"
    with pytest.raises(NotCorrectable, match="figures of 1 answer"):
        correct(question, divides)
    assert Question.objects.get(pk=question.pk).live == question.live


def _asking(question: Question) -> Any:
    assessment = practice_set(1)
    part = assessment.parts.get()
    part.objective, part.question, part.count = None, question, 1
    part.save()
    return assessment


def test_derived_figures_are_worked_out_anew_from_those_drawn() -> None:
    content = numeric() | {"derived": {"minutes": "hours * 6"}, "answer": "units / minutes"}
    question = QuestionFactory(type="numeric", content=content, publish=True)
    attempt = start_attempt(learner=LearnerFactory(), assessment=_asking(question), now=NOW)
    values = attempt.items.get().values
    right = values["units"] / (values["hours"] * 60)
    check_answer(item=attempt.items.get(), posted={"answer": [f"{right:.6f}"]}, revision=0, now=NOW)
    assert attempt.items.get().score == 0
    correct(question, content | {"derived": {"minutes": "hours * 60"}})
    item = attempt.items.get()
    assert (item.score, item.values) == (1, values)
    assert item.marking_values["minutes"] == 60 * values["hours"]


def test_a_draft_that_waits_keeps_its_changes_and_is_put_right_too() -> None:
    question, _ = answered_test("b")
    right = corrected(question, right=1)
    question.content = question.content | {"explanation": "A draft of mine."}
    question.save()
    made = correct(question, right)
    question.refresh_from_db()
    assert made.version is not None
    assert made.version.content == right
    assert question.content == right | {"explanation": "A draft of mine."}


def test_correcting_a_withdrawn_question_does_not_publish_it() -> None:
    question, _ = answered_test("b")
    unpublish_question(question=question)
    correct(question, corrected(question, right=1))
    assert not Question.objects.get().is_published


def test_what_was_agreed_to_is_what_happens_or_nothing_does() -> None:
    question, _ = answered_test("b")
    assessment = question.objective.parts.get().assessment
    content = corrected(question, right=1)
    ruling = key_ruling(question, content)
    token = corrections.effects_of(ruling).token(ruling, question.live_id or 0)
    hand_in(assessment, "b")
    with pytest.raises(Outdated):
        correct_question(
            question=question, content=content, reason="Wrong.", by=None, now=NOW, expected=token
        )
    assert marks() == [(0, 1, "graded"), (0, 1, "graded")]
    assert question.versions.count() == 1


def test_an_interruption_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    question, attempts = answered_test("b", "b", "b")
    before = marks(), [states_of(attempt.learner) for attempt in attempts]
    monkeypatch.setattr(regrading, "AT_ONCE", 1)
    stored: list[object] = []

    def break_down(batch: regrading.Batch) -> None:
        if stored:
            raise RuntimeError("power cut")
        stored.append(batch)
        regrading.store(batch)

    monkeypatch.setattr(corrections, "store", break_down)
    with pytest.raises(RuntimeError):
        correct(question, corrected(question, right=1))
    assert (marks(), [states_of(attempt.learner) for attempt in attempts]) == before
    assert (Correction.objects.count(), CorrectedItem.objects.count(), Evidence.objects.count()) == (0, 0, 3)
    assert Question.objects.get().live == question.live


def test_a_page_that_was_open_meanwhile_is_marked_by_the_corrected_key() -> None:
    question, _ = answered_test("b")
    learner = LearnerFactory()
    assert question.live is not None
    offer = make_offer(learner=learner, version=question.live, is_preview=False)
    correct(question, corrected(question, right=1))
    item = answer_check(
        learner=learner, lesson="x", token=sign_offer(offer, "x"), posted={"answer": ["b"]}, now=NOW
    )
    item.refresh_from_db()
    assert (item.score, item.attempt.score) == (1, 1)


# Voiding


def test_full_marks_for_everybody() -> None:
    question, _ = answered_test("a", "b", None)
    made = void(question, "full")
    assert (made.version, made.affected, made.changed) == (None, 3, 2)
    assert marks() == [(1, 1, "graded"), (1, 1, "regraded"), (1, 1, "regraded")]
    assert [piece.score for piece in Evidence.objects.current().order_by("item")] == [1, 1]
    assert not Question.objects.get().is_published


def test_left_out_it_counts_on_neither_side_and_shows_nothing() -> None:
    assessment = practice_set(2, mode="test")
    learner = LearnerFactory()
    attempt = start_attempt(learner=learner, assessment=assessment, now=NOW)
    for item in attempt.items.all():
        item.answer, item.revision, item.saved_at = "a", 1, NOW
        item.save()
    finish(attempt=attempt, now=NOW)
    void(attempt.items.first().version.question, "out")
    attempt.refresh_from_db()
    assert (attempt.score, attempt.max_score, attempt.state) == (1, 1, "regraded")
    assert Evidence.objects.current().count() == 1
    assert learner.states.get().evidence_count == 1


def test_an_attempt_of_nothing_but_what_is_left_out_has_no_marks_and_its_evidence_is_gone() -> None:
    question, attempts = answered_test("a")
    void(question, "out")
    assert marks() == [(0, 0, "regraded")]
    assert states_of(attempts[0].learner) == [{"last_active_at": None}]


def test_a_correction_takes_a_voiding_back() -> None:
    question, attempts = answered_test("a", "b")
    before = [states_of(attempt.learner) for attempt in attempts]
    void(question, "out")
    correct(question, question.content)
    assert [row[:2] for row in marks()] == [(1, 1), (0, 1)]
    assert [states_of(attempt.learner) for attempt in attempts] == before


def test_publishing_a_void_question_again_makes_a_new_version() -> None:
    question, _ = answered_test("a")
    void(question, "out")
    question = Question.objects.get()
    assert publish_question(question=question).number == 2
    assert hand_in(question.objective.parts.get().assessment, "a").score == 1


def test_who_is_still_at_a_void_question_gets_what_everybody_gets() -> None:
    assessment = practice_set(2, mode="test")
    attempt = start_attempt(learner=LearnerFactory(), assessment=assessment, now=NOW)
    first, second = attempt.items.all()
    void(first.version.question, "full")
    void(second.version.question, "out")
    attempt = finish(attempt=attempt, now=NOW + timedelta(minutes=1))
    assert (attempt.score, attempt.max_score) == (1, 1)


# Written answers


def written() -> dict[str, Any]:
    levels = [
        {"label": "no", "points": 0, "description": "Not at all."},
        {"label": "yes", "points": 2, "description": "Throughout."},
    ]
    return {
        "stem": "Why?",
        "explanation": "Because.",
        "rubric": [
            {"name": name, "label": name.capitalize(), "levels": deepcopy(levels)}
            for name in ("clear", "sound")
        ],
    }


def written_test() -> tuple[Question, AttemptItem]:
    question = QuestionFactory(type="written", content=written(), publish=True)
    assessment = _asking(question)
    assessment.mode = "test"
    assessment.save()
    return question, hand_in(assessment, "As it is.").items.get()


def test_a_written_answer_keeps_its_ticks_and_is_counted_by_the_corrected_rubric() -> None:
    question, item = written_test()
    grade_by_hand(
        item=item, ticks={"clear": "yes", "sound": "no"}, comment="", revision=1, grader=None, now=NOW
    )
    heavier = written()
    heavier["rubric"][0]["levels"][1]["points"] = 6
    correct(question, heavier)
    item.refresh_from_db()
    assert item.score == 0.75
    assert marks() == [(0.75, 1, "regraded")]
    assert Evidence.objects.current().get().score == 0.75


def test_a_level_that_is_gone_sends_a_written_answer_back_to_the_queue() -> None:
    question, item = written_test()
    grade_by_hand(
        item=item, ticks={"clear": "yes", "sound": "no"}, comment="", revision=1, grader=None, now=NOW
    )
    other = written()
    other["rubric"][0]["levels"][1]["label"] = "fully"
    correct(question, other)
    item.refresh_from_db()
    assert (item.score, item.graded_at) == (None, None)
    assert marks() == [(None, None, "submitted")]
    assert not Evidence.objects.current().exists()


def test_full_marks_for_a_written_answer_that_still_waits() -> None:
    question, _ = written_test()
    void(question, "full")
    assert marks() == [(1, 1, "graded")]
    piece = Evidence.objects.get()
    assert (piece.score, piece.at) == (1, NOW)
