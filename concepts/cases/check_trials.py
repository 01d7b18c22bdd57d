"""Trying a case that is well formed: every formula worked out at the ends of what its names may be.

So what divides by zero, or grows beyond reason, is found by its editor and not by a learner.
"""

from collections.abc import Iterator, Mapping
from itertools import product

from django.utils.translation import gettext as _

from concepts.cases.document import ALLOCATE, CHOOSE, ORDER, Case, Decision, Figure, Outcome
from concepts.cases.problems import Notes, Steps
from concepts.formulas import FormulaError, evaluate, format_number, holds, names_in

Names = Mapping[str, float]
MOST_LOOKED = 20_000  # figures tried in search of a lower cost than the best given
MOST_VARIABLES = 4


def check_trials(case: Case, notes: Notes) -> None:
    """Formulas that fail somewhere, and best costs that are not the best."""
    around = list(_states(case))
    for i, stage in enumerate(case.stages):
        steps: Steps = ("stages", i)
        for names in around:
            for j, way in enumerate(stage.ways):
                at = (*steps, "next", j, "when")
                if not way.when or _try(way.when, names, notes, at, condition=True):
                    break
        for j, decision in enumerate(stage.decisions):
            at = (*steps, "decisions", j)
            for names in around:
                for figures in _answers(decision):
                    _try_decision(decision, {**names, **figures}, notes, at)
            _check_best(decision, {**around[0]}, notes, at)


def _states(case: Case) -> Iterator[dict[str, float]]:
    """The beginning; each figure at its ends, one at a time; all chances and variables at their ends."""
    begin = {each.name: each.initial for each in case.variables}
    begin |= {each.name: each.minimum for each in case.chances}
    yield begin
    ends: dict[str, tuple[float, float]] = {c.name: (c.minimum, c.maximum) for c in case.chances}
    for each in case.variables:
        low = each.initial if each.minimum is None else each.minimum
        ends[each.name] = (low, each.initial if each.maximum is None else each.maximum)
    for name, values in ends.items():
        for value in values:
            yield {**begin, name: value}
    if len(ends) <= MOST_VARIABLES:
        for corner in product(*ends.values()):
            yield dict(zip(ends, corner, strict=True))
    else:
        yield {name: low for name, (low, _high) in ends.items()}
        yield {name: high for name, (_low, high) in ends.items()}


def _answers(decision: Decision) -> Iterator[dict[str, float]]:
    """Figures at their ends, as far as the total allows; an order and its reverse."""
    if decision.kind == CHOOSE:
        yield {}
    elif decision.kind == ORDER:
        names = [item.name for item in decision.items]
        for order in (names, names[::-1]):
            yield {name: float(i) for i, name in enumerate(order, 1)}
    else:
        least = {each.name: each.minimum for each in decision.figures}
        yield least
        spare = (decision.total or 0) - sum(least.values())
        for each in decision.figures:
            high = each.maximum
            if decision.kind == ALLOCATE:
                high = min(high, each.minimum + each.step * int(spare / each.step + 1e-9))
            yield {**least, each.name: high}
        if decision.kind != ALLOCATE:
            yield {each.name: each.maximum for each in decision.figures}


def _try_decision(decision: Decision, names: Names, notes: Notes, steps: Steps) -> None:
    for i, option in enumerate(decision.options):
        _try_effects(option.outcome, names, notes, (*steps, "options", i))
    for i, outcome in enumerate(decision.outcomes):
        at = (*steps, "outcomes", i)
        holding = _try(outcome.when, names, notes, (*at, "when"), condition=True) if outcome.when else 1.0
        if holding:
            _try_effects(outcome, names, notes, at)
            break
    if decision.cost:
        _try(decision.cost.expression, names, notes, (*steps, "cost", "expression"))


def _try_effects(outcome: Outcome, names: Names, notes: Notes, steps: Steps) -> None:
    for name, expression in outcome.effects.items():
        _try(expression, names, notes, (*steps, "effects", name))


def _try(text: str, names: Names, notes: Notes, steps: Steps, *, condition: bool = False) -> float | None:
    """What a formula gives, or None, with a note that says for which figures it gives nothing."""
    try:
        return float(holds(text, names)) if condition else evaluate(text, names)
    except FormulaError as error:
        used = sorted(names_in(text))
        said = ", ".join(f"{name} = {format_number(names[name])}" for name in used)
        if not any(problem.steps == steps for problem in notes):
            message = _("It fails for %(figures)s. %(reason)s")
            notes.note(steps, message % {"figures": said or _("any figures"), "reason": error.message})
    return None


def _check_best(decision: Decision, names: dict[str, float], notes: Notes, steps: Steps) -> None:
    """That the best cost leaves room for a gap, and that no other figures cost less."""
    cost, at = decision.cost, (*steps, "cost", "best")
    if cost is None or any(problem.steps[: len(steps)] == steps for problem in notes):
        return
    names |= {each.name: each.minimum for each in decision.figures} | dict(cost.best)
    best = evaluate(cost.expression, names)
    if not best:
        message = _("The best cost is 0, so any gap scores nothing. Add what is paid in any case.")
        notes.note(at, message)
        return
    own = {each.name for each in decision.figures}
    if not names_in(cost.expression) <= own:
        return  # the best differs from state to state; this is the one of the author
    for figures in _grid(decision):
        found = evaluate(cost.expression, figures)
        if found < best - abs(best) * 1e-9:
            said = ", ".join(f"{name}: {format_number(value)}" for name, value in figures.items())
            message = _("%(figures)s costs less, %(found)s in place of %(best)s. Write those figures here.")
            values = {"figures": said, "found": format_number(found), "best": format_number(best)}
            notes.note(at, message % values)
            return


def _grid(decision: Decision) -> Iterator[dict[str, float]]:
    """Every set of figures that can be decided, or none where there are too many to look through."""
    ranges = [_values(each) for each in decision.figures]
    count = 1
    for values in ranges:
        count *= len(values)
    if count > MOST_LOOKED:
        return
    for corner in product(*ranges):
        if decision.kind == ALLOCATE and not _fits(decision, sum(corner)):
            continue
        yield dict(zip((each.name for each in decision.figures), corner, strict=True))


def _fits(decision: Decision, spent: float) -> bool:
    total = decision.total or 0
    return abs(spent - total) < 1e-9 if decision.spend_all else spent <= total + 1e-9


def _values(figure: Figure) -> list[float]:
    steps = round((figure.maximum - figure.minimum) / figure.step)
    return [float(f"{figure.minimum + figure.step * i:.12g}") for i in range(steps + 1)]
