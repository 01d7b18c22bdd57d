"""Exhibits: who sees which from when, tables in any order, charts with words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.selectors.case_exhibits import ExhibitView, draw, exhibits_of, shown, sorted_rows
from concepts.cases.document import Chart, Column, Table
from concepts.cases.reading import read_case
from tests.cases import small_case

CONTENT = small_case()
CONTENT["exhibits"].append({"key": "later", "title": "A later mail", "text": "Now.", "since": "second"})
CASE = read_case(CONTENT)
TABLE = Table(
    (Column("name", "Name"), Column("late", "Late", "number", "%", 1)),
    (("beta", 4.0), ("Alpha", 12.0), ("gamma", 4.0)),
)


def seen(role: str, *visited: str, sort: str = "") -> list[ExhibitView]:
    return exhibits_of(CASE, role, visited, asked_for=["orders"], sort=sort)


def test_a_role_sees_what_is_for_it_and_the_numbers_are_the_same_for_both() -> None:
    assert [(each.number, each.exhibit.key) for each in seen("production")] == [
        (1, "orders"),
        (2, "late-chart"),
    ]
    assert [(each.number, each.exhibit.key) for each in seen("operations")] == [(1, "orders"), (3, "mail")]


def test_an_exhibit_comes_with_its_stage_and_stays() -> None:
    assert [each.number for each in seen("operations", "first")] == [1, 3]
    assert [each.number for each in seen("operations", "first", "second", "third")] == [1, 3, 4]


def test_what_the_stage_asks_for_is_marked() -> None:
    assert [each.is_asked_for for each in seen("production")] == [True, False]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["beta", "Alpha", "gamma"]),
        ("name", ["Alpha", "beta", "gamma"]),
        ("-name", ["gamma", "beta", "Alpha"]),
        ("late", ["beta", "gamma", "Alpha"]),
        ("-late", ["Alpha", "beta", "gamma"]),
        ("nothing", ["beta", "Alpha", "gamma"]),
        ("--late", ["beta", "Alpha", "gamma"]),
    ],
)
def test_rows_are_put_in_the_order_that_was_asked_for(sort: str, names: list[str]) -> None:
    assert [row[0] for row in sorted_rows(TABLE, sort)] == names


@given(st.text(max_size=20))
def test_no_order_that_somebody_types_breaks_a_table(sort: str) -> None:
    assert sorted(map(str, sorted_rows(TABLE, sort))) == sorted(map(str, TABLE.rows))
    assert len(seen("production", sort=sort)[0].rows) == 4


def test_only_the_table_that_was_asked_for_is_sorted() -> None:
    orders, chart = seen("production", sort="-orders.late")
    assert [row.cells[2][0] for row in orders.rows] == ["12", "9", "6", "4"]
    assert [row.cells[2][0] for row in chart.rows] == ["4", "6", "12", "9"]
    assert (orders.is_sorted, chart.is_sorted) == (True, False)
    assert [row[2] for row in orders.file_rows] == [12, 9, 6, 4]


def test_a_file_says_the_unit_in_its_head() -> None:
    view = seen("production")[0]
    assert view.file_head == ["Week", "Orders", "Late"]
    assert ExhibitView(1, view.exhibit, TABLE).file_head == ["Name", "Late (%)"]


def test_a_cell_has_the_decimals_of_its_column() -> None:
    assert shown(4.0, TABLE.columns[1]) == "4.0"
    assert shown("beta", TABLE.columns[0]) == "beta"


def test_a_chart_is_drawn_from_its_table_with_its_words() -> None:
    orders, chart = seen("production")
    assert "Late orders rise from 4 to 12" in chart.drawing
    assert chart.drawing.startswith("<svg") and orders.drawing == ""


@pytest.mark.parametrize(
    "chart",
    [
        Chart("line", "orders", "nothing", ("late",), "So."),
        Chart("line", "orders", "name", ("nothing",), "So."),
        Chart("line", "orders", "name", (), "So."),
        Chart("bar", "orders", "late", ("name",), "So."),  # words have no height
    ],
)
def test_a_chart_of_what_is_not_there_is_not_drawn(chart: Chart) -> None:
    assert draw("one", "One", chart, TABLE) == ""
