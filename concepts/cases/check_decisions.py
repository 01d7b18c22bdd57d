"""Checking decisions: what can be answered, what comes of it, and what it is worth."""

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from django.utils.translation import gettext as _

from concepts.cases.check_structure import (
    check_formula,
    check_last,
    check_range,
    check_roles,
    check_stage,
    is_on_grid,
)
from concepts.cases.document import ALLOCATE, CHOOSE, KINDS, NUMBERS, ORDER, Case, Decision, Outcome
from concepts.cases.problems import Notes, Steps, listed

MOST_STEPS = 10_000  # of a figure
MOST_SUMS = 200_000  # amounts that an allocation may come to, before it is too fine to be looked through
OWN_KEYS = {
    CHOOSE: {"options"},
    NUMBERS: {"figures", "cost", "outcomes"},
    ALLOCATE: {"figures", "cost", "outcomes", "total", "unit", "spend_all"},
    ORDER: {"items", "best_order", "outcomes"},
}
_NEEDED = {CHOOSE: ["options"], NUMBERS: ["figures"], ALLOCATE: ["figures", "total"], ORDER: ["items"]}


def check_decision(
    row: Mapping[str, Any], decision: Decision, case: Case, notes: Notes, steps: Steps
) -> None:
    """One decision, by its kind."""
    check_roles(decision.roles, case, notes, (*steps, "roles"))
    if decision.kind not in KINDS:
        if decision.kind:
            message = _("A decision is one of %(names)s.") % {"names": ", ".join(KINDS)}
            notes.note((*steps, "kind"), message)
        return
    _check_own_keys(row, decision.kind, notes, steps)
    if decision.kind in (NUMBERS, ALLOCATE):
        _check_figures(decision, case, notes, steps)
    if decision.kind == ALLOCATE:
        _check_allocation(decision, notes, steps)
    if decision.kind == ORDER:
        _check_order(decision, case, notes, steps)
    if decision.kind == CHOOSE:
        _check_options(decision, case, notes, steps)
    else:
        _check_outcomes(decision, case, notes, steps)
    if decision.cost:
        _check_cost(decision, case, notes, steps)


def _check_own_keys(row: Mapping[str, Any], kind: str, notes: Notes, steps: Steps) -> None:
    """Keys of other kinds of decision mean nothing in this one."""
    for name in sorted(set().union(*OWN_KEYS.values()) - OWN_KEYS[kind]):
        if row.get(name) not in (None, "", [], {}):
            message = _("“%(name)s” means nothing in a decision of the kind %(kind)s. Take it out.")
            notes.note((*steps, name), message % {"name": name, "kind": kind})
    outcomes = [] if kind == CHOOSE else ["outcomes"]
    for name in [*_NEEDED[kind], *outcomes]:
        if row.get(name) in (None, "", []):
            notes.note((*steps, name), _("“%(name)s” is missing. Add it.") % {"name": name})


def _check_own_names(names: list[str], key: str, case: Case, notes: Notes, steps: Steps) -> None:
    """Figures and items stand beside variables and chances in formulas, so their names must differ."""
    notes.twice(names, (*steps, key), "name")
    for i, name in enumerate(names):
        if name in case.names:
            message = _("“%(name)s” is a variable or a chance of the case already. Take another name.")
            notes.note((*steps, key, i, "name"), message % {"name": name})


def _check_options(decision: Decision, case: Case, notes: Notes, steps: Steps) -> None:
    notes.twice((option.key for option in decision.options), (*steps, "options"), "key")
    if len(decision.options) == 1:
        notes.note((*steps, "options"), _("One option is no decision. Add another."))
    for i, option in enumerate(decision.options):
        at = (*steps, "options", i)
        _check_outcome(option.outcome, case.names, case, notes, at)
        _check_quality(option.outcome, notes, at, needed=True)


def _check_outcomes(decision: Decision, case: Case, notes: Notes, steps: Steps) -> None:
    names = case.names | decision.names
    scored = bool(decision.cost or decision.best_order)
    for i, outcome in enumerate(decision.outcomes):
        at = (*steps, "outcomes", i)
        check_formula(outcome.when, names, notes, (*at, "when"), condition=True)
        _check_outcome(outcome, names, case, notes, at)
        _check_quality(outcome, notes, at, needed=not scored)
    check_last([outcome.when for outcome in decision.outcomes], notes, (*steps, "outcomes"))


def _check_quality(outcome: Outcome, notes: Notes, steps: Steps, *, needed: bool) -> None:
    if outcome.quality is None:
        if needed:
            message = _("“quality” is missing. Say from 0 to 1 what the reasoning is worth.")
            notes.note((*steps, "quality"), message)
    elif not needed:
        message = _("Its cost or its order says what this decision is worth. Take “quality” out.")
        notes.note((*steps, "quality"), message)
    elif not 0 <= outcome.quality <= 1:
        notes.note((*steps, "quality"), _("Quality goes from 0 to 1. Change it."))


