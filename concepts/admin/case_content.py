"""The form for the content of a case: its single fields and its lists, and every problem at its place.

Two kinds of trouble are kept apart. What cannot be read (a figure with letters, YAML that is none) refuses
the save. What is missing or does not work yet is said at its field and refuses only publishing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from concepts.admin.case_document import TABLES, pack, unpack
from concepts.admin.case_rows import CaseFields, ChanceRow, ExhibitRow, RowForm, Rows, StageRow, VariableRow
from concepts.admin.case_sections import BLOCKS, SECTIONS, Section
from concepts.admin.case_yaml import YamlField, at_line, line_of
from concepts.cases.document import ROLES
from concepts.cases.problems import Problem, Steps

PREFIX = "c"
MOST_ROWS = 60
ROW_FORMS: Mapping[str, type[RowForm]] = {
    "variables": VariableRow,
    "chances": ChanceRow,
    "exhibits": ExhibitRow,
    "stages": StageRow,
}


class Place(NamedTuple):
    """Where in the form a problem belongs: a single field, or a field in a row of a list (or the list)."""

    field: str
    table: str = ""
    row: int | None = None


class Said(str):
    """A message at a field, with the line of its text that it is about; 0 for none."""

    line = 0

    @classmethod
    def of(cls, message: str, line: int = 0) -> "Said":
        said = cls(message)
        said.line = line
        return said


@dataclass(frozen=True)
class Control:
    """A field as the template draws it, with what is wrong with its value."""

    bound: forms.BoundField
    problems: list[Said] = field(default_factory=list)

    @property
    def html(self) -> str:
        if not self.problems:
            return str(self.bound)
        described = filter(None, [self.bound.aria_describedby, f"{self.bound.auto_id}_problems"])
        return str(
            self.bound.as_widget(attrs={"aria-describedby": " ".join(described), "aria-invalid": "true"})
        )


@dataclass(frozen=True)
class ShownRow:
    """A row of a list with what it is called."""

    number: int | None
    name: str
    controls: list[Control]

    @property
    def is_open(self) -> bool:
        """Whether it is shown in full at once: where something is to be mended or nothing is there yet."""
        return not self.name or any(control.problems for control in self.controls)


@dataclass(frozen=True)
class ShownSection:
    """A section with its controls, or with the rows of its list."""

    section: Section
    controls: list[Control]
    formset: Any = None
    rows: list[ShownRow] = field(default_factory=list)
    blank: ShownRow | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def are_blocks(self) -> bool:
        return self.section.table in BLOCKS


class Noted(NamedTuple):
    """A problem in the list at the head of the form: the id of its field, what that is called, the words."""

    target: str
    place: str
    message: str
    line: int = 0


class CaseContentForm:
    """The content of a case in fields, beside the model's own form."""

    def __init__(self, content: Mapping[str, Any], data: Any = None) -> None:
        self.original = content
        single, rows = unpack(content)
        self.single = CaseFields(data, initial=single, prefix=PREFIX)
        self.formsets = {name: _formset(name, data, rows[name]) for name in TABLES}
        self._notes: dict[Place, list[Said]] = {}
        self.unplaced: list[str] = []

    # What the admin does with it

    def is_valid(self) -> bool:
        """Whether everything posted can be read."""
        return all([self.single.is_valid(), *(formset.is_valid() for formset in self.formsets.values())])

    def content(self) -> dict[str, Any]:
        """The document of what was posted; the very same as before where nothing differs."""
        rows = {name: [values for _n, values in formset.kept] for name, formset in self.formsets.items()}
        packed = pack(self.single.cleaned_data, rows)
        return dict(self.original) if packed == pack(*unpack(self.original)) else packed

    def note(self, problems: Sequence[Problem]) -> None:
        """Put what the check finds at its fields; what has no field is kept for the head of the form."""
        for problem in problems:
            place = self.locate(problem.steps)
            if place is None:
                self.unplaced.append(str(problem))
            else:
                self._notes.setdefault(place, []).append(self._worded(problem, place))

    @cached_property
    def noted(self) -> list[Noted]:
        """Everything to mend, in the order of the form, with links to the places."""
        found = [Noted("", "", message) for message in self.unplaced]
        for shown in self.shown():
            found += [Noted(f"h-{shown.section.key}", str(shown.section.title), m) for m in shown.problems]
            found += [each for control in shown.controls for each in _noted(control, shown.section.title)]
            for row in shown.rows:
                name = f"{shown.section.one} {(row.number or 0) + 1}" + (f", {row.name}" if row.name else "")
                found += [each for control in row.controls for each in _noted(control, name)]
        return found

    @property
    def media(self) -> forms.Media:
        return sum((formset.media for formset in self.formsets.values()), self.single.media)

    def shown(self) -> list[ShownSection]:
        """The form for the template."""
        return [self._shown(section) for section in SECTIONS]

    def target(self, path: str) -> str:
        """The id of the field to which a way through the document leads; empty if there is none."""
        place = self.locate(Problem(path, "").steps)
        if place is None:
            return ""
        if place.row is None:
            return f"h-{place.table}" if place.table else str(self.single[place.field].id_for_label)
        bound = self.formsets[place.table].forms[place.row][place.field]
        return str(bound.id_for_label)

    # Where things are

    def locate(self, steps: Steps) -> Place | None:
        """The field behind a way through the document."""
        head, *rest = steps or ("",)
        if head in TABLES:
            return self._in_table(str(head), rest)
        if head == "roles":
            return self._in_role(rest)
        if head in ("start", "views"):
            role = rest[0] if rest and rest[0] in ROLES else ROLES[0]
            return Place(f"{'start' if head == 'start' else 'view'}_{role}")
        return Place(str(head)) if head in self.single.fields else None

    def _in_role(self, rest: Sequence[str | int]) -> Place:
        names = [key for key in ROLES if self._said(f"{key}_name") or self._said(f"{key}_brief")]
        at = rest[0] if rest and isinstance(rest[0], int) else 0
        role = names[at] if at < len(names) else ROLES[0]
        return Place(f"{role}_brief" if rest[1:] == ["brief"] else f"{role}_name")

    def _said(self, name: str) -> str:
        return str(self.single[name].value() or "").strip()

    def _in_table(self, table: str, rest: Sequence[str | int]) -> Place:
        numbers = self.formsets[table].numbers
        if not rest or not isinstance(rest[0], int) or rest[0] >= len(numbers):
            return Place("", table)
        names = ROW_FORMS[table].base_fields
        name = str(rest[1]) if len(rest) > 1 else next(iter(names))
        if name == "texts":
            name = f"text_{rest[2]}" if len(rest) > 2 else "text"
        if name not in names:
            name = next((each for each, one in names.items() if isinstance(one, YamlField)), "")
            name = name or next(iter(names))
        return Place(name, table, numbers[rest[0]])

    def _worded(self, problem: Problem, place: Place) -> Said:
        """The message, with its line where the field is a text of many."""
        if place.row is None or not place.field:
            return Said(problem.message)
        form = self.formsets[place.table].forms[place.row]
        if not isinstance(form.fields[place.field], YamlField):
            return Said(problem.message)
        line = line_of(str(form[place.field].value() or ""), problem.steps[2:])
        return Said.of(at_line(line, problem.message) if line else problem.message, line)

    # How it is drawn

    def _shown(self, section: Section) -> ShownSection:
        controls = [self._control(self.single, name) for name in section.fields]
        if not section.table:
            return ShownSection(section, controls)
        formset = self.formsets[section.table]
        rows = [self._row(form, section.table, i) for i, form in enumerate(formset.forms)]
        blank = [Control(formset.blank[name]) for name in formset.blank.fields]
        problems = [*self._notes.get(Place("", section.table), []), *map(str, formset.non_form_errors())]
        return ShownSection(section, controls, formset, rows, ShownRow(None, "", blank), problems)

    def _row(self, form: Any, table: str, i: int) -> ShownRow:
        name = "title" if "title" in form.fields else "label"
        controls = [self._control(form, each, table, i) for each in form.fields]
        return ShownRow(i, str(form[name].value() or ""), controls)

    def _control(self, form: forms.BaseForm, name: str, table: str = "", row: int | None = None) -> Control:
        return Control(form[name], [*_errors(form, name), *self._notes.get(Place(name, table, row), [])])


def _formset(name: str, data: Any, rows: list[dict[str, Any]]) -> Rows:
    """A list with its rows and a blank one or two, for those who have no JavaScript to add them."""
    most = max(MOST_ROWS, len(rows) + 10)  # what is stored is shown, however much it is
    made: Any = forms.formset_factory(
        ROW_FORMS[name],
        formset=Rows,
        extra=1 if name in BLOCKS else 2,
        can_delete=True,
        can_order=name in BLOCKS,
        max_num=most,
        absolute_max=most,
    )
    formset: Rows = made(data, initial=rows, prefix=f"{PREFIX}-{name}")
    return formset


def _errors(form: forms.BaseForm, name: str) -> list[Said]:
    """What could not be read in a field."""
    errors = form.errors.as_data().get(name, [])
    return [
        Said.of(str(words), (error.params or {}).get("line", 0))
        for error in errors
        for words in error.messages
    ]


def _noted(control: Control, place: Any) -> list[Noted]:
    label = str(control.bound.label)
    where = _("%(place)s, %(label)s") % {"place": place, "label": label}
    target = str(control.bound.id_for_label)
    return [Noted(target, where, str(said), said.line) for said in control.problems]
