"""Formulas that editors write, such as `units / (hours - breaks)`: checked, worked out, shown with figures.

Nothing here trusts the text: `concepts.expressions` admits a short list of operators and functions, the
result must be finite and within reason, and whatever goes wrong is a `FormulaError` in plain words.
"""

import math
import re
import threading
from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from simpleeval import InvalidExpression, SimpleEval

from concepts.arithmetic import COMPARISONS, FUNCTIONS, OPERATORS, FormulaError
from concepts.expressions import Expression, is_name, parse
from concepts.figures import LARGEST, MINUS, format_figure, format_number, round_half_up

__all__ = [
    "FormulaError",
    "check_expression",
    "evaluate",
    "format_number",
    "holds",
    "is_name",
    "names_in",
    "plainly",
    "round_half_up",
    "substitute",
]

_TOKEN = re.compile(r"\s*([0-9.]+(?:[eE][+-]?[0-9]+)?|[A-Za-z_]\w*|\*\*|<=|>=|==|!=|[-+*/()<>,])")
_GUARD = re.compile(r"\bpositive ?\(")
_SIGNS = {"*": "×", "/": "÷", "-": MINUS, "<=": "≤", ">=": "≥", "!=": "≠", "==": "=", "sqrt": "√"}
_BINDING = frozenset({"+", "-", "*", "/", "**", "<", ">", "<=", ">=", "==", "!=", "and", "or"})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class _Evaluators(threading.local):
    """One evaluator a thread: making one costs more than most formulas, and it holds the names."""

    def __init__(self) -> None:
        self.one = SimpleEval(
            operators={**OPERATORS, **COMPARISONS},
            functions={name: work for name, (work, _fewest, _most) in FUNCTIONS.items()},
            names={},
        )


_evaluators = _Evaluators()


def evaluate(expression: str, names: Mapping[str, float]) -> float:
    """Work out a formula; raises `FormulaError`."""
    parsed = parse(expression)
    if parsed.is_condition:
        raise FormulaError(_not_a_figure())
    return _work_out(parsed, names)


def holds(expression: str, names: Mapping[str, float]) -> bool:
    """Whether a condition such as `good / hours >= 150` is true of these figures; raises `FormulaError`."""
    parsed = parse(expression)
    if not parsed.is_condition:
        raise FormulaError(_not_a_condition())
    return bool(_work_out(parsed, names))


def names_in(expression: str) -> frozenset[str]:
    """The names of the figures that a formula needs; raises `FormulaError`."""
    return parse(expression).names


def check_expression(expression: str, names: Collection[str], *, condition: bool = False) -> str | None:
    """What is wrong with a formula (or condition) over these names and how to mend it; None if nothing is."""
    try:
        parsed = parse(expression)
        _refuse_unknown(parsed, names)
    except FormulaError as error:
        return error.message
    if parsed.is_condition and not condition:
        return _not_a_figure()
    if condition and not parsed.is_condition:
        return _not_a_condition()
    return None


def substitute(expression: str, names: Mapping[str, float]) -> str:
    """The formula as it is written on paper with the figures in place: `1,860 ÷ (8 − 0.5)`."""
    _refuse_unknown(parse(expression), names)
    signs = _TOKEN.findall(plainly(expression))
    out: list[str] = []
    for i, sign in enumerate(signs):
        before, after = signs[i - 1] if i else "", signs[i + 1] if i + 1 < len(signs) else ""
        written = _written(sign, names, closely=before in _BINDING or after == "**")
        if before == "**" and written.isdecimal():
            out[-1] = written.translate(_RAISED)
        elif sign == "**":
            out.append("^")
        elif sign in _BINDING:
            is_prefix = before in _BINDING or before in {"", "(", ","}
            out.append(written if is_prefix else f" {written} ")
        else:
            out.append(f"{written} " if sign == "," else written)
    return "".join(out).strip()


def plainly(expression: str) -> str:
    """A formula as people read it: that a part of it has to be above 0 is no part of the reckoning."""
    text = " ".join(expression.split())
    if _GUARD.match(text) and _closes(text, text.index("(")) == len(text) - 1:
        return plainly(text[text.index("(") + 1 : -1])
    return _GUARD.sub("(", text)


def _closes(text: str, opening: int) -> int:
    """Where the bracket that opens here is closed."""
    depth = 0
    for i in range(opening, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if not depth:
            return i
    return len(text)


def _written(sign: str, names: Mapping[str, float], *, closely: bool) -> str:
    """One word or sign as people write it; a negative figure is bracketed where it stands close to a sign."""
    if sign in names:
        figure = format_figure(float(names[sign]))
        return f"({figure})" if closely and figure.startswith(MINUS) else figure
    if sign[0].isdigit() or sign[0] == ".":
        return format_number(float(sign))
    return _SIGNS.get(sign, sign)


def _work_out(parsed: Expression, names: Mapping[str, float]) -> float:
    _refuse_unknown(parsed, names)
    evaluator = _evaluators.one
    evaluator.names = {name: float(names[name]) for name in parsed.names}
    try:
        result = float(evaluator.eval("", parsed.tree))
    except ZeroDivisionError:
        raise FormulaError(_("This divides by zero. Keep the divisor away from 0.")) from None
    except (OverflowError, InvalidExpression, ArithmeticError, ValueError, TypeError) as error:
        if isinstance(error, FormulaError):
            raise
        raise FormulaError(_("The result is too large to work with.")) from None
    if not math.isfinite(result) or abs(result) > LARGEST:
        raise FormulaError(_("The result is too large to work with."))
    return result


def _refuse_unknown(parsed: Expression, names: Collection[str]) -> None:
    unknown = sorted(parsed.names.difference(names))
    if not unknown:
        return
    known = ", ".join(sorted(names)) or _("none yet")
    raise FormulaError(
        _("“%(name)s” is not known here. Known names: %(known)s.") % {"name": unknown[0], "known": known}
    )


def _not_a_figure() -> str:
    return _("This compares figures. Write a formula that gives a figure, for example units / hours.")


def _not_a_condition() -> str:
    return _("This gives a figure. Write a condition, for example units / hours >= 150.")
