"""What a correction would do, as an editor sees it before anything changes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import AttemptItem, Question
from assessments.selectors.corrections import older_versions, preview_correction, preview_voiding
from tests.assessments.corrections import answered_test, corrected, hand_in, reworded

pytestmark = pytest.mark.django_db


def test_a_preview_counts_everything_and_writes_nothing() -> None:
    question, _ = answered_test("a", "b", "b", None)
    with CaptureQueriesContext(connection) as queries:
        preview = preview_correction(question, corrected(question, right=1))
    assert not [query for query in queries if not query["sql"].startswith("SELECT")]
    assert dict(preview.figures) == {
        "Answers": 4,
        "Learners": 4,
        "Attempts": 4,
        "Marks go up": 2,
        "Marks go down": 1,
        "Marks stay": 1,
    }
    assert [(row.answer, row.learners) for row in preview.rows] == [("It falls", 2), ("It rises", 1)]
    assert [(str(move.before), str(move.after), move.count) for move in preview.passes] == [
        ("Not passed", "Passed", 2),
        ("Passed", "Not passed", 1),
    ]
    assert [move.count for move in preview.levels] == [2, 1]


def test_a_preview_costs_the_same_for_twice_as_many_answers() -> None:
    question, _ = answered_test("a", "b")
    costs = []
    for _turn in range(2):
        asked = Question.objects.get()
        with CaptureQueriesContext(connection) as queries:
            preview_correction(asked, corrected(question, right=1))
        costs.append(len(queries))
        for answer in ("a", "b"):
            hand_in(question.objective.parts.get().assessment, answer)
    assert costs[0] == costs[1]


def test_the_same_effects_have_the_same_token_and_others_another() -> None:
    question, _ = answered_test("a", "b")
    content = corrected(question, right=1)
    tokens = [
        preview_correction(question, content).token,
        preview_correction(question, content).token,
        preview_correction(question, corrected(question, right=2)).token,
        preview_voiding(question, "full").token,
        preview_voiding(question, "out").token,
    ]
    assert tokens[0] == tokens[1]
    assert len(set(tokens)) == 4


def test_left_out_attempts_are_neither_passed_nor_failed() -> None:
    question, _ = answered_test("a", "b")
    preview = preview_voiding(question, "out")
    assert dict(preview.figures)["Left out"] == 2
    assert preview.passes == []
    assert {row.new for row in preview.rows} == {"no mark"}


def test_older_versions_are_listed_where_somebody_was_asked_them() -> None:
    question, _ = answered_test("a")
    reworded(question)
    question = Question.objects.get()
    reworded_again = question.content | {"stem": "Once more?"}
    assert [pk for pk, _ in older_versions(question)] == [AttemptItem.objects.get().version_id]
    assert preview_correction(question, reworded_again).effects.answers == 0
