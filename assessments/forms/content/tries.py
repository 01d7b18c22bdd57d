"""The part of every question's form that is about practice: its hints, and what a miss costs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.content.fields import FigureField, small_text
from assessments.questions.base import Content
from assessments.questions.common import MOST_HINTS

HINTS = tuple(f"hint_{number}" for number in range(1, MOST_HINTS + 1))


class TriesFields(forms.Form):
    """Up to four hints, and the penalty."""

    hint_1 = forms.CharField(label=_("First hint"), required=False, widget=small_text())
    hint_2 = forms.CharField(label=_("Second hint"), required=False, widget=small_text())
    hint_3 = forms.CharField(label=_("Third hint"), required=False, widget=small_text())
    hint_4 = forms.CharField(label=_("Fourth hint"), required=False, widget=small_text())
    penalty = FigureField(
        label=_("Penalty"),
        help_text=_("Per cent of the mark for each miss, a whole number from 0 to 100. Empty: 33."),
    )


def unpack_tries(content: Content) -> dict[str, Any]:
    """The values of these fields."""
    hints = content.get("hints")
    shown = dict(zip(HINTS, hints, strict=False)) if isinstance(hints, list) else {}
    return {**shown, "penalty": content.get("penalty")}


def pack_tries(single: Mapping[str, Any]) -> dict[str, Any]:
    """What these fields add to the JSON of a question: nothing where they are empty."""
    hints = [single[name] for name in HINTS if single[name]]
    penalty = single["penalty"]
    return ({"hints": hints} if hints else {}) | ({} if penalty is None else {"penalty": penalty})


def field_of(form: forms.Form, path: Sequence[str]) -> str | None:
    """The field behind a problem's path: the JSON has no empty hints, the form may have."""
    head, *rest = path
    if head != "hints":
        return None
    filled = [name for name in HINTS if str(form[name].value() or "").strip()]
    number = int(rest[0]) if rest and rest[0].isdigit() else 0
    return filled[number] if number < len(filled) else HINTS[0]
