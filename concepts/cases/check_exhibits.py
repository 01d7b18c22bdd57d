"""Checking exhibits: one thing to look at each, tables whose cells fit, charts that can be drawn."""

import csv
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from concepts.cases.check_structure import check_roles, check_stage
from concepts.cases.document import Case, Exhibit
from concepts.cases.problems import Notes, Steps, listed
from concepts.cases.tables import csv_rows

KINDS = ("table", "chart", "text", "image")
MOST_ROWS, MOST_COLUMNS, MOST_BARS = 500, 20, 40
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,10})?")


def check_exhibits(document: Mapping[str, Any], case: Case, notes: Notes) -> None:
    """Every exhibit of a case."""
    notes.twice((exhibit.key for exhibit in case.exhibits), ("exhibits",), "key")
    for i, exhibit in enumerate(case.exhibits):
        row, steps = document["exhibits"][i], ("exhibits", i)
        present = [kind for kind in KINDS if row.get(kind)]
        if len(present) != 1:
            message = _("An exhibit is one of table, chart, text and image. Keep one of them, or add one.")
            notes.note((*steps, present[1]) if present else steps, message)
        check_roles(exhibit.roles, case, notes, (*steps, "roles"))
        check_stage(exhibit.since, case, notes, (*steps, "since"))
        if exhibit.table:
            _check_table(row["table"], exhibit, notes, (*steps, "table"))
        if exhibit.chart:
            _check_chart(exhibit, case, notes, (*steps, "chart"))


def _check_table(row: Mapping[str, Any], exhibit: Exhibit, notes: Notes, steps: Steps) -> None:
    columns = exhibit.table.columns if exhibit.table else ()
    notes.twice((column.name for column in columns), (*steps, "columns"), "name")
    for i, column in enumerate(columns):
        if column.kind not in ("text", "number"):
            notes.note((*steps, "columns", i, "kind"), _("A column holds text or number."))
    if len(columns) > MOST_COLUMNS:
        notes.note((*steps, "columns"), _("A table has %(most)s columns at most.") % {"most": MOST_COLUMNS})
    try:
        lines = list(csv_rows(str(row.get("rows") or "")))
    except csv.Error as error:
        notes.note((*steps, "rows"), _("The rows cannot be read as CSV: %(reason)s.") % {"reason": error})
        return
    if len(lines) > MOST_ROWS:
        notes.note((*steps, "rows"), _("A table has %(most)s rows at most.") % {"most": MOST_ROWS})
    kinds = [(column.name, column.kind) for column in columns]
    problem = next((found for i, cells in enumerate(lines, 1) if (found := _misfit(i, cells, kinds))), "")
    if problem:
        notes.note((*steps, "rows"), problem)


def _misfit(line: int, cells: list[str], columns: list[tuple[str, str]]) -> str:
    """What is wrong with a row of a table."""
    if len(cells) != len(columns):
        message = _(
            "Row %(line)s has %(found)s cells; there are %(count)s columns. Put text with a comma in quotes."
        )
        return message % {"line": line, "found": len(cells), "count": len(columns)}
    for cell, (name, kind) in zip(cells, columns, strict=True):
        if kind == "number" and not NUMBER.fullmatch(cell):
            message = _(
                "Row %(line)s: “%(cell)s” in %(name)s is no number. Write it with a point and nothing else."
            )
            return message % {"line": line, "cell": cell, "name": name}
    return ""


def _check_chart(exhibit: Exhibit, case: Case, notes: Notes, steps: Steps) -> None:
    chart = exhibit.chart
    if chart is None:
        return
    if chart.kind and chart.kind not in ("line", "bar"):
        notes.note((*steps, "kind"), _("A chart is drawn as line or bar."))
    tables = {each.key: each.table for each in case.exhibits if each.table}
    table = tables.get(chart.table)
    if table is None:
        if chart.table:
            message = _("There is no table “%(name)s” to draw from. Tables: %(known)s.")
            notes.note((*steps, "table"), message % {"name": chart.table, "known": listed(tables)})
        return
    kinds = {column.name: column.kind for column in table.columns}
    named: list[tuple[Steps, str]] = [((*steps, "x"), chart.x)] if chart.x else []
    named += [((*steps, "y", i), name) for i, name in enumerate(chart.y)]
    for at, name in named:
        if name not in kinds:
            message = _("The table has no column “%(name)s”. Columns: %(known)s.")
            notes.note(at, message % {"name": name, "known": listed(kinds)})
        elif kinds[name] != "number" and "y" in at:
            message = _("“%(name)s” holds text, of which no height can be drawn. Take a column of numbers.")
            notes.note(at, message % {"name": name})
    if chart.kind == "bar" and len(table.rows) > MOST_BARS:
        message = _("%(count)s rows are too many for bars. Draw lines, or shorten the table.")
        notes.note((*steps, "kind"), message % {"count": len(table.rows)})
