"""Choosing what goes into a pack: everything or what learners have, the whole course or one module.

What is chosen holds together. An object that needs another one which stays behind stays behind with it, and
is named; where the need is a courtesy, such as the lesson that a term leads to, only the mention is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from concepts.coursepack.children import Children
from concepts.coursepack.content import CaseContent
from concepts.coursepack.keys import Address, Key, Reference, References
from concepts.coursepack.kinds import Kind
from concepts.coursepack.payload import Payload, texts
from concepts.coursepack.state import State
from concepts.models import Publishable
from concepts.rendering import course_links

# Where an object lives: without its home it means nothing, although the model lets each of these be empty.
HOMES = {
    "objective": ("concept", "comparison"),
    "assessment": ("module", "concept", "comparison"),
    "question": ("case",),
}
# Which key leads towards the module of an object.
TOWARDS_MODULE = ("module", "concept", "comparison", "objective")


@dataclass(frozen=True)
class Item:
    """An object of the database as a pack would hold it."""

    kind: Kind
    payload: Payload
    state: State
    obj: Any

    @property
    def address(self) -> Address:
        return self.kind.label, self.payload[self.kind.identity]


@dataclass
class Picked:
    """The objects of a pack, and what stays behind although it is asked for, each with the reason."""

    items: dict[Address, Item] = field(default_factory=dict)
    left_out: list[tuple[Address, str]] = field(default_factory=list)

    def of(self, label: str) -> list[Item]:
        """The objects of one kind."""
        return [item for item in self.items.values() if item.kind.label == label]

    def module_of(self, item: Item) -> str:
        """The module that an object belongs to; empty for what belongs to the whole course."""
        if item.kind.label == "module":
            return str(item.payload["slug"])
        if item.payload.get("case"):  # a case belongs to the whole course, and its questions to it
            return ""
        for name in TOWARDS_MODULE:
            value = item.payload.get(name)
            if value:
                return str(value) if name == "module" else self.module_of(self.items[name, value])
        return ""

    def leave(self, item: Item, reason: str) -> None:
        """Leave out an object, and say why."""
        del self.items[item.address]
        self.left_out.append((item.address, reason))

    def only(self, module: str) -> "Picked":
        """What belongs to one module, with the sources, slips and pictures that it uses."""
        own = {address: item for address, item in self.items.items() if self.module_of(item) == module}
        used = {address for item in own.values() for address in self._uses(item) if address in self.items}
        further = {
            address for name in used for address in self._uses(self.items[name]) if address[0] == "source"
        }
        kept = {name: item for name, item in self.items.items() if name in own or name in used | further}
        return Picked(kept, [(name, why) for name, why in self.left_out if name not in kept])

    def _uses(self, item: Item) -> Iterator[Address]:
        """What an object brings along: sources, the slips it names, pictures, and words without a lesson."""
        yield from (("source", key) for key in item.payload.get("sources", ()))
        yield from (("misconception", slug) for slug in slips_in(item.payload.get("content")))
        for _steps, text in texts(item.payload) if item.kind.label != "picture" else ():
            for kind, slug, _anchor in course_links(text) if "](" in text else ():
                term = self.items.get(("term", slug)) if kind == "term" else None
                if kind == "picture" or (term and not self.module_of(term)):
                    yield kind, slug


def slips_in(value: Any) -> Iterator[str]:
    """The misconceptions that the content of a question names, wherever its type keeps them."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if key == "misconception" and isinstance(entry, str):
                yield entry
            else:
                yield from slips_in(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from slips_in(entry)


def pick(kinds: Iterable[Kind], *, drafts: bool) -> Picked:
    """What of the database goes into a pack: what learners have, or drafts and what is scheduled as well."""
    picked = Picked()
    for kind in kinds:
        rows = kind.rows().prefetch_related(*kind.related(), *kind.beside)
        for obj in rows:
            if drafts or not isinstance(obj, Publishable) or obj.is_published:
                item = Item(kind, kind.payload_of(kind.live(obj)), State.of(obj), obj)
                picked.items[item.address] = item
        _drop_homeless(kind, picked)
        _trim(kind, picked)
        if kind.label == "row":
            _drop_rows_apart(picked)
    return picked


def _drop_homeless(kind: Kind, picked: Picked) -> None:
    """Leave out what needs something that is not in the pack."""
    for item in picked.of(kind.label):
        missing = next((name for key in kind.keys for name in _needed(kind, key, item, picked)), None)
        if missing:
            reason = _("It needs %(name)s, which is a draft or left out.") % {"name": ":".join(missing)}
            picked.leave(item, reason)


def _needed(kind: Kind, key: Key, item: Item, picked: Picked) -> Iterator[Address]:
    """The missing objects without which an object cannot be."""
    missing = [name for name in key.refers(item.payload.get(key.name, ())) if _lacks(picked, name)]
    if isinstance(key, Children):
        # Rows go one by one; only where none is left, the object goes too.
        rows = item.payload.get(key.name, ())
        if rows and all(any(_lacks(picked, name) for name in _row_refers(key, row)) for row in rows):
            yield from missing[:1]
    elif isinstance(key, CaseContent) or (isinstance(key, Reference) and _is_bound(kind, key)):
        yield from missing


def _is_bound(kind: Kind, key: Key) -> bool:
    return key.required or key.name in HOMES.get(kind.label, ())


def _row_refers(key: Children, row: Payload) -> list[Address]:
    return key.refers([row])


def _lacks(picked: Picked, name: Address) -> bool:
    return bool(name[1]) and name not in picked.items


def _trim(kind: Kind, picked: Picked) -> None:
    """Leave out mentions of what is not in the pack."""
    for item in picked.of(kind.label):
        for key in kind.keys:
            value = item.payload.get(key.name)
            if not value or not any(_lacks(picked, name) for name in key.refers(value)):
                continue
            if isinstance(key, References):
                item.payload[key.name] = [each for each in value if (key.target, each) in picked.items]
            elif isinstance(key, Children):
                rows = [row for row in value if not any(_lacks(picked, n) for n in _row_refers(key, row))]
                item.payload[key.name] = rows
            if not isinstance(key, Children | References) or not item.payload[key.name]:
                del item.payload[key.name]


def _drop_rows_apart(picked: Picked) -> None:
    """Leave out rows and objectives that a file cannot hold: it writes each row with its own objective."""
    written = set()
    for row in picked.of("row"):
        objective = picked.items["objective", row.payload["objective"]]
        if objective.payload.get("comparison") == row.payload["comparison"]:
            written.add(objective.address)
        else:
            picked.leave(row, _("Its objective belongs to something else than its comparison."))
    for objective in picked.of("objective"):
        if objective.payload.get("comparison") and objective.address not in written:
            picked.leave(objective, _("It belongs to a comparison, but no row there is about it."))
