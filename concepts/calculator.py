"""The calculator of a measure: figures in, a calculation out that can be followed line by line.

Every line says what is done in words, then the same with the figures put in, then what comes of it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from concepts.figures import format_figure, format_number, in_unit, with_unit
from concepts.formulas import evaluate, plainly, substitute

_NAME_OR_SIGN = re.compile(r"[A-Za-z_]\w*|\*\*|\*|/|-|<=|>=|!=|==")
# A sign after a figure or a bracket joins two of them; the power in 1e-3 does not.
_JOINING = re.compile(r"(?<=[\w)])(?<!\d[eE])\s*(\*\*|[-+*/])\s*")
_SIGNS = {"**": "^", "*": "×", "/": "÷", "-": "−", "<=": "≤", ">=": "≥", "!=": "≠", "==": "=", "sqrt": "√"}
# A function is named by what it gives of the figures in its brackets.
_FUNCTIONS = {
    "max": gettext_lazy("the largest of "),
    "min": gettext_lazy("the smallest of "),
    "abs": gettext_lazy("the size of "),
    "ceil": gettext_lazy("the next whole number from "),
    "floor": gettext_lazy("the whole part of "),
    "round": gettext_lazy("rounded "),
}


@dataclass(frozen=True)
class Step:
    """A line of the formula: a named figure worked out of inputs and earlier steps."""

    name: str
    label: str
    expression: str
    unit: str = ""


@dataclass(frozen=True)
class WorkedLine:
    """A step with its figures. ``figures`` is the formula with them put in, ``result`` what it gives."""

    label: str
    words: str
    figures: str
    result: str
    unit: str

    @property
    def result_with_unit(self) -> str:
        return with_unit(self.result, self.unit)


@dataclass(frozen=True)
class Worked:
    """A whole calculation; the last line is the answer."""

    lines: tuple[WorkedLine, ...]
    value: float

    @property
    def before(self) -> tuple[WorkedLine, ...]:
        return self.lines[:-1]

    @property
    def answer(self) -> WorkedLine:
        return self.lines[-1]


def work_out(
    steps: Iterable[Step],
    answer: Step,
    *,
    figures: Mapping[str, float],
    labels: Mapping[str, str],
    decimals: int,
) -> Worked:
    """Follow a formula step by step; raises `FormulaError` where it cannot be worked out.

    ``labels`` are the words for the inputs. Steps keep their full value; only what is shown is rounded, and
    the answer to the decimals of the measure.
    """
    known, words = dict(figures), dict(labels)
    lines = []
    for step in steps:
        value = evaluate(step.expression, known)
        lines.append(_line(step, known, words, format_figure(value)))
        known[step.name], words[step.name] = value, step.label
    value = evaluate(answer.expression, known)
    lines.append(_line(answer, known, words, format_number(value, decimals)))
    return Worked(tuple(lines), value)


def _line(step: Step, known: Mapping[str, float], words: Mapping[str, str], result: str) -> WorkedLine:
    shown = in_unit(result, step.unit)
    return WorkedLine(
        step.label, in_words(step.expression, words), substitute(step.expression, known), shown, step.unit
    )


def in_words(expression: str, labels: Mapping[str, str]) -> str:
    """A formula with the names of its figures spelt out: `good units ÷ hours running`."""

    def spelt(match: re.Match[str]) -> str:
        found = match[0]
        if found in labels:
            return _within(labels[found])
        return _SIGNS.get(found) or str(_FUNCTIONS.get(found, found))

    return _NAME_OR_SIGN.sub(spelt, _JOINING.sub(r" \1 ", plainly(expression)))


def _within(label: str) -> str:
    """A label as it stands within a line: small, unless its first word is written in capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
