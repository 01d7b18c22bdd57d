"""Things to sort: each is a field of its own, with the buckets to pick from."""

from typing import Any

from django import forms

from assessments.forms.widgets.base import TICK, AnswerWidget, Fields, as_choices
from assessments.questions.base import Answer, Presentation
from concepts.rendering import render_inline


def _fields(presentation: Presentation) -> Fields:
    buckets = as_choices(presentation.buckets)
    return {
        option.key: forms.Field(
            label=render_inline(option.text),
            required=False,
            widget=forms.RadioSelect(attrs=TICK, choices=buckets),
        )
        for option in presentation.options
    }


def _initial(_presentation: Presentation, answer: Answer) -> dict[str, Any]:
    return dict(answer)


BUCKETS = AnswerWidget("components/answers/buckets.html", _fields, _initial)
