"""A form as one sheet of cells: what is stored, or what somebody typed, cell by cell, to be compared.

Both are held as what a browser would post, because that is all that is known of what is not valid yet. A row
of an inline is known by its key rather than by its number, which changes when other rows come and go.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.utils.text import capfirst
from django.utils.translation import gettext as _

Typed = dict[str, list[str]]
MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


@dataclass(frozen=True)
class Cell:
    """One control, or a whole table of rows without keys."""

    label: str
    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    field: Any = None

    @property
    def digest(self) -> str:
        """Equal for equal values."""
        return hashlib.sha256(repr(self.values).encode()).hexdigest()[:12]

    @property
    def is_blank(self) -> bool:
        """Whether it says no more than a row that nobody has touched."""
        given = {value for values in self.values for value in values}
        return not given or given == {str(getattr(self.field, "initial", None))}

    @property
    def words(self) -> str:
        """The value as an editor reads it."""
        given = [value for values in self.values for value in values]
        if isinstance(self.field, forms.BooleanField):
            return _("Yes") if given else _("No")
        if isinstance(self.field, forms.ModelChoiceField):
            return ", ".join(_named(self.field, given))
        if isinstance(self.field, forms.ChoiceField):
            choices: Any = self.field.choices
            known = {str(key): str(label) for key, label in choices}
            return ", ".join(known.get(value, value) for value in given)
        return ("\n" if self.field is None else " ").join(given)


@dataclass(frozen=True)
class Paper:
    """The parts of a form: the form itself and more like it, inlines, and tables whose rows have no key."""

    forms: Sequence[Any]
    inlines: Sequence[Any] = ()
    tables: Sequence[Any] = field(default_factory=tuple)

    def stored(self) -> Typed:
        """What a browser would post if nothing were changed; of a paper to which nothing typed is bound."""
        data: Typed = {}
        for form in self.forms:
            for bound in form:
                data |= _posted(bound)
        for formset in (*self.inlines, *self.tables):
            for bound in (*formset.management_form, *(bound for form in formset.forms for bound in form)):
                data |= _posted(bound)
        return data

    def sheet(self, data: Mapping[str, Sequence[str]]) -> dict[str, Cell]:
        """What was posted, cell by cell."""
        cells: dict[str, Cell] = {}
        for form in self.forms:
            for bound in form:
                names = _names(bound.html_name, bound.field)
                cells[bound.html_name] = Cell(capfirst(bound.label), names, _values(data, names), bound.field)
        for formset in self.inlines:
            cells |= _row_cells(formset, data)
        for formset in self.tables:
            cells[f"{formset.prefix}-*"] = _table_cell(formset, data)
        return cells

    def rebased(self, data: Mapping[str, Sequence[str]], base: Mapping[str, str]) -> Typed:
        """What was typed, over the rows that are there today.

        A row that was added since comes in as it is stored. One that was deleted since goes, unless it was
        changed here: then it is a new row.
        """
        found: Typed = {name: list(values) for name, values in data.items()}
        for formset in self.inlines:
            prefix = formset.prefix
            rows = list(rows_of(data, prefix, key_of(formset)))
            typed = {pk: row for pk, row in rows if pk}
            there = {str(form.instance.pk): _stored_row(form) for form in formset.initial_forms}
            merged = [typed.get(pk, row) for pk, row in there.items()]
            cells = _row_cells(formset, data)
            for pk, row in rows:
                if not pk or (pk not in there and _is_touched(cells, base, f"{prefix}#{pk}-")):
                    merged.append({**row, key_of(formset): [""]})
            found = {name: values for name, values in found.items() if not name.startswith(f"{prefix}-")}
            found |= _written(prefix, merged, len(there))
        return found


def key_of(formset: Any) -> str:
    """The name of the hidden field with the key of a row."""
    return str(formset._pk_field.name if hasattr(formset, "_pk_field") else formset.model._meta.pk.name)


def rows_of(data: Mapping[str, Sequence[str]], prefix: str, key: str) -> Iterator[tuple[str, Typed]]:
    """The rows of an inline with their keys; a new row has none."""
    total = "".join(data.get(f"{prefix}-TOTAL_FORMS") or ["0"])
    for i in range(min(int(total), 1000) if total.isdecimal() else 0):
        start = f"{prefix}-{i}-"
        row = {name[len(start) :]: list(values) for name, values in data.items() if name.startswith(start)}
        yield "".join(row.get(key, [])), row


def digests(sheet: Mapping[str, Cell]) -> dict[str, str]:
    """What is remembered of a sheet, to see later which cells changed. New rows have nothing to go by."""
    return {key: cell.digest for key, cell in sheet.items() if "#+" not in key}


def blank_rows(sheet: Mapping[str, Cell]) -> set[str]:
    """The cells of new rows in which nothing was typed."""
    filled = {key.rpartition("-")[0] for key, cell in sheet.items() if "#+" in key and not cell.is_blank}
    return {key for key in sheet if "#+" in key and key.rpartition("-")[0] not in filled}


def taken(
    data: Typed, mine: Mapping[str, Cell], theirs: Mapping[str, Cell], source: Typed, key: str
) -> Typed:
    """What was typed, with one cell as somebody else saved it."""
    if key not in mine or key not in theirs:
        return data
    kept = {name: values for name, values in data.items() if name not in mine[key].names}
    if key.endswith("-*"):
        return kept | {name: source[name] for name in theirs[key].names if name in source}
    pairs = zip(mine[key].names, theirs[key].names, strict=True)
    return kept | {name: source[their_name] for name, their_name in pairs if their_name in source}


def _row_cells(formset: Any, data: Mapping[str, Sequence[str]]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    hidden = {key_of(formset), formset.fk.name}
    fields = {name: each for name, each in formset.empty_form.fields.items() if name not in hidden}
    known = {str(form.instance.pk): form.instance for form in formset.initial_forms}
    kind = capfirst(formset.model._meta.verbose_name)
    for i, (pk, _row) in enumerate(rows_of(data, formset.prefix, key_of(formset))):
        head = f"{kind} “{known[pk]}”" if pk in known else kind
        for name, each in fields.items():
            names = _names(f"{formset.prefix}-{i}-{name}", each)
            label = _("Delete") if name == "DELETE" else capfirst(each.label or name)
            key = f"{formset.prefix}#{pk or f'+{i}'}-{name}"
            cells[key] = Cell(f"{head}: {label}", names, _values(data, names), each)
    return cells


def _table_cell(formset: Any, data: Mapping[str, Sequence[str]]) -> Cell:
    names = tuple(sorted(name for name in data if name.startswith(f"{formset.prefix}-")))
    lines = []
    for _pk, row in rows_of(data, formset.prefix, ""):
        said = [normal(value) for name in sorted(row) for value in row[name]]
        if "DELETE" not in row and any(said):
            lines.append(" · ".join(filter(None, said)))
    label = capfirst(formset.prefix.rpartition("-")[2].replace("_", " "))
    return Cell(label, names, (tuple(lines),))


def _is_touched(cells: Mapping[str, Cell], base: Mapping[str, str], start: str) -> bool:
    return any(base.get(key) != cell.digest for key, cell in cells.items() if key.startswith(start))


def _stored_row(form: Any) -> Typed:
    start = f"{form.prefix}-"
    return {name[len(start) :]: values for bound in form for name, values in _posted(bound).items()}


def _written(prefix: str, rows: Sequence[Typed], initial: int) -> Typed:
    counts = dict(zip(MANAGEMENT, (len(rows), initial, 0, 1000), strict=True))
    data: Typed = {f"{prefix}-{name}": [str(count)] for name, count in counts.items()}
    for i, row in enumerate(rows):
        data |= {f"{prefix}-{i}-{name}": values for name, values in row.items()}
    return data


def normal(text: str) -> str:
    """A text without what a form does not show: kinds of line ends, white space at its ends."""
    return text.replace("\r\n", "\n").strip()


def _values(data: Mapping[str, Sequence[str]], names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(filter(None, map(normal, data.get(name, ()))))) for name in names)


def _widget(of: Any) -> Any:
    return of.widget.widget if isinstance(of.widget, RelatedFieldWidgetWrapper) else of.widget


def _names(name: str, of: Any) -> tuple[str, ...]:
    widget: Any = _widget(of)
    if isinstance(widget, forms.MultiWidget):
        ends: Sequence[str] = widget.widgets_names  # type: ignore[attr-defined]
        return tuple(name + end for end in ends)
    return (name,)


def _posted(bound: Any) -> Typed:
    """What a browser posts for a control as it stands."""
    widget: Any = _widget(bound.field)
    name, value = bound.html_name, bound.value()
    if isinstance(widget, forms.MultiWidget):
        given: Any = widget.decompress(value)
        parts = zip(_names(name, bound.field), widget.widgets, given, strict=True)
        return {part: [str(each.format_value(one) or "")] for part, each, one in parts}
    if isinstance(widget, forms.CheckboxInput):
        return {name: ["on"]} if widget.check_test(value) else {}
    formatted = widget.format_value(value)
    if isinstance(formatted, list | tuple):
        return {name: [str(one) for one in formatted]}
    return {name: ["" if formatted is None else str(formatted)]}


def _named(of: Any, keys: Sequence[str]) -> list[str]:
    return [
        str(row)
        for row in of.queryset.filter(pk__in=[key for key in keys if key.isdecimal() and len(key) < 19])
    ]
