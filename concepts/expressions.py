"""The language of formulas: what an expression may contain, and reading one into a checked tree.

Only what `concepts.arithmetic` lists is accepted, so that no expression can reach into Python.
`concepts.formulas` is the door to this.
"""

import ast
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from concepts.arithmetic import COMPARISONS, FUNCTIONS, OPERATORS, FormulaError
from concepts.figures import LARGEST

MAX_LENGTH = 500
MAX_DEPTH = 60


@dataclass(frozen=True)
class Expression:
    """A formula (or, if `is_condition`, a condition) that has passed every check but that of its names."""

    tree: ast.expr
    names: frozenset[str]
    is_condition: bool


def is_name(text: str) -> bool:
    """Whether this can name a figure in a formula: a plain word that does not already mean something."""
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", text) is not None
    return plain and not keyword.iskeyword(text) and text not in FUNCTIONS


@lru_cache(maxsize=4096)
def parse(expression: str) -> Expression:
    """Read an expression; raises `FormulaError`."""
    text = " ".join(expression.split())
    if not text:
        raise FormulaError(_("The formula is empty. Write one, for example units / hours."))
    if len(text) > MAX_LENGTH:
        raise FormulaError(
            _("The formula is %(length)s characters long; %(most)s is the most. Split it into steps.")
            % {"length": len(text), "most": MAX_LENGTH}
        )
    _refuse_signs(text)
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError(
            _("“%(formula)s” cannot be read. Look for a missing sign or bracket.") % {"formula": text[:80]}
        ) from None
    names = frozenset(_walk(tree, _is_condition(tree), 1))
    return Expression(tree, names, _is_condition(tree))


_STRANGE = re.compile(r"[^A-Za-z0-9_+\-*/().,<>=! ]")
_RUN_ON = re.compile(r"(?<![A-Za-z0-9_.])[0-9][0-9.]*(?![0-9.]|[eE][+-]?[0-9])[A-Za-z_]\w*")
# What people write by habit, and what to write instead.
_INSTEAD = {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "^": "**", "≤": "<=", "≥": ">=", "≠": "!="}


def _refuse_signs(text: str) -> None:
    if run_on := _RUN_ON.search(text):
        raise FormulaError(
            _("“%(text)s” is neither a number nor a name. Look for a missing sign.") % {"text": run_on[0]}
        )
    strange = _STRANGE.search(text)
    if strange is None:
        return
    sign = strange[0]
    if sign == "%":
        raise FormulaError(_("“%(sign)s” is not available. For per cent write 100 * a / b.") % {"sign": sign})
    if sign in _INSTEAD:
        raise FormulaError(
            _("Write %(instead)s in place of “%(sign)s”.") % {"instead": _INSTEAD[sign], "sign": sign}
        )
    raise FormulaError(
        _("“%(sign)s” has no place in a formula. Use numbers, names, + - * / ** and brackets.")
        % {"sign": sign}
    )


def _is_condition(node: ast.expr) -> bool:
    return isinstance(node, ast.Compare | ast.BoolOp)


def _walk(node: ast.expr, condition: bool, depth: int) -> Iterator[str]:
    """Check a node and all below it, make its numbers floats, and yield the names it uses."""
    if depth > MAX_DEPTH:
        raise FormulaError(_("The formula is nested too deeply. Split it into steps."))
    if _is_condition(node) != condition:
        raise FormulaError(_("A comparison gives yes or no: it can only be joined by and, or."))
    for child in _children(node):
        yield from _walk(child, isinstance(node, ast.BoolOp), depth + 1)
    if isinstance(node, ast.Name):
        yield node.id


def _children(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.Name(id=name) if is_name(name):
            return []
        case ast.Name(id=name):
            raise FormulaError(_("“%(name)s” cannot be the name of a figure.") % {"name": name})
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            node.value = _constant(value)
            return []
        case ast.UnaryOp() if type(node.op) in OPERATORS:
            return [node.operand]
        case ast.BinOp() if type(node.op) in OPERATORS:
            return [node.left, node.right]
        case ast.BoolOp():
            return node.values
        case ast.Compare() if all(type(sign) in COMPARISONS for sign in node.ops):
            return [node.left, *node.comparators]
        case ast.Call(func=ast.Name(id=name), keywords=[]):
            return _arguments(name, node.args)
    raise FormulaError(
        _("This can only use numbers, names, + - * / **, brackets, comparisons and %(functions)s.")
        % {"functions": ", ".join(FUNCTIONS)}
    )


def _constant(value: float) -> float:
    if not abs(value) <= LARGEST:
        raise FormulaError(_("A number in the formula is too large."))
    return float(value)


def _arguments(name: str, arguments: list[ast.expr]) -> list[ast.expr]:
    if name not in FUNCTIONS:
        raise FormulaError(
            _("There is no function “%(name)s”. Use one of %(known)s.")
            % {"name": name, "known": ", ".join(FUNCTIONS)}
        )
    _work, fewest, most = FUNCTIONS[name]
    if not fewest <= len(arguments) <= most:
        raise FormulaError(
            _("%(name)s takes %(fewest)s to %(most)s figures, not %(given)s.")
            % {"name": name, "fewest": fewest, "most": most, "given": len(arguments)}
        )
    return arguments
