"""Answer forms: built from what a question type presents, so that a new type needs no form of its own.

The form shows fields and carries what was typed. Whether that is an answer is for the question type to say,
when the service reads it; its refusal is put at the field by `refuse`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field as CrispyField
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.questions.base import Answer, AnswerError, Presentation
from concepts.rendering import render_inline

CERTAINTY = ((1, _("Guessing")), (2, _("Fairly sure")), (3, _("Certain")))
TEMPLATES = {"one": "choices", "many": "choices", "number": "number", "buckets": "buckets"}
# What is posted beside an answer; everything else in a posted form belongs to the answer.
FRAME = ("csrfmiddlewaretoken", "revision", "certainty", "gives_up")


class AnswerForm(forms.Form):
    """The answer to one question, how sure the learner is, and the number of saves that this page knows of.

    `marks` says of each option what it turned out to be, once the question is marked and the form locked.
    """

    certainty = forms.TypedChoiceField(
        label=_("How sure are you? Optional, never part of the mark"),
        choices=CERTAINTY,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"invalid_choice": _("Pick one of the three, or none.")},
    )

    def __init__(
        self,
        presentation: Presentation,
        data: QueryDict | None = None,
        *,
        answer: Answer | None = None,
        certainty: int | None = None,
        revision: int = 0,
        marks: Mapping[str, Any] | None = None,
        is_locked: bool = False,
        asks_certainty: bool = True,
    ) -> None:
        super().__init__(data, initial={**_initial(presentation, answer), "certainty": certainty})
        self.presentation = presentation
        self.revision = _revision(data) if data is not None else revision
        self.marks = marks or {}
        self.is_locked = is_locked
        for name, field in _fields(presentation).items():
            self.fields[name] = field
        if not asks_certainty or is_locked:
            del self.fields["certainty"]
        for field in self.fields.values():
            field.disabled = is_locked

    @property
    def posted(self) -> dict[str, list[str]]:
        """What was posted as an answer, field by field."""
        data = self.data if isinstance(self.data, QueryDict) else QueryDict()
        return {name: values for name, values in data.lists() if name not in FRAME}

    @property
    def holds_unsaved(self) -> bool:
        """Whether the page shows something that was typed and is not saved."""
        return self.is_bound and any(any(values) for values in self.posted.values())

    def refuse(self, error: AnswerError) -> None:
        """Put the question type's refusal where the learner typed."""
        self.add_error(error.field if error.field in self.fields else None, error.message)

    @property
    def helper(self) -> FormHelper:
        """How crispy lays the fields out: one template for each widget, then the certainty."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.render_unmentioned_fields = False
        # The items of a classification are one table: its template gets the first and finds the others.
        first = next(name for name in self.fields if name != "certainty")
        fields = [
            CrispyField(first, template=f"components/answers/{TEMPLATES[self.presentation.widget]}.html")
        ]
        if "certainty" in self.fields:
            fields.append(CrispyField("certainty", template="components/answers/certainty.html"))
        helper.layout = Layout(*fields)
        return helper

    @property
    def options(self) -> list[tuple[Any, Any]]:
        """The choices, each with what it turned out to be, or None before marking."""
        return [(option, self.marks.get(option.data["value"])) for option in self["answer"]]

    @property
    def rows(self) -> list[tuple[forms.BoundField, Any]]:
        """The items of a classification, each a field of its own, with what each turned out to be."""
        return [(self[option.key], self.marks.get(option.key)) for option in self.presentation.options]


def _revision(data: QueryDict) -> int:
    """The number of saves that the page knew of; one that cannot be read counts as out of date."""
    text = data.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _fields(presentation: Presentation) -> dict[str, forms.Field]:
    """Plain fields: the question type is the one who validates."""
    if presentation.widget == "number":
        return {"answer": forms.Field(label=presentation.label, required=False, widget=_number())}
    tick = {"class": "form-check-input"}
    if presentation.widget == "buckets":
        buckets = _choices(presentation.buckets)
        return {
            option.key: forms.Field(
                label=render_inline(option.text),
                required=False,
                widget=forms.RadioSelect(attrs=tick, choices=buckets),
            )
            for option in presentation.options
        }
    kind = forms.RadioSelect if presentation.widget == "one" else forms.CheckboxSelectMultiple
    widget = kind(attrs=tick, choices=_choices(presentation.options))
    return {"answer": forms.Field(label=presentation.label, required=False, widget=widget)}


def _number() -> forms.TextInput:
    attributes = {
        "inputmode": "decimal",
        "autocomplete": "off",
        "spellcheck": "false",
        "class": "form-control",
    }
    return forms.TextInput(attrs=attributes)


def _choices(options: Sequence[Any]) -> list[tuple[str, Any]]:
    return [(option.key, render_inline(option.text)) for option in options]


def _initial(presentation: Presentation, answer: Answer | None) -> dict[str, Any]:
    """A stored answer as the fields show it."""
    if answer is None:
        return {}
    if presentation.widget == "buckets":
        return dict(answer)
    return {"answer": answer["text"] if presentation.widget == "number" else answer}
