"""The exhibits of a case as a role sees them at some point: tables, charts, texts and pictures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.plots import Series, bars, lines
from assessments.svg import Words
from concepts.cases.document import Case, Chart, Column, Exhibit, Table
from concepts.figures import format_number

Cell = str | float


@dataclass(frozen=True)
class Row:
    """A row of a table: its cells as they are read, each with whether it is a number."""

    cells: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class ExhibitView:
    """One exhibit with its number, the same for both roles. ``sort`` is what the reader asked for."""

    number: int
    exhibit: Exhibit
    source: Table | None  # the table it shows or is drawn from
    sort: str = ""
    is_asked_for: bool = False  # the stage names it
    page: str = ""  # the address of the page on which it stands; empty: this one

    @property
    def anchor(self) -> str:
        return f"exhibit-{self.exhibit.key}"

    @property
    def is_sorted(self) -> bool:
        """Whether the reader asked for an order of this one."""
        return bool(self._sort_of_mine())

    @property
    def picture(self) -> str:
        """The picture as a text names it."""
        return f"![{self.exhibit.title}](picture:{self.exhibit.image})"

    @property
    def heads(self) -> list[tuple[str, Column]]:
        """Each column with the name by which it is sorted, which says of what exhibit it is."""
        return [(f"{self.exhibit.key}.{each.name}", each) for each in (self.source or _NOTHING).columns]

    @cached_property
    def rows(self) -> list[Row]:
        table = self.source or _NOTHING
        ordered = sorted_rows(table, self._sort_of_mine()) if self.exhibit.table else table.rows
        return [
            Row(
                tuple(
                    (shown(cell, column), column.kind == "number") for cell, column in zip_cells(row, table)
                )
            )
            for row in ordered
        ]

    @property
    def file_head(self) -> list[str]:
        """The first row of its file: each column with its unit."""
        columns = (self.source or _NOTHING).columns
        return [f"{each.label} ({each.unit})" if each.unit else each.label for each in columns]

    @property
    def file_rows(self) -> list[tuple[Cell, ...]]:
        """The rows of its file, in the order asked for, numbers as numbers."""
        return sorted_rows(self.source or _NOTHING, self._sort_of_mine())

    def _sort_of_mine(self) -> str:
        """The column asked for, with its sign, if it is one of this exhibit's."""
        sign = "-" if self.sort.startswith("-") else ""
        key, _dot, name = self.sort.removeprefix("-").partition(".")
        return f"{sign}{name}" if key == self.exhibit.key else ""

    @cached_property
    def drawing(self) -> SafeString:
        """The chart; empty for anything else."""
        chart = self.exhibit.chart
        if chart is None or self.source is None or not self.source.rows:
            return SafeString("")
        return draw(self.anchor, self.exhibit.title, chart, self.source)


_NOTHING = Table((), ())


def zip_cells(row: Sequence[Cell], table: Table) -> Iterable[tuple[Cell, Column]]:
    return zip(row, table.columns, strict=False)


def shown(cell: Cell, column: Column) -> str:
    """A cell as it is read: a number with the decimals of its column."""
    return cell if isinstance(cell, str) else format_number(cell, column.decimals, trim=False)


def sorted_rows(table: Table, sort: str) -> list[tuple[Cell, ...]]:
    """The rows by a column, downwards behind a minus; as they stand where there is no such column."""
    name = sort.removeprefix("-")
    at = next((i for i, column in enumerate(table.columns) if column.name == name), None)
    if at is None:
        return list(table.rows)

    def key(row: tuple[Cell, ...]) -> tuple[bool, float, str]:
        cell = row[at]
        return (True, 0.0, cell.casefold()) if isinstance(cell, str) else (False, cell, "")

    return sorted(table.rows, key=key, reverse=sort.startswith("-"))


def exhibits_of(
    case: Case, role: str, visited: Iterable[str], *, asked_for: Sequence[str] = (), sort: str = ""
) -> list[ExhibitView]:
    """What a role sees once it has been in these stages, in the order of the case."""
    stages, tables = set(visited), {each.key: each.table for each in case.exhibits}
    views = []
    for number, exhibit in enumerate(case.exhibits, start=1):
        hidden = (exhibit.roles and role not in exhibit.roles) or (
            exhibit.since and exhibit.since not in stages
        )
        if not hidden:
            source = tables.get(exhibit.chart.table) if exhibit.chart else exhibit.table
            views.append(ExhibitView(number, exhibit, source, sort, exhibit.key in asked_for))
    return views


def draw(key: str, title: str, chart: Chart, table: Table) -> SafeString:
    """A chart of some columns of a table over another; empty where it has no such columns."""
    columns = {column.name: column for column in table.columns}
    if chart.x not in columns or not chart.y or any(name not in columns for name in chart.y):
        return SafeString("")
    labels = [shown(cell, columns[chart.x]) for cell in table.column(chart.x)]
    series = [
        Series(columns[name].label, [cell for cell in table.column(name) if not isinstance(cell, str)])
        for name in chart.y
    ]
    if any(len(one.values) != len(labels) for one in series):
        return SafeString("")
    words = Words(key, title, chart.label or _("The table below has the figures."))
    return (bars if chart.kind == "bar" else lines)(words, series, labels)
