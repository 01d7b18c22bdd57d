"""Rows that live and die with their object: the inputs of a measure, the parts of an assessment."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from concepts.coursepack.findings import Findings, Spot
from concepts.coursepack.keys import Address, Key, Known, payload_from, read_mapping
from concepts.coursepack.payload import Payload


@dataclass(frozen=True)
class Children(Key):
    """A list of mappings, each a row of another model; their order is that of the list.

    ``by`` is the key by which a row is recognised when the list changes; without it, its place is.
    """

    default: Any = ()
    model: Any = None
    keys: tuple[Key, ...] = ()
    by: str = ""

    def check(self, value: Any, spot: Spot, findings: Findings) -> Any:
        if not isinstance(value, list) or (self.required and not value):
            message = _("“%(name)s” is a list with a dash before each entry. Write it so.")
            findings.note(spot, message % {"name": self.name})
            return None
        read = [read_mapping(self.keys, entry, spot.at(i), findings) for i, entry in enumerate(value)]
        seen: dict[Any, int] = {}
        for i, payload in enumerate(read):
            name = (payload or {}).get(self.by)
            if name is not None and name in seen:
                message = _("“%(name)s” is here twice, first on line %(line)s. Rename one.")
                findings.note(
                    spot.at(i, self.by), message % {"name": name, "line": spot.at(seen[name], self.by).line}
                )
            seen.setdefault(name, i)
        return [payload for payload in read if payload is not None] or self.default

    def rows(self, obj: Any) -> list[models.Model]:
        """The rows of an object, in order."""
        return sorted(getattr(obj, self.name).all(), key=lambda row: (row.position, row.pk))

    def stored(self, obj: Any) -> Any:
        return [payload_from(self.keys, row) for row in self.rows(obj)] or self.default

    def relate(self, obj: Any, value: Any, known: Known) -> None:
        """Make the rows those of the list, touching none that is right already."""
        present = {self._name(payload_from(self.keys, row), i): row for i, row in enumerate(self.rows(obj))}
        for i, payload in enumerate(value):
            self._write_row(obj, present.pop(self._name(payload, i), None), payload, i + 1, known)
        for row in present.values():
            row._change_reason = obj._change_reason  # type: ignore[attr-defined]
            row.delete()

    def _name(self, payload: Payload, place: int) -> Any:
        return payload[self.by] if self.by else place

    def _write_row(self, obj: Any, row: Any, payload: Payload, position: int, known: Known) -> None:
        if row is None:
            row = self.model(**{getattr(type(obj), self.name).field.name: obj})
        elif payload_from(self.keys, row) == payload and row.position == position:
            return
        for key in self.keys:
            key.write(row, payload.get(key.name, key.default), known)
        row.position = position
        row._change_reason = obj._change_reason
        row.save()

    def refers(self, value: Any) -> list[Address]:
        return [
            address
            for payload in value
            for key in self.keys
            if key.name in payload
            for address in key.refers(payload[key.name])
        ]

    def related(self) -> list[str]:
        return [self.name, *(f"{self.name}__{name}" for key in self.keys for name in key.related())]
