"""Moving content to another home, many at once: all of what was chosen, or nothing and the reasons."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concepts.models import Comparison, Concept, Metric, Module, Term
from concepts.reordering import place_last


class MoveRefused(Exception):
    """Why some of what was chosen stays where it is, each by its key; nothing was moved."""

    def __init__(self, reasons: Mapping[int, str]) -> None:
        super().__init__(" ".join(reasons.values()))
        self.reasons = dict(reasons)


def _nothing(objects: Sequence[Any]) -> dict[int, str]:
    return {}


@dataclass(frozen=True)
class Move:
    """How a kind of content is moved: by which key, to what, and what stands in the way or is to be known.

    `refuse` and `remark` are asked for a list of objects and answer by their keys.
    """

    field: str
    target: type[models.Model]
    words: Any
    refuse: Callable[[Sequence[Any]], dict[int, str]] = _nothing
    remark: Callable[[Sequence[Any]], dict[int, str]] = _nothing


MOVES: dict[type[models.Model], Move] = {
    Concept: Move("module", Module, gettext_lazy("Move to another module")),
    Comparison: Move("module", Module, gettext_lazy("Move to another module")),
    Metric: Move("concept", Concept, gettext_lazy("Move to another concept")),
    Term: Move("concept", Concept, gettext_lazy("Move to another concept")),
}


@transaction.atomic
def move(*, model: Any, keys: Collection[int], target: Any, user: Any) -> list[Any]:
    """Move what has these keys to another home, where it stands last, and give back what has moved.

    What stood there already stays as it is. Raises MoveRefused.
    """
    how = MOVES[model]
    rows = list(model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk"))
    here = [obj for obj in rows if getattr(obj, f"{how.field}_id") != target.pk]
    here.sort(key=lambda obj: (getattr(obj, "position", 0), obj.pk))
    reasons = how.refuse(here)
    for obj in here:
        if obj.pk not in reasons:
            reasons |= _moved(obj, how, target, user)
    if reasons:
        raise MoveRefused(reasons)
    return here


def _moved(obj: Any, how: Move, target: Any, user: Any) -> dict[int, str]:
    """Move one; the reason by its key if it cannot be stored."""
    before = getattr(obj, how.field)
    setattr(obj, how.field, target)
    place_last(obj)
    obj._history_user = user
    said = {"home": Truncator(str(before)).chars(60)}
    obj._change_reason = _("Moved here from “%(home)s”.") % said if before else _("Moved here.")
    try:
        obj.full_clean()
    except ValidationError as error:
        return {obj.pk: " ".join(error.messages)}
    obj.save()
    return {}
