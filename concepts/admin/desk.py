"""What is known of one visit to a form: what lies in it, what it is compared with, who saved meanwhile."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict

from concepts.admin.differences import Piece, differences
from concepts.admin.sheets import Cell, Typed, blank_rows

STAMP, TAKE, LIVE = "_stamp", "_take", "_live"
# What is posted beside the fields: the token, our own controls, the buttons.
BESIDE = ("csrfmiddlewaretoken", "publish_on_0", "publish_on_1")


@dataclass(frozen=True)
class Base:
    """What a form was made from: a digest of each cell, and of what is no cell, such as the state."""

    cells: Mapping[str, str]
    rest: str

    def packed(self) -> str:
        """As it travels in the form."""
        return json.dumps({"cells": self.cells, "rest": self.rest}, separators=(",", ":"))


def read_base(text: str | None) -> Base | None:
    """What a form says that it was made from; None for one that says nothing, or nothing that we wrote."""
    try:
        said = json.loads(text or "")
        cells = {str(key): str(value) for key, value in said["cells"].items()}
        return Base(cells, str(said["rest"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


@dataclass(frozen=True)
class Clash:
    """A cell that somebody else changed, beside what stands in this form."""

    key: str
    label: str
    theirs: str
    mine: str
    is_touched: bool
    can_take: bool = True

    @property
    def pieces(self) -> list[Piece]:
        """From what was saved to what stands here."""
        return differences(self.theirs, self.mine)


@dataclass
class Desk:
    """One request at a form."""

    typed: Typed | None = None
    base: Base | None = None
    clashes: list[Clash] = field(default_factory=list)
    told: str = ""  # who saved meanwhile, in a sentence
    is_unmarked: bool = False  # whether the form came without our stamp
    prepared: Any = None
    is_stale: bool = False
    schedule: Any = None
    extra: dict[str, Any] = field(default_factory=dict)


def desk_of(request: HttpRequest) -> Desk:
    """The desk of this request."""
    desk: Desk | None = getattr(request, "_desk", None)
    if desk is None:
        desk = request._desk = Desk()  # type: ignore[attr-defined]
    return desk


def typed_in(data: QueryDict) -> Typed:
    """The fields that were posted, without the buttons and what else travels beside them."""
    return {name: data.getlist(name) for name in data if not is_beside(name)}


def is_beside(name: str) -> bool:
    """Whether a name that was posted is none of the form's fields."""
    return name.startswith("_") or name in BESIDE


def as_posted(typed: Mapping[str, Sequence[str]], **more: str) -> QueryDict:
    """Fields as Django reads them."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    for name, value in more.items():
        data[name] = value
    return data


def clashes(base: Mapping[str, str], theirs: Mapping[str, Cell], mine: Mapping[str, Cell]) -> list[Clash]:
    """Every cell that was changed elsewhere since the form was made, and reads otherwise here.

    A row that came or went elsewhere is one entry, whatever it holds.
    """
    blank = blank_rows(theirs)
    added = {key: row_of(key) for key in theirs if "#" in key and key not in mine and key not in blank}
    found = [
        Clash(key, cell.label, cell.words, mine[key].words, mine[key].digest != base.get(key))
        for key, cell in theirs.items()
        if key not in blank
        and key in mine
        and base.get(key) != cell.digest
        and mine[key].digest != cell.digest
    ]
    for row in dict.fromkeys(added.values()):
        label, words = _row_in_words(theirs, row)
        found.append(Clash(row, label, words, "", is_touched=False, can_take=False))
    for row in dict.fromkeys(row_of(key) for key in base if "#" in key and key not in theirs):
        label, words = _row_in_words(mine, row)
        cells = {key: cell for key, cell in mine.items() if row_of(key) == row}
        touched = any(cell.digest != base.get(key) for key, cell in cells.items())
        found.append(Clash(row, label, "", words, is_touched=touched, can_take=False))
    return found


def row_of(key: str) -> str:
    """The row that a cell of an inline stands in."""
    return key.rpartition("-")[0] if "#" in key else ""


def _row_in_words(sheet: Mapping[str, Cell], row: str) -> tuple[str, str]:
    """What a row is called, and what it holds, line by line."""
    cells = [cell for key, cell in sheet.items() if row_of(key) == row]
    lines = [f"{cell.label.partition(': ')[2]}: {cell.words}" for cell in cells if any(cell.values)]
    return (cells[0].label.partition(": ")[0] if cells else row, "\n".join(lines))
