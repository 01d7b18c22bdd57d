"""The calculator: every line with its words, its figures and what comes of it."""

import pytest

from concepts.calculator import Step, in_words, work_out
from concepts.formulas import FormulaError

TAKT = Step("answer", "Takt time", "net / demand", "min / unit")
NET = Step("net", "Net available time", "shifts * (minutes - breaks)", "min")
LABELS = {"shifts": "Shifts a day", "minutes": "Length of a shift", "breaks": "Breaks", "demand": "Demand"}
FIGURES = {"shifts": 2, "minutes": 480, "breaks": 70, "demand": 80}


def test_a_step_says_what_is_done_and_puts_the_figures_in() -> None:
    worked = work_out([NET], TAKT, figures=FIGURES, labels=LABELS, decimals=2)
    (line,) = worked.before
    assert line.label == "Net available time"
    assert line.words == "shifts a day × (length of a shift − breaks)"
    assert line.figures == "2 × (480 − 70)"
    assert line.result_with_unit == "820\u202fmin"


def test_that_a_part_has_to_be_above_0_is_no_part_of_the_reckoning() -> None:
    left = Step("left", "Left", "positive(minutes - breaks)", "min")
    rate = Step("answer", "Rate", "demand / (2 * positive(left - 10))")
    worked = work_out([left], rate, figures=FIGURES, labels=LABELS, decimals=2)
    assert worked.before[0].words == "length of a shift − breaks"
    assert worked.before[0].figures == "480 − 70"
    assert worked.answer.words == "demand ÷ (2 × (left − 10))"
    assert worked.answer.figures == "80 ÷ (2 × (410 − 10))"
    with pytest.raises(FormulaError, match="above 0"):
        work_out([left], rate, figures=FIGURES | {"breaks": 480}, labels=LABELS, decimals=2)


def test_the_answer_uses_the_steps_before_it_under_their_labels() -> None:
    worked = work_out([NET], TAKT, figures=FIGURES, labels=LABELS, decimals=2)
    assert worked.answer.words == "net available time ÷ demand"
    assert worked.answer.figures == "820 ÷ 80"
    assert worked.answer.result_with_unit == "10.25\u202fmin / unit"
    assert worked.value == 10.25


def test_only_what_is_shown_is_rounded() -> None:
    third = Step("third", "A third", "whole / 3")
    worked = work_out(
        [third], Step("answer", "Again", "third * 3"), figures={"whole": 10}, labels={}, decimals=1
    )
    assert worked.before[0].result == "3.333"
    assert worked.value == pytest.approx(10, abs=1e-12)
    assert worked.answer.result == "10"


def test_a_measure_without_steps_has_one_line() -> None:
    worked = work_out(
        [], Step("answer", "Rate", "a / b"), figures={"a": 5400, "b": 7.5}, labels={}, decimals=1
    )
    assert worked.before == ()
    assert worked.answer.figures == "5,400 ÷ 7.5"
    assert worked.answer.result_with_unit == "720"


def test_money_has_two_decimals_in_every_line() -> None:
    worked = work_out(
        [Step("half", "Half", "price / 2", "€")],
        Step("answer", "Again", "half * 3", "€ / unit"),
        figures={"price": 5},
        labels={},
        decimals=2,
    )
    assert worked.before[0].result_with_unit == "2.50\u202f€"
    assert worked.answer.result == "7.50"


def test_a_formula_without_an_answer_says_why() -> None:
    with pytest.raises(FormulaError, match="divides by zero"):
        work_out([], Step("answer", "Rate", "a / b"), figures={"a": 1, "b": 0}, labels={}, decimals=1)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("100 * on_time / due", "100 × delivered on time ÷ due"),
        ("(a-b) ** 2", "(OEE − b) ^ 2"),
        ("max(a, 0)", "the largest of (OEE, 0)"),
        ("-due + 1e3", "−due + 1e3"),
    ],
)
def test_names_are_spelt_out_and_signs_are_set(expression: str, words: str) -> None:
    labels = {"on_time": "Delivered on time", "due": "Due", "a": "OEE"}
    assert " ".join(in_words(expression, labels).split()) == words


def test_functions_are_written_as_they_are_read() -> None:
    assert in_words("sqrt(root)", {"root": "Under the root"}) == "√(under the root)"
    assert in_words("max(a, b)", {"a": "Saw", "b": "Mill"}) == "the largest of (saw, mill)"
    assert in_words("ceil(exact)", {"exact": "People"}) == "the next whole number from (people)"
