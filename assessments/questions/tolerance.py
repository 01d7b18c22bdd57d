"""How near a typed figure must be: read from text, told before answering, judged, explained after.

`1 %` is a share of the answer, `0.5` an amount in the answer's unit, `3 sf` half a unit of the third
significant figure of the answer.
"""

import math
import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concepts.figures import NARROW_SPACE, format_number, is_money, with_unit

# A figure exactly on the edge counts; this forgives the last bits of a float.
_EDGE = 1e-9
_FORM = re.compile(r"([0-9]*\.?[0-9]+)\s*(%|sf)?")


class ToleranceError(ValueError):
    """A tolerance that cannot be read; `message` says how to write one."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Tolerance:
    """`kind` is "relative" (amount in per cent), "absolute", or "figures" (significant figures)."""

    kind: str
    amount: float


def parse_tolerance(text: object) -> Tolerance:
    """Read a tolerance as an editor writes it; raises `ToleranceError`."""
    match = _FORM.fullmatch(str(text).strip().lower())
    if match is None or isinstance(text, bool):
        raise ToleranceError(_("Write the tolerance as 1 %, as 0.5 (in the unit), or as 3 sf."))
    amount = float(match[1])
    if match[2] == "%":
        if not 0 < amount <= 50:
            raise ToleranceError(_("A tolerance in per cent lies above 0 and is 50 at most."))
        return Tolerance("relative", amount)
    if match[2] == "sf":
        if amount not in range(1, 11):
            raise ToleranceError(_("Significant figures are a whole number from 1 to 10."))
        return Tolerance("figures", amount)
    return Tolerance("absolute", amount)


def allowance(tolerance: Tolerance, answer: float) -> float:
    """How far off a figure may be and still count."""
    if tolerance.kind == "relative":
        return abs(answer) * tolerance.amount / 100
    if tolerance.kind == "absolute":
        return tolerance.amount
    if answer == 0:
        return 0.0
    leading = Decimal(repr(float(answer))).adjusted()
    return 0.5 * 10.0 ** (leading - int(tolerance.amount) + 1)


def counts(tolerance: Tolerance, answer: float, value: float) -> bool:
    """Whether a figure is near enough to the answer."""
    edge = _EDGE * max(abs(answer), allowance(tolerance, answer)) + 1e-12
    return abs(value - answer) <= allowance(tolerance, answer) + edge


def state(tolerance: Tolerance, unit: str) -> str:
    """What a learner is told before answering."""
    if tolerance.kind == "figures":
        figures = int(tolerance.amount)
        return ngettext(
            "Give at least %(figures)s significant figure.",
            "Give at least %(figures)s significant figures.",
            figures,
        ) % {"figures": figures}
    if tolerance.amount == 0:
        return _("Only the exact figure counts.")
    return _("Within %(tolerance)s counts.") % {"tolerance": in_words(tolerance, unit)}


def in_words(tolerance: Tolerance, unit: str) -> str:
    """The tolerance by itself: `±1 %`, `±0.5 min`, `3 significant figures`."""
    if tolerance.kind == "figures":
        figures = int(tolerance.amount)
        return ngettext("%(figures)s significant figure", "%(figures)s significant figures", figures) % {
            "figures": figures
        }
    amount = format_number(tolerance.amount)
    if tolerance.kind == "relative":
        return f"±{amount}{NARROW_SPACE}%"
    return f"±{_distance(amount, unit)}"


def _distance(figure: str, unit: str) -> str:
    """A difference of two figures with their unit; of two percentages it is one in percentage points."""
    return with_unit(figure, _("percentage points") if unit == "%" else unit)


def note(tolerance: Tolerance, answer: float, value: float, unit: str) -> str:
    """How far off a figure was, beside what is allowed: `±1 %; you were 2.3 % off`."""
    limit = in_words(tolerance, unit)
    off = abs(value - answer)
    if off <= _EDGE * abs(answer):
        return _("%(limit)s; yours is exact") % {"limit": limit}
    if tolerance.kind == "relative" and answer:
        share = off / abs(answer) * 100
        if share >= 1000:
            return _("%(limit)s; yours is more than 10 times too far off") % {"limit": limit}
        distance = f"{_told_apart(share, tolerance.amount)}{NARROW_SPACE}%"
    else:
        distance = _distance(_told_apart(off, allowance(tolerance, answer)), unit)
    return _("%(limit)s; you were %(distance)s off") % {"limit": limit, "distance": distance}


def answer_figure(tolerance: Tolerance, answer: float, unit: str) -> str:
    """The answer as it is shown, with as many figures as it takes to be well within the tolerance.

    Money is shown to the hundredth at the finest, unless that takes over a quarter of the tolerance.
    """
    allowed = allowance(tolerance, answer)
    if is_money(unit) and abs(answer) < 100:
        hundredths = format_number(answer, decimals=2)
        if _off(hundredths, answer) <= allowed / 4:
            return hundredths
    for figures in range(4, 13):
        shown = format_number(answer, sig=figures)
        if _off(shown, answer) <= max(allowed / 10, _EDGE * abs(answer)):
            return shown
    return format_number(answer)


def _off(shown: str, answer: float) -> float:
    return abs(float(shown.replace(",", "").replace("−", "-")) - answer)


def _told_apart(off: float, limit: float) -> str:
    """A distance rounded, but never onto the limit that it misses or keeps."""
    figures = 2
    while figures < 8 and math.isclose(float(f"{off:.{figures}g}"), limit) and not math.isclose(off, limit):
        figures += 1
    return format_number(float(f"{off:.{figures}g}"))
