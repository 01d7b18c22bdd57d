"""A word or a few to type."""

from django import forms

from assessments.forms.widgets.base import AnswerWidget, Fields, single
from assessments.questions.base import Presentation


def _fields(presentation: Presentation) -> Fields:
    widget = forms.TextInput(attrs={"autocomplete": "off", "class": "form-control"})
    return {"answer": forms.Field(label=presentation.label, required=False, widget=widget)}


TEXT = AnswerWidget("components/answers/text.html", _fields, single)
