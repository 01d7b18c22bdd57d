"""Ordering: a table of things, written in the right order."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.content.base import ContentForm, Section, without_blanks
from assessments.forms.content.fields import RowForm, small_text
from assessments.questions.base import Content
from assessments.questions.common import mappings
from assessments.questions.keys import kept_keys, key_of


class StepRow(RowForm):
    """One thing, at its place."""

    text = forms.CharField(label=_("Item"), required=False, widget=small_text())
    feedback = forms.CharField(label=_("Feedback if out of place"), required=False, widget=small_text())


class OrderingForm(ContentForm):
    """Things to put in order."""

    key = "ordering"
    intro = _("Three to eight things to put in order. Every pair in the right order earns its share.")
    tables = {"items": StepRow}
    sections = (
        Section(_("What is asked"), _("What is to be put in order, and which comes first."), ("stem",)),
        Section(
            _("Items in the right order"),
            _("Three to eight, the first at the top. Learners get them mixed, never in this order."),
            table="items",
            add=_("Add another item"),
        ),
        Section(_("After marking"), _("Everybody reads this."), ("explanation",)),
    )

    def unpack(self, content: Content) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        rows = [dict(item) for item in mappings(content, "items")]
        return {name: content.get(name, "") for name in ("stem", "explanation")}, {"items": rows}

    def pack(self, single: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
        before = [(key_of(item), str(item.get("text", ""))) for item in mappings(self.original, "items")]
        keys = kept_keys(before, [str(row["text"]) for row in rows["items"]])
        return {
            "stem": single["stem"],
            "items": [
                without_blanks(row | {"key": key}) for row, key in zip(rows["items"], keys, strict=True)
            ],
            "explanation": single["explanation"],
        }
