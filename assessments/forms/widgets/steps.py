"""Figures to type, one for each step."""

from typing import Any

from django import forms

from assessments.forms.widgets.base import AnswerWidget, Fields
from assessments.forms.widgets.number import ATTRIBUTES
from assessments.questions.base import Answer, Option, Presentation
from concepts.rendering import render_inline


class FigureField(forms.Field):
    """A figure of a step, with its unit; the tolerance is its help text."""

    def __init__(self, option: Option) -> None:
        widget = forms.TextInput(attrs=ATTRIBUTES)
        super().__init__(
            label=render_inline(option.text), required=False, widget=widget, help_text=option.hint
        )
        self.unit = option.unit


def _fields(presentation: Presentation) -> Fields:
    return {option.key: FigureField(option) for option in presentation.options}


def _initial(presentation: Presentation, answer: Answer) -> dict[str, Any]:
    """The stored answer is by the names of the steps; the keys of the options end in them."""
    names = {option.key: option.key.partition("-")[2] for option in presentation.options}
    return {key: answer[name]["text"] for key, name in names.items() if name in answer}


STEPS = AnswerWidget("components/answers/steps.html", _fields, _initial)
