"""Single and multiple choice: a table of choices, each with what a learner reads who picks it wrongly."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.content.base import ContentForm, Section, without_blanks
from assessments.forms.content.fields import FigureField, MisconceptionField, RowForm, small_text
from assessments.questions.base import Content
from assessments.questions.common import mappings


class ChoiceRow(RowForm):
    """One choice."""

    text = forms.CharField(label=_("Choice"), required=False, widget=small_text())
    right = forms.BooleanField(label=_("Right"), required=False)
    feedback = forms.CharField(label=_("Feedback if picked"), required=False, widget=small_text())
    misconception = MisconceptionField()
    weight = FigureField(label=_("Weight, %"))


class ChoicesForm(ContentForm):
    """What the two types share; they differ in how many may be right."""

    tables = {"choices": ChoiceRow}

    def unpack(self, content: Content) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        rows = [dict(choice) for choice in mappings(content, "choices")]
        return {name: content.get(name, "") for name in ("stem", "explanation")}, {"choices": rows}

    def pack(self, single: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
        choices = [without_blanks(row | {"right": row["right"] or None}) for row in rows["choices"]]
        return {"stem": single["stem"], "choices": choices, "explanation": single["explanation"]}


def _sections(description: Any) -> tuple[Section, ...]:
    return (
        Section(_("What is asked"), _("One task. Markdown."), ("stem",)),
        Section(_("Choices"), description, table="choices", add=_("Add another choice")),
        Section(_("After marking"), _("Everybody reads this."), ("explanation",)),
    )


class SingleChoiceForm(ChoicesForm):
    """One of a few is right."""

    key = "single_choice"
    intro = _("Three to five choices of which one is right. Quick to answer, good for telling slips apart.")
    sections = _sections(
        _(
            "Three to five, one of them right. They are shown in a fresh order each time. Each wrong one "
            "says where the thought goes wrong; a named misconception is counted per cohort. A weight is "
            "what a wrong choice still earns; leave it empty for nothing."
        )
    )


class MultipleChoiceForm(ChoicesForm):
    """Several may be right."""

    key = "multiple_choice"
    intro = _("Four to six choices of which several may be right. Right picks earn, wrong picks cost.")
    sections = _sections(
        _(
            "Four to six, at least one right and one wrong, in a fresh order each time. Right picks earn "
            "their share, wrong picks cost theirs; the feedback is read by who judged the choice wrongly. "
            "Give every choice a weight where the shares are not equal (below 0 for a cost), or none."
        )
    )
