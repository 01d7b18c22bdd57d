"""The measures of the shipped course reproduce published worked examples; the figures stand in this file.

Sequencing and forecasting over many periods are in `worksheets/`. The course teaches no queues, newsvendor,
learning curves or process capability, so there is no formula for the examples of these.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from concepts.calculator import Step, Worked, work_out

COURSE = Path(__file__).parents[2] / "concepts" / "course"


@cache
def measures() -> dict[str, dict[str, Any]]:
    found = [yaml.safe_load(path.read_text()) for path in COURSE.glob("*/metrics*.yaml")]
    return {measure["slug"]: measure for file in found for measure in file}


def worked(slug: str, **figures: float) -> Worked:
    """A measure with these figures, and those shown at first for what is left out."""
    measure = measures()[slug]
    known = {entry["name"]: entry["default"] for entry in measure["inputs"]}
    assert set(figures) <= set(known)
    return work_out(
        [Step(step["name"], step["label"], step["expression"]) for step in measure.get("steps", [])],
        Step("answer", measure["name"], measure["formula"]),
        figures={**known, **figures},
        labels={entry["name"]: entry["label"] for entry in measure["inputs"]},
        decimals=measure["decimals"],
    )


def line(result: Worked, place: int) -> float:
    """The result of a step as it is shown."""
    return float(result.lines[place].result.replace(",", "").replace("−", "-"))


def test_order_quantity_of_sharp() -> None:
    result = worked("economic-order-quantity", demand=1000, order_cost=10, holding=0.5, days=250)
    assert result.value == pytest.approx(200)
    assert [line(result, place) for place in (1, 2, 3, 4)] == [5, 50, 50, 50]


def test_order_quantity_of_snyder_and_shen() -> None:
    result = worked("economic-order-quantity", demand=182_500, order_cost=2250, holding=275)
    assert result.value == pytest.approx(1728.10984, abs=5e-6)
    cost = worked("stock-policy-cost", demand=182_500, order_cost=2250, holding=275, size=result.value)
    assert cost.value == pytest.approx(475_230.20737, abs=5e-5)


def test_production_quantity() -> None:
    result = worked("economic-production-quantity", demand=3650, setup=50, holding=12, making=100, use=10)
    assert result.value == pytest.approx(183.84, abs=0.005)
    assert round(result.value) == 184


def test_reorder_point_with_a_lead_time_that_varies() -> None:
    result = worked("reorder-point-variable-lead-time", demand=60, sigma=0, lead=6, lead_sigma=2, z=1.28)
    assert result.value == pytest.approx(513.6)
    assert line(result, 0) == 360
    assert line(result, 2) == pytest.approx(153.6)
    assert line(result, 3) == 514


def test_reorder_point_from_demand_during_the_lead_time() -> None:
    assert worked("safety-stock", z=1.28, sigma=15, lead=1).value == pytest.approx(19.2)
    assert worked("reorder-point", demand=36, lead=1, z=1.28, sigma=15).value == pytest.approx(55.2)


def test_littles_law() -> None:
    assert worked("work-in-progress", rate=10, minutes=30).value == pytest.approx(5)


def test_takt_time_of_two_shifts() -> None:
    result = worked("takt-time", shifts=2, length=480, breaks=2 * 20 + 30, demand=80)
    assert line(result, 0) == 820
    assert result.value == pytest.approx(10.25)


def test_overall_equipment_effectiveness_multiplies_unrounded_factors() -> None:
    result = worked("oee", running=420, stops=60, ideal=1, good=380, bad=20)
    assert [round(100 * line(result, place), 1) for place in (2, 3, 4)] == [87.5, 95.2, 95.0]
    assert round(result.value, 2) == 79.17


def test_three_factors_of_ninety_per_cent() -> None:
    result = worked("oee", running=90, stops=10, ideal=0.9, good=81, bad=9)
    assert result.value == pytest.approx(72.9)


def test_first_steps_of_the_port_of_baltimore() -> None:
    assert worked("exponential-smoothing", forecast=175, actual=180, alpha=0.1).value == pytest.approx(175.5)
    port = worked("tracking-signal")
    assert port.value == pytest.approx(3.489, abs=5e-4)
    assert [line(port, -place) for place in (4, 3, 2)] == pytest.approx([4.49482, 10.30732, 5.59], rel=2e-3)


def test_critical_ratios_as_of_today() -> None:
    ratios = [
        worked("critical-ratio", today=22, due=due, work=work).value
        for due, work in ((28, 8), (26, 2), (24, 2), (30, 12))
    ]
    assert [round(ratio, 2) for ratio in ratios] == [0.75, 2.0, 1.0, 0.67]


def test_balance_of_a_line() -> None:
    result = worked("line-efficiency", output=192, hours=8, tasks=720, stations=5)
    assert [line(result, place) for place in (0, 1, 2)] == [150, 4.8, 5]
    assert result.value == pytest.approx(96)


def test_yields_of_three_steps() -> None:
    defects, rework, started = (3, 5, 12), (1, 2, 4), 1915
    lost, again = sum(defects), sum(rework)
    figures = {"right_first": started - lost - again, "reworked": again, "scrapped": lost}
    assert worked("first-pass-yield", **figures).value == pytest.approx(98.59008, abs=5e-6)
    assert 100 - worked("scrap-rate", **figures).value == pytest.approx(98.95561, abs=5e-6)
    shares = [100 * (1 - (bad + redone) / started) for bad, redone in zip(defects, rework, strict=True)]
    rolled = worked("rolled-yield", first=shares[0], second=shares[1], third=shares[2])
    assert rolled.value == pytest.approx(98.59563, abs=5e-6)
