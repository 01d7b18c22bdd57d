"""Putting the rows that a generator makes into the file of a case, and leaving the rest of it as it is."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from concepts.coursepack.findings import Findings
from concepts.coursepack.reading import display_name, read_yaml

Rows = Sequence[Sequence[object]]


class NoRows(Exception):
    """A file and its generator do not fit. The message says how to mend it."""


def csv_of(rows: Rows) -> list[str]:
    """Rows as lines of CSV: figures with a point and no separators, quotes only where they are needed."""
    held = io.StringIO()
    csv.writer(held, lineterminator="\n").writerows([[_cell(cell) for cell in row] for row in rows])
    return held.getvalue().splitlines()


def _cell(cell: object) -> str:
    return f"{cell:.10g}" if isinstance(cell, float) else str(cell)


def with_rows(path: Path, tables: Mapping[str, Rows]) -> str:
    """The text of a case file with these rows in its tables, by the key of the exhibit. Raises NoRows."""
    findings = Findings()
    read = read_yaml(path, findings)
    if read is None or findings:
        raise NoRows(str(findings[0]) if findings else display_name(path))
    data, spot = read
    exhibits = data.get("exhibits") if isinstance(data, dict) else None
    places = {
        str(row.get("key")): spot.at("exhibits", i, "table", "rows").line
        for i, row in enumerate(exhibits if isinstance(exhibits, list) else [])
        if isinstance(row, dict) and isinstance(row.get("table"), dict) and "rows" in row["table"]
    }
    if set(places) != set(tables):
        said = {
            "file": display_name(path),
            "here": ", ".join(sorted(places)) or _("none"),
            "made": ", ".join(sorted(tables)) or _("none"),
        }
        raise NoRows(_("%(file)s has the tables %(here)s; made are %(made)s. Make them agree.") % said)
    lines = path.read_text(encoding="utf-8").splitlines()
    for key, line in sorted(
        places.items(), key=lambda each: -each[1]
    ):  # from the end: lines keep their places
        lines[line - 1 :] = _replaced(lines[line - 1 :], csv_of(tables[key]))
    return "\n".join(lines) + "\n"


def _replaced(lines: list[str], rows: list[str]) -> list[str]:
    """Lines that begin with the key ``rows``, with these below it in place of those that were."""
    indent = len(lines[0]) - len(lines[0].lstrip())
    end = 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    while not lines[end - 1].strip():  # blank lines after the block are not its own
        end -= 1
    block = [" " * (indent + 2) + row for row in rows]
    return [f"{' ' * indent}rows: |", *block, *lines[end:]]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
