"""The measures of the shipped course with nothing made, nothing wrong, and with figures that cannot be."""

from typing import Any

import pytest

from concepts.arithmetic import FormulaError
from concepts.calculator import Step
from concepts.models import MetricInput
from concepts.refusals import Refusal, refusal
from tests.concepts.test_published_answers import measures, worked

BOUNDS = ("unit", "minimum", "maximum", "above_minimum")


def refused_at_a_field(slug: str, figures: dict[str, float]) -> list[str]:
    """The fields that refuse their figure before anything is worked out."""
    inputs = {entry["name"]: entry for entry in measures()[slug]["inputs"]}
    bounds = {name: {key: inputs[name][key] for key in BOUNDS if key in inputs[name]} for name in figures}
    return [name for name, value in figures.items() if MetricInput(**bounds[name]).refusal(value)]


def said(slug: str, figures: dict[str, float]) -> Refusal:
    measure: dict[str, Any] = measures()[slug]
    known = {entry["name"]: entry["default"] for entry in measure["inputs"]} | figures
    lines = [
        *(
            Step(one["name"], one["label"], one["expression"], one.get("unit", ""))
            for one in measure.get("steps", ())
        ),
        Step("answer", measure["name"], measure["formula"]),
    ]
    with pytest.raises(FormulaError) as caught:
        worked(slug, **figures)
    labels = {entry["name"]: entry["label"] for entry in measure["inputs"]}
    return refusal(caught.value, lines, figures=known, labels=labels)


@pytest.mark.parametrize(
    ("slug", "figures", "answer"),
    [
        ("oee", {"good": 0}, 0),
        ("order-late-share", {"late": 0}, 0),
        ("order-late-share", {"in_time": 0}, 100),
        ("on-time-delivery", {"late": 0}, 100),
        ("on-time-delivery", {"on_time": 0}, 0),
        ("scrap-rate", {"scrapped": 0}, 0),
        ("scrap-rate", {"right_first": 0, "reworked": 0}, 100),
        ("first-pass-yield", {"reworked": 0, "scrapped": 0}, 100),
        ("waste-rate", {"waste": 0}, 0),
        ("waste-reduction", {"waste_after": 0}, 100),
        ("waste-reduction", {"waste_before": 50, "good_before": 50, "good_after": 0}, -100),
        ("cancellation-rate", {"cancelled": 0}, 0),
        ("failure-share", {"internal": 0, "external": 0}, 0),
        ("availability", {"down": 0}, 100),
        ("coefficient-of-variation", {"first": 0, "second": 8, "third": 8, "fourth": 0}, 1),
        ("stock-turns", {"opening": 0, "closing": 2, "cost_of_goods": 4}, 4),
        ("output-against-plan", {"good": 0}, 0),
        ("utilisation", {"actual": 0}, 0),
        ("throughput", {"units": 0}, 0),
        ("staffing-need", {"demand": 0}, 0),
    ],
)
def test_nothing_made_nothing_late_and_nothing_wrong_have_an_answer(
    slug: str, figures: dict[str, float], answer: float
) -> None:
    assert refused_at_a_field(slug, figures) == []
    assert worked(slug, **figures).value == pytest.approx(answer)


@pytest.mark.parametrize(
    ("slug", "figures", "field", "words"),
    [
        ("economic-production-quantity", {"use": 100}, "use", "would be 1 − 100 ÷ 100 = 0, but"),
        ("economic-production-quantity", {"use": 150}, "use", "= −0.5, but it has to be above 0"),
        ("break-even-quantity", {"price": 24}, "variable", "“Contribution of a unit” would be 24 − 24"),
        ("break-even-quantity", {"price": 20}, "variable", "or “Price of a unit”."),
        ("payback-period", {"running": 50_000}, "running", "“Net gain a year” would be"),
        ("takt-time", {"length": 60}, "breaks", "60 − 70 = −10, but it has to be above 0"),
        ("crossover-volume", {"each_low": 14}, "each_low", "14 − 14 = 0"),
        ("crossover-volume", {"fixed_high": 500}, "fixed_high", "500 − 2,000"),
        ("order-late-share", {"late": 0, "in_time": 0}, "in_time", "“Open orders” would be 0 + 0"),
        ("oee", {"good": 0, "bad": 0}, "bad", "“Pieces made” would be 0 + 0"),
    ],
)
def test_what_cannot_be_is_said_at_the_figure_to_change(
    slug: str, figures: dict[str, float], field: str, words: str
) -> None:
    assert refused_at_a_field(slug, figures) == []
    found = said(slug, figures)
    assert found.name == field
    assert words in found.message


def test_no_two_figures_of_a_calculator_have_the_same_name() -> None:
    for slug, measure in measures().items():
        labels = [entry["label"] for entry in measure["inputs"]]
        assert len(set(labels)) == len(labels), slug
