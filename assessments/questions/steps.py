"""Follow-through marking: each step is judged by the learner's own earlier figures and by the right ones.

So a slip costs the step in which it was made and nothing after it. Own figures that make a step come to
nothing (a division by zero, or 0 where the right figure is not 0) are left aside: zeros earn nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.questions.asked import Asked, Slip, asked, value_of
from assessments.questions.base import Answer, Content, Values
from assessments.questions.sampling import Figures, figures_of
from assessments.questions.tolerance import counts
from concepts.formulas import FormulaError, evaluate, names_in


@dataclass(frozen=True)
class MarkedStep:
    """A step with its verdict.

    `expected` is the right figure, `from_own` what the learner's own earlier figures lead to: None where that
    cannot be worked out; `judged_by` is the one of the two that the verdict is about. `follows` is the number
    of the wrong step that a right one builds on, 0 if none. `known` are the figures that lead to the verdict,
    for the words of a slip.
    """

    number: int
    step: Asked
    value: float | None
    expected: float
    from_own: float | None
    judged_by: float
    is_right: bool
    follows: int
    slip: Slip | None
    known: Figures


def mark(content: Content, values: Values, answer: Answer | None) -> list[MarkedStep]:
    """Every step judged, in order. An earlier step that was left open counts with its right figure."""
    typed = answer if isinstance(answer, Mapping) else {}
    right, own = figures_of(values), figures_of(values)
    astray: dict[str, int] = {}  # steps whose own figure is not the right one, and the step it goes back to
    marked = []
    for number, step in enumerate(asked(content), 1):
        one = _judge(number, step, value_of(typed.get(step.name)), right, own, astray)
        if one.value is not None and (one.follows or not one.is_right):
            astray[step.name] = one.follows or number
        right[step.name] = one.expected
        own[step.name] = one.expected if one.value is None else one.value
        marked.append(one)
    return marked


def _judge(
    number: int,
    step: Asked,
    value: float | None,
    right: Figures,
    own: Figures,
    astray: Mapping[str, int],
) -> MarkedStep:
    expected = evaluate(step.expression, right)
    from_own = _from_own(step, own, expected)
    judged_by, known = (expected, right) if from_own is None else (from_own, own)
    is_right, follows, slip = False, 0, None
    if value is not None and counts(step.limit, expected, value):
        is_right, judged_by = True, expected
    elif value is not None and counts(step.limit, judged_by, value):
        is_right = True
        follows = min((astray[name] for name in names_in(step.expression) if name in astray), default=0)
    elif value is not None:
        slip = step.slip_behind(value, known)
        if slip is None and (slip := step.slip_behind(value, right)):
            known = right
    return MarkedStep(
        number, step, value, expected, from_own, judged_by, is_right, follows, slip, dict(known)
    )


def _from_own(step: Asked, own: Figures, expected: float) -> float | None:
    try:
        figure = evaluate(step.expression, own)
    except FormulaError:
        return None
    return figure if figure or not expected else None


def score_of(marked: list[MarkedStep]) -> float:
    """The share of the weights that was earned."""
    return sum(one.step.weight for one in marked if one.is_right) / sum(one.step.weight for one in marked)
