"""Choices to pick one or several of."""

from django import forms

from assessments.forms.widgets.base import TICK, AnswerWidget, Fields, as_choices, single
from assessments.questions.base import Presentation

_TEMPLATE = "components/answers/choices.html"


def _one(presentation: Presentation) -> Fields:
    widget = forms.RadioSelect(attrs=TICK, choices=as_choices(presentation.options))
    return {"answer": forms.Field(label=presentation.label, required=False, widget=widget)}


def _many(presentation: Presentation) -> Fields:
    widget = forms.CheckboxSelectMultiple(attrs=TICK, choices=as_choices(presentation.options))
    return {"answer": forms.Field(label=presentation.label, required=False, widget=widget)}


ONE = AnswerWidget(_TEMPLATE, _one, single)
MANY = AnswerWidget(_TEMPLATE, _many, single)
