"""Formulas as lines of HTML: words and signs as spans, fractions, roots, and small letters above and below.

Drawn with our own markup so that a formula needs neither a script nor a font from elsewhere, and breaks into
lines on a phone. What is told by place alone, such as a fraction, is also said in words that only a screen
reader meets. An author writes

    throughput = {units} / {hours}          a fraction; braces may stand in braces
    EOQ = √{ {2 × D × S} / {H} }            a root of what is in braces or brackets, or of one word
    σ_L = \\sigma_{day} × √L,  x^2          below, above; Greek letters as they are or by name
    wrong: throughput = {hours} / {units}   a formula to avoid
"""

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from django.utils.translation import gettext

WRONG = "wrong:"
DEEPEST = 6
GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau "
    "upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
)
GREEK = dict(zip(GREEK_NAMES.split(), "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", strict=True))
SIGN_NAMES = {"times": "×", "div": "÷", "pm": "±", "cdot": "·", "sum": "Σ", "sqrt": "√", "infty": "∞"}
COMPARED = {"le": "≤", "ge": "≥", "ne": "≠", "approx": "≈"}
SYMBOLS = GREEK | SIGN_NAMES | COMPARED
NAME = re.compile(r"\\([A-Za-z]+)")
SIGNS = "=+−×÷()<>≤≥≈≠±"
WORD = re.compile(r"[^\W_]+(?:[.,]\d+)?")
PLAIN = re.compile(rf"[^{{}}√_^{re.escape(SIGNS)}]+")
CLOSING = {"{": "}", "(": ")"}


class Piece(NamedTuple):
    """A part of a formula: what it is, and the one or two texts that it is made of."""

    kind: str
    text: str
    below: str = ""


def equation_html(line: str) -> str:
    """One equation such as ``throughput = {units} / {time}``; ``wrong:`` at its head marks one to avoid."""
    line = line.strip()
    wrong = line.startswith(WRONG)
    spans = _spans(_symbols(line.removeprefix(WRONG)))
    if not wrong:
        return f'<p class="tk-eq">{spans}</p>\n'
    flag = f'<span class="tk-state" data-state="bad">{escape(gettext("Wrong"))}</span>'
    return f'<p class="tk-eq" data-state="bad">{spans}{flag}</p>\n'


def _symbols(line: str) -> str:
    """Letters and signs that are written by their names; a name that means nothing stays."""
    return NAME.sub(lambda match: SYMBOLS.get(match[1], match[0]), line)


def _spans(line: str) -> str:
    """The pieces of a line side by side; what stands above or below belongs to the piece before it."""
    spans: list[str] = []
    for piece in _pieces(line):
        drawn = _drawn(piece, 1)
        if piece.kind in ("sub", "sup") and spans:
            spans[-1] = spans[-1].removesuffix("</span>") + drawn + "</span>"
        elif piece.kind == "fraction":
            spans.append(drawn)
        elif drawn.strip():
            spans.append(f"<span>{drawn.strip()}</span>")
    return "".join(spans)


def _within(text: str, depth: int) -> str:
    """What stands in a fraction, a root or an index, as one run of words."""
    if depth > DEEPEST:
        return escape(text)
    return "".join(_drawn(piece, depth) for piece in _pieces(text)).strip()


def _drawn(piece: Piece, depth: int) -> str:
    if piece.kind in ("plain", "sign"):
        return escape(piece.text)
    inside = _within(piece.text, depth + 1)
    if piece.kind == "group":
        return inside
    if piece.kind == "root":
        return f'{_said(gettext("square root of"))}<span class="tk-root"><span>{inside}</span></span>'
    if piece.kind == "fraction":
        below = _within(piece.below, depth + 1)
        over = _said(gettext("over"))
        return f'<span class="tk-frac"><span>{inside}</span>{over}<span>{below}</span></span>'
    words = gettext("to the power of") if piece.kind == "sup" else gettext("sub")
    return f"{_said(words)}<{piece.kind}>{inside}</{piece.kind}>"


def _said(words: str) -> str:
    return f'<span class="visually-hidden"> {escape(words)} </span>'


def _pieces(text: str) -> Iterator[Piece]:
    at = 0
    while at < len(text):
        piece, at = _piece(text, at)
        if piece:
            yield piece


def _piece(text: str, at: int) -> tuple[Piece | None, int]:
    """The piece that begins at a place, and the place after it. A brace without its other is passed over."""
    sign = text[at]
    if sign == "{":
        return _group(text, at)
    if sign == "}":
        return None, at + 1
    if sign in "√_^":
        inside, end = _argument(text, at + 1)
        kind = {"√": "root", "_": "sub", "^": "sup"}[sign]
        return (Piece(kind, inside), end) if inside else (Piece("plain", sign), at + 1)
    if sign in SIGNS:
        return Piece("sign", sign), at + 1
    words = PLAIN.match(text, at)
    return (Piece("plain", words[0]), words.end()) if words else (None, at + 1)


def _group(text: str, at: int) -> tuple[Piece | None, int]:
    """What is in braces; two of them with a stroke between are a fraction."""
    end = _closing(text, at)
    if end is None:
        return None, at + 1
    above = text[at + 1 : end]
    stroke = re.compile(r"\s*/\s*(?=\{)").match(text, end + 1)
    below_end = _closing(text, stroke.end()) if stroke else None
    if stroke and below_end is not None:
        return Piece("fraction", above, text[stroke.end() + 1 : below_end]), below_end + 1
    return Piece("group", above), end + 1


def _argument(text: str, at: int) -> tuple[str, int]:
    """What a root or an index is of: a group in braces or brackets, or one word; empty if there is none."""
    if text[at - 1] == "√":
        at += len(text[at:]) - len(text[at:].lstrip())
    if at < len(text) and text[at] in ("{(" if text[at - 1] != "_" else "{"):
        end = _closing(text, at)
        return (text[at + 1 : end], end + 1) if end is not None else ("", at)
    word = WORD.match(text, at)
    return (word[0], word.end()) if word else ("", at)


def _closing(text: str, at: int) -> int | None:
    """Where the brace or bracket at a place is closed."""
    opening, closing = text[at], CLOSING[text[at]]
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] == opening) - (text[i] == closing)
        if not depth:
            return i
    return None