def _check_outcome(outcome: Outcome, names: set[str], case: Case, notes: Notes, steps: Steps) -> None:
    check_stage(outcome.to, case, notes, (*steps, "to"))
    known = [variable.name for variable in case.variables]
    for name, expression in outcome.effects.items():
        at = (*steps, "effects", name)
        if name not in known:
            message = _("There is no variable “%(name)s”. Variables: %(known)s.")
            notes.note(at, message % {"name": name, "known": listed(known)})
        check_formula(expression, names, notes, at)


def _check_figures(decision: Decision, case: Case, notes: Notes, steps: Steps) -> None:
    _check_own_names([each.name for each in decision.figures], "figures", case, notes, steps)
    for i, each in enumerate(decision.figures):
        check_range(each.minimum, each.maximum, each.step, notes, (*steps, "figures", i), MOST_STEPS)


def _check_allocation(decision: Decision, notes: Notes, steps: Steps) -> None:
    """That the total can be kept to, and spent to the last unit where that is asked."""
    total = decision.total
    if total is None or any(each.step <= 0 or each.minimum > each.maximum for each in decision.figures):
        return
    if total <= 0:
        notes.note((*steps, "total"), _("There is nothing to allocate. Write a total above 0."))
        return
    for i, each in enumerate(decision.figures):
        if each.minimum < 0:
            message = _("Less than 0 cannot be allocated. Raise the minimum.")
            notes.note((*steps, "figures", i, "minimum"), message)
    if sum(each.minimum for each in decision.figures) > total:
        message = _("The least of all lines together is more than the total. Lower a minimum, or raise it.")
        notes.note((*steps, "total"), message)
    elif decision.spend_all and not can_spend(decision):
        message = _("No allocation spends exactly %(total)g. Change the total, a maximum or a step.")
        notes.note((*steps, "total"), message % {"total": total})


def can_spend(decision: Decision) -> bool:
    """Whether some allocation comes to exactly the total (True as well where there are too many to look)."""
    ranges = [
        (_exact(each.minimum), _exact(each.step), round((each.maximum - each.minimum) / each.step))
        for each in decision.figures
    ]
    rest = _exact(decision.total or 0) - sum((low for low, _step, _count in ranges), Fraction(0))
    unit = lcm(rest.denominator, *(step.denominator for _low, step, _count in ranges))
    sizes = [int(step * unit) for _low, step, _count in ranges]
    common = gcd(*sizes) if sizes else 1
    target, over = divmod(int(rest * unit), common)
    if over or target < 0:
        return False
    if target > MOST_SUMS:
        return True
    reached = 1  # bit n: whether n can be allocated
    for size, (_low, _step, count) in zip(sizes, ranges, strict=True):
        size //= common
        reached = _with_line(reached, size, min(count, target // size), (1 << target + 1) - 1)
    return bool(reached >> target & 1)


def _with_line(reached: int, size: int, count: int, within: int) -> int:
    """The amounts that can be reached with up to ``count`` steps of a size more, doubling as it goes."""
    done = 0
    while done < count:
        more = min(done + 1, count - done)
        reached = (reached | reached << size * more) & within
        done += more
    return reached


def _exact(value: float) -> Fraction:
    return Fraction(f"{value:.12g}")


def _check_order(decision: Decision, case: Case, notes: Notes, steps: Steps) -> None:
    names = [item.name for item in decision.items]
    _check_own_names(names, "items", case, notes, steps)
    if len(names) == 1:
        notes.note((*steps, "items"), _("One item needs no order. Add another."))
    if decision.best_order and sorted(decision.best_order) != sorted(names):
        message = _("The best order names each item once: %(names)s.") % {"names": listed(names)}
        notes.note((*steps, "best_order"), message)


def _check_cost(decision: Decision, case: Case, notes: Notes, steps: Steps) -> None:
    """That the cost can be worked out, and its best figures can be decided."""
    cost, at = decision.cost, (*steps, "cost")
    if cost is None:
        return
    figures = {each.name: each for each in decision.figures}
    check_formula(cost.expression, case.names | set(figures), notes, (*at, "expression"))
    if cost.nothing_at <= 0:
        notes.note((*at, "nothing_at"), _("Write the gap in per cent that scores 0: above 0."))
    for name in sorted(set(cost.best) | set(figures)):
        each = figures.get(name)
        if each is None:
            message = _("There is no figure “%(name)s”. Figures: %(known)s.")
            notes.note((*at, "best", name), message % {"name": name, "known": listed(figures)})
        elif name not in cost.best:
            notes.note((*at, "best"), _("The best value of %(name)s is missing.") % {"name": name})
        elif not each.minimum <= cost.best[name] <= each.maximum:
            message = _("It lies outside %(low)g to %(high)g, so nobody could decide so.")
            notes.note((*at, "best", name), message % {"low": each.minimum, "high": each.maximum})
        elif each.step > 0 and not is_on_grid(cost.best[name], each.minimum, each.step):
            message = _("Steps of %(step)g do not lead there from %(low)g.")
            notes.note((*at, "best", name), message % {"step": each.step, "low": each.minimum})
    if decision.kind == ALLOCATE and decision.total is not None:
        spent = sum(cost.best.values())
        if spent > decision.total or (decision.spend_all and spent != decision.total):
            message = _("The best figures come to %(sum)g of %(total)g. Make them fit.")
            notes.note((*at, "best"), message % {"sum": spent, "total": decision.total})
