"""Comparing the files with the database: what is new, what a file changed, and what an editor changed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from concepts.coursepack.findings import Findings
from concepts.coursepack.keys import Address
from concepts.coursepack.kinds import Entry, Kind
from concepts.coursepack.payload import Payload, differing, digest


@dataclass
class Row:
    """An object in the database, with what a file would say of it."""

    obj: Any
    payload: Payload


Stored = dict[Address, Row]


@dataclass(frozen=True)
class Change:
    """An entry to be written: a new object, or one whose file has changed in these keys."""

    entry: Entry
    obj: Any = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """An entry that is left alone, because an editor's change would be lost."""

    entry: Entry
    reason: str


@dataclass
class Plan:
    """What loading would do. ``agreed`` are objects that an editor has brought to what their file says."""

    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    left: list[Entry] = field(default_factory=list)
    agreed: list[Change] = field(default_factory=list)
    differing: list[Conflict] = field(default_factory=list)
    gone: list[Address] = field(default_factory=list)


@dataclass(frozen=True)
class Overwrite:
    """Which objects the files win over editors: all, or those that are named."""

    names: frozenset[str] = frozenset()
    everything: bool = False

    def covers(self, entry: Entry) -> bool:
        return self.everything or entry.name in self.names or str(entry) in self.names

    def unknown(self, entries: Iterable[Entry]) -> list[str]:
        """Names that no entry has."""
        known = {name for entry in entries for name in (entry.name, str(entry))}
        return sorted(self.names - known)


def stored_rows(kinds: Iterable[Kind]) -> Stored:
    """Everything in the database, in a handful of queries."""
    rows: Stored = {}
    read: dict[Any, dict[Any, Any]] = {}
    for kind in kinds:
        found = list(kind.rows())
        _hand_over(found, kind.model, read)
        prefetch_related_objects(found, *kind.related())
        read[kind.model] = {obj.pk: obj for obj in found}
        for obj in found:
            payload = kind.payload_of(obj)
            rows[kind.label, payload[kind.identity]] = Row(obj, payload)
    return rows


def _hand_over(found: Sequence[Any], model: Any, read: Mapping[Any, Mapping[Any, Any]]) -> None:
    """Give objects those that they point at, of kinds that were read before: nobody asks for them again."""
    for field_ in model._meta.concrete_fields:
        known = read.get(field_.related_model, {})
        for obj in found if known else ():
            key = getattr(obj, field_.attname)
            if key is None or key in known:
                field_.set_cached_value(obj, known.get(key))


def make_plan(entries: Sequence[Entry], stored: Stored, kinds: Iterable[Kind], overwrite: Overwrite) -> Plan:
    """Sort every entry by what is to be done with it. Writes nothing."""
    plan = Plan()
    deleted = _deleted(entries, stored, kinds)
    present = set(stored)
    for entry in entries:
        row = stored.get(entry.address)
        if row:
            _compare(entry, row, plan, overwrite)
        else:
            _place_new(entry, plan, overwrite, deleted, present)
    _hold_back(plan, present)
    names = {entry.address for entry in entries}
    plan.gone = [address for address, row in stored.items() if address not in names and row.obj.loaded_digest]
    return plan


def _compare(entry: Entry, row: Row, plan: Plan, overwrite: Overwrite) -> None:
    keys = tuple(differing(row.payload, entry.payload))
    change = Change(entry, row.obj, keys)
    if not keys:
        plan.left.append(entry)
        if row.obj.loaded_digest != digest(entry.payload):
            plan.agreed.append(change)
    elif digest(row.payload) == row.obj.loaded_digest or overwrite.covers(entry):
        plan.changed.append(change)
    else:
        plan.differing.append(Conflict(entry, ", ".join(keys)))


def _place_new(
    entry: Entry, plan: Plan, overwrite: Overwrite, deleted: Collection[Address], present: set[Address]
) -> None:
    if entry.address in deleted and not overwrite.covers(entry):
        plan.differing.append(Conflict(entry, _("deleted in the admin")))
    else:
        plan.added.append(Change(entry))
        present.add(entry.address)


def _hold_back(plan: Plan, present: set[Address]) -> None:
    """Leave out what refers to something that an editor deleted, and what refers to that in turn."""
    lists = (plan.added, plan.changed)
    held = True
    while held:
        held = False
        for changes in lists:
            for change in list(changes):
                missing = [address for _key, address in change.entry.references() if address not in present]
                if missing:
                    held = True
                    changes.remove(change)
                    reason = _("needs %(name)s, which was deleted in the admin") % {
                        "name": ":".join(missing[0])
                    }
                    plan.differing.append(Conflict(change.entry, reason))
                    if change.obj is None:
                        present.discard(change.entry.address)


def _deleted(entries: Iterable[Entry], stored: Stored, kinds: Iterable[Kind]) -> set[Address]:
    """Entries that were in the database once and that somebody took out of it."""
    missing = {entry.kind.label for entry in entries if entry.address not in stored}
    found: set[Address] = set()
    for kind in kinds:
        if kind.label in missing:
            column = kind.key(kind.identity).column()
            rows = kind.model.history.filter(history_type="-").exclude(loaded_digest="")
            found |= {(kind.label, name) for name in rows.values_list(column, flat=True)}
    return found


def note_clashes(plan: Plan, stored: Stored, findings: Findings) -> None:
    """Report entries that could not be stored beside what editors made, such as two terms of one name."""
    replaced = {change.entry.address for change in plan.changed}
    taken: dict[tuple[Any, ...], Address] = {}
    kinds = {change.entry.kind.label: change.entry.kind for change in [*plan.added, *plan.changed]}
    for address, row in stored.items():
        kind = kinds.get(address[0])
        if kind and address not in replaced:
            for group in kind.unique:
                taken[address[0], group, *(row.payload.get(key) for key in group)] = address
    for change in [*plan.added, *plan.changed]:
        entry = change.entry
        for group in entry.kind.unique:
            other = taken.get((entry.kind.label, group, *(entry.payload.get(key) for key in group)))
            if other:
                message = _("“%(value)s” is taken by %(other)s in the database. Rename one of the two.")
                said = {"value": entry.payload[group[-1]], "other": ":".join(other)}
                findings.note(entry.spot.at(group[-1]), message % said)
