"""What changed between two texts, in pieces that a page can show: kept, taken out, put in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Up to this length both texts are shown whole; beyond, only what changed and a few words around it.
SHORT = 60
AROUND = 8
MOST_WORDS = 4000
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """Part of a text. `kind` is "same", "gone" or "new"; what is left out between is "gap"."""

    kind: str
    text: str = ""


def differences(before: str, after: str) -> list[Piece]:
    """The way from one text to another."""
    if before == after:
        return []
    if not before or not after or max(len(before), len(after)) <= SHORT:
        return [piece for piece in (Piece("gone", before), Piece("new", after)) if piece.text]
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return [Piece("gone", before), Piece("new", after)]
    return list(_pieces(old, new))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    codes = matcher.get_opcodes()
    for nth, (what, a, b, c, d) in enumerate(codes):
        if what == "equal":
            yield from _around(old[a:b], is_first=nth == 0, is_last=nth == len(codes) - 1)
            continue
        if b > a:
            yield Piece("gone", "".join(old[a:b]))
        if d > c:
            yield Piece("new", "".join(new[c:d]))


def _around(words: list[str], *, is_first: bool, is_last: bool) -> Iterator[Piece]:
    """What stayed, shortened to the words next to a change."""
    if len(words) <= 3 * AROUND:
        yield Piece("same", "".join(words))
        return
    if not is_first:
        yield Piece("same", "".join(words[:AROUND]))
    yield Piece("gap")
    if not is_last:
        yield Piece("same", "".join(words[-AROUND:]))
