"""Things to match: each has a list of what may belong to it."""

from typing import Any

from django import forms

from assessments.forms.widgets.base import AnswerWidget, Fields, as_plain_choices
from assessments.questions.base import Answer, Presentation
from concepts.rendering import render_inline


def _fields(presentation: Presentation) -> Fields:
    choices = [("", "–"), *as_plain_choices(presentation.buckets)]
    return {
        option.key: forms.Field(
            label=render_inline(option.text),
            required=False,
            widget=forms.Select(choices=choices),
        )
        for option in presentation.options
    }


def _initial(_presentation: Presentation, answer: Answer) -> dict[str, Any]:
    return dict(answer)


MATCHING = AnswerWidget("components/answers/matching.html", _fields, _initial)
