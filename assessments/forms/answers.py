"""Answer forms: built from what a question type presents, so that a new type needs no form of its own.

The form shows fields and carries what was typed. Whether that is an answer is for the question type to say,
when the service reads it; its refusal is put at the field by `refuse`.
"""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field as CrispyField
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.forms.widgets import WIDGETS
from assessments.questions.base import Answer, AnswerError, Presentation

CERTAINTY = ((1, _("Guessing")), (2, _("Fairly sure")), (3, _("Certain")))
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
        self.answer_widget = WIDGETS[presentation.widget]
        stored = self.answer_widget.initial(presentation, answer) if answer is not None else {}
        super().__init__(data, initial={**stored, "certainty": certainty})
        self.presentation = presentation
        self.revision = _revision(data) if data is not None else revision
        self.marks = marks or {}
        self.is_locked = is_locked
        for name, field in self.answer_widget.fields(presentation).items():
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
        fields = [CrispyField(self.first_field, template=self.answer_widget.template)]
        if "certainty" in self.fields:
            fields.append(CrispyField("certainty", template="components/answers/certainty.html"))
        helper.layout = Layout(*fields)
        return helper

    @property
    def first_field(self) -> str:
        """The name of the field that the widget's template is given; it finds the others through the form."""
        return next(name for name in self.fields if name != "certainty")

    @property
    def options(self) -> list[tuple[Any, Any]]:
        """The choices, each with what it turned out to be, or None before marking."""
        return [(option, self.marks.get(option.data["value"])) for option in self["answer"]]

    @property
    def rows(self) -> list[tuple[forms.BoundField, Any]]:
        """The items that have a field of their own, each with what it turned out to be."""
        return [(self[option.key], self.marks.get(option.key)) for option in self.presentation.options]


def _revision(data: QueryDict) -> int:
    """The number of saves that the page knew of; one that cannot be read counts as out of date."""
    text = data.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
