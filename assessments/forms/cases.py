"""The forms of a case: the forecast before a stage, the decisions in it, the notes, the choice of a role."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field as CrispyField
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.widgets.number import ATTRIBUTES
from concepts.cases.document import CHOOSE, ORDER, Case, Decision, Variable
from concepts.figures import NumberError, format_number, parse_number

MOST_OF_A_FIELD = 1_000  # characters of a draft; no figure and no option is as long
FIELD, DECISION = "assessments/case/field.html", "assessments/case/decision.html"
TICK = {"class": "form-check-input"}


def _drawn(fields: Iterable[str], template: str) -> FormHelper:
    """How crispy lays fields out inside a form of the page: each in this template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.form_show_errors = False  # the page says where what is refused as a whole stands
    helper.render_unmentioned_fields = False
    helper.layout = Layout(*(CrispyField(name, template=template) for name in fields))
    return helper


class FigureField(forms.CharField):
    """A number as people type it, with or without its unit."""

    def __init__(self, *, unit: str = "", **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs=ATTRIBUTES), max_length=60, **options)
        self.unit = unit

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_number(text, self.unit)
        except NumberError as error:
            raise forms.ValidationError(str(error)) from error


class ForecastForm(forms.Form):
    """What a learner expects of a figure, and why: both are asked before anything is decided."""

    reason = forms.CharField(
        label=gettext_lazy("Why? One sentence is enough"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control tk-grow"}),
        error_messages={"required": gettext_lazy("Say in a sentence why you expect that.")},
    )

    def __init__(self, variable: Variable, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="forecast_%s")
        self.variable = variable
        required = _("Write the figure that you expect, such as %(now)s.")
        now = format_number(variable.initial, decimals=variable.decimals)
        self.fields["value"] = FigureField(
            unit=variable.unit,
            label=_("Your forecast: %(name)s") % {"name": variable.label},
            error_messages={"required": required % {"now": now}},
        )
        self.order_fields(["value", "reason"])
        self.helper = _drawn(self.fields, FIELD)

    def clean_value(self) -> float:
        value: float = self.cleaned_data["value"]
        low, high = self.variable.minimum, self.variable.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            message = _("It stays between %(low)s and %(high)s. Write a figure in that range.")
            said = {"low": _bound(low), "high": _bound(high)}
            raise forms.ValidationError(message % said)
        return value


def _bound(value: float | None) -> str:
    return "…" if value is None else format_number(value)


class DecisionsForm(forms.Form):
    """Everything that is decided in a stage. Whether it can stand is for the service to say."""

    def __init__(
        self,
        decisions: Sequence[Decision],
        data: QueryDict | None = None,
        *,
        draft: Mapping[str, Sequence[str]] | None = None,
        revision: int = 0,
    ) -> None:
        kept = {name: values[0] for name, values in (draft or {}).items() if values}
        super().__init__(data, initial=kept)
        self.decisions = decisions
        self.revision = _saves(data.get("revision", "")) if data is not None else revision
        self.refused: dict[str, str] = {}  # what is wrong with a decision as a whole, by its key
        for decision in decisions:
            self.fields.update(_fields(decision))
        self.parts = [Part(self, decision) for decision in decisions]

    @property
    def draft(self) -> dict[str, list[str]]:
        """What stands in the form, field by field: the value that counts, as far as it can be stored."""
        data = self.data if isinstance(self.data, QueryDict) else QueryDict()
        last = {name: values[-1] for name, values in data.lists() if name in self.fields and values}
        return {name: [value.replace("\x00", "")[:MOST_OF_A_FIELD]] for name, value in last.items()}

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """The answers by decision, as far as there are any; valid or not."""
        cleaned = getattr(self, "cleaned_data", {})
        found = {each.key: _answer(each, cleaned) for each in self.decisions}
        return {key: answer for key, answer in found.items() if answer}

    def refuse(self, problems: Mapping[tuple[str, str], str]) -> None:
        """Put what the service refused where it was decided: at a figure, or at the decision as a whole."""
        for (key, name), message in problems.items():
            decision = next(each for each in self.decisions if each.key == key)
            if name:
                self.add_error(name_of(decision, name), message)
            else:
                self.refused[key] = message

    @property
    def is_refused(self) -> bool:
        """Whether something has to be put right before it can stand."""
        return bool(self.errors or self.refused)

    @property
    def helper(self) -> FormHelper:
        """One template for each decision, given its first field; it finds the others through the form."""
        return _drawn([part.names[0] for part in self.parts], DECISION)


class Part:
    """One decision in the form, as its template draws it."""

    def __init__(self, form: DecisionsForm, decision: Decision) -> None:
        self.form, self.decision = form, decision
        self.names = list(_fields(decision))
        form.fields[self.names[0]].part = self  # type: ignore[attr-defined]

    @property
    def fields(self) -> list[forms.BoundField]:
        """Its fields; those of an order by the places that they have."""
        bound = [self.form[name] for name in self.names]
        if self.decision.kind != ORDER:
            return bound
        return sorted(bound, key=lambda field: int(value) if (value := field.value() or "").isdigit() else 99)

    @property
    def errors(self) -> list[str]:
        """What is wrong with the decision as a whole; what is wrong with a figure stands at it."""
        found = [refused] if (refused := self.form.refused.get(self.decision.key)) else []
        if self.decision.kind in (CHOOSE, ORDER):
            found += [str(error) for name in self.names for error in self.form[name].errors]
        return list(dict.fromkeys(found))

    @property
    def total(self) -> str:
        return "" if self.decision.total is None else format_number(self.decision.total)


def _fields(decision: Decision) -> dict[str, forms.Field]:
    if decision.kind == CHOOSE:
        choices = [(option.key, option.label) for option in decision.options]
        widget = forms.RadioSelect(attrs=TICK)
        message = _("“%(value)s” is none of these. Choose one.")
        field = forms.ChoiceField(
            label=decision.title,
            required=False,
            choices=choices,
            widget=widget,
            error_messages={"invalid_choice": message},
        )
        return {name_of(decision, ""): field}
    if decision.kind == ORDER:
        places = [("", "–"), *((str(n), str(n)) for n in range(1, len(decision.items) + 1))]
        return {
            name_of(decision, item.name): forms.ChoiceField(label=item.label, required=False, choices=places)
            for item in decision.items
        }
    return {
        name_of(decision, each.name): FigureField(
            label=each.label,
            required=False,
            unit=each.unit or decision.unit,
            help_text=_("from %(low)s to %(high)s, in steps of %(step)s")
            % {
                "low": format_number(each.minimum),
                "high": format_number(each.maximum),
                "step": format_number(each.step),
            },
        )
        for each in decision.figures
    }


def name_of(decision: Decision, name: str) -> str:
    """The name of the field of a decision, or of a figure or an item in it."""
    return f"{decision.key}-{name}" if name else decision.key


def _answer(decision: Decision, cleaned: Mapping[str, Any]) -> dict[str, Any] | None:
    """The answer in the form that the engine takes; None where nothing was given."""
    if decision.kind == CHOOSE:
        return {"option": option} if (option := cleaned.get(decision.key)) else None
    if decision.kind == ORDER:
        places = {item.name: cleaned.get(name_of(decision, item.name)) or "" for item in decision.items}
        if not any(places.values()):
            return None
        given = sorted((int(place), name) for name, place in places.items() if place)
        distinct = {place for place, _name in given}
        return {"order": [name for _place, name in given] if len(distinct) == len(places) else []}
    figures = {each.name: cleaned.get(name_of(decision, each.name)) for each in decision.figures}
    given_figures = {name: _tidy(value) for name, value in figures.items() if value is not None}
    return {"figures": given_figures} if given_figures else None


def _tidy(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def in_words(case: Case, data: QueryDict) -> list[tuple[str, str]]:
    """What was posted to a page of a case, to be read: each field by its label, an option by its own."""
    labels = {"value": _("Your forecast"), "reason": _("Your reason")}
    options: dict[str, dict[str, str]] = {}
    for decision in case.decisions():
        titled = decision.kind == CHOOSE
        for name, field in _fields(decision).items():
            labels[name] = str(field.label) if titled else f"{decision.title}: {field.label}"
        options[decision.key] = {option.key: option.label for option in decision.options}
    return [
        (labels[name], ", ".join(options.get(name, {}).get(value, value) for value in values))
        for name, values in data.lists()
        if name in labels
    ]


class NotesForm(forms.Form):
    """Notes for oneself."""

    notes = forms.CharField(
        label=gettext_lazy("Your notes"),
        required=False,
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control tk-grow"}),
    )
    revision = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    helper = _drawn(["notes"], FIELD)

    def clean(self) -> dict[str, Any]:
        """The number of saves never stands in the way: its field is hidden, and no message at it is read."""
        self.errors.pop("revision", None)
        self.cleaned_data["revision"] = _saves(str(self.data.get("revision", "")))
        return self.cleaned_data


def _saves(text: str) -> int:
    """The number of saves that a page knew of; one that cannot be read counts as out of date."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
