"""Prose to write, beside the rubric by which a person will mark it."""

from typing import Any

from django import forms

from assessments.forms.widgets.base import AnswerWidget, Fields
from assessments.questions.base import Answer, Presentation
from assessments.questions.written import text_of


def _fields(presentation: Presentation) -> Fields:
    return {"answer": forms.Field(label=presentation.label, required=False, widget=forms.Textarea())}


def _initial(_presentation: Presentation, answer: Answer) -> dict[str, Any]:
    return {"answer": text_of(answer)}


WRITTEN = AnswerWidget("components/answers/written.html", _fields, _initial)
