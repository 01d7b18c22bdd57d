"""Short text: the first accepted answer that fits counts; every other is told how to find it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions import get
from assessments.questions.base import AnswerError
from concepts.rendering import render_inline

TYPE = get("short_text")
CONTENT: dict[str, Any] = {
    "stem": "What is the pace that demand sets called?",
    "explanation": "Takt is net time divided by demand.",
    "accept": [
        {"text": "Takt time"},
        {"text": "Takt", "feedback": "That is what it is called for short."},
        {
            "pattern": "*cycle*",
            "score": 0,
            "feedback": "Cycle time is what is.",
            "misconception": "cycle-is-takt",
        },
        {"pattern": "*takt*", "score": 50, "feedback": "Only the name is asked."},
    ],
    "otherwise": "Look for the word for a beat.",
}


def with_entry(**changes: Any) -> dict[str, Any]:
    return {**CONTENT, "accept": [CONTENT["accept"][0] | changes, *CONTENT["accept"][1:]]}


def read(text: str, content: dict[str, Any] = CONTENT) -> Any:
    return TYPE.read(content, {}, {"answer": [text]})


def test_a_sound_question_has_no_problem() -> None:
    assert TYPE.check(CONTENT) == []
    assert TYPE.check({**CONTENT, "case": True, "fold": False, "label": "Its name"}) == []


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({**CONTENT, "accept": []}, "accept"),
        ({**CONTENT, "accept": CONTENT["accept"][2:]}, "accept"),
        ({**CONTENT, "otherwise": ""}, "otherwise"),
        ({**CONTENT, "case": "yes"}, "case"),
        ({**CONTENT, "label": 4}, "label"),
        (with_entry(pattern="takt*"), "accept.0.text"),
        (with_entry(text=None), "accept.0.text"),
        (with_entry(text="x" * 201), "accept.0.text"),
        (with_entry(text=12), "accept.0.text"),
        (with_entry(score=101), "accept.0.score"),
        (with_entry(score="half"), "accept.0.score"),
        (with_entry(score=True), "accept.0.score"),
        (with_entry(score=40), "accept.0.feedback"),
        (with_entry(misconception="cycle-is-takt"), "accept.0.misconception"),
        (with_entry(answer="Takt"), "accept.0.answer"),
        ({**CONTENT, "accept": [{"pattern": "takt*"}, {"text": "Takt time"}]}, "accept.1.text"),
        ({**CONTENT, "accept": [{"text": "Takt"}, {"text": "TAKT."}]}, "accept.1.text"),
        ({**CONTENT, "accept": [{"pattern": "*takt*"}, {"pattern": "takt*time"}]}, "accept.1.pattern"),
    ],
)
def test_a_broken_question_is_refused_at_the_field(content: dict[str, Any], field: str) -> None:
    assert field in [problem.field for problem in TYPE.check(content)]


@pytest.mark.parametrize(
    ("typed", "score", "feedback"),
    [
        (" takt  TIME. ", 1, ()),
        ("takt", 1, ("That is what it is called for short.",)),
        ("the takt", 0.5, ("Only the name is asked.",)),
        ("takt or cycle time", 0, ("Cycle time is what is.",)),
        ("throughput", 0, ("Look for the word for a beat.",)),
        ("?!", 0, ("Look for the word for a beat.",)),
    ],
)
def test_the_first_answer_that_fits_counts(typed: str, score: float, feedback: tuple[str, ...]) -> None:
    answer = read(typed)
    assert TYPE.grade(CONTENT, {}, answer).score == score
    assert TYPE.explain(CONTENT, {}, answer).feedback == feedback


def test_a_slip_is_named() -> None:
    assert TYPE.grade(CONTENT, {}, read("cycle time")).misconceptions == ("cycle-is-takt",)


def test_whether_capitals_count_is_said_before_and_kept_to() -> None:
    strict = {**CONTENT, "case": True}
    assert "Capitals count" in TYPE.present(strict, {}).hint
    assert "do not matter" in TYPE.present(CONTENT, {}).hint
    assert TYPE.grade(strict, {}, read("takt time")).score == 0.5


def test_the_right_answer_is_the_first_with_the_full_mark_and_a_plain_one_if_there_is_one() -> None:
    assert TYPE.explain(CONTENT, {}, None).right_answer == "Takt time"
    patterned = {**CONTENT, "accept": [{"pattern": "takt*"}]}
    assert TYPE.explain(patterned, {}, None).right_answer == "takt…"


def test_nothing_typed_is_no_answer() -> None:
    assert read("  \t ") is None
    assert TYPE.summary(CONTENT, {}, None) == "No answer"
    assert TYPE.explain(CONTENT, {}, None).feedback == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("x" * 201, "201 characters"), ("a\x00b", "cannot be read"), ("\ud800", "cannot be read")],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(typed: str, said: str) -> None:
    with pytest.raises(AnswerError, match=said):
        read(typed)


@given(st.lists(st.text(), max_size=2))
def test_hostile_input_is_refused_or_marked_and_shown_letter_by_letter(typed: list[str]) -> None:
    try:
        answer = TYPE.read(CONTENT, {}, {"answer": typed})
    except AnswerError as refusal:
        assert refusal.field == "answer"
        return
    assert 0 <= TYPE.grade(CONTENT, {}, answer).score <= 1
    assert TYPE.explain(CONTENT, {}, answer).your_answer == TYPE.summary(CONTENT, {}, answer)


@pytest.mark.parametrize(
    "typed", ["[here](https://example.org)", "**a** _b_ `c` ~d~", "<b>&amp;</b>", r"a\*b"]
)
def test_what_a_learner_typed_is_never_read_as_markup(typed: str) -> None:
    shown = render_inline(TYPE.summary(CONTENT, {}, read(typed)))
    assert shown == typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("answer", [None, 7, [], {"text": "takt"}])
def test_an_answer_that_is_none_scores_nothing(answer: Any) -> None:
    assert TYPE.grade(CONTENT, {}, answer).score == 0
