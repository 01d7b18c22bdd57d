"""The table of sample draws."""

from typing import Any

import pytest

from assessments.selectors.draws import BAD, GOOD, column, draws_of
from tests.factories import numeric

NAMES = {"time-divided-by-units": "Time divided by units"}


def content(**changes: Any) -> dict[str, Any]:
    return {**numeric(), **changes}


def checks(**changes: Any) -> dict[str, str]:
    return {check.text: check.state for check in draws_of(content(**changes), NAMES).checks}


def test_a_sound_question_passes_every_check() -> None:
    draws = draws_of(content(), NAMES)
    assert len(draws.rows) == 20
    assert draws.names == ["hours", "units"]
    assert draws.slips == ["Time divided by units"]
    assert {check.state for check in draws.checks} == {GOOD}
    assert not any(row.note for row in draws.rows)
    assert "724 variants" in [check.text for check in draws.checks]


def test_a_slip_inside_the_tolerance_is_named_with_its_distance() -> None:
    slip = {"misconception": "half-a-unit", "answer": "(units + 1) / hours", "feedback": "One too many."}
    draws = draws_of(content(slips=[slip]), {"half-a-unit": "One too many"})
    assert "One too many is only" in draws.rows[0].note
    assert "20 draws with a slip within ±1\u202f%" in [check.text for check in draws.checks]


def test_a_division_by_zero_is_counted() -> None:
    parameters = {"units": {"values": [100]}, "hours": {"values": [0, 1, 2]}}
    found = checks(parameters=parameters, slips=[])
    assert any("divide by zero" in text and state == BAD for text, state in found.items())


def test_a_slip_that_cannot_be_worked_out_is_said_in_its_row() -> None:
    slip = {"misconception": "time-divided-by-units", "answer": "units / (hours - hours)", "feedback": "No."}
    assert "Time divided by units cannot be worked out" in draws_of(content(slips=[slip]), NAMES).rows[0].note


def test_draws_that_do_not_differ_are_a_fault() -> None:
    parameters = {"units": {"values": [100]}, "hours": {"values": [4]}}
    assert checks(parameters=parameters)["1 of 20 draws differ"] == BAD


def test_a_question_without_parameters_says_so() -> None:
    found = checks(parameters={}, answer="12 / 4", stem="Twelve in four?", slips=[])
    assert found["The same figures for everybody"] == GOOD


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": ""},
        {"tolerance": "a little"},
        {"answer": "units / nothing"},
        {"parameters": {"units": {"from": 1}}},
        {"constraints": ["units > 99999"]},
        {"derived": {"a": "b", "b": "a"}},
    ],
)
def test_where_nothing_can_be_drawn_the_reason_is_given(changes: dict[str, Any]) -> None:
    draws = draws_of(content(**changes), NAMES)
    assert draws.trouble
    assert draws.rows == []


def test_an_unfinished_slip_does_not_stop_the_draws() -> None:
    assert len(draws_of(content(slips=[{"misconception": "time-divided-by-units"}]), NAMES).rows) == 20


def test_the_first_draw_says_what_counts() -> None:
    first = draws_of(content(), NAMES).first
    assert first is not None
    assert "{" not in first.shown.stem
    assert "parts / h" in first.right
    assert float(first.lowest.replace(",", "")) < float(first.highest.replace(",", ""))


@pytest.mark.parametrize(
    ("figures", "shown"),
    [
        ([1.0, 2.5], ["1.0", "2.5"]),
        ([1600, 2400], ["1,600", "2,400"]),
        ([1 / 3, 2 / 3], ["0.3333", "0.6667"]),
        ([277.4999, 3.3333], ["277.5", "3.3"]),
        ([None, 2], ["–", "2"]),
        ([], []),
    ],
)
def test_the_figures_of_a_column_have_equal_decimals(figures: list[Any], shown: list[str]) -> None:
    assert column(figures) == shown
