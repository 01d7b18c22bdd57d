"""Copies of content: always a draft, never loaded from a file, and its history says of what it is a copy."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django.db import models, transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from concepts.models import CaseStudy, Concept, Objective
from concepts.reordering import place_last

# What belongs to one object alone: its key, its life, and where it was loaded from.
ITS_OWN = {"id", "status", "published_at", "publish_at", "updated_at", "loaded_digest", "live_id"}
REASON_LENGTH = 100


class Follower(Protocol):
    """Who can copy what hangs on objectives, such as their questions."""

    def count(self, objectives: Sequence[Any]) -> dict[int, int]:
        """How much hangs on each objective, by its key."""

    def copy(self, pairs: Sequence[tuple[Any, Any]], user: Any) -> int:
        """Copy what hangs on the first of each pair to the second, and say how many that were."""


FOLLOWERS: list[Follower] = []


def fresh(obj: Any, **values: Any) -> Any:
    """An unsaved copy with some other values; its state is what a new object begins in."""
    model = type(obj)
    kept = {
        field.attname: getattr(obj, field.attname)
        for field in model._meta.concrete_fields
        if field.attname not in ITS_OWN
    }
    copied = model(**{**kept, **values})
    copied._change_reason = copy_reason(obj)
    return copied


def save_copy(obj: Any, user: Any) -> Any:
    """Check a copy and store it in the name of a person."""
    obj._history_user = user
    obj.full_clean()
    obj.save()
    return obj


def copy_reason(obj: Any) -> str:
    """What the history says of a copy."""
    return (_("Copy of “%(name)s”.") % {"name": Truncator(str(obj)).chars(80)})[:REASON_LENGTH]


def copy_title(obj: Any, name: str = "title") -> str:
    """`Copy of …`, as long as the field allows."""
    longest = obj._meta.get_field(name).max_length or 80
    return Truncator(_("Copy of %(name)s") % {"name": getattr(obj, name)}).chars(longest)


def free_slug(model: Any, slug: str) -> str:
    """An address for a copy that nothing has yet."""
    longest = model._meta.get_field("slug").max_length or 50
    start = f"copy-of-{slug}"[:longest].rstrip("-")
    taken = set(model._base_manager.values_list("slug", flat=True))
    number, found = 1, start
    while found in taken:
        number += 1
        end = f"-{number}"
        found = start[: longest - len(end)].rstrip("-") + end
    return found


@transaction.atomic
def duplicate_concept(
    *, concept: Concept, title: str, slug: str, codes: Mapping[int, str], with_followers: bool, user: Any
) -> tuple[Concept, int]:
    """Copy a lesson as a draft with those objectives that get a code, and say how much followed them.

    Measures and terms stay with the lesson that they are in. Raises ValidationError.
    """
    copied = fresh(concept, title=title, slug=slug)
    place_last(copied)
    save_copy(copied, user)
    for relation in (Concept.sources, Concept.prerequisites):
        name = relation.field.name
        getattr(copied, name).set(getattr(concept, name).all())
    pairs = [
        (objective, save_copy(_objective(objective, copied, codes[objective.pk]), user))
        for objective in concept.objectives.order_by("position", "code")
        if codes.get(objective.pk)
    ]
    followed = sum(follower.copy(pairs, user) for follower in FOLLOWERS) if with_followers else 0
    return copied, followed


@transaction.atomic
def duplicate_case(*, case: CaseStudy, title: str, slug: str, user: Any) -> CaseStudy:
    """Copy a case as a draft; its questions stay with the original. Raises ValidationError."""
    copied: CaseStudy = fresh(case, title=title, slug=slug)
    place_last(copied)
    save_copy(copied, user)
    copied.sources.set(case.sources.all())
    return copied


def _objective(objective: Objective, concept: Concept, code: str) -> Any:
    copied = fresh(objective, code=code, concept_id=concept.pk)
    place_last(copied)
    return copied


def free_codes(objectives: Sequence[Objective]) -> dict[int, str]:
    """A code for a copy of each objective: the next number that was never given; empty if none is left."""
    given = {*_ever(Objective._base_manager), *_ever(Objective.history)}
    found: dict[int, str] = {}
    for objective in objectives:
        head, _dash, _number = objective.code.rpartition("-")
        numbers = [int(code.rpartition("-")[2]) for code in given if code.rpartition("-")[0] == head]
        code = f"{head}-{max(numbers, default=0) + 1}"
        found[objective.pk] = code if max(numbers, default=0) < 99 else ""
        given.add(found[objective.pk] or objective.code)
    return found


def _ever(rows: models.Manager[Any]) -> set[str]:
    return set(rows.order_by().values_list("code", flat=True))
