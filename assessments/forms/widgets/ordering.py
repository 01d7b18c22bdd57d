"""Things to put in order: each has a place to pick; with JavaScript they are moved up and down instead."""

from typing import Any

from django import forms

from assessments.forms.widgets.base import AnswerWidget, Fields
from assessments.questions.base import Answer, Presentation
from concepts.rendering import render_inline


def _fields(presentation: Presentation) -> Fields:
    places = [("", "–"), *((str(n), str(n)) for n in range(1, len(presentation.options) + 1))]
    return {
        option.key: forms.Field(
            label=render_inline(option.text),
            required=False,
            widget=forms.Select(choices=places),
        )
        for option in presentation.options
    }


def _initial(_presentation: Presentation, answer: Answer) -> dict[str, Any]:
    return {key: str(place) for place, key in enumerate(answer, 1)}


ORDERING = AnswerWidget("components/answers/ordering.html", _fields, _initial)
