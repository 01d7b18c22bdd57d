"""Objects as rows of a table: one row an object, one column a key of its course file.

What a cell means, and what is wrong with it, is what `concepts.coursepack` says of the same key in a file.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from import_export import resources
from import_export.fields import Field

from concepts.admin.exchange_formats import TableRefused, guarded, unguarded
from concepts.coursepack.checks import unknown
from concepts.coursepack.children import Children
from concepts.coursepack.findings import Findings, Spot, Text, nearest
from concepts.coursepack.keys import Address, Key, Plain, Reference, References, Words, one_line
from concepts.coursepack.kinds import COURSE_KINDS, Entry, Kind
from concepts.coursepack.payload import Payload

STATE = "status"
NOWHERE = Spot(Text(""))
_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Cells(Field):
    """A column that a resource fills."""

    def __init__(self, name: str) -> None:
        super().__init__(attribute=name, column_name=name)

    def export(self, instance: Any, **kwargs: Any) -> str:
        return guarded(self.resource.cell(instance, self.column_name))

    resource: "KindResource"


class ChangedCells:
    """What of a row an import changes: head, old and new text of each cell that differs."""

    def __init__(self, resource: Any, instance: Any, new: bool) -> None:
        self.before = {} if new else self._read(resource, instance)
        self.after: dict[str, str] = {}

    def compare_with(self, resource: Any, instance: Any) -> None:
        self.after = self._read(resource, instance)

    def as_html(self) -> list[tuple[str, str, str]]:
        """The texts themselves; the template marks them."""
        return [
            (head, self.before.get(head, ""), text)
            for head, text in self.after.items()
            if self.before.get(head, "") != text
        ]

    @staticmethod
    def _read(resource: Any, instance: Any) -> dict[str, str]:
        return {name: resource.cell(instance, name) for name in resource.columns() if name != STATE}


class KindResource(resources.ModelResource):
    """Rows for the objects of one kind. New ones are drafts; the column of the state is for reading only."""

    kind: ClassVar[Kind]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = {name: Cells(name) for name in self.columns()}
        for each in self.fields.values():
            each.resource = self
        self.known: dict[Address, Any] = {}
        self.before: Payload = {}
        self.payload: Payload = {}
        self.is_same = False

    @classmethod
    def columns(cls) -> list[str]:
        """The heads of the columns, in order."""
        return [*(name for key in cls.kind.keys for name in cls.columns_of(key)), STATE]

    @classmethod
    def columns_of(cls, key: Key) -> list[str]:
        """The columns that hold a key."""
        return [key.name]

    # Out

    def export(self, queryset: Any = None, **kwargs: Any) -> Any:
        queryset = self.get_queryset() if queryset is None else queryset
        return super().export(queryset=queryset.prefetch_related(*self.kind.related()), **kwargs)

    def cell(self, instance: Any, name: str) -> str:
        """The text of one cell."""
        if name == STATE:
            return str(instance.status)
        key = next(key for key in self.kind.keys if name in self.columns_of(key))
        return self.text_of(key, name, key.stored(instance))

    def text_of(self, key: Key, name: str, value: Any) -> str:
        """The value of a key as a cell holds it."""
        if isinstance(key, Children):
            return json.dumps(value, ensure_ascii=False) if value else ""
        if isinstance(value, list | tuple):
            return ", ".join(value)
        if isinstance(value, bool):
            return "true" if value else "false"
        return "" if value is None else str(value)

    # In

    def get_diff_class(self) -> Any:
        return ChangedCells

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        names = self.columns()
        for head in dataset.headers:
            if head not in names:
                advice = nearest(head, names) or _("Known columns: %(names)s.") % {"names": ", ".join(names)}
                message = _("The column “%(head)s” means nothing here.") % {"head": head}
                raise TableRefused(f"{message} {advice}")
        if len(set(dataset.headers)) < len(dataset.headers):
            raise TableRefused(_("Two columns have the same name. Rename one."))
        if self.kind.identity not in dataset.headers:
            message = _("There is no column “%(name)s”, which says what each row is about. Add it.")
            raise TableRefused(message % {"name": self.kind.identity})
        kinds = {kind.label: kind for kind in self.kinds()}
        for label in {target for key in self.kind.keys for target in _targets(key)}:
            for obj in kinds[label].model._default_manager.all():
                self.known[label, one_line(getattr(obj, kinds[label].identity))] = obj
        self.met: set[str] = set()

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that a row may refer to."""
        return COURSE_KINDS

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        for head in row:
            row[head] = unguarded(force_str(row[head])).strip()
        name = row[self.kind.identity]
        if not name:
            raise ValidationError(
                {self.kind.identity: _("“%(name)s” is missing. Add it.") % {"name": self.kind.identity}}
            )
        if name in self.met:
            message = _("“%(name)s” is in this table twice. Keep one row.")
            raise ValidationError({self.kind.identity: message % {"name": name}})
        self.met.add(name)

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        before = self.kind.payload_of(instance) if instance.pk else {}
        payload, problems = self._read(before, row)
        self.before, self.payload, self.is_same = before, payload, payload == before
        if not problems and not self.is_same:  # what was there before is not this table's to mend
            problems = dict(self._unfit(payload, instance))
        if problems:
            raise ValidationError(problems)
        for key in self.kind.keys:
            key.write(instance, payload.get(key.name, key.default), self.known)

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return not import_validation_errors and self.is_same

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """The history says who brought it in and from where."""
        name = kwargs.get("file_name") or _("a table")
        instance._change_reason = (_("Imported from %(source)s") % {"source": name})[:100]
        if kwargs.get("user") is not None:
            instance._history_user = kwargs["user"]

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        if not is_create:
            # Relations of an object that is saved right after belong into that row of its history.
            instance.skip_history_when_saving = True
            self._relate(instance)
            del instance.skip_history_when_saving
        instance.save()
        if is_create:
            self._relate(instance)

    def save_m2m(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Done with the object itself."""

    def _relate(self, instance: Any) -> None:
        for key in self.kind.keys:
            if isinstance(key, Children | References):
                key.relate(instance, self.payload.get(key.name, key.default), self.known)

    def _read(self, before: Payload, row: Mapping[str, str]) -> tuple[Payload, dict[str, list[str]]]:
        """The payload of a row, and what is wrong by column. A column that is not there changes nothing."""
        payload: Payload = {}
        problems: dict[str, list[str]] = {}
        for key in self.kind.keys:
            if key.name in before and not any(name in row for name in self.columns_of(key)):
                payload[key.name] = before[key.name]
                continue
            findings = Findings()
            value = self._checked(key, row, before.get(key.name), findings)
            if findings:
                problems[self.columns_of(key)[-1]] = [finding.message for finding in findings]
            elif value is not None and (key.required or value != key.default):
                payload[key.name] = value
        return payload, problems

    def _checked(self, key: Key, row: Mapping[str, str], before: Any, findings: Findings) -> Any:
        try:
            value = self.value_of(key, row, before)
        except (ValueError, RecursionError):
            message = _("This is no JSON. Copy the form of another row, or leave the cell empty.")
            findings.note(NOWHERE, message)
            return None
        if value is None:
            if key.required:
                findings.note(NOWHERE, _("“%(name)s” is missing. Add it.") % {"name": key.name})
            return None
        checked = key.check(value, NOWHERE, findings)
        for address in key.refers(checked) if checked and not findings else ():
            if address not in self.known:
                names = [name for label, name in self.known if label == address[0]]
                findings.note(NOWHERE, unknown(address, names))
        return checked

    def value_of(self, key: Key, row: Mapping[str, str], before: Any) -> Any:
        """The value that a file would have where the row has this text; None for an empty cell."""
        text = row.get(key.name, "")
        if not text:
            return None
        if isinstance(key, Children):
            return json.loads(text)
        if isinstance(key, Words):
            return [word.strip() for word in text.split(",") if word.strip()]
        if isinstance(key, References):
            return [name for name in re.split(r"[,;\s]+", text) if name]
        return _figure(key, text) if isinstance(key, Plain) else text

    def _unfit(self, payload: Payload, instance: Any) -> Iterator[tuple[str, list[str]]]:
        """What is wrong with a row as a whole."""
        for group in self.kind.unique:
            column = group[-1]
            others = self.kind.model._default_manager.filter(**{name: payload[name] for name in group})
            holder = others.exclude(pk=instance.pk).first()
            if holder is not None:
                said = {"value": payload[column], "other": getattr(holder, self.kind.identity)}
                yield column, [_("“%(value)s” is taken by “%(other)s”. Choose another.") % said]
        findings = Findings()
        self.look(Entry(self.kind, payload[self.kind.identity], payload, NOWHERE), findings)
        if findings:
            yield self.blamed(), [finding.message for finding in findings]

    def look(self, entry: Entry, findings: Findings) -> None:
        """Whatever must hold between the cells of a row."""

    def blamed(self) -> str:
        """The column under which what `look` found is shown."""
        return self.kind.identity


def _targets(key: Key) -> Iterator[str]:
    if isinstance(key, Reference):
        yield key.target
    elif isinstance(key, Children):
        for each in key.keys:
            yield from _targets(each)


def _figure(key: Plain, text: str) -> Any:
    """A figure, yes or no, where the field is one; what cannot be read stays a text and is then refused."""
    if isinstance(key.field, models.BooleanField):
        return _TRUTH.get(text.casefold(), text)
    if isinstance(key.field, models.IntegerField | models.FloatField):
        try:
            return int(text) if text.lstrip("-").isdecimal() else float(text)
        except ValueError:
            return text
    return text
