"""Whether an answer to a decision can stand: what is missing or out of range, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from concepts.cases.document import ALLOCATE, CHOOSE, ORDER, Decision, Figure
from concepts.formulas import format_number

_NEARLY = 1e-9


@dataclass(frozen=True)
class Misfit:
    """What is wrong with an answer: at a figure or an item by its name, or at the decision as a whole."""

    name: str
    message: str


def misfits(decision: Decision, answer: Mapping[str, Any] | None) -> list[Misfit]:
    """Everything that keeps an answer from standing; none if it can."""
    if not answer:
        return [Misfit("", _("Nothing is decided here yet. Decide, then go on."))]
    if decision.kind == CHOOSE:
        known = {option.key for option in decision.options}
        return [] if answer.get("option") in known else [Misfit("", _("Choose one of these."))]
    if decision.kind == ORDER:
        return _order_misfits(decision, answer)
    figures = answer.get("figures")
    figures = figures if isinstance(figures, Mapping) else {}
    found = [misfit for figure in decision.figures if (misfit := _misfit(figure, figures.get(figure.name)))]
    return found or (_budget_misfits(decision, figures) if decision.kind == ALLOCATE else [])


def _order_misfits(decision: Decision, answer: Mapping[str, Any]) -> list[Misfit]:
    order = answer.get("order")
    names = [item.name for item in decision.items]
    if isinstance(order, list) and sorted(map(str, order)) == sorted(names):
        return []
    return [Misfit("", _("Give each line a place of its own, from 1 to %(last)s.") % {"last": len(names)})]


def _misfit(figure: Figure, value: Any) -> Misfit | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Misfit(figure.name, _("Write a number, such as %(one)s.") % {"one": _shown(figure.minimum)})
    said = {"low": _shown(figure.minimum), "high": _shown(figure.maximum), "step": _shown(figure.step)}
    if not figure.minimum - _NEARLY <= value <= figure.maximum + _NEARLY:
        return Misfit(figure.name, _("Choose from %(low)s to %(high)s.") % said)
    steps = (value - figure.minimum) / figure.step
    if abs(steps - round(steps)) > _NEARLY * max(1.0, abs(steps)):
        return Misfit(figure.name, _("Go in steps of %(step)s from %(low)s.") % said)
    return None


def _budget_misfits(decision: Decision, figures: Mapping[str, float]) -> list[Misfit]:
    total, spent = decision.total or 0, sum(figures[figure.name] for figure in decision.figures)
    said = {"spent": _shown(spent), "total": _shown(total), "unit": decision.unit}
    if spent > total + _NEARLY:
        message = _("This comes to %(spent)s %(unit)s; there are %(total)s. Take some away.")
        return [Misfit("", message % said)]
    if decision.spend_all and spent < total - _NEARLY:
        message = _("This comes to %(spent)s %(unit)s; all %(total)s are to be given out. Add the rest.")
        return [Misfit("", message % said)]
    return []


def _shown(value: float) -> str:
    return format_number(value)
