"""Figures as people read and type them: rounding, number formatting, and reading a typed number.

Formatting is the course's own (thousands with a comma, a true minus, no trailing zeros). Reading is
tolerant of the ways in which people write numbers, and refuses whatever it would have to guess at.
"""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

MINUS = "−"
NARROW_SPACE = "\u202f"
LARGEST = 1e15
LONGEST = 60

# Beyond this many significant digits a float shows its binary noise (0.30000000000000004).
_CLEAN_DIGITS = 12

_SPACES = str.maketrans({"\u00a0": " ", NARROW_SPACE: " ", "\u2009": " ", "\u2007": " ", "'": " ", "’": " "})
_MINUSES = str.maketrans({MINUS: "-", "–": "-", "﹣": "-", "－": "-"})
_TYPED = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<currency>[€$£¥]?)\s*(?P<body>[.,]?[0-9](?:[0-9.,]| (?=[0-9]))*)"
    r"(?:[eE](?P<power>[+-]?[0-9]{1,3}))?\s*(?P<unit>\D.*)?"
)
# A currency that is counted to the hundredth. Thousands and millions of it are not: €4.2 million.
_MONEY = re.compile(r"[€$£](?!\s*(?:thousand|million|billion)\b)")
_ONE_DECIMAL = re.compile(r"\.[0-9]\Z")
# How a number may be grouped, and the mark that groups it. The first that fits is taken, so `1,234` is
# twelve hundred and thirty-four, while `0,5`, `12,5` and `1234,567` carry a decimal comma, and `1.234`
# a decimal point.
_FORMS = (
    (re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?"), ","),
    (re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+,[0-9]+"), "."),
    (re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3}){2,}"), "."),
    (re.compile(r"[1-9][0-9]{0,2}( [0-9]{3})+([.,][0-9]+)?"), " "),
    (re.compile(r"[0-9]+\.?|[0-9]*[.,][0-9]+"), ""),
)
# Ways of writing the same unit; a plural or singular in -s is understood anyway.
_SAME_UNIT = tuple(
    frozenset(words.split())
    for words in (
        "h hr hour",
        "min minute",
        "s sec second",
        "d day",
        "wk week",
        "% percent pct",
        "€ eur euro",
        "$ usd dollar",
        "£ gbp pound",
        "¥ jpy yen",
        "kg kilogram kilo",
        "t tonne ton",
        "km kilometre kilometer",
        "m metre meter",
        "l litre liter",
        "pc pcs piece unit",
    )
)
# Three digits after a single comma: thousands to some, decimals to others.
_DOUBTFUL = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}(?![0-9.,]|\s[0-9])")
_JOINING = frozenset({"/", "per", "a", "an", "·", ".", "-", "of", "every", "each", "in"})


