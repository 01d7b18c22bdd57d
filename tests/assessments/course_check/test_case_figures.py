"""Figures of a checkpoint that come out of no exhibit are told; those that do are let be."""

from typing import Any

import pytest

from assessments.course_check.case_figures import loose_figures
from concepts.cases.reading import read_case
from tests.concepts.cases.document import document

ROWS = "21,Milling,30,4\n22,Turning,50,8\n23,Milling,35,6"


def case() -> dict[str, Any]:
    found = document()
    found["brief"] = "The firm makes 940 parts a day."
    table = found["exhibits"][0]["table"]
    table["columns"].append({"name": "cost", "label": "Cost", "kind": "number"})
    table["rows"] = ROWS
    found["exhibits"][0]["note"] = "Each late order costs €1,250.50."
    found["exhibits"][0]["title"] = "The shop’s orders by week 26"
    found["debrief"] = "Milling alone was worth 777."
    return found


def loose(stem: str = "", answer: str = "1", **more: Any) -> list[str]:
    stem = f"Use *The shop's orders by week 26*. {stem}"
    return loose_figures({"stem": stem, "answer": answer, **more}, read_case(case()), case())


@pytest.mark.parametrize(
    "figure",
    [
        *("21", "50", "8"),  # cells
        "115",  # the sum of a column
        "80",  # of rows one after another
        "65",  # of the rows of Milling
        "42",  # the difference of two cells of a row
        "730",  # late orders times cost, added up
        "1,250.50",  # in the note
        "940",  # in the brief
        *("3", "60", "100"),  # a small number, and those of units
    ],
)
def test_what_is_in_the_exhibit_or_follows_from_it_is_let_be(figure: str) -> None:
    assert loose(f"It was {figure}.") == []
    assert loose(answer=f"due * {figure.replace(',', '')}") == []


def test_a_mean_and_a_share_are_let_be() -> None:
    assert loose("It was 22 on average.") == []
    assert loose(answer="0.35 * late") == []


@pytest.mark.parametrize("figure", ["31", "116", "64", "1,250.51", "939"])
def test_what_is_not_there_is_told_in_stem_and_answer(figure: str) -> None:
    assert loose(f"It was {figure}.") == [figure]
    assert loose(answer=f"due / {figure.replace(',', '')}") == [figure.replace(",", "")]


def test_what_is_assumed_stands_in_a_paragraph_of_its_own_and_may_be_used() -> None:
    assert loose("Count on 88 orders.", "88 * 4") == ["88"]
    assert loose("How many?\n\nCount on 88 orders.", "88 * 4") == []


def test_a_formula_may_use_what_the_case_says_anywhere_and_a_stem_may_not() -> None:
    assert loose(answer="777 / 3") == []
    assert loose("It was 777.") == ["777"]


def test_derived_values_and_steps_are_looked_at_and_slips_are_not() -> None:
    slips = [{"answer": "69 * late", "feedback": "No."}]
    steps = [{"answer": "50 + 67", "slips": slips}, {"answer": "late / 50"}]
    assert loose(derived={"due": "116"}) == ["116"]
    assert loose(answer="", steps=steps) == ["67"]


def test_the_title_itself_and_names_with_figures_are_no_figures() -> None:
    assert loose("In step x26 of A14 it stood still.") == []


def test_a_checkpoint_that_names_no_exhibit_is_told_that_elsewhere() -> None:
    assert loose_figures({"stem": "It was 88.", "answer": "88"}, read_case(case()), case()) == []


def test_a_chart_shows_the_figures_of_its_table() -> None:
    asked = {"stem": "Use *Late orders*: 50 in week 22, 88 in week 23.", "answer": "50"}
    assert loose_figures(asked, read_case(case()), case()) == ["88"]
