"""A table as CSV that a spreadsheet opens without harm."""

import csv
import io
from collections.abc import Iterator

import pytest

from assessments.formats.table import BOM, csv_lines, harmless


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "＠x", '=HYPERLINK("x")'],
)
def test_a_text_that_would_run_stands_behind_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["Maren Lindqvist", "a=b", "", "de Boer - van Dijk", 0, -3])
def test_any_other_cell_is_left_alone(cell: str | int) -> None:
    assert harmless(cell) == cell


def test_the_lines_read_back_as_they_were_whatever_is_in_them() -> None:
    rows: list[list[str | int]] = [["Name", 'a "quoted" one', "comma, and\nline"], ["Zając", 3, ""]]
    text = "".join(csv_lines(rows))
    assert text.startswith(BOM)
    assert list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""))) == [
        [str(cell) for cell in row] for row in rows
    ]


def test_nothing_is_read_before_it_is_asked_for() -> None:
    def rows() -> Iterator[list[str]]:
        yield ["first"]
        raise AssertionError("read too far")

    lines = csv_lines(rows())
    assert [next(lines), next(lines)] == [BOM, "first\r\n"]
