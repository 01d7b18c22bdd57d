"""Carrying out a plan: the only part of the loader that writes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from concepts.coursepack.children import Children
from concepts.coursepack.keys import Address, References
from concepts.coursepack.kinds import Kind
from concepts.coursepack.payload import digest
from concepts.coursepack.plan import Change, Plan, Stored


@dataclass
class Loading:
    """What is known while a plan is carried out: objects by their addresses, who does it, and from where."""

    known: dict[Address, Any]
    by: Any = None
    reason: str = ""


def carry_out(plan: Plan, stored: Stored, kinds: Iterable[Kind], *, by: Any = None, reason: str = "") -> None:
    """Write what is new or changed, kind by kind. The caller opens the transaction."""
    known = {address: row.obj for address, row in stored.items()}
    loading = Loading(known, by, (reason or _("Loaded from the course files"))[:100])
    for kind in kinds:
        added = [change for change in plan.added if change.entry.kind is kind]
        changed = [change for change in plan.changed if change.entry.kind is kind]
        _add(kind, added, loading)
        for change in changed:
            _update(change, loading)
    for change in plan.agreed:
        _remember(change.obj, change)


def _add(kind: Kind, changes: Sequence[Change], loading: Loading) -> None:
    """Save new objects. The histories of all are written at once, except where they hold relations too."""
    at_once = not any(isinstance(key, References) for key in kind.keys)
    known = loading.known
    for change in changes:
        obj = known[change.entry.address] = kind.model()
        change.entry.state.give(obj)
        _fill(obj, change, loading)
        with _without_history(obj) if at_once else nullcontext():
            kind.save(obj)
    if changes and at_once:
        kind.model.history.bulk_history_create([known[change.entry.address] for change in changes])
    # Relations last: a concept may be read after one that comes later.
    for change in changes:
        _relate(known[change.entry.address], change, change.entry.payload, known)


def _update(change: Change, loading: Loading) -> None:
    obj, kind = change.obj, change.entry.kind
    _fill(obj, change, loading)
    with _without_history(obj):
        _relate(obj, change, change.keys, loading.known)
    own = [key for key in change.keys if not isinstance(kind.key(key.partition(".")[0]), Children)]
    if own:
        kind.save(obj)
    else:
        _remember(obj, change)


def _fill(obj: Any, change: Change, loading: Loading) -> None:
    obj._change_reason = loading.reason
    if loading.by is not None:
        obj._history_user = loading.by
    obj.loaded_digest = digest(change.entry.payload)
    for key in change.entry.kind.keys:
        key.write(obj, change.entry.payload.get(key.name, key.default), loading.known)


def _relate(obj: Any, change: Change, keys: Collection[str], known: dict[Address, Any]) -> None:
    for key in change.entry.kind.keys:
        if key.name in keys and isinstance(key, Children | References):
            key.relate(obj, change.entry.payload.get(key.name, key.default), known)


def _remember(obj: Any, change: Change) -> None:
    """Keep the digest alone: the row itself is as it should be, so its history says nothing."""
    type(obj)._default_manager.filter(pk=obj.pk).update(loaded_digest=digest(change.entry.payload))


@contextmanager
def _without_history(obj: Any) -> Iterator[None]:
    """Relations of an object that is saved right after belong into the row of history which that makes."""
    obj.skip_history_when_saving = True
    try:
        yield
    finally:
        del obj.skip_history_when_saving
