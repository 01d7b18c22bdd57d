"""What single and multiple choice share: weights of choices, and the tags that every question may have."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions import get

SINGLE, MULTIPLE = get("single_choice"), get("multiple_choice")


def content(weights: list[Any], right: int) -> dict[str, Any]:
    """A question whose first choices are right; None leaves the weight out."""
    choices = []
    for number, weight in enumerate(weights):
        choice: dict[str, Any] = {"text": f"choice {number}", "feedback": "Because."}
        choice |= {"right": True} if number < right else {}
        choices.append(choice | ({} if weight is None else {"weight": weight}))
    return {"stem": "Which?", "explanation": "So.", "choices": choices}


def problems(kind: Any, asked: dict[str, Any]) -> dict[str, str]:
    return {problem.field: problem.message for problem in kind.check(asked)}


@pytest.mark.parametrize(("key", "score"), [("a", 1), ("b", 0.5), ("c", 0), ("d", 0)])
def test_a_wrong_choice_may_earn_a_share_and_never_costs(key: str, score: float) -> None:
    asked = content([None, 50, -25, None], right=1)
    assert SINGLE.check(asked) == []
    assert SINGLE.grade(asked, {}, key).score == score


@pytest.mark.parametrize(
    ("picked", "score"), [("a", 0.7), ("b", 0.3), ("ab", 1), ("abc", 0.9), ("abcd", 0.9), ("cd", 0)]
)
def test_several_choices_earn_and_cost_what_they_say(picked: str, score: float) -> None:
    asked = content([70, 30, -10, 0], right=2)
    assert MULTIPLE.check(asked) == []
    assert MULTIPLE.grade(asked, {}, list(picked)).score == pytest.approx(score)


def test_three_rounded_thirds_are_the_whole() -> None:
    asked = content([33.33333, 33.33333, 33.33333, 0], right=3)
    assert MULTIPLE.check(asked) == []
    assert MULTIPLE.grade(asked, {}, ["a", "b", "c"]).score == 1
    assert "takes nothing away" in MULTIPLE.present(asked, {}).hint


@pytest.mark.parametrize(
    ("kind", "weights", "right", "field", "said"),
    [
        (SINGLE, [100, None, None], 1, "choices.0.weight", "whole mark"),
        (SINGLE, [None, 100, None], 1, "choices.1.weight", "less than 100"),
        (SINGLE, [None, -101, None], 1, "choices.1.weight", "between"),
        (SINGLE, [None, "half", None], 1, "choices.1.weight", "figure"),
        (SINGLE, [None, True, None], 1, "choices.1.weight", "figure"),
        (MULTIPLE, [50, 50, None, 0], 2, "choices.2.weight", "or none"),
        (MULTIPLE, [100, 0, 0, 0], 2, "choices.1.weight", "above 0"),
        (MULTIPLE, [50, 50, 10, 0], 2, "choices.2.weight", "0 or below"),
        (MULTIPLE, [50, 40, 0, 0], 2, "choices", "add up to 90"),
    ],
)
def test_weights_that_make_no_sense_are_refused(
    kind: Any, weights: list[Any], right: int, field: str, said: str
) -> None:
    assert said in problems(kind, content(weights, right))[field]


@given(st.lists(st.integers(-100, 100), min_size=4, max_size=6), st.sets(st.sampled_from("abcdef")))
def test_a_score_is_a_share_whatever_the_weights(weights: list[int], picked: set[str]) -> None:
    asked = content(list(weights), right=2)
    assert 0 <= MULTIPLE.grade(asked, {}, sorted(picked)).score <= 1
    assert all(0 <= SINGLE.grade(asked, {}, key).score <= 1 for key in picked)


@pytest.mark.parametrize("tags", ["flow", ["a"] * 21, ["a, b"], [""], [5], ["a" * 61]])
def test_tags_are_a_list_of_short_words(tags: Any) -> None:
    assert "tags" in problems(SINGLE, {**content([None] * 3, right=1), "tags": tags})


def test_a_question_may_have_tags() -> None:
    assert SINGLE.check({**content([None] * 3, right=1), "tags": ["flow", "line 2"]}) == []
