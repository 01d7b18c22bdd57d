"""The editor's form for the content of a question: what every type shares.

A type's form names its single fields and its tables, and says how both become the JSON of a question and how
that JSON fills them. Everything else is here: reading what was posted, placing a type's problems at the very
field, and handing the template what to draw.

Two kinds of trouble are kept apart. What cannot be read (a figure with letters) refuses the save. What is
missing or does not work yet (a choice without feedback) is noted at its field and refuses only publishing, so
that a draft can be put down half done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.content.fields import MisconceptionField, RowForm, Rows, misconception_choices
from assessments.forms.content.tags import TagsFields, pack_tags, unpack_tags
from assessments.forms.content.tries import HINTS, TriesFields, field_of, pack_tries, unpack_tries
from assessments.questions import BY_HAND
from assessments.questions.base import Content, Problem
from concepts.admin.widgets import MarkdownTextarea

PREFIX = "q"
MOST_ROWS = 40


class Place(NamedTuple):
    """Where in the form a problem belongs: a single field, or a field in a row of a table (or the table)."""

    field: str
    table: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Section:
    """A part of the form under a heading of its own: some fields, or a table."""

    title: Any
    description: Any = ""
    fields: tuple[str, ...] = ()
    table: str = ""
    add: Any = ""


@dataclass(frozen=True)
class Control:
    """A field as the template draws it, with what is wrong with its value and what could be better."""

    bound: forms.BoundField
    problems: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)

    @property
    def html(self) -> str:
        if not self.problems and not self.advice:
            return str(self.bound)
        described = [self.bound.aria_describedby]
        described += [f"{self.bound.auto_id}_problems"] if self.problems else []
        described += [f"{self.bound.auto_id}_advice"] if self.advice else []
        attributes: dict[str, str | bool] = {"aria-describedby": " ".join(filter(None, described))}
        if self.problems:
            attributes["aria-invalid"] = "true"
        return str(self.bound.as_widget(attrs=attributes))


@dataclass(frozen=True)
class ShownSection:
    """A section with its controls, or with the rows of its table."""

    section: Section
    controls: list[Control]
    rows: list[list[Control]]
    formset: Any
    blank: list[Control]
    problems: list[str]
    advice: list[str] = field(default_factory=list)


PRACTICE = Section(
    _("In practice"),
    _(
        "Each hint gives another try: who misses reads it and may answer again. A hint points the way and "
        "gives no figure away. Tests, reviews and quick checks keep to one try and show no hint."
    ),
    (*HINTS, "penalty"),
)
TAGS = Section(_("For editors"), fields=("tags",))


class QuestionFields(TriesFields, TagsFields):
    """What every question has."""

    stem = forms.CharField(
        label=_("Question"),
        required=False,
        widget=MarkdownTextarea(rows=5),
        help_text=_("Markdown. One task, no negative question."),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        widget=MarkdownTextarea(rows=4),
        help_text=_("Read after marking: why the right answer is right."),
    )


class ContentForm:
    """Base of the forms of the question types. `intro` is read where an editor chooses the type."""

    key: ClassVar[str]
    intro: ClassVar[Any]
    fields_class: ClassVar[type[forms.Form]] = QuestionFields
    tables: ClassVar[Mapping[str, type[RowForm]]] = {}
    blank_rows: ClassVar[int] = 2
    sections: ClassVar[Sequence[Section]]

    def __init__(self, content: Content, data: Any = None) -> None:
        self.original = content
        single, rows = self.unpack(content)
        named = [row.get("misconception") for table in rows.values() for row in table]
        choices = misconception_choices([single.get("misconception"), *named])
        single |= unpack_tries(content) | unpack_tags(content)
        self.single = self.fields_class(data, initial=single, prefix=PREFIX)
        for each in self.single.fields.values():
            if isinstance(each, MisconceptionField):
                each.offer(choices)
        self.formsets = {
            name: self._formset(name, data, rows.get(name) or [], choices) for name in self.tables
        }
        self._notes: dict[Place, list[str]] = {}
        self._advice: dict[Place, list[str]] = {}
        self.loose_advice: list[str] = []
        self.unplaced: list[str] = []

    def _formset(
        self, name: str, data: Any, rows: list[dict[str, Any]], misconceptions: list[tuple[Any, Any]]
    ) -> Rows:
        """A table with its rows and a few blank ones, for those who have no JavaScript to add them."""
        made: Any = forms.formset_factory(
            self.tables[name],
            formset=Rows,
            extra=self.blank_rows if rows else self.blank_rows + 2,
            can_delete=True,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS,
        )
        given = {"misconceptions": misconceptions}
        formset: Rows = made(data, initial=rows, prefix=f"{PREFIX}-{name}", form_kwargs=given)
        return formset

    # What a type says of itself

    def unpack(self, content: Content) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        """The values of the single fields and the rows of the tables."""
        raise NotImplementedError

    def pack(self, single: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
        """The JSON of the question."""
        raise NotImplementedError

    def locate(self, path: Sequence[str]) -> Place | None:
        """Where a problem's path leads."""
        head, *rest = path
        if head in self.tables:
            return self._in_table(head, rest)
        name = field_of(self.single, path) or head
        return Place(name) if name in self.single.fields else None

    def leave_tags(self) -> None:
        """Show no tags, and keep them as they are."""
        self.single.fields["tags"].disabled = True

    def row_of(self, table: str, key: str) -> int | None:
        """The row of the form behind an entry of the JSON, which has no blank rows."""
        numbers = self.formsets[table].numbers
        return numbers[int(key)] if key.isdigit() and int(key) < len(numbers) else None

    # What the admin does with it

    def is_valid(self) -> bool:
        """Whether everything posted can be read."""
        return all([self.single.is_valid(), *(formset.is_valid() for formset in self.formsets.values())])

    def content(self) -> dict[str, Any]:
        """The JSON of what was posted; the very same as before where nothing but white space differs."""
        rows = {name: [values for _n, values in formset.kept] for name, formset in self.formsets.items()}
        single = self.single.cleaned_data
        packed = _with_plain_ends(self.pack(single, rows) | pack_tries(single) | pack_tags(single))
        return dict(self.original) if plain(packed) == plain(self.original) else packed

    def note(self, problems: Sequence[Problem]) -> None:
        """Put what the type finds wrong at its fields; what has no field is kept for the top of the form."""
        for problem in problems:
            place = self.locate(problem.field.split("."))
            if place is None:
                self.unplaced.append(problem.message)
            else:
                self._notes.setdefault(place, []).append(self.worded(problem, place))

    def advise(self, found: Sequence[Any]) -> None:
        """Put advice (``field``, ``message``) at its fields, unless something is to be mended there."""
        for one in found:
            place = self.locate(one.field.split("."))
            if place is None:
                self.loose_advice.append(one.message)
            elif place not in self._notes:
                self._advice.setdefault(place, []).append(one.message)

    def worded(self, problem: Problem, place: Place) -> str:
        """The message at a field that holds several values."""
        return problem.message

    @property
    def problem_count(self) -> int:
        """How much is to be mended before it can be published."""
        return len(self.unplaced) + sum(len(notes) for notes in self._notes.values())

    @property
    def first_problem(self) -> str:
        """The id of the first field or table with a problem, for a link to it."""
        for section in self.shown():
            if section.problems:
                return f"h-{section.formset.prefix}"
            for control in [*section.controls, *(control for row in section.rows for control in row)]:
                if control.problems:
                    return str(control.bound.id_for_label)
        return ""

    @property
    def media(self) -> forms.Media:
        return sum((formset.media for formset in self.formsets.values()), self.single.media)

    def shown(self) -> list[ShownSection]:
        """The form for the template: what a person marks has no tries, unless some are to be taken out."""
        has_tries = any(self.single[name].value() for name in PRACTICE.fields)
        tags = () if self.single.fields["tags"].disabled else (TAGS,)
        common = (*tags, PRACTICE) if has_tries or self.key not in BY_HAND else tags
        return [self._shown(section) for section in (*self.sections, *common)]

    def _shown(self, section: Section) -> ShownSection:
        controls = [self._control(self.single, name) for name in section.fields]
        formset = self.formsets.get(section.table)
        if formset is None:
            return ShownSection(section, controls, [], None, [], [])
        rows = [
            [self._control(form, name, section.table, i) for name in form.fields]
            for i, form in enumerate(formset.forms)
        ]
        blank = [self._control(formset.blank, name) for name in formset.blank.fields]
        problems = [*self._notes.get(Place("", section.table), []), *formset.non_form_errors()]
        advice = self._advice.get(Place("", section.table), [])
        return ShownSection(section, controls, rows, formset, blank, problems, advice)

    def _control(self, form: forms.BaseForm, name: str, table: str = "", row: int | None = None) -> Control:
        errors = [str(error) for error in form.errors.get(name, [])]
        place = Place(name, table, row)
        return Control(form[name], [*errors, *self._notes.get(place, [])], self._advice.get(place, []))

    def _in_table(self, table: str, rest: Sequence[str]) -> Place:
        row = self.row_of(table, rest[0]) if rest else None
        if row is None:
            return Place("", table)
        names = list(self.tables[table].base_fields)
        return Place(rest[1] if len(rest) > 1 and rest[1] in names else names[0], table, row)


def _with_plain_ends(value: Any) -> Any:
    """Browsers post lines that end in two characters; the course's files have one."""
    if isinstance(value, Mapping):
        return {key: _with_plain_ends(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_with_plain_ends(entry) for entry in value]
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def plain(value: Any) -> Any:
    """A JSON value without what a form cannot show: white space at its ends, emptiness, kinds of figures."""
    if isinstance(value, Mapping):
        kept = {key: plain(entry) for key, entry in value.items()}
        return {key: entry for key, entry in kept.items() if entry not in ("", False, None, {}, [])}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return f"{value:.12g}"
    return "\n".join(line.rstrip() for line in str(value).strip().splitlines())


def without_blanks(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a JSON mapping leaves out: texts that are empty, lists and mappings with nothing in them."""
    return {key: value for key, value in values.items() if value not in ("", None, [], {})}
