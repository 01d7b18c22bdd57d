"""Putting things in order without typing numbers: which lists there are, and the one write that moves things.

A list is named here by those who know of it (`register_order`); the assessments add theirs. What is new to a
list goes last, and a list that was put in order counts 1 to n.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concepts.formulas import check_expression
from concepts.models import (
    CaseStudy,
    Comparison,
    ComparisonRow,
    Concept,
    LearningPath,
    Metric,
    MetricInput,
    MetricStep,
    Module,
    Objective,
    PathStep,
    Skill,
)

LATER = 30_000  # the place of what is not stored yet: behind everything else


class OrderRefused(Exception):
    """Why a list was not put in order, in words for its editor. `status` is the answer of a page."""

    def __init__(self, message: str, status: int = 409) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Order:
    """A list whose places are given by `position`: all rows of some models that share a home.

    `lists` names each model with its key to the home, empty for a list without one. `check` says why an order
    does not work, or nothing.
    """

    key: str
    title: Any
    words: Any
    home: type[models.Model] | None
    lists: tuple[tuple[type[models.Model], str], ...]
    check: Callable[[Any, Sequence[Any]], str] | None = None

    def rows(self, home: Any) -> list[models.QuerySet[Any]]:
        """What stands in the list of a home, model by model, unordered."""
        found = []
        for model, link in self.lists:
            rows: models.QuerySet[Any] = model._base_manager.order_by()
            found.append(rows.filter(**{link: home}) if link else rows)
        return found

    def items(self, home: Any) -> list[Any]:
        """What stands in the list of a home, in its order."""
        return in_order(self.rows(home))


ORDERS: dict[str, Order] = {}


def register_order(order: Order) -> None:
    """Say that a list can be put in order."""
    ORDERS[order.key] = order


def in_order(rows: Sequence[models.QuerySet[Any]]) -> list[Any]:
    """Rows of several models by their positions; at the same place the first model comes first."""
    found: list[Any] = [obj for each in rows for obj in each.order_by("position", *each.model._meta.ordering)]
    return sorted(found, key=lambda obj: obj.position)


def key_of(obj: Any) -> str:
    """By what a row is known in a page: its kind and its key."""
    return f"{obj._meta.model_name}-{obj.pk}"


@transaction.atomic
def reorder(*, objects: Sequence[str], seen: Sequence[str], order: Order, home: Any, user: Any) -> int:
    """Give the rows of a list their places, 1 to n, and say how many moved.

    `objects` names them in the new order, `seen` in the order that the editor was shown. Raises OrderRefused
    if the list is another one by now: somebody added, removed or moved something.
    """
    rows = order.rows(home)
    for each in rows:
        list(each.select_for_update().order_by("pk").values_list("pk"))
    there = in_order(rows)
    by_key = {key_of(obj): obj for obj in there}
    if sorted(objects) != sorted(by_key):
        raise OrderRefused(_("Somebody added or removed something meanwhile, so nothing was moved yet."))
    if list(seen) != list(by_key):
        raise OrderRefused(_("Somebody changed the order meanwhile, so nothing was moved yet."))
    wanted = [by_key[key] for key in objects]
    if order.check is not None and (problem := order.check(home, wanted)):
        raise OrderRefused(problem, 422)
    moved = [(place, obj) for place, obj in enumerate(wanted, 1) if obj.position != place]
    for place, obj in moved:
        obj.position = place
        obj._history_user, obj._change_reason = user, _("Put in another order.")
        obj.save(update_fields=["position"])
    return len(moved)


def place_last(obj: Any) -> None:
    """Put an object, which is new to its list, behind everything in it. Does not save."""
    for order in ORDERS.values():
        for model, link in order.lists:
            is_here = type(obj) is model
            home = getattr(obj, f"{link}_id") if link and is_here else None
            if is_here and (home is not None or not link):
                others = [
                    each.exclude(pk=obj.pk) if each.model is model else each for each in order.rows(home)
                ]
                last = [each.aggregate(last=Max("position"))["last"] or 0 for each in others]
                obj.position = min(max(last) + 1, LATER - 1)
                return


def _steps_in_turn(metric: Any, steps: Sequence[Any]) -> str:
    """A step may use only what was worked out before it."""
    known = list(metric.inputs.values_list("name", flat=True))
    for step in steps:
        if check_expression(step.expression, known):
            said = {"step": step.label}
            return _("“%(step)s” uses a step that would come after it. Put that one first.") % said
        known.append(step.name)
    return ""


register_order(
    Order("modules", gettext_lazy("Modules"), gettext_lazy("Order of the modules"), None, ((Module, ""),))
)
register_order(
    Order(
        "lessons",
        gettext_lazy("Concepts and comparisons"),
        gettext_lazy("Order of its lessons"),
        Module,
        ((Concept, "module"), (Comparison, "module")),
    )
)
register_order(
    Order(
        "objectives",
        gettext_lazy("Objectives"),
        gettext_lazy("Order of its objectives"),
        Concept,
        ((Objective, "concept"),),
    )
)
register_order(
    Order(
        "measures",
        gettext_lazy("Measures"),
        gettext_lazy("Order of its measures"),
        Concept,
        ((Metric, "concept"),),
    )
)
register_order(
    Order(
        "rows",
        gettext_lazy("Rows"),
        gettext_lazy("Order of its rows"),
        Comparison,
        ((ComparisonRow, "comparison"),),
    )
)
register_order(
    Order(
        "tested",
        gettext_lazy("Objectives"),
        gettext_lazy("Order of its objectives"),
        Comparison,
        ((Objective, "comparison"),),
    )
)
register_order(
    Order(
        "inputs",
        gettext_lazy("Inputs"),
        gettext_lazy("Order of its inputs"),
        Metric,
        ((MetricInput, "metric"),),
    )
)
register_order(
    Order(
        "calculation",
        gettext_lazy("Steps of the calculation"),
        gettext_lazy("Order of its steps"),
        Metric,
        ((MetricStep, "metric"),),
        _steps_in_turn,
    )
)
register_order(
    Order(
        "paths",
        gettext_lazy("Learning paths"),
        gettext_lazy("Order of the learning paths"),
        None,
        ((LearningPath, ""),),
    )
)
register_order(
    Order(
        "path", gettext_lazy("Steps"), gettext_lazy("Order of its steps"), LearningPath, ((PathStep, "path"),)
    )
)
register_order(
    Order(
        "cases",
        gettext_lazy("Case studies"),
        gettext_lazy("Order of the case studies"),
        None,
        ((CaseStudy, ""),),
    )
)
register_order(
    Order("skills", gettext_lazy("Skills"), gettext_lazy("Order of the skills"), None, ((Skill, ""),))
)
