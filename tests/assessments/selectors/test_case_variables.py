"""The figures of a case as they are read."""

import pytest

from assessments.selectors.case_variables import VariableView
from concepts.cases.document import Variable


def test_a_change_of_money_has_its_hundredths() -> None:
    cost = Variable("cost", "Cost", unit="€", initial=40, better="lower", decimals=1)
    view = VariableView(cost, [40, 40.5])
    assert (view.now, view.figure, view.change) == ("40.50\u202f€", "40.50", "+0.50")


@pytest.mark.parametrize(
    ("better", "values", "change", "is_better"),
    [
        ("lower", [3, 2], "−1", True),
        ("higher", [3, 2], "−1", False),
        ("lower", [3, 4], "+1", False),
        ("higher", [3, 4, 4], "", False),
    ],
)
def test_a_change_is_good_the_way_its_figure_should_go(
    better: str, values: list[float], change: str, is_better: bool
) -> None:
    view = VariableView(Variable("a", "A", values[0], better=better), values)
    assert (view.change, view.is_better) == (change, is_better)
