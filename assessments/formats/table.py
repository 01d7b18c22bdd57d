"""A table as CSV, line by line, so that a table of any length can be streamed.

Opens in a spreadsheet as it is: UTF-8 with a byte order mark, and no cell that would run as a formula.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"
# What a spreadsheet takes for the beginning of a formula, in any width, or strips before it looks for one.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | float


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def harmless(cell: Cell) -> Cell:
    """The same cell; a text that would start a formula stands behind an apostrophe."""
    if isinstance(cell, str) and (cell.startswith(_RISKY) or cell.lstrip().startswith(_RISKY)):
        return f"'{cell}"
    return cell


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of the file."""
    writer = csv.writer(_Echo())
    yield BOM
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])
