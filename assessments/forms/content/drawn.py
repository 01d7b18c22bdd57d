"""What the forms of questions with drawn figures share: parameters, derived values, constraints and slips."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.forms.content.base import ContentForm, Place, QuestionFields, Section
from assessments.forms.content.fields import (
    FigureField,
    FiguresField,
    LinesField,
    MisconceptionField,
    NamedLinesField,
    RowForm,
    small_text,
)
from assessments.questions.base import Content, Problem

LINES = {"rows": 2, "cols": 40, "class": "vLargeTextField tk-code", "spellcheck": "false"}
CODE = {"class": "vTextField tk-code", "spellcheck": "false", "autocomplete": "off"}
# The names in the JSON and those in the form, where `from` is not a name.
RANGE = {"from": "lowest", "to": "highest", "step": "step"}
PARAMETERS = Section(
    _("Parameters"),
    _("Drawn afresh for every attempt and kept with it."),
    table="parameters",
    add=_("Add another parameter"),
)


class DrawnFields(QuestionFields):
    """Values worked out of the parameters, and what must hold for them."""

    derived = NamedLinesField(
        label=_("Derived values"),
        required=False,
        widget=forms.Textarea(LINES),
        help_text=_(
            "One a line: good = out - torn. Names, numbers, + - * / ** ( ) and sqrt, exp, log, min, max, "
            "round, ceil, floor, abs."
        ),
    )
    constraints = LinesField(
        label=_("Constraints"),
        required=False,
        widget=forms.Textarea(LINES),
        help_text=_("One a line: good / hours >= 150. A draw that breaks one is drawn again."),
    )


class ParameterRow(RowForm):
    """A figure that is drawn: from a range in steps, or from a list."""

    name = forms.CharField(label=_("Name"), required=False, widget=forms.TextInput({"size": 10, **CODE}))
    lowest = FigureField(label=_("Lowest"))
    highest = FigureField(label=_("Highest"))
    step = FigureField(label=_("Step"))
    values = FiguresField(label=_("Or one of these"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("values") and any(cleaned.get(name) is not None for name in RANGE.values()):
            self.add_error(
                "values", gettext("Give a range or a list of figures, not both. Empty one of them.")
            )
        if not cleaned.get("name") and not self.is_blank:
            self.add_error("name", gettext("This parameter has no name. Give it one, such as hours."))
        return cleaned


class SlipRow(RowForm):
    """A typical wrong answer."""

    misconception = MisconceptionField()
    answer = forms.CharField(
        label=_("Its answer"), required=False, widget=forms.TextInput({"size": 18, **CODE})
    )
    feedback = forms.CharField(label=_("What the learner reads"), required=False, widget=small_text())


class DrawnForm(ContentForm):
    """Base of the forms of questions with drawn figures; one of their tables is "parameters"."""

    def unpack_figures(self, content: Content) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The single fields, and the rows of the parameters."""
        single = {"derived": content.get("derived") or {}, "constraints": content.get("constraints") or []}
        parameters = content.get("parameters")
        named = parameters.items() if isinstance(parameters, Mapping) else ()
        return single, [{"name": name, **_row(spec)} for name, spec in named]

    def pack_figures(
        self, single: Mapping[str, Any], parameters: Sequence[Mapping[str, Any]]
    ) -> dict[str, Any]:
        """The JSON of the same."""
        return {
            "parameters": {row["name"]: _spec(row) for row in parameters},
            "derived": single["derived"],
            "constraints": single["constraints"],
        }

    def is_valid(self) -> bool:
        """Two parameters of one name cannot both be kept."""
        valid = super().is_valid()
        seen: set[str] = set()
        for number, row in self.formsets["parameters"].kept:
            if row["name"] in seen:
                message = gettext("“%(name)s” is there twice. Change one.") % {"name": row["name"]}
                self.formsets["parameters"].forms[number].add_error("name", message)
                valid = False
            seen.add(row["name"])
        return valid

    def row_of(self, table: str, key: str) -> int | None:
        """Parameters are found by their names."""
        if table != "parameters":
            return super().row_of(table, key)
        rows = self.formsets[table]
        names = (form["name"].value() for form in rows.forms)
        return next((number for number, name in enumerate(names) if name and name.strip() == key), None)

    def locate(self, path: Sequence[str]) -> Place | None:
        place = super().locate(path)
        if place and place.table == "parameters" and place.row is not None:
            return Place("lowest", "parameters", place.row)
        return place

    def worded(self, problem: Problem, place: Place) -> str:
        """Derived values and constraints stand in lines."""
        field, _dot, which = problem.field.partition(".")
        if field == "derived" and which:
            return f"{which}: {problem.message}"
        if field == "constraints" and which.isdigit():
            return gettext("Line %(line)d: %(problem)s") % {
                "line": int(which) + 1,
                "problem": problem.message,
            }
        return problem.message


def _row(spec: Any) -> dict[str, Any]:
    """A parameter's range or list as its row shows it."""
    if not isinstance(spec, Mapping):
        return {}
    return {RANGE.get(str(name), str(name)): value for name, value in spec.items()}


def _spec(row: Mapping[str, Any]) -> dict[str, Any]:
    if row["values"]:
        return {"values": row["values"]}
    return {name: row[ours] for name, ours in RANGE.items() if row[ours] is not None}
