"""Whether an answer can stand, and the words that say how to mend it."""

from typing import Any

import pytest

from concepts.cases.answering import misfits
from concepts.cases.document import Decision
from concepts.cases.reading import read_case
from tests.cases import THROUGH, small_case

DECISIONS = {each.key: each for each in read_case(small_case()).decisions()}


def said(key: str, answer: Any, **changes: Any) -> list[tuple[str, str]]:
    decision = DECISIONS[key]
    if changes:
        decision = Decision(**{**vars(decision), **changes})
    return [(each.name, each.message) for each in misfits(decision, answer)]


@pytest.mark.parametrize("moves", THROUGH)
def test_an_answer_that_fits_has_nothing_against_it(moves: dict[str, Any]) -> None:
    assert [said(key, answer) for key, answer in moves.items()] == [[]] * len(moves)


@pytest.mark.parametrize("key", DECISIONS)
@pytest.mark.parametrize("answer", [None, {}])
def test_nothing_is_not_a_decision(key: str, answer: Any) -> None:
    assert said(key, answer) == [("", "Nothing is decided here yet. Decide, then go on.")]


@pytest.mark.parametrize(
    ("key", "answer", "name", "words"),
    [
        ("overtime", {"option": "everybody"}, "", "Choose one of these."),
        ("overtime", {"figures": {"size": 1}}, "", "Choose one of these."),
        ("batch", {"figures": {}}, "size", "Write a number, such as 20."),
        ("batch", {"figures": "many"}, "size", "Write a number, such as 20."),
        ("batch", {"figures": {"size": True}}, "size", "Write a number, such as 20."),
        ("batch", {"figures": {"size": float("nan")}}, "size", "Choose from 20 to 200."),
        ("batch", {"figures": {"size": 0}}, "size", "Choose from 20 to 200."),
        ("batch", {"figures": {"size": 220}}, "size", "Choose from 20 to 200."),
        ("batch", {"figures": {"size": 90}}, "size", "Go in steps of 20 from 20."),
        ("budget", {"figures": {"training": 10}}, "spares", "Write a number, such as 0."),
        ("priority", {"order": []}, "", "Give each line a place of its own, from 1 to 3."),
        ("priority", {"order": ["late_ones"] * 3}, "", "Give each line a place of its own, from 1 to 3."),
        ("priority", {"order": 7}, "", "Give each line a place of its own, from 1 to 3."),
    ],
)
def test_what_does_not_fit_is_said_where_it_stands(key: str, answer: Any, name: str, words: str) -> None:
    assert said(key, answer) == [(name, words)]


def test_a_budget_is_neither_overspent_nor_left_over() -> None:
    over, under = ({"figures": {"training": 30, "spares": spares}} for spares in (5, -0.0))
    assert said("budget", over) == [("", "This comes to 35 k€; there are 30. Take some away.")]
    assert said("budget", under) == []
    rest = {"figures": {"training": 10, "spares": 15}}
    assert said("budget", rest) == [("", "This comes to 25 k€; all 30 are to be given out. Add the rest.")]
    assert said("budget", rest, spend_all=False) == []


def test_steps_that_are_no_whole_numbers_are_counted_without_binary_noise() -> None:
    figures = (type(DECISIONS["batch"].figures[0])("size", "Batch", 0.1, 0.9, 0.1),)
    for tenths in range(1, 10):
        assert said("batch", {"figures": {"size": tenths / 10}}, figures=figures) == []
    assert said("batch", {"figures": {"size": 0.25}}, figures=figures)[0][0] == "size"
