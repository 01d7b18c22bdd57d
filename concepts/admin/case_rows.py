"""The fields and rows of which the form of a case is made."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concepts.admin.case_yaml import YamlField
from concepts.admin.widgets import MarkdownTextarea
from concepts.cases.document import OPERATIONS, PRODUCTION
from concepts.figures import NumberError, parse_number

ROW = "__row__"  # stands for the number in the row that the script copies
NO_CONTENT = ("DELETE", "ORDER", "better")  # what an empty row says, too


def markdown(label: Any, rows: int = 4, help_text: Any = "", *, blocks: bool = False) -> forms.CharField:
    """A text in Markdown."""
    widget = MarkdownTextarea(rows=rows, blocks=blocks)
    return forms.CharField(label=label, required=False, widget=widget, help_text=help_text)


def line(label: Any, help_text: Any = "", *, size: int = 40, longest: int = 300) -> forms.CharField:
    """A text on one line."""
    widget = forms.TextInput({"size": size, "autocomplete": "off"})
    return forms.CharField(
        label=label, required=False, max_length=longest, widget=widget, help_text=help_text
    )


class FigureField(forms.CharField):
    """A plain figure, written as people write figures."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"size": 7, "inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.12g}" if isinstance(value, int | float) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            figure = parse_number(text)
        except NumberError as error:
            raise ValidationError(error.message) from None
        return int(figure) if float(figure).is_integer() else figure


class CaseFields(forms.Form):
    """What a case has once."""

    brief = markdown(
        gettext_lazy("Brief"),
        8,
        gettext_lazy("Both roles read it before they begin: who, where, what is at stake. Markdown."),
        blocks=True,
    )
    production_name = line(gettext_lazy("Called"))
    production_brief = markdown(
        gettext_lazy("Brief"), 5, gettext_lazy("What this manager answers for, and sees.")
    )
    start_production = line(
        gettext_lazy("Begins with"), gettext_lazy("Key of a stage. Empty: with the first.")
    )
    operations_name = line(gettext_lazy("Called"))
    operations_brief = markdown(
        gettext_lazy("Brief"), 5, gettext_lazy("What this manager answers for, and sees.")
    )
    start_operations = line(
        gettext_lazy("Begins with"), gettext_lazy("Key of a stage. Empty: with the first.")
    )
    recommendation = line(
        gettext_lazy("Recommendation"),
        gettext_lazy("Address of a written question of this case: what learners write at the end."),
    )
    debrief = markdown(gettext_lazy("Debrief"), 8, gettext_lazy("Both roles read it at the end."))
    view_production = markdown(gettext_lazy("Reasoning of the production manager"), 5)
    view_operations = markdown(gettext_lazy("Reasoning of the operations manager"), 5)
    compared = markdown(
        gettext_lazy("The two compared"),
        5,
        gettext_lazy("What each saw and decided that the other did not. Playing both roles opens it."),
    )
    teaching_note = markdown(
        gettext_lazy("Teaching note"),
        8,
        gettext_lazy("For instructors: aims, timing, questions to ask, traps, what good answers say."),
    )


class RowForm(forms.Form):
    """One row of a list. Every field may be empty: whether that will do is for the check to say."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered; a row left blank is no row."""
        values = getattr(self, "cleaned_data", {})
        return not any(
            value not in ("", None, {}, False) for name, value in values.items() if name not in NO_CONTENT
        )


class VariableRow(RowForm):
    """A figure that decisions move."""

    name = line(gettext_lazy("Name in formulas"), size=12, longest=60)
    label = line(gettext_lazy("Label"), size=18)
    unit = line(gettext_lazy("Unit"), size=6, longest=30)
    initial = FigureField(label=gettext_lazy("Begins at"))  # type: ignore[assignment]
    better = forms.ChoiceField(
        label=gettext_lazy("Better"),
        required=False,
        choices=(("higher", gettext_lazy("higher")), ("lower", gettext_lazy("lower"))),
    )
    minimum = FigureField(label=gettext_lazy("Lowest"))
    maximum = FigureField(label=gettext_lazy("Highest"))
    decimals = FigureField(label=gettext_lazy("Decimals"))


