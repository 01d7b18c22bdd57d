"""True or false: the one type that draws nothing."""

from typing import Any

import pytest

from assessments.questions import get
from assessments.questions.base import AnswerError

TYPE = get("true_false")
CONTENT: dict[str, Any] = {
    "stem": "A hospital has an operations manager.",
    "explanation": "Operations are everywhere.",
    "right": True,
    "feedback": "A hospital makes no goods, but it runs an operation.",
    "misconception": "operations-need-a-factory",
}


def test_a_sound_question_has_no_problem() -> None:
    assert TYPE.check(CONTENT) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"right": "true"}, "right"),
        ({"right": None}, "right"),
        ({"feedback": ""}, "feedback"),
        ({"choices": []}, "choices"),
    ],
)
def test_a_broken_question_is_refused_at_the_field(changes: dict[str, Any], field: str) -> None:
    assert [problem.field for problem in TYPE.check(CONTENT | changes)] == [field]


def test_true_stands_first_whatever_the_seed() -> None:
    assert TYPE.draw(CONTENT, 1) == TYPE.draw(CONTENT, 2) == {}
    assert [option.key for option in TYPE.present(CONTENT, {}).options] == ["true", "false"]


def test_a_misjudged_statement_has_feedback_and_misconception() -> None:
    answer = TYPE.read(CONTENT, {}, {"answer": ["false"]})
    grade, told = TYPE.grade(CONTENT, {}, answer), TYPE.explain(CONTENT, {}, answer)
    assert (grade.score, grade.misconceptions) == (0, ("operations-need-a-factory",))
    assert (told.verdict, told.feedback, told.your_answer) == ("wrong", (CONTENT["feedback"],), "False")


def test_a_false_statement_is_answered_by_false() -> None:
    content = CONTENT | {"right": False}
    assert TYPE.grade(content, {}, "false").score == 1
    assert TYPE.explain(content, {}, "false").right_answer == "False"


def test_no_answer_shows_no_misconception() -> None:
    assert TYPE.grade(CONTENT, {}, None).misconceptions == ()
    assert TYPE.explain(CONTENT, {}, None).feedback == ()


def test_a_third_answer_is_refused() -> None:
    with pytest.raises(AnswerError):
        TYPE.read(CONTENT, {}, {"answer": ["maybe"]})
