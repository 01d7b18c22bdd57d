"""The data of a case: tables, whose rows are written as CSV, and the charts drawn from them."""

import csv
import io
import math
from collections.abc import Iterator

from concepts.cases.document import Chart, Column, Table
from concepts.cases.parts import Document, number, rows, text, words


def read_table(row: Document) -> Table:
    """A table from its columns and its rows, which are written as CSV; what is no number stays a text."""
    columns = tuple(
        Column(
            name=text(each, "name"),
            label=text(each, "label"),
            kind=text(each, "kind") or "text",
            unit=text(each, "unit"),
            decimals=int(number(each, "decimals") or 0),
        )
        for each in rows(row, "columns")
    )
    try:
        return Table(columns, tuple(_cells(columns, cells) for cells in csv_rows(text(row, "rows"))))
    except csv.Error:
        return Table(columns, ())


def csv_rows(written: str) -> Iterator[list[str]]:
    """The cells of each row of a CSV text, blank lines left out. Raises csv.Error for a huge cell."""
    for cells in csv.reader(io.StringIO(written, newline=None), skipinitialspace=True):
        if any(cell.strip() for cell in cells):
            yield [cell.strip() for cell in cells]


def _cells(columns: tuple[Column, ...], cells: list[str]) -> tuple[str | float, ...]:
    return tuple(
        figure(cell) if column.kind == "number" else cell
        for column, cell in zip(columns, cells, strict=False)
    )


def figure(cell: str) -> str | float:
    """The number that a cell holds, written with a point and without separators; else the text."""
    try:
        value = float(cell) if "_" not in cell else math.nan
    except ValueError:
        return cell
    if not math.isfinite(value):
        return cell
    return int(value) if value.is_integer() else value


def read_chart(row: Document) -> Chart:
    """What a chart draws of which table."""
    return Chart(
        kind=text(row, "kind"),
        table=text(row, "table"),
        x=text(row, "x"),
        y=words(row, "y"),
        label=text(row, "label"),
    )
