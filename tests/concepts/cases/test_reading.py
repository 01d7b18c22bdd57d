"""Reading a document: what is there is found, what is broken is empty, and nothing is raised."""

from typing import Any

import pytest

from concepts.cases.document import Column
from concepts.cases.reading import objectives_in, questions_in, read_case
from tests.cases import small_case


def test_a_whole_document_is_read() -> None:
    case = read_case(small_case())
    assert [role.key for role in case.roles] == ["production", "operations"]
    assert [stage.key for stage in case.stages if stage.is_ending] == ["good-end", "middle-end", "bad-end"]
    assert case.start == {"production": "first", "operations": "first"}
    assert case.variable("cost").better == "lower"
    assert [way.to for way in case.stage("first").ways] == ["second", "rescue"]
    assert case.stage("second").decisions[0].cost is not None
    assert [each.key for each in case.exhibits_of("operations")] == ["orders", "mail"]
    assert [each.kind for each in case.exhibits] == ["table", "chart", "text"]


def test_the_rows_of_a_table_are_numbers_where_its_columns_say_so() -> None:
    table = read_case(small_case()).exhibits[0].table
    assert table is not None
    assert table.column("late") == (4, 6, 12, 9)
    assert table.columns[0] == Column("week", "Week", "number")


def test_objectives_and_questions_are_named_once_each() -> None:
    assert objectives_in(small_case("CAS-7")) == {"CAS-7"}
    assert questions_in(small_case()) == ["small-case-late", "small-case-recommendation"]
    assert questions_in({**small_case(), "recommendation": ""}) == ["small-case-late"]


@pytest.mark.parametrize(
    ("start", "begins"),
    [
        ("second", {"production": "second", "operations": "second"}),
        ({"production": "second", "operations": "third"}, {"production": "second", "operations": "third"}),
    ],
)
def test_a_case_begins_where_it_says(start: Any, begins: dict[str, str]) -> None:
    assert read_case({**small_case(), "start": start}).start == begins


@pytest.mark.parametrize("broken", [{}, {"stages": 3}, {"stages": [None, 7]}, {"exhibits": [{"table": "x"}]}])
def test_a_broken_document_reads_as_empty(broken: dict[str, Any]) -> None:
    case = read_case(broken)
    assert case.roles == ()
    assert all(not stage.decisions for stage in case.stages)
    assert all(exhibit.table is None or not exhibit.table.rows for exhibit in case.exhibits)


@pytest.mark.parametrize("value", [None, 7, "x", [], {}, [[]], float("inf"), True])
@pytest.mark.parametrize("key", list(small_case()))
def test_no_value_in_any_place_breaks_the_reading(key: str, value: Any) -> None:
    changed = {**small_case(), key: value}
    whole, case = read_case(small_case()), read_case(changed)
    others = {"brief", "roles", "debrief", "variables", "compared"} - {key}
    assert all(getattr(case, name) == getattr(whole, name) for name in others)
    assert set(questions_in(changed)) <= {*questions_in(small_case()), "7", "x", "inf"}
    assert objectives_in(changed) <= {"CAS-1"}