class NumberError(ValueError):
    """What somebody typed is not a number; `message` quotes it and says what is accepted."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def round_half_up(value: float, decimals: int = 0) -> float:
    """Round as people learn it, halves away from zero (Python rounds halves to the even neighbour)."""
    if not math.isfinite(value) or abs(value) > LARGEST:
        return value
    return float(_quantized(Decimal(repr(float(value))), max(-12, min(12, decimals))))


def format_number(
    value: float, decimals: int | None = None, sig: int | None = None, *, trim: bool = True
) -> str:
    """Write a figure: `1,234.5`, `−3`. At most `decimals` places, or `sig` significant figures, or in full.

    Significant figures never cost digits before the point: 1,860 to three figures is still 1,860.
    Trailing zeros go unless `trim` is off, as a column of figures needs it.
    """
    if not math.isfinite(value):
        return "–"
    exact = Decimal(repr(float(value)))
    if decimals is None:
        decimals = min(20, max(0, (sig or _CLEAN_DIGITS) - 1 - exact.adjusted()))
    else:
        decimals = max(-12, min(12, decimals))
    if abs(value) <= LARGEST:
        exact = _quantized(exact, decimals)
    text = f"{abs(exact):,f}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    return MINUS + text if exact < 0 and text.strip("0.,") else text


def format_figure(value: float) -> str:
    """Write a figure in a running text: exact if it is short, else to at least four significant figures."""
    if not math.isfinite(value) or math.isclose(round_half_up(value, 4), value, rel_tol=1e-12):
        return format_number(value)
    whole_digits = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return format_number(value, sig=max(4, whole_digits + 1))


def is_money(unit: str) -> bool:
    """Whether a unit is a currency counted to the hundredth, such as `€ / unit`; `€ million` is not."""
    return _MONEY.match(unit) is not None


def in_unit(figure: str, unit: str) -> str:
    """A formatted figure as its unit asks: money has no decimals or two, as €2.50; finer stays."""
    return f"{figure}0" if is_money(unit) and _ONE_DECIMAL.search(figure) else figure


def with_unit(figure: str, unit: str) -> str:
    """A formatted figure with its unit, held together by a narrow space."""
    return f"{in_unit(figure, unit)}{NARROW_SPACE}{unit}" if unit else figure


def parse_number(text: str, unit: str = "") -> float:
    """The number that was typed, with or without its unit; raises `NumberError`.

    Reads `1,234.5`, `1.234,5`, `1 234,5`, `1'234.5`, `12 %`, `1e3`, a true minus, any thin or hard space,
    and after the number the unit expected or a word of it. One comma before exactly three digits groups
    thousands (`1,234`) unless the number would begin with 0 or a longer group; any other single comma is
    a decimal comma. `12 %` is 12 where per cent is the unit, and 0.12 where there is no unit at all.
    """
    typed = text.strip()
    if not typed:
        raise NumberError(_("Type a figure."))
    match = _TYPED.fullmatch(_evened(typed))
    plain = _plain(match["body"].strip()) if match and len(typed) <= LONGEST else None
    if match is None or plain is None:
        raise NumberError(_not_a_number(typed, unit))
    value = float(f"{match['sign']}{plain}e{match['power'] or 0}")
    if abs(value) > LARGEST:
        raise NumberError(_("“%(typed)s” is too large. Type a smaller figure.") % {"typed": typed[:LONGEST]})
    suffix = f"{match['currency']} {match['unit'] or ''}".strip()
    if suffix in {"%", "percent"} and not unit:
        return float(Decimal(repr(value)) / 100)
    if suffix and not _unit_fits(suffix, unit):
        raise NumberError(_wrong_suffix(typed, suffix, unit))
    return value


def groups_thousands(text: str) -> bool:
    """Whether a typed number hangs on how its one comma is read: `1,234` is taken for 1234, not for 1.234."""
    match = _TYPED.fullmatch(_evened(text))
    return match is not None and _DOUBTFUL.fullmatch(match["body"].strip()) is not None


def _evened(typed: str) -> str:
    """What was typed, with one kind of space and one kind of minus."""
    return " ".join(typed.translate(_SPACES).translate(_MINUSES).split())


def _quantized(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _plain(body: str) -> str | None:
    """The digits with a decimal point and no grouping, or None if they cannot be read in one way."""
    for form, group in _FORMS:
        if form.fullmatch(body):
            return (body.replace(group, "") if group else body).replace(",", ".")
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\S", text.lower())


def _spellings(word: str) -> frozenset[str]:
    """A unit word, its singular, and other ways to write it."""
    endings = (("s", ""), ("es", ""), ("ies", "y"))
    singulars = {word[: -len(end)] + instead for end, instead in endings if word.endswith(end)}
    forms = {word} | {form for form in singulars if len(form) > 1}
    return frozenset(forms).union(*(group for group in _SAME_UNIT if group & forms))


def _unit_fits(suffix: str, unit: str) -> bool:
    """Every word typed is of the unit expected or joins words, and at least one is of the unit."""
    known = frozenset[str]().union(*(_spellings(word) for word in _words(unit)))
    fits = [bool(_spellings(word) & known) for word in _words(suffix)]
    return any(fits) and all(fit or word in _JOINING for fit, word in zip(fits, _words(suffix), strict=True))


def _wrong_suffix(typed: str, suffix: str, unit: str) -> str:
    """A unit that we know but did not ask for deserves to be named; other text is just no number."""
    words = [word for word in _words(suffix) if word not in _JOINING]
    if unit and words and all(_spellings(word) & frozenset().union(*_SAME_UNIT) for word in words):
        return _("“%(typed)s” is in another unit. Type the figure in %(unit)s.") % {
            "typed": typed,
            "unit": unit,
        }
    return _not_a_number(typed, unit)


def _not_a_number(typed: str, unit: str) -> str:
    """The refusal: what was typed, what of it was understood, and what is accepted."""
    shown = typed if len(typed) <= LONGEST else typed[:LONGEST] + "…"
    said = [_("“%(typed)s” is not a number.") % {"typed": shown}]
    understood = _understood(typed)
    if understood:
        said.append(_("We read %(read)s and then “%(rest)s”.") % understood)
    said.append(_("Type a figure, with or without the unit.") if unit else _("Type a figure."))
    return " ".join(said)


def _understood(typed: str) -> dict[str, str]:
    """The longest beginning that is a number, as it was typed, and the rest; empty if there is none."""
    for end in range(len(typed) - 1, 0, -1) if len(typed) <= LONGEST else ():
        if not typed[end - 1].isdecimal() or typed[end].isdecimal():
            continue
        match = _TYPED.fullmatch(_evened(typed[:end]))
        if match and not match["unit"] and _plain(match["body"].strip()) is not None:
            return {"read": typed[:end], "rest": typed[end:].strip()}
    return {}
