"""Where a calculation without an answer says so, and in which words."""

import pytest

from concepts.arithmetic import FormulaError
from concepts.calculator import Step, work_out
from concepts.refusals import Refusal, refusal

LABELS = {"fixed": "Fixed costs", "price": "Price", "variable": "Variable cost"}


def refused(*lines: Step, labels: dict[str, str] = LABELS, **figures: float) -> Refusal:
    """What is said when these figures are worked out; the last line is the answer."""
    with pytest.raises(FormulaError) as caught:
        work_out(lines[:-1], lines[-1], figures=figures, labels=labels, decimals=2)
    return refusal(caught.value, lines, figures=figures, labels=labels)


def test_a_step_that_has_to_be_above_0_is_named_and_followed_to_its_figures() -> None:
    lines = (
        Step("left", "Contribution", "positive(price - variable)", "€"),
        Step("answer", "Break-even", "fixed / left"),
    )
    assert refused(*lines, fixed=100, price=24, variable=40) == Refusal(
        "variable",
        "“Contribution” would be 24 − 40 = −16\u202f€, but it has to be above 0. "
        "Change this figure or “Price”.",
    )


def test_a_divisor_is_followed_through_the_steps_that_it_is_made_of() -> None:
    lines = (
        Step("left", "Contribution", "price - variable", "€"),
        Step("again", "Twice", "2 * left"),
        Step("answer", "Break-even", "fixed / (again * price)"),
    )
    found = refused(*lines, fixed=100, price=24, variable=24)
    assert found.name == "variable"
    assert found.message.startswith("“Contribution” would be 24 − 24 = 0\u202f€, and nothing can be divided")


def test_what_is_no_step_is_spelt_out() -> None:
    found = refused(Step("answer", "Ratio", "fixed / (price - variable)"), fixed=1, price=2, variable=2)
    assert found.message.startswith("“Price − variable cost” would be 2 − 2 = 0, and")


def test_a_single_figure_says_it_of_itself() -> None:
    assert refused(Step("answer", "Ratio", "fixed / price"), fixed=1, price=0) == Refusal(
        "price", "This is 0, and nothing can be divided by 0. Change this figure."
    )


def test_a_negative_root_is_said_at_the_factor_that_is_negative() -> None:
    found = refused(
        Step("answer", "Root", "sqrt(fixed * (1 - variable / price))"), fixed=5, price=2, variable=4
    )
    assert found == Refusal(
        "variable",
        "“1 − variable cost ÷ price” would be 1 − 4 ÷ 2 = −1, and nothing below 0 has a square root. "
        "Change this figure or “Price”.",
    )


def test_of_many_figures_only_some_are_named() -> None:
    names = dict.fromkeys("abcd", 0.0)
    found = refused(
        Step("answer", "Share", "100 * a / (a + b + c + d)"), labels={n: n.upper() for n in names}, **names
    )
    assert found.name == "d"
    assert found.message.endswith("Change this figure or another that goes into it.")
    three = refused(Step("answer", "Share", "1 / (fixed + price + variable)"), fixed=0, price=0, variable=0)
    assert three.message.endswith("Change this figure, “Fixed costs” or “Price”.")


def test_what_is_too_large_is_said_at_the_largest_figure() -> None:
    found = refused(Step("answer", "Much", "fixed * price * variable"), fixed=1, price=1e9, variable=1e8)
    assert found == Refusal("price", "The result is too large to work with.")


def test_a_formula_that_fails_whatever_is_typed_blames_no_figure() -> None:
    found = refused(Step("answer", "Never", "fixed / (2 - 2)"), fixed=1)
    assert found.name == ""
    assert "divides by zero" in found.message


def test_an_input_that_is_called_like_the_answer_is_no_step() -> None:
    found = refused(Step("answer", "Ratio", "1 / answer"), labels={"answer": "Answers"}, answer=0)
    assert found.name == "answer"
