"""Single choice: what is refused, how it is read, marked and explained."""

from typing import Any

import pytest

from assessments.questions import get
from assessments.questions.base import AnswerError

TYPE = get("single_choice")
CONTENT: dict[str, Any] = {
    "stem": "Which of these is a throughput?",
    "explanation": "Throughput is units by time.",
    "choices": [
        {"text": "240 parcels an hour", "right": True},
        {
            "text": "15 seconds a parcel",
            "feedback": "That is a pace.",
            "misconception": "time-divided-by-units",
        },
        {"text": "1,800 parcels", "feedback": "A count lacks its time."},
    ],
}


def with_choice(index: int, **changes: Any) -> dict[str, Any]:
    choices = [dict(choice) for choice in CONTENT["choices"]]
    choices[index] |= changes
    return {**CONTENT, "choices": choices}


def problems(content: dict[str, Any]) -> dict[str, str]:
    return {problem.field: problem.message for problem in TYPE.check(content)}


def test_a_sound_question_has_no_problem() -> None:
    assert TYPE.check(CONTENT) == []


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({**CONTENT, "stem": " "}, "stem"),
        ({**CONTENT, "explanation": 5}, "explanation"),
        ({**CONTENT, "choices": "a, b"}, "choices"),
        ({**CONTENT, "choices": CONTENT["choices"][:2]}, "choices"),
        ({**CONTENT, "choices": [*CONTENT["choices"], "a word"]}, "choices.3"),
        ({**CONTENT, "tolerance": "1 %"}, "tolerance"),
        (with_choice(1, right=True, misconception=""), "choices"),
        (with_choice(0, right=False, feedback="No."), "choices"),
        (with_choice(0, right="yes"), "choices.0.right"),
        (with_choice(0, misconception="a-slip"), "choices.0.misconception"),
        (with_choice(1, feedback=""), "choices.1.feedback"),
        (with_choice(2, text=1800), "choices.2.text"),
        (with_choice(2, text="240  Parcels an hour"), "choices.2.text"),
        (with_choice(2, feedbak="A count."), "choices.2.feedbak"),
        ({}, "stem"),
    ],
)
def test_a_broken_question_is_refused_at_the_field(content: dict[str, Any], field: str) -> None:
    assert field in problems(content)


def test_a_misspelt_key_is_recognised() -> None:
    assert "Did you mean “feedback”?" in problems(with_choice(2, feedbak="A count."))["choices.2.feedbak"]


def test_choices_are_shown_in_the_order_drawn_and_keep_their_keys() -> None:
    shown = TYPE.present(CONTENT, {"order": ["c", "a", "b"]})
    assert shown.widget == "one"
    assert (shown.options[0].key, shown.options[0].text) == ("c", "1,800 parcels")
    assert {tuple(TYPE.draw(CONTENT, seed)["order"]) for seed in range(50)} > {
        ("a", "b", "c"),
        ("c", "b", "a"),
    }


def test_an_order_that_does_not_fit_falls_back_to_the_one_written() -> None:
    assert [option.key for option in TYPE.present(CONTENT, {"order": ["a", "z"]}).options] == ["a", "b", "c"]


def test_nothing_picked_is_no_answer() -> None:
    assert TYPE.read(CONTENT, {}, {}) is None
    assert TYPE.read(CONTENT, {}, {"answer": [""]}) is None
    assert TYPE.grade(CONTENT, {}, None).score == 0
    assert TYPE.summary(CONTENT, {}, None) == "No answer"


@pytest.mark.parametrize("posted", [["z"], ["a", "b"], ["<script>"]])
def test_what_was_not_offered_is_refused(posted: list[str]) -> None:
    with pytest.raises(AnswerError) as refusal:
        TYPE.read(CONTENT, {}, {"answer": posted})
    assert refusal.value.field == "answer"


def test_a_wrong_choice_names_its_misconception_and_gives_its_feedback() -> None:
    answer = TYPE.read(CONTENT, {}, {"answer": ["b"]})
    assert TYPE.grade(CONTENT, {}, answer).misconceptions == ("time-divided-by-units",)
    told = TYPE.explain(CONTENT, {}, answer)
    assert (told.verdict, told.feedback) == ("wrong", ("That is a pace.",))
    assert (told.your_answer, told.right_answer) == ("15 seconds a parcel", "240 parcels an hour")


def test_the_right_choice_is_right() -> None:
    told = TYPE.explain(CONTENT, {}, "a")
    assert TYPE.grade(CONTENT, {}, "a").score == 1
    assert (told.verdict, told.feedback, told.explanation) == ("right", (), "Throughput is units by time.")
