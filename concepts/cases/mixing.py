"""The order in which a run offers what can be chosen: mixed by its seed, so that no place tells anything."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from concepts.cases.document import Decision, Item, Option

Each = TypeVar("Each", Option, Item)


def mixed(decision: Decision, seed: int) -> Decision:
    """The same decision with its options, or the items to put in order, in an order of their own.

    It depends on the seed and on the names alone: a run shows the same order whenever it is looked at.
    """
    return replace(
        decision,
        options=_mixed(decision.options, [option.key for option in decision.options], seed),
        items=_mixed(decision.items, [item.name for item in decision.items], seed),
    )


def _mixed(things: tuple[Each, ...], names: Iterable[str], seed: int) -> tuple[Each, ...]:
    places = {name: hashlib.sha256(f"{seed}:{name}".encode()).digest() for name in names}
    ordered = sorted(zip(places, things, strict=True), key=lambda pair: places[pair[0]])
    return tuple(thing for _name, thing in ordered)
