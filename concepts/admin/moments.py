"""The history of an object and of the parts that belong to it, as moments: who changed what, and when.

simple-history keeps a record for every row that was saved. One press of "Save" writes several (the object,
its sources, its inputs), so records by one person within a second of each other are one moment here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models
from django.utils.text import capfirst

from concepts.admin.differences import Piece, differences
from concepts.admin.values import value_lines

TOGETHER = timedelta(seconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DELETED = "-"
Key = tuple[str, Any]  # (model, primary key)
State = dict[Key, Any]  # the record in force of the object and of each part
Lines = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """What became of one field."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Moment:
    """One change, with the state after it."""

    at: datetime
    by: Any
    reason: str
    is_first: bool
    state: State
    differences: list[Difference] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Names the moment in an address: microseconds since 1970."""
        return (self.at - EPOCH) // timedelta(microseconds=1)


class History:
    """Everything that happened to one object. `parts` are the names of its inlines' relations."""

    def __init__(self, model: type[models.Model], pk: Any, parts: Sequence[str] = ()) -> None:
        self.model = model
        self.pk = pk
        self.key: Key = (model._meta.label, _same_type(model, pk))
        self.parts: list[Any] = [model._meta.get_field(name) for name in parts]

    def moments(self) -> list[Moment]:
        """All moments, oldest first."""
        found: list[Moment] = []
        state: State = {}
        before: Lines = {}
        for records in _together(self._records()):
            state = dict(state)
            for record in records:
                state[_key(record)] = record
            state = {key: record for key, record in state.items() if record.history_type != DELETED}
            after = self.lines(state)
            last = records[-1]
            reasons = dict.fromkeys(r.history_change_reason for r in records if r.history_change_reason)
            found.append(
                Moment(
                    at=last.history_date,
                    by=last.history_user,
                    reason=" ".join(reasons),
                    is_first=not found,
                    state=state,
                    differences=compare(before, after) if found else [],
                )
            )
            before = after
        return found

    def moment(self, number: int) -> Moment | None:
        """The moment of this number."""
        return next((moment for moment in self.moments() if moment.number == number), None)

    def lines(self, state: State) -> Lines:
        """A state in words: the object's own fields, then those of each part under the part's name."""
        own = state.get(self.key)
        lines = value_lines(own) if own else {}
        parts = [record for key, record in state.items() if key != self.key]
        for record in sorted(parts, key=lambda record: (getattr(record, "position", 0), record.history_id)):
            name = capfirst(record.instance_type._meta.verbose_name)
            head = f"{name} “{record.instance}”"
            lines |= {f"{head}: {label}": text for label, text in value_lines(record).items() if text}
        return lines

    def _records(self) -> list[Any]:
        records = _fetch(self.model, {self.model._meta.pk.attname: self.pk})
        for relation in self.parts:
            records += _fetch(relation.related_model, {relation.field.attname: self.pk})
        return sorted(records, key=lambda record: (record.history_date, record.history_id))


def compare(before: Lines, after: Lines) -> list[Difference]:
    """What differs between two states in words."""
    labels = dict.fromkeys([*after, *before])
    found = [Difference(label, differences(before.get(label, ""), after.get(label, ""))) for label in labels]
    return [difference for difference in found if difference.pieces]


def _fetch(model: Any, where: dict[str, Any]) -> list[Any]:
    """The records of a model, with everything that their display needs, in a few queries."""
    names = [f.name for f in model.history.model.tracked_fields if isinstance(f, models.ForeignKey)]
    records = list(model.history.filter(**where).select_related("history_user", *names))
    for record in records:
        record.many_to_many = {}
    for field_ in model.history.model._history_m2m_fields:
        through = getattr(model.history.model, field_.name).model
        held: dict[Any, list[Any]] = {}
        for row in through.objects.filter(history__in=records).select_related(
            field_.m2m_reverse_field_name()
        ):
            held.setdefault(row.history_id, []).append(getattr(row, field_.m2m_reverse_field_name()))
        for record in records:
            record.many_to_many[field_.name] = held.get(record.history_id, [])
    return records


def _together(records: Sequence[Any]) -> Iterator[list[Any]]:
    group: list[Any] = []
    for record in records:
        if group and not _belongs(group[-1], record):
            yield group
            group = []
        group.append(record)
    if group:
        yield group


def _belongs(earlier: Any, later: Any) -> bool:
    return bool(
        earlier.history_user_id == later.history_user_id
        and later.history_date - earlier.history_date <= TOGETHER
    )


def _key(record: Any) -> Key:
    model = record.instance_type
    return (model._meta.label, getattr(record, model._meta.pk.attname))


def _same_type(model: type[models.Model], pk: Any) -> Any:
    return model._meta.pk.to_python(pk)
