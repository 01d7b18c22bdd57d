"""Short text: a table of accepted answers, tried from the top, and what the others are told."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.content.base import ContentForm, QuestionFields, Section, without_blanks
from assessments.forms.content.fields import FigureField, MisconceptionField, RowForm, small_text
from assessments.questions.base import Content
from assessments.questions.common import mappings

FULL = 100


class ShortTextFields(QuestionFields):
    """The question, how strictly words are compared, and what is said of answers that fit nothing."""

    label = forms.CharField(
        label=_("Label of the field"),
        required=False,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=_("What is typed, such as Name of the rule. Without one it says Your answer."),
    )
    case = forms.BooleanField(label=_("Capitals count"), required=False)
    fold = forms.BooleanField(label=_("Accents do not count"), required=False)
    otherwise = forms.CharField(
        label=_("Feedback for other answers"),
        required=False,
        widget=forms.Textarea({"rows": 3, "cols": 40, "class": "vLargeTextField"}),
        help_text=_("Read by who types what none of these fits."),
    )


class AcceptRow(RowForm):
    """One answer. It is either a text or a pattern."""

    text = forms.CharField(label=_("Text"), required=False)
    pattern = forms.CharField(label=_("Or pattern with *"), required=False)
    score = FigureField(label=_("Score in %"))
    feedback = forms.CharField(label=_("Feedback"), required=False, widget=small_text())
    misconception = MisconceptionField()


class ShortTextForm(ContentForm):
    """A word or a few to type."""

    key = "short_text"
    intro = _("A word or a few to type, compared with the answers that you accept. Good for terms and names.")
    fields_class = ShortTextFields
    tables = {"accept": AcceptRow}
    sections = (
        Section(_("What is asked"), _("A question with a short answer."), ("stem", "label")),
        Section(
            _("Answers"),
            _(
                "Tried from the top; the first that fits counts. A text must be typed as it stands, but for "
                "white space and punctuation at its end; in a pattern * stands for anything, \\* for a star. "
                "The score is 100 if left empty; at least one answer earns 100."
            ),
            table="accept",
            add=_("Add another answer"),
        ),
        Section(
            _("How they are compared"),
            _("Usually neither needs a tick."),
            ("case", "fold", "otherwise"),
        ),
        Section(_("After marking"), _("Everybody reads this."), ("explanation",)),
    )

    def unpack(self, content: Content) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        single = {name: content.get(name, "") for name in ("stem", "explanation", "label", "otherwise")}
        single |= {name: content.get(name) is True for name in ("case", "fold")}
        return single, {"accept": [dict(entry) for entry in mappings(content, "accept")]}

    def pack(self, single: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
        full = {"score": FULL}
        accept = [
            without_blanks({name: value for name, value in row.items() if {name: value} != full})
            for row in rows["accept"]
        ]
        optional = {
            "label": single["label"],
            "case": single["case"] or None,
            "fold": single["fold"] or None,
            "otherwise": single["otherwise"],
        }
        frame = {"stem": single["stem"], "accept": accept, "explanation": single["explanation"]}
        return frame | without_blanks(optional)
