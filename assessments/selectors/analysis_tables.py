"""What pages of item analysis consist of. Screen and file are drawn from the same cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.formats.table import Cell as Filed
from assessments.item_analysis import ItemSums
from assessments.item_verdicts import Finding
from assessments.selectors.choice_counts import Spread
from concepts.figures import format_number, round_half_up


@dataclass(frozen=True)
class Cell:
    """One cell: what the screen says and what the file says; figures of either are equal."""

    shown: str
    filed: Filed
    is_figure: bool = False
    unit: str = ""
    url: str = ""
    state: str = ""
    icon: str = ""
    sub: str = ""


@dataclass(frozen=True)
class Figure:
    """A large figure with its name, and a note where it needs one."""

    label: str
    cell: Cell
    note: str = ""


@dataclass(frozen=True)
class Column:
    """The head of a column."""

    name: str
    is_figure: bool


@dataclass(frozen=True)
class Table:
    """A table with a title. The first cell of a row names it."""

    key: str
    title: str
    heads: list[str]
    rows: list[list[Cell]]
    note: str = ""

    @property
    def columns(self) -> list[Column]:
        """The heads, each aligned as the cells below it."""
        first = self.rows[0] if self.rows else []
        return [Column(name, cell.is_figure) for name, cell in zip(self.heads, first, strict=True)]


@dataclass(frozen=True)
class Switch:
    """Another way to look at the same thing."""

    label: str
    query: str
    is_current: bool = False


@dataclass(frozen=True)
class AnalysisPage:
    """One page of item analysis."""

    heading: str
    lede: str
    name: str  # what is analysed; the file is called by it
    figures: list[Figure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    caution: str = ""
    spread: Spread | None = None
    tables: list[Table] = field(default_factory=list)
    switches: list[Switch] = field(default_factory=list)
    empty: str = ""

    def lines(self) -> Iterator[list[Filed]]:
        """The file: the figures, what they say, and every table, parted by empty lines."""
        yield [self.name]
        for figure in self.figures:
            yield [figure.label, figure.cell.filed, figure.cell.unit, figure.note]
        for finding in self.findings:
            yield [_("Verdict"), finding.words, finding.sentence]
        for table in self.tables:
            yield []
            yield [table.title]
            yield list(table.heads)
            yield from ([cell.filed for cell in row] for row in table.rows)


def word(text: str, *, url: str = "", sub: str = "") -> Cell:
    return Cell(text, f"{text} ({sub})" if sub else text, url=url, sub=sub)


def count(number: int) -> Cell:
    return Cell(format_number(number), number, is_figure=True)


def figure(value: float | None, decimals: int = 0, unit: str = "") -> Cell:
    """A figure to so many decimals, a dash where there is none."""
    if value is None:
        return Cell("–", "", is_figure=True)  # without its unit
    rounded = round_half_up(value, decimals) + 0.0  # no figure is −0
    shown = format_number(value, decimals, trim=False)
    return Cell(shown, rounded if decimals else int(rounded), is_figure=True, unit=unit)


def verdict(findings: list[Finding]) -> Cell:
    """The gravest thing that the figures say."""
    first = findings[0]
    return Cell(first.words, first.words, state=first.state, icon=first.icon)


def item_heads(*, in_tests: bool) -> list[str]:
    """The heads of what `item_cells` gives."""
    heads = [_("Verdict"), _("Answers"), _("Left blank"), _("Facility %")]
    return [*heads, _("Discrimination"), _("Efficiency %")] if in_tests else heads


def item_cells(sums: ItemSums, findings: list[Finding], *, in_tests: bool) -> list[Cell]:
    """What is said of a question in a row; only in tests is there something that discriminates."""
    cells = [verdict(findings), count(sums.n), count(sums.blank), figure(sums.facility, 1)]
    if in_tests:
        cells += [figure(sums.discrimination, 1), figure(sums.efficiency, 1)]
    return cells
