"""A figure to type."""

from typing import Any

from django import forms

from assessments.forms.widgets.base import AnswerWidget, Fields
from assessments.questions.base import Answer, Presentation

ATTRIBUTES = {
    "inputmode": "decimal",
    "autocomplete": "off",
    "spellcheck": "false",
    "class": "form-control",
}


def _fields(presentation: Presentation) -> Fields:
    widget = forms.TextInput(attrs=ATTRIBUTES)
    return {"answer": forms.Field(label=presentation.label, required=False, widget=widget)}


def _initial(_presentation: Presentation, answer: Answer) -> dict[str, Any]:
    return {"answer": answer["text"]}


NUMBER = AnswerWidget("components/answers/number.html", _fields, _initial)
