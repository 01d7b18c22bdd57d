"""Why a calculation has no answer for some figures, and at which figure to say so.

Pure. The formula is followed to the smallest part that fails, such as a divisor that is 0, and that part
to the figures it is made of. The last of them on the form bears the message, which names the others.
"""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from concepts.arithmetic import FormulaError
from concepts.calculator import Step, in_words
from concepts.expressions import parse
from concepts.figures import format_figure, with_unit
from concepts.formulas import evaluate, substitute

FEW = 2  # so many other figures are named; more are only told of
_WHOLE = re.compile(r"(?<=\d)\.0\b")  # a checked formula holds floats only


@dataclass(frozen=True)
class Refusal:
    """What is wrong, and the figure that bears it; an empty name where no figure is to blame."""

    name: str
    message: str


@dataclass(frozen=True)
class _Culprit:
    """A part of a formula that comes to what it must not; ``step`` is the line of the calculation it is."""

    node: ast.expr
    step: Step | None


def refusal(
    error: FormulaError, lines: Sequence[Step], *, figures: Mapping[str, float], labels: Mapping[str, str]
) -> Refusal:
    """Where to say that these lines, the answer the last, cannot be worked out, and in which words.

    ``figures`` are those that were typed and ``labels`` their names, both in the order of the form. What is
    too large is said at the largest figure that it is made of.
    """
    known, steps = dict(figures), {line.name: line for line in lines[:-1] if line.name not in figures}
    for line in lines:
        try:
            known[line.name] = evaluate(line.expression, known)
        except FormulaError:
            break
    else:
        return Refusal("", error.message)
    whole = parse(line.expression).tree
    failing = _innermost(whole, known)
    wrong, must = _what_is_wrong(failing, known)
    is_the_step = failing is whole and _is_guard(failing) and line.name in steps
    culprit = _narrowed(_Culprit(wrong, line if is_the_step else None), steps, known)
    made_of = [name for name in figures if name in _inputs(culprit.node, steps)]
    if not made_of:
        return Refusal("", error.message)
    if not must:
        return Refusal(max(made_of, key=lambda name: abs(figures[name])), error.message)
    *others, name = made_of
    words = {**labels, **{step.name: step.label for step in steps.values()}}
    remedy = _remedy([labels[other] for other in others])
    return Refusal(name, f"{_said(culprit, known, words, must)} {remedy}")


def _is_guard(node: ast.expr) -> bool:
    """Whether this is `positive(...)`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "positive"


def _innermost(node: ast.expr, known: Mapping[str, float]) -> ast.expr:
    """The smallest part that fails although each of its own parts can be worked out."""
    for part in _parts(node):
        if not _works(part, known):
            return _innermost(part, known)
    return node


def _parts(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.UnaryOp(operand=operand):
            return [operand]
        case ast.Call(args=arguments):
            return arguments
    return []


def _works(node: ast.expr, known: Mapping[str, float]) -> bool:
    try:
        evaluate(_written(node), known)
    except FormulaError:
        return False
    return True


def _written(node: ast.expr) -> str:
    """A part of a formula as text again."""
    return _WHOLE.sub("", ast.unparse(node))


def _what_is_wrong(node: ast.expr, known: Mapping[str, float]) -> tuple[ast.expr, str]:
    """The part to blame and what it must be, in words; none where the result is only too large."""
    match node:
        case ast.BinOp(op=ast.Div(), right=right) if evaluate(_written(right), known) == 0:
            return right, _("and nothing can be divided by 0")
        case ast.Call(func=ast.Name(id="positive"), args=[part]):
            return part, _("but it has to be above 0")
        case ast.Call(func=ast.Name(id="sqrt"), args=[part]):
            return part, _("and nothing below 0 has a square root")
    return node, ""


def _narrowed(culprit: _Culprit, steps: Mapping[str, Step], known: Mapping[str, float]) -> _Culprit:
    """Follow a step to its formula, and a product or a fraction to the factor that makes it 0 or negative."""
    node, step = culprit.node, culprit.step
    match node:
        case ast.Name(id=name) if name in steps:
            return _narrowed(_Culprit(parse(steps[name].expression).tree, steps[name]), steps, known)
        case ast.Call(func=ast.Name(id="positive"), args=[part]):
            return _narrowed(_Culprit(part, step), steps, known)
        case ast.BinOp(op=ast.Mult(), left=left, right=right):
            bad = next((part for part in (left, right) if evaluate(_written(part), known) <= 0), None)
            return _narrowed(_Culprit(bad, None), steps, known) if bad is not None else culprit
        case ast.BinOp(op=ast.Div(), left=left) if evaluate(_written(left), known) <= 0:
            return _narrowed(_Culprit(left, None), steps, known)
    return culprit


def _inputs(node: ast.expr, steps: Mapping[str, Step]) -> set[str]:
    """The figures on the form that a part is made of, also by way of earlier steps."""
    names: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            step = steps.get(part.id)
            names |= _inputs(parse(step.expression).tree, steps) if step else {part.id}
    return names


def _said(culprit: _Culprit, known: Mapping[str, float], words: Mapping[str, str], must: str) -> str:
    """What the part comes to: “Contribution” would be 24 − 40 = −16 €, but it has to be above 0."""
    text = _written(culprit.node)
    value = format_figure(evaluate(text, known))
    if isinstance(culprit.node, ast.Name):
        return _("This is %(value)s, %(must)s.") % {"value": value, "must": must}
    named = in_words(text, words)
    said = {
        "what": culprit.step.label if culprit.step else named[:1].upper() + named[1:],
        "sum": substitute(text, known),
        "value": with_unit(value, culprit.step.unit if culprit.step else ""),
        "must": must,
    }
    return _("“%(what)s” would be %(sum)s = %(value)s, %(must)s.") % said


def _remedy(others: Sequence[str]) -> str:
    if not others:
        return _("Change this figure.")
    if len(others) > FEW:
        return _("Change this figure or another that goes into it.")
    *before, last = [_("this figure"), *(_("“%(label)s”") % {"label": label} for label in others)]
    return _("Change %(these)s or %(last)s.") % {"these": ", ".join(before), "last": last}
