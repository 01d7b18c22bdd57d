"""What formulas can reckon with: the operators, comparisons and functions, each refusing what it cannot do.

Everything is a float, so that no result can grow without bound.
"""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from concepts.figures import round_half_up

MAX_EXPONENT = 100
# Two figures this near each other are the same figure: 0.1 + 0.2 equals 0.3.
NEAR = 1e-9


class FormulaError(ValueError):
    """A formula that cannot be read or worked out; `message` says why and how to mend it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=NEAR, abs_tol=1e-12)


def _power(base: float, exponent: float) -> float:
    if not abs(exponent) <= MAX_EXPONENT:
        raise FormulaError(_("A power may not be larger than %(most)s.") % {"most": MAX_EXPONENT})
    if base < 0 and exponent != int(exponent):
        raise FormulaError(_("A negative figure has no power that is a fraction."))
    return float(base**exponent)


def _root(value: float) -> float:
    if value < 0:
        raise FormulaError(_("A negative figure has no square root."))
    return math.sqrt(value)


def _positive(value: float) -> float:
    """A figure as it is; for measures that make no sense below 0, such as a break-even at a loss."""
    if value <= 0:
        raise FormulaError(_("positive(x) needs a figure above 0."))
    return value


def _log(value: float, base: float = math.e) -> float:
    if value <= 0 or base <= 0 or base == 1:
        raise FormulaError(_("A logarithm needs a figure above 0 (and a base above 0 other than 1)."))
    return math.log(value, base)


def _whole(value: float, rounding: Callable[[float], int]) -> float:
    """Round up or down, but take 3.0000000000000004 for the 3 that it stands for."""
    nearest = round_half_up(value)
    return nearest if _same(nearest, value) else float(rounding(value))


def _round(value: float, decimals: float = 0) -> float:
    if not abs(decimals) <= 12 or decimals != int(decimals):
        raise FormulaError(_("round(x, n) needs a whole number of decimals n, 12 at most."))
    return round_half_up(value, int(decimals))


# name: what works it out, the fewest and the most arguments
FUNCTIONS: Final[Mapping[str, tuple[Callable[..., float], int, int]]] = {
    "sqrt": (_root, 1, 1),
    "exp": (math.exp, 1, 1),
    "log": (_log, 1, 2),
    "min": (min, 2, 20),
    "max": (max, 2, 20),
    "round": (_round, 1, 2),
    "ceil": (lambda value: _whole(value, math.ceil), 1, 1),
    "floor": (lambda value: _whole(value, math.floor), 1, 1),
    "abs": (abs, 1, 1),
    "positive": (_positive, 1, 1),
}
OPERATORS: Final[Mapping[type[ast.AST], Callable[..., float]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: _power,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
COMPARISONS: Final[Mapping[type[ast.AST], Callable[[float, float], bool]]] = {
    ast.Eq: _same,
    ast.NotEq: lambda a, b: not _same(a, b),
    ast.Lt: lambda a, b: a < b and not _same(a, b),
    ast.LtE: lambda a, b: a < b or _same(a, b),
    ast.Gt: lambda a, b: a > b and not _same(a, b),
    ast.GtE: lambda a, b: a > b or _same(a, b),
}
