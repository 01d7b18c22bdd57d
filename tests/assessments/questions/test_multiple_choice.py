"""Multiple choice: partial credit, what wrong picks cost, and what is said about each choice."""

from typing import Any

import pytest

from assessments.questions import get
from assessments.questions.base import AnswerError

TYPE = get("multiple_choice")
CONTENT: dict[str, Any] = {
    "stem": "Which are inputs?",
    "explanation": "Inputs go in.",
    "choices": [
        {"text": "Steel", "right": True},
        {"text": "Labour", "right": True, "feedback": "People are an input too."},
        {"text": "Scrap", "feedback": "It comes out.", "misconception": "outputs-as-inputs"},
        {"text": "Finished cars", "feedback": "They come out.", "misconception": "outputs-as-inputs"},
    ],
}


def test_a_sound_question_has_no_problem() -> None:
    assert TYPE.check(CONTENT) == []


@pytest.mark.parametrize("right", [True, False])
def test_all_right_and_none_right_are_refused(right: bool) -> None:
    choices = [{"text": text, "right": right, "feedback": "So."} for text in "abcd"]
    assert [problem.field for problem in TYPE.check({**CONTENT, "choices": choices})] == ["choices"]


@pytest.mark.parametrize(
    ("picked", "score"),
    [
        (["a", "b"], 1),
        (["a"], 0.5),
        (["a", "b", "c"], 0.5),
        (["a", "c"], 0),
        (["c", "d"], 0),
        (["a", "b", "c", "d"], 0),
        ([], 0),
    ],
)
def test_wrong_picks_cost_but_never_below_nothing(picked: list[str], score: float) -> None:
    answer = TYPE.read(CONTENT, {}, {"answer": picked})
    assert TYPE.grade(CONTENT, {}, answer).score == pytest.approx(score)


def test_the_order_of_picking_makes_no_other_answer() -> None:
    assert TYPE.read(CONTENT, {}, {"answer": ["b", "a", "b"]}) == ["a", "b"]


def test_a_misconception_shown_twice_is_named_once() -> None:
    assert TYPE.grade(CONTENT, {}, ["c", "d"]).misconceptions == ("outputs-as-inputs",)


def test_what_was_not_offered_is_refused() -> None:
    with pytest.raises(AnswerError):
        TYPE.read(CONTENT, {}, {"answer": ["a", "e"]})


def test_each_choice_is_explained_and_only_misjudged_ones_have_feedback() -> None:
    told = TYPE.explain(CONTENT, {"order": ["d", "c", "b", "a"]}, ["a", "c"])
    assert [(part.text, part.right, part.feedback) for part in told.parts] == [
        ("Finished cars", True, ""),
        ("Scrap", False, "It comes out."),
        ("Labour", False, "People are an input too."),
        ("Steel", True, ""),
    ]
    assert [part.chosen for part in told.parts] == ["Not picked", "Picked", "Not picked", "Picked"]
    assert (told.verdict, told.your_answer, told.right_answer) == ("wrong", "Scrap; Steel", "Labour; Steel")
    assert TYPE.explain(CONTENT, {}, ["a"]).verdict == "partly"


def test_how_it_is_marked_is_said_before() -> None:
    shown = TYPE.present(CONTENT, {})
    assert shown.widget == "many"
    assert "wrong pick takes away" in shown.hint
