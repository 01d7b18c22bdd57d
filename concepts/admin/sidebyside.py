"""Two versions of one thing beside each other, field by field, with what differs marked on each side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concepts.admin.differences import Piece, differences
from concepts.admin.sheets import Cell, blank_rows


@dataclass(frozen=True)
class Pair:
    """One field on both sides; a side without text has no pieces."""

    label: str
    left: list[Piece]
    right: list[Piece]


@dataclass(frozen=True)
class SideBySide:
    """What differs, and how many fields are the same."""

    left: str
    right: str
    pairs: list[Pair]
    alike: int


def beside(
    left: str, right: str, before: Mapping[str, str], after: Mapping[str, str], labels: Mapping[str, str]
) -> SideBySide:
    """Two versions as texts by key; `labels` names the keys."""
    keys = list(dict.fromkeys([*before, *after]))
    pairs = []
    for key in keys:
        pieces = differences(before.get(key, ""), after.get(key, ""))
        if pieces:
            pairs.append(Pair(labels.get(key, key), _side(pieces, "gone"), _side(pieces, "new")))
    same = sum(1 for key in keys if before.get(key, "") == after.get(key, "") and before.get(key))
    return SideBySide(left, right, pairs, same)


def sheets_beside(left: str, right: str, before: Mapping[str, Cell], after: Mapping[str, Cell]) -> SideBySide:
    """Two sheets of the same form."""
    labels = {key: cell.label for key, cell in [*after.items(), *before.items()]}
    return beside(left, right, _texts(before), _texts(after), labels)


def _texts(sheet: Mapping[str, Cell]) -> dict[str, str]:
    """A new row that nobody has touched is no content, and its boxes that are not ticked say nothing."""
    blank = blank_rows(sheet)
    return {
        key: cell.words
        for key, cell in sheet.items()
        if key not in blank and (any(cell.values) or "#" not in key)
    }


def _side(pieces: Iterable[Piece], kind: str) -> list[Piece]:
    return [piece for piece in pieces if piece.kind in (kind, "same", "gap")]
