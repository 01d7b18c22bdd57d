"""The table of sample draws."""

import re
from typing import Any

import pytest

from assessments.selectors.draw_checks import BAD, GOOD, column
from assessments.selectors.draws import draws_of
from tests.assessments.questions import test_multi_step
from tests.factories import numeric

NAMES = {"time-divided-by-units": "Time divided by units"}


def content(**changes: Any) -> dict[str, Any]:
    return {**numeric(), **changes}


def checks(**changes: Any) -> dict[str, str]:
    return {check.text: check.state for check in draws_of("numeric", content(**changes), NAMES).checks}


def test_a_sound_question_passes_every_check() -> None:
    draws = draws_of("numeric", content(), NAMES)
    assert len(draws.rows) == 20
    assert draws.names == ["hours", "units"]
    assert [(head.name, head.slips) for head in draws.heads] == [("Answer", ["Time divided by units"])]
    assert {check.state for check in draws.checks} == {GOOD}
    assert not any(row.note for row in draws.rows)
    assert "724 variants" in [check.text for check in draws.checks]


def test_variants_too_many_to_count_are_estimated_and_said_so() -> None:
    parameters = {"units": {"from": 600, "to": 6600, "step": 1}, "hours": {"values": [2, 4, 5, 8]}}
    assert "24,004 variants" in checks(parameters=parameters)
    found = checks(parameters=parameters, constraints=["hours > 2"])  # there are 18,003
    assert any(re.fullmatch(r"About 1[6-9],000 variants", text) for text in found)


def test_a_slip_inside_the_tolerance_is_named_with_its_distance() -> None:
    slip = {"misconception": "half-a-unit", "answer": "(units + 1) / hours", "feedback": "One too many."}
    draws = draws_of("numeric", content(slips=[slip]), {"half-a-unit": "One too many"})
    assert "One too many is only" in draws.rows[0].note
    assert "20 draws with a slip within ±1\u202f%" in [check.text for check in draws.checks]


def test_a_division_by_zero_is_counted() -> None:
    parameters = {"units": {"values": [100]}, "hours": {"values": [0, 1, 2]}}
    found = checks(parameters=parameters, slips=[])
    assert any("divide by zero" in text and state == BAD for text, state in found.items())


def test_a_slip_that_cannot_be_worked_out_is_said_in_its_row() -> None:
    slip = {"misconception": "time-divided-by-units", "answer": "units / (hours - hours)", "feedback": "No."}
    assert (
        "Time divided by units cannot be worked out"
        in draws_of("numeric", content(slips=[slip]), NAMES).rows[0].note
    )


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
    draws = draws_of("numeric", content(**changes), NAMES)
    assert draws.trouble
    assert draws.rows == []


def test_an_unfinished_slip_does_not_stop_the_draws() -> None:
    assert (
        len(draws_of("numeric", content(slips=[{"misconception": "time-divided-by-units"}]), NAMES).rows)
        == 20
    )


def test_the_first_draw_says_what_counts() -> None:
    first = draws_of("numeric", content(), NAMES).first
    assert first is not None
    assert "{" not in first.shown.stem
    counting = first.counting[0]
    assert "parts / h" in counting.right
    assert float(counting.lowest.replace(",", "")) < float(counting.highest.replace(",", ""))


def test_the_draws_of_steps_show_every_step_with_its_slips() -> None:
    names = {"breaks-left-in": "Breaks left in"}
    draws = draws_of("multi_step", test_multi_step.CONTENT, names)
    assert [(head.name, head.slips) for head in draws.heads] == [
        ("net", ["Breaks left in"]),
        ("takt", ["demand-divided-by-time"]),
        ("hourly", []),
    ]
    assert len(draws.rows) == 20
    assert all(len(row.cells) == 3 and row.cells[1].slips and not row.note for row in draws.rows)
    assert {check.state for check in draws.checks} == {GOOD}
    texts = [check.text for check in draws.checks]
    assert "357 variants" in texts
    assert "No slip of net within ±0.5\u202f%" in texts
    assert [one.label for one in draws.first.counting] == ["Net available time", "Takt time", "Units an hour"]


def test_steps_that_cannot_be_drawn_yet_say_why() -> None:
    assert draws_of("multi_step", {"steps": []}, {}).trouble == "Nothing is asked for yet. Add a step."
    steps = [{"name": "net", "answer": "takt", "tolerance": "1 %"}]
    assert "Known names" in draws_of("multi_step", {"steps": steps}, {}).trouble
    halves = [step | {"slips": [{"misconception": "m"}]} for step in test_multi_step.CONTENT["steps"]]
    assert len(draws_of("multi_step", test_multi_step.CONTENT | {"steps": halves}, {}).rows) == 20


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
