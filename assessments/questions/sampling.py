"""Drawing the figures of a question: parameters by chance, the rest worked out, constraints kept.

A draw depends on the content and the seed alone. Names are taken in alphabetical order and derived values in
the order in which they need each other, because a database may hand the JSON back with its keys in another.
"""

import hashlib
import itertools
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessments.questions.asked import asked
from assessments.questions.base import Content, Values
from concepts.formulas import FormulaError, evaluate, holds, names_in

MOST_STEPS = 10_000
MOST_TRIES = 1000
LONGEST_KEY = 60
# Up to so many combinations are counted one by one; beyond, their number is estimated from so many tries.
_COUNTABLE = 2000
_ESTIMATE = 400

Figures = dict[str, float]


@dataclass(frozen=True)
class Steps:
    """The figures that a parameter can take: a list, or so many steps from a start."""

    count: int
    start: Decimal = Decimal(0)
    step: Decimal = Decimal(0)
    listed: tuple[float, ...] = ()

    def at(self, index: int) -> float:
        return tidy(self.listed[index] if self.listed else float(self.start + index * self.step))


@dataclass(frozen=True)
class Recipe:
    """A question's figures, read and put in order. Each answer may need those before it."""

    parameters: tuple[tuple[str, Steps], ...]
    derived: tuple[tuple[str, str], ...]
    constraints: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]


def tidy(value: float) -> float:
    """A figure without binary noise, whole where it is whole, so that it reads well in JSON too."""
    clean = float(f"{value:.12g}")
    return int(clean) if clean.is_integer() else clean


def read_steps(spec: object) -> Steps:
    """The figures of one parameter; raises `FormulaError` saying how to mend it."""
    if not isinstance(spec, Mapping) or set(spec) not in ({"from", "to", "step"}, {"values"}):
        raise FormulaError(_("Give either from, to and step, or values: a list of figures."))
    if "values" in spec:
        listed = spec["values"]
        if not isinstance(listed, list) or not listed or not all(is_figure(value) for value in listed):
            raise FormulaError(_("values is a list of figures, for example [40, 50, 60]."))
        if len(set(listed)) < len(listed):
            raise FormulaError(
                _("A figure is there twice. Each is drawn as often as the others; take one out.")
            )
        return Steps(len(listed), listed=tuple(listed))
    if not all(is_figure(spec[name]) for name in ("from", "to", "step")):
        raise FormulaError(_("from, to and step are plain figures, for example 6.5."))
    start, end, step = (Decimal(str(spec[name])) for name in ("from", "to", "step"))
    if start >= end or step <= 0:
        raise FormulaError(_("from must lie below to, and step above 0."))
    count = int((end - start) / step) + 1
    if count > MOST_STEPS:
        raise FormulaError(
            _("These are %(count)s steps; 10,000 is the most. Take a larger step.") % {"count": count}
        )
    return Steps(count, start, step)


def is_figure(value: object) -> bool:
    """A plain number within reason."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 1e15


def in_order(derived: Mapping[str, str], known: Sequence[str]) -> list[str]:
    """Names of derived values such that each needs only parameters and those before it."""
    ready, waiting, ordered = set(known), sorted(derived), []
    while waiting:
        name = next((each for each in waiting if names_in(str(derived[each])) <= ready), None)
        if name is None:
            raise FormulaError(
                _("%(names)s cannot be worked out: they need each other, or a name that is not there.")
                % {"names": ", ".join(waiting)}
            )
        waiting.remove(name)
        ready.add(name)
        ordered.append(name)
    return ordered


def recipe(content: Content) -> Recipe:
    """Read what a question says of its figures; raises `FormulaError`."""
    parameters = content.get("parameters") or {}
    derived = content.get("derived") or {}
    names = in_order(derived, list(parameters))
    return Recipe(
        parameters=tuple((name, read_steps(parameters[name])) for name in sorted(parameters)),
        derived=tuple((name, str(derived[name])) for name in names),
        constraints=tuple(str(text) for text in content.get("constraints") or ()),
        answers=tuple((each.name, each.expression) for each in asked(content)),
    )


def chance(made: Recipe, rng: random.Random) -> Figures:
    """One throw of the parameters."""
    return {name: steps.at(rng.randrange(steps.count)) for name, steps in made.parameters}


def complete(made: Recipe, drawn: Figures) -> Figures | None:
    """The drawn figures with the derived ones, or None if a constraint is broken; raises `FormulaError`."""
    figures = dict(drawn)
    for name, expression in made.derived:
        figures[name] = tidy(evaluate(expression, figures))
    return figures if all(holds(text, figures) for text in made.constraints) else None


def work_out(made: Recipe, figures: Mapping[str, float]) -> Figures:
    """What is asked for, worked out of drawn figures; raises `FormulaError`."""
    known, answers = dict(figures), {}
    for name, expression in made.answers:
        answers[name] = known[name] = evaluate(expression, known)
    return answers


def draw(content: Content, seed: int) -> Figures:
    """The figures of a seed; raises `FormulaError` if none that fit and give an answer can be found."""
    made = recipe(content)
    rng = random.Random(seed)  # noqa: S311  figures for practice, not a secret
    reason = _("The constraints leave hardly any figures. Loosen them or widen the ranges.")
    for _try in range(MOST_TRIES if made.parameters else 1):
        try:
            figures = complete(made, chance(made, rng))
            if figures is not None:
                work_out(made, figures)
                return figures
        except FormulaError as error:
            reason = error.message
    raise FormulaError(reason)


def tries(made: Recipe, count: int) -> Iterator[Figures | None]:
    """So many throws, None for those that a constraint or an impossible sum rejects."""
    rng = random.Random(0)  # noqa: S311  the same throws each time
    for _try in range(count):
        try:
            yield complete(made, chance(made, rng))
        except FormulaError:
            yield None


def variant_count(content: Content) -> int | None:
    """How many different sets of figures can be drawn (an estimate if they are many); None if it has none."""
    made = recipe(content)
    if not made.parameters:
        return None
    total = math.prod(steps.count for _name, steps in made.parameters)
    if not made.constraints and not made.derived:
        return total
    if is_estimated(content):
        return round(total * sum(figures is not None for figures in tries(made, _ESTIMATE)) / _ESTIMATE)
    return sum(1 for figures in _every(made) if figures is not None)


def is_estimated(content: Content) -> bool:
    """Whether `variant_count` tries some combinations instead of counting them all."""
    made = recipe(content)
    total = math.prod(steps.count for _name, steps in made.parameters)
    return total > _COUNTABLE and bool(made.constraints or made.derived)


def _every(made: Recipe) -> Iterator[Figures | None]:
    names = [name for name, _steps in made.parameters]
    columns = [[steps.at(i) for i in range(steps.count)] for _name, steps in made.parameters]
    for row in itertools.product(*columns):
        try:
            yield complete(made, dict(zip(names, row, strict=True)))
        except FormulaError:
            yield None


def figures_of(values: Values) -> Figures:
    """The figures among what was drawn."""
    return {name: value for name, value in values.items() if is_figure(value)}


def drawn_key(content: Content, values: Mapping[str, Any]) -> str:
    """The drawn parameters in one short line, the same for the same figures."""
    names = sorted(content.get("parameters") or {})
    key = ";".join(f"{name}={float(values[name]):.12g}" for name in names if name in values)
    return key if len(key) <= LONGEST_KEY else hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
