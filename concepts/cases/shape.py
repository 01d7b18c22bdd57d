"""The keys of the document of a case, level by level: which there are, what each holds, and their order.

The order is that in which files are written, since a database may keep the keys of JSON in any.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from concepts.cases.document import ROLES
from concepts.cases.problems import Notes, Steps
from concepts.figures import LARGEST
from concepts.formulas import is_name

KEY = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
LONGEST_LINE, LONGEST_KEY = 300, 60


@dataclass(frozen=True)
class Field:
    """A key of a level. ``of`` names the level of what it holds."""

    name: str
    kind: str
    required: bool = True
    of: str = ""


def _may(name: str, kind: str, of: str = "") -> Field:
    return Field(name, kind, False, of)


_OUTCOME = (
    _may("quality", "number"),
    Field("text", "text"),
    _may("reasoning", "text"),
    _may("effects", "effects"),
    _may("to", "key"),
)
LEVELS: Mapping[str, tuple[Field, ...]] = {
    "case": (
        Field("brief", "text"),
        Field("roles", "many", of="role"),
        Field("variables", "many", of="variable"),
        _may("chances", "many", "chance"),
        Field("exhibits", "many", of="exhibit"),
        _may("start", "start"),
        Field("stages", "many", of="stage"),
        Field("recommendation", "key"),
        Field("debrief", "text"),
        Field("views", "by_role"),
        _may("compared", "text"),
        Field("teaching_note", "text"),
    ),
    "role": (Field("key", "key"), Field("name", "line"), Field("brief", "text")),
    "variable": (
        Field("name", "name"),
        Field("label", "line"),
        _may("unit", "line"),
        Field("initial", "number"),
        _may("better", "line"),
        _may("minimum", "number"),
        _may("maximum", "number"),
        _may("decimals", "decimals"),
    ),
    "chance": (
        Field("name", "name"),
        Field("label", "line"),
        Field("minimum", "number"),
        Field("maximum", "number"),
        _may("step", "number"),
    ),
    "exhibit": (
        Field("key", "key"),
        Field("title", "line"),
        _may("roles", "words"),
        _may("since", "key"),
        _may("note", "text"),
        _may("table", "one", "table"),
        _may("chart", "one", "chart"),
        _may("text", "text"),
        _may("image", "key"),
    ),
    "table": (Field("columns", "many", of="column"), Field("rows", "text")),
    "column": (
        Field("name", "name"),
        Field("label", "line"),
        _may("kind", "line"),
        _may("unit", "line"),
        _may("decimals", "decimals"),
    ),
    "chart": (
        Field("kind", "line"),
        Field("table", "key"),
        Field("x", "line"),
        Field("y", "words"),
        Field("label", "line"),
    ),
    "stage": (
        Field("key", "key"),
        Field("title", "line"),
        Field("text", "text"),
        _may("texts", "by_role"),
        _may("exhibits", "words"),
        _may("forecast", "one", "forecast"),
        _may("checkpoints", "words"),
        _may("decisions", "many", "decision"),
        _may("next", "many", "way"),
        _may("ending", "flag"),
    ),
    "forecast": (Field("variable", "line"), Field("question", "line")),
    "way": (_may("when", "formula"), Field("to", "key")),
    "decision": (
        Field("key", "key"),
        Field("kind", "line"),
        _may("roles", "words"),
        Field("objective", "line"),
        Field("title", "line"),
        Field("question", "text"),
        _may("options", "many", "option"),
        _may("total", "number"),
        _may("unit", "line"),
        _may("spend_all", "flag"),
        _may("figures", "many", "figure"),
        _may("items", "many", "item"),
        _may("best_order", "words"),
        _may("cost", "one", "cost"),
        _may("outcomes", "many", "outcome"),
    ),
    "option": (Field("key", "key"), Field("label", "line"), *_OUTCOME),
    "outcome": (_may("when", "formula"), *_OUTCOME),
    "figure": (
        Field("name", "name"),
        Field("label", "line"),
        _may("unit", "line"),
        Field("minimum", "number"),
        Field("maximum", "number"),
        _may("step", "number"),
    ),
    "item": (Field("name", "name"), Field("label", "line")),
    "cost": (Field("expression", "formula"), Field("best", "figures"), _may("nothing_at", "number")),
}


def ordered(value: Any, level: str = "case") -> Any:
    """A document with its keys in their order; what is not known here comes last, by name."""
    if not isinstance(value, Mapping):
        return value
    fields = {field.name: field for field in LEVELS[level]}
    names = [*(name for name in fields if name in value), *sorted(set(value) - set(fields))]
    return {name: _within(value[name], fields.get(name)) for name in names}


def _within(value: Any, field: Field | None) -> Any:
    if field is not None and field.kind == "one":
        return ordered(value, field.of)
    if field is not None and field.kind == "many" and isinstance(value, list):
        return [ordered(entry, field.of) for entry in value]
    if isinstance(value, Mapping):
        return {name: value[name] for name in sorted(value)}
    return value


def check_shape(value: Any, notes: Notes, level: str = "case", steps: Steps = ()) -> None:
    """Missing and unknown keys, and values of another kind than their key takes."""
    if not isinstance(value, Mapping):
        notes.broken = True
        names = ", ".join(field.name for field in LEVELS[level] if field.required)
        notes.note(steps, _("Here belong keys with values: %(names)s.") % {"names": names})
        return
    fields = {field.name: field for field in LEVELS[level]}
    for name in value:
        if name not in fields:
            notes.note((*steps, str(name)), _unknown(str(name), [*fields]))
    for field in fields.values():
        entry = value.get(field.name)
        if entry is None or entry in ("", [], {}):
            if field.required:
                notes.note((*steps, field.name), _("“%(name)s” is missing. Add it.") % {"name": field.name})
        else:
            _check_value(entry, field, notes, (*steps, field.name))


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    message = _("“%(name)s” means nothing here.") % {"name": name}
    if near:
        return f"{message} " + _("Did you mean “%(near)s”?") % {"near": near[0]}
    return f"{message} " + _("Take it out. Known keys: %(names)s.") % {"names": ", ".join(known)}


def _check_value(value: Any, field: Field, notes: Notes, steps: Steps) -> None:
    if field.kind == "one":
        check_shape(value, notes, field.of, steps)
    elif field.kind == "many":
        if not isinstance(value, list):
            notes.broken = True
            notes.note(steps, _("This is a list. Put a dash before each entry."))
            return
        for i, entry in enumerate(value):
            check_shape(entry, notes, field.of, (*steps, i))
    elif field.kind == "words":
        _check_words(value, notes, steps)
    elif field.kind in ("by_role", "effects", "figures"):
        _check_mapping(value, field.kind, notes, steps)
    elif field.kind == "start" and isinstance(value, Mapping):
        _check_mapping(value, "by_role", notes, steps)
    else:
        problem = _misfit(value, "key" if field.kind == "start" else field.kind)
        if problem:
            notes.note(steps, problem)


def _check_words(value: Any, notes: Notes, steps: Steps) -> None:
    if not isinstance(value, list):
        notes.broken = True
        notes.note(steps, _("This is a list: write [first, second]."))
        return
    for i, entry in enumerate(value):
        if not isinstance(entry, str) or not entry:
            notes.broken = True
            notes.note((*steps, i), _("Each entry is a text. Put it in quotes."))
    notes.twice((entry for entry in value if isinstance(entry, str)), steps)


def _check_mapping(value: Any, kind: str, notes: Notes, steps: Steps) -> None:
    if not isinstance(value, Mapping):
        notes.broken = True
        notes.note(steps, _("Here belong names with values, such as “name: value”."))
        return
    each = {"by_role": "text", "effects": "formula", "figures": "number"}[kind]
    for name, entry in value.items():
        if kind == "by_role" and name not in ROLES:
            notes.note((*steps, str(name)), _unknown(str(name), [*ROLES]))
        problem = _misfit(entry, each)
        if problem:
            notes.note((*steps, str(name)), problem)


def _misfit(value: Any, kind: str) -> str:
    """What is wrong with a single value; empty if nothing is."""
    figure = isinstance(value, int | float) and not isinstance(value, bool)
    if kind in ("number", "decimals"):
        if not figure or not math.isfinite(min(max(value, -2 * LARGEST), 2 * LARGEST)):
            return _("This is a plain number, such as 7.5.")
        if abs(value) > LARGEST:
            return _("This number is too large to work with.")
        if kind == "decimals" and value not in range(7):
            return _("Decimals are a whole number from 0 to 6.")
        return ""
    if kind == "flag":
        return "" if isinstance(value, bool) else _("This is true or false.")
    if kind == "formula" and figure:
        return ""
    if not isinstance(value, str) or not value.strip():
        return _("This is a text. Put it in quotes if it is a number or holds a colon.")
    return _misfit_text(value, kind)


def _misfit_text(value: str, kind: str) -> str:
    if kind == "name" and not is_name(value):
        return _(
            "“%(value)s” cannot stand in a formula. Write a letter, then letters, digits and underscores."
        ) % {"value": value}
    if kind == "key" and not KEY.fullmatch(value):
        return _("“%(value)s” takes small letters, digits and hyphens, such as first-week.") % {
            "value": value
        }
    most = {"key": 2 * LONGEST_KEY, "line": LONGEST_LINE}.get(kind)
    if most and len(value) > most:
        return _("This has %(length)s characters; %(most)s is the most. Shorten it.") % {
            "length": len(value),
            "most": most,
        }
    if kind in ("line", "name", "key") and "\n" in value:
        return _("This is one line. Take out the line break.")
    return ""
