"""Typed words against accepted ones: what counts as the same, and patterns in which * stands for anything.

A pattern is matched piece by piece from the left, each at its first place: no search goes back, so that time
grows with the length of pattern and text, not with what might be tried.
"""

import re
import unicodedata
from dataclasses import dataclass

# A star that is meant as a star is written \* .
_STAR = re.compile(r"\\(\*)|\*")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "−": "-"})
_ENDS = ".,;:!?…"


@dataclass(frozen=True)
class Sameness:
    """What is told apart: capitals if `case`; accents unless `fold`."""

    case: bool = False
    fold: bool = False


def same_form(text: str, sameness: Sameness) -> str:
    """A text in the form in which it is compared: one form for letters and marks that look alike, no
    white space but single spaces, no punctuation at its end."""
    return _trimmed(_folded(text, sameness))


def pieces(pattern: str, sameness: Sameness) -> list[str]:
    """What stands between the stars of a pattern, in the form in which it is compared."""
    parts, start, literal = [], 0, ""
    for match in _STAR.finditer(pattern):
        literal += pattern[start : match.start()]
        start = match.end()
        if match[1]:
            literal += "*"
        else:
            parts.append(literal)
            literal = ""
    parts.append(literal + pattern[start:])
    folded = [_folded(part, sameness) for part in parts]
    if len(folded) == 1:
        return [_trimmed(folded[0])]
    folded[0], folded[-1] = folded[0].lstrip(), _trimmed(folded[-1], keep_start=True)
    return folded


def fits(parts: list[str], text: str) -> bool:
    """Whether a text, in the form in which it is compared, is what these pieces of a pattern describe."""
    first, *middle = parts
    if not middle:
        return text == first
    last = middle.pop()
    if not text.startswith(first) or len(text) < len(first) + len(last) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def as_read(pattern: str) -> str:
    """A pattern as people read it: an ellipsis for each star."""
    return " ".join(_STAR.sub(lambda match: match[1] or "…", pattern).split())


def _folded(text: str, sameness: Sameness) -> str:
    text = unicodedata.normalize("NFC", text).translate(_ALIKE)
    if not sameness.case:
        text = text.casefold()
    if sameness.fold:
        apart = unicodedata.normalize("NFD", text)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))


def _trimmed(text: str, *, keep_start: bool = False) -> str:
    text = text.rstrip(_ENDS + " ")
    return text if keep_start else text.lstrip()