class ChanceRow(RowForm):
    """A figure that is drawn once for each run."""

    name = line(gettext_lazy("Name in formulas"), size=12, longest=60)
    label = line(gettext_lazy("Label"), size=24)
    minimum = FigureField(label=gettext_lazy("Lowest"))
    maximum = FigureField(label=gettext_lazy("Highest"))
    step = FigureField(label=gettext_lazy("In steps of"))


class ExhibitRow(RowForm):
    """Something to work from."""

    title = line(gettext_lazy("Title"))
    key = line(gettext_lazy("Key"), gettext_lazy("How stages and charts name it: order-book."), longest=120)
    roles = forms.ChoiceField(
        label=gettext_lazy("Seen by"),
        required=False,
        choices=(
            ("", gettext_lazy("both roles")),
            (PRODUCTION, gettext_lazy("the production manager")),
            (OPERATIONS, gettext_lazy("the operations manager")),
        ),
    )
    since = line(gettext_lazy("From stage"), gettext_lazy("Key of a stage. Empty: from the beginning."))
    text = markdown(gettext_lazy("Text"), 3, gettext_lazy("For a letter, a mail, a note."))
    image = line(gettext_lazy("Picture"), gettext_lazy("Address of a picture of the course."))
    shows = YamlField(
        level="exhibit",
        rows=8,
        label=gettext_lazy("Table or chart"),
        help_text=gettext_lazy("One of the two, as in the pattern above the exhibits."),
    )
    note = markdown(gettext_lazy("Note"), 2, gettext_lazy("Where it is from and how to read it."))


class StageRow(RowForm):
    """A step of the case, or an ending."""

    title = line(gettext_lazy("Title"))
    key = line(gettext_lazy("Key"), gettext_lazy("How other stages lead to it: second-week."), longest=60)
    ending = forms.BooleanField(
        label=gettext_lazy("An ending: nothing is decided here any more"), required=False
    )
    text = markdown(gettext_lazy("Text"), 5, gettext_lazy("Both roles read it."))
    text_production = markdown(gettext_lazy("For the production manager alone"), 2)
    text_operations = markdown(gettext_lazy("For the operations manager alone"), 2)
    rest = YamlField(
        level="stage",
        rows=18,
        label=gettext_lazy("What is decided"),
        help_text=gettext_lazy(
            "Exhibits, forecast, checkpoints, decisions and what follows, as in the pattern above the stages."
        ),
    )


class Rows(forms.BaseFormSet):
    """The rows of a list. A row that is ticked to go, or left blank, is not kept."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove")
        if "ORDER" in form.fields:
            form.fields["ORDER"].label = _("Place")
            form.fields["ORDER"].widget.attrs["class"] = "tk-place"
        for each in form.fields.values():
            said = {"label": each.label, "row": ROW if index is None else index + 1}
            each.widget.attrs["aria-label"] = _("%(label)s, row %(row)s") % said

    @cached_property
    def blank(self) -> Any:
        """The row that is copied when another is added."""
        return self.empty_form

    @cached_property
    def kept(self) -> list[tuple[int, dict[str, Any]]]:
        """The number and the values of every row that counts, in their order."""
        rows = [
            (number, form.cleaned_data)
            for number, form in enumerate(self.forms)
            if form.is_valid() and not form.is_blank and not form.cleaned_data.get("DELETE")
        ]
        rows.sort(key=_place)
        return [
            (number, {name: value for name, value in values.items() if name not in ("DELETE", "ORDER")})
            for number, values in rows
        ]

    @property
    def numbers(self) -> Sequence[int]:
        """The rows behind the entries of the document; before anything is posted that is all of them."""
        return [number for number, _values in self.kept] if self.is_bound else range(len(self.forms))


def _place(row: tuple[int, dict[str, Any]]) -> tuple[bool, int, int]:
    """A row without a place goes last."""
    number, values = row
    place = values.get("ORDER")
    return place is None, place or 0, number
