"""What every answer widget is: a template that draws it, its fields, and a stored answer as they show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from django import forms
from django.utils.html import strip_tags

from assessments.questions.base import Answer, Option, Presentation
from concepts.rendering import render_inline

Fields = dict[str, forms.Field]
TICK = {"class": "form-check-input"}


@dataclass(frozen=True)
class AnswerWidget:
    """One way of answering.

    ``template`` is the path of what draws it; it is given the first field and finds the others through the
    form. ``fields`` are plain: the question type is the one who validates. ``initial`` turns a stored answer
    into the values of those fields.
    """

    template: str
    fields: Callable[[Presentation], Fields]
    initial: Callable[[Presentation, Answer], dict[str, Any]]


def as_choices(options: Sequence[Option]) -> list[tuple[str, Any]]:
    """Options as a form field takes them, their Markdown rendered."""
    return [(option.key, render_inline(option.text)) for option in options]


def as_plain_choices(options: Sequence[Option]) -> list[tuple[str, str]]:
    """Options as a list takes them, which shows plain text: their Markdown without the marks."""
    return [(option.key, unescape(strip_tags(render_inline(option.text)))) for option in options]


def single(_presentation: Presentation, answer: Answer) -> dict[str, Any]:
    """A stored answer that is the value of the one field."""
    return {"answer": answer}
