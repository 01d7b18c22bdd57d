"""Hints and tries: what a miss costs, what counts as the same answer, and what a question may say of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions import get
from assessments.questions.tries import (
    FULL,
    hints_of,
    in_order,
    is_same,
    marked,
    penalty_of,
    score_after,
    settle,
    tries_allowed,
    was_tried,
)
from tests.factories import numeric, single_choice

GRADES = st.floats(0, 1)
MISSES = st.integers(0, 4)
PENALTIES = st.integers(0, 100)
HINTS = ["Which is divided by which?", "There are {units} parts."]


def tried(*answers: Any) -> list[dict[str, Any]]:
    return [{"answer": answer, "score": 0.0} for answer in answers]


@given(GRADES, MISSES, PENALTIES)
def test_a_score_stays_between_0_and_what_the_answer_is_worth(
    grade: float, misses: int, penalty: int
) -> None:
    assert 0 <= score_after(grade, misses, penalty) <= grade + 1e-12
    assert score_after(grade, misses + 1, penalty) <= score_after(grade, misses, penalty)


@given(GRADES, PENALTIES)
def test_an_answer_at_the_first_try_keeps_its_worth(grade: float, penalty: int) -> None:
    assert score_after(grade, 0, penalty) == pytest.approx(grade)


def test_two_misses_of_33_per_cent_leave_34() -> None:
    assert score_after(1, 2, 33) == 0.34
    assert score_after(0.5, 2, 33) == 0


@given(st.lists(GRADES, min_size=1, max_size=5), PENALTIES)
def test_the_first_right_answer_counts_or_else_the_last(grades: list[float], penalty: int) -> None:
    settled = settle(grades, penalty)
    right = [place for place, grade in enumerate(grades) if grade >= FULL]
    assert settled.place == settled.misses == (right[0] if right else len(grades) - 1)
    assert settled.score == score_after(settled.grade, settled.misses, penalty)


def test_a_question_without_hints_is_answered_once() -> None:
    assert (tries_allowed(numeric()), hints_of(numeric(), {})) == (1, ())
    assert penalty_of(numeric()) == 33


def test_hints_give_tries_and_show_the_figures_drawn() -> None:
    content = numeric() | {"hints": HINTS, "penalty": 50}
    assert tries_allowed(content) == 3
    assert hints_of(content, {"units": 1860, "hours": 2})[1] == "There are 1,860 parts."
    assert penalty_of(content) == 50


def test_figures_are_the_same_however_they_are_typed() -> None:
    one, other = {"text": "1 234,5", "value": 1234.5}, {"text": "1234.5", "value": 1234.5}
    assert is_same(one, other)
    assert is_same({"takt": one, "count": other}, {"takt": other, "count": one})
    assert not is_same(one, {"text": "1234", "value": 1234.0})
    assert was_tried(tried(one), other)
    assert not was_tried(tried(one), None)


def test_an_answer_that_was_tried_before_is_no_miss_besides_itself() -> None:
    assert in_order(tried("b", "c"), "b") == ["c", "b"]
    assert in_order(tried("b", "c"), "a") == ["b", "c", "a"]


def test_the_slips_of_every_miss_are_kept() -> None:
    content = numeric() | {"hints": HINTS}
    values = {"units": 1200, "hours": 4}
    slip, right = {"text": "0", "value": 4 / 1200}, {"text": "300", "value": 300.0}
    settled, grade = marked(get("numeric"), content, values, tried(slip), right, 33)
    assert (grade.score, settled.misses) == (0.67, 1)
    assert grade.misconceptions == ("time-divided-by-units",)


def test_a_try_that_a_correction_finds_right_counts_and_what_came_after_it_does_not() -> None:
    content = single_choice()
    settled, grade = marked(get("single_choice"), content, {}, tried("c", "a"), "b", 33)
    assert (settled.place, grade.score) == (1, 0.67)


@pytest.mark.parametrize(
    ("extra", "field"),
    [
        ({"hints": "Think."}, "hints"),
        ({"hints": ["a", "b", "c", "d", "e"]}, "hints"),
        ({"hints": ["Think.", " "]}, "hints.1"),
        ({"hints": [7]}, "hints.0"),
        ({"hints": ["It is {answer}."]}, "hints.0"),
        ({"hints": ["See {metres}."]}, "hints.0"),
        ({"penalty": 33.3}, "penalty"),
        ({"penalty": 101}, "penalty"),
        ({"penalty": True}, "penalty"),
        ({"penalty": "33"}, "penalty"),
    ],
)
def test_what_cannot_be_a_hint_or_a_penalty_is_refused_at_its_field(
    extra: dict[str, Any], field: str
) -> None:
    assert [problem.field for problem in get("numeric").check(numeric() | extra)] == [field]


@pytest.mark.parametrize("extra", [{}, {"hints": HINTS}, {"hints": [], "penalty": 0}, {"penalty": 100}])
def test_good_hints_pass(extra: dict[str, Any]) -> None:
    assert get("numeric").check(numeric() | extra) == []
