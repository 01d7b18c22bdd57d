"""Whether the figures of a checkpoint come out of the exhibits of its case.

Looked at are the figures that stand in the stem in one paragraph with the title of an exhibit, and those in
the formulas of the answer. Each has to be of the exhibits that the stem names: a cell, the number of rows,
the sum or the mean of a column, a sum over rows one after another or over rows with the same text, the sum or
the difference of two cells of a row, the sum of two columns' products, or a figure in their texts. What the
brief and the stages tell counts too, and so do small whole numbers and those of units. A formula may besides
use what the stem gives and what the case says anywhere, so an assumption belongs in a paragraph of its own.
Whether a figure is used rightly cannot be told from here: of figures one off, not quite half are found.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, permutations
from typing import Any

from concepts.cases.document import Case, Exhibit, Table
from concepts.cases.wording import words_in

_FIGURE = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\w])")
# Numbers that are of no exhibit: of a few things, and of hours, weeks, minutes, per cents and thousands.
SMALL, OF_UNITS = 5, frozenset({7.0, 24.0, 52.0, 60.0, 100.0, 1000.0})
MOST_ROWS = 40  # of a table whose runs of rows are added up: in a long one they make every number
Figures = frozenset[float]


def loose_figures(content: Mapping[str, Any], case: Case, document: Any) -> list[str]:
    """The figures of a checkpoint that come from nowhere, as they are written; none without an exhibit."""
    stem = str(content.get("stem") or "")
    named = [each for each in case.exhibits if each.title and folded(each.title) in folded(stem)]
    if not named:
        return []
    seen = _told(case).union(*(_shown(each, case) for each in named))
    quoted = [text for part in stem.split("\n\n") for text in _quoted(part, named)]
    used = [text for formula in formulas_of(content) for text in _FIGURE.findall(formula)]
    given = seen | figures_in(stem).union(*(figures_in(text) for _way, text in words_in(document)))
    loose = [text for text in quoted if not _holds(seen, text)]
    return list(dict.fromkeys([*loose, *(text for text in used if not _holds(given, text))]))


def folded(text: str) -> str:
    """A text for comparing: small letters, and one kind of apostrophe."""
    return text.casefold().replace("’", "'")


def formulas_of(content: Mapping[str, Any]) -> Iterator[str]:
    """The formulas that lead to the right answer; those of slips are wrong on purpose."""
    derived = content.get("derived")
    yield from map(str, derived.values() if isinstance(derived, Mapping) else ())
    for part in [content, *(content.get("steps") or ())]:
        yield str(part.get("answer") or "")


def figures_in(text: str) -> Figures:
    """The numbers that are written in a text."""
    return frozenset(_value(found) for found in _FIGURE.findall(text))


def _value(text: str) -> float:
    return float(text.replace(",", ""))


def _quoted(part: str, named: Iterable[Exhibit]) -> list[str]:
    """The figures of a paragraph that names an exhibit, but for those in the title."""
    text = folded(part)
    for exhibit in named:
        text = text.replace(folded(exhibit.title), " ")
    return _FIGURE.findall(text) if text != folded(part) else []


def _holds(known: Figures, text: str) -> bool:
    value = _value(text)
    if value in OF_UNITS or (value.is_integer() and value <= SMALL):
        return True
    return round(value, 6) in known or round(100 * value, 6) in known


def _told(case: Case) -> Figures:
    """What the brief and the stages say."""
    texts = [case.brief, *(role.brief for role in case.roles)]
    texts += [text for stage in case.stages for text in (stage.text, *stage.texts.values())]
    return figures_in("\n".join(texts))


def _shown(exhibit: Exhibit, case: Case) -> Figures:
    """What can be read off an exhibit, a chart being that of its table."""
    tables = {each.key: each.table for each in case.exhibits if each.table}
    table = tables.get(exhibit.chart.table) if exhibit.chart else exhibit.table
    found = figures_in(f"{exhibit.text}\n{exhibit.note}")
    return found | frozenset(round(value, 6) for value in _of_table(table)) if table else found


def _of_table(table: Table) -> Iterator[float]:
    """Every figure that a table holds, or that is a short way from it."""
    yield len(table.rows)
    columns = [[row[i] for row in table.rows] for i in range(len(table.columns))]
    for column in columns:
        yield from _by_itself([cell for cell in column if not isinstance(cell, str)])
        yield from (figure for cell in column if isinstance(cell, str) for figure in figures_in(cell))
    for column, other in permutations(columns, 2):
        if any(isinstance(cell, str) for cell in column):
            yield from _by_text(column, other)
        else:
            yield from _of_two(
                [pair for pair in zip(column, other, strict=True) if not isinstance(pair[1], str)]
            )


def _by_itself(numbers: Sequence[float]) -> Iterator[float]:
    """The numbers of a column, their sum and mean, and the sums over rows one after another."""
    if not numbers:
        return
    yield from (*numbers, sum(numbers), sum(numbers) / len(numbers))
    for start in range(len(numbers) if len(numbers) <= MOST_ROWS else 0):
        yield from accumulate(numbers[start:])


def _of_two(pairs: Sequence[tuple[Any, Any]]) -> Iterator[float]:
    """The sum and the difference in each row of two columns, and the sum of their products."""
    for one, other in pairs:
        yield from (one + other, abs(one - other))
    yield sum(one * other for one, other in pairs)


def _by_text(texts: Iterable[str | float], column: Iterable[str | float]) -> Iterable[float]:
    """The sum of a column, and the number of its rows, for each text of another."""
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, float] = defaultdict(float)
    for text, cell in zip(texts, column, strict=True):
        counts[str(text)] += 1
        sums[str(text)] += 0 if isinstance(cell, str) else cell
    return [*sums.values(), *counts.values()]
