"""True or false: one statement, its verdict, and what to tell those who misjudge it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.content.base import ContentForm, QuestionFields, Section, without_blanks
from assessments.forms.content.fields import MisconceptionField
from assessments.questions.base import Content

TRUTHS = (("true", _("It is true")), ("false", _("It is false")))


class TrueFalseFields(QuestionFields):
    """The statement and its verdict."""

    right = forms.ChoiceField(
        label=_("The statement"), choices=TRUTHS, required=False, widget=forms.RadioSelect
    )
    feedback = forms.CharField(
        label=_("Feedback"),
        required=False,
        widget=forms.Textarea({"rows": 3, "cols": 40, "class": "vLargeTextField"}),
        help_text=_("Read by who answers wrongly: where the thought goes wrong."),
    )
    misconception = MisconceptionField(help_text=_("Counted per cohort when the statement is misjudged."))


class TrueFalseForm(ContentForm):
    """One statement."""

    key = "true_false"
    intro = _("One statement to judge. Half of all guesses are right, so ask it in series.")
    fields_class = TrueFalseFields
    sections = (
        Section(_("What is asked"), _("A statement that is clearly true or clearly false."), ("stem",)),
        Section(
            _("The answer"),
            _("And what to tell who misjudges it."),
            ("right", "feedback", "misconception"),
        ),
        Section(_("After marking"), _("Everybody reads this."), ("explanation",)),
    )

    def unpack(self, content: Content) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        right = content.get("right")
        names = ("stem", "explanation", "feedback", "misconception")
        single = {name: content.get(name, "") for name in names}
        return single | {"right": str(right).lower() if isinstance(right, bool) else ""}, {}

    def pack(self, single: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
        right = {"true": True, "false": False}.get(single["right"])
        truth = {} if right is None else {"right": right}
        more = without_blanks({name: single[name] for name in ("feedback", "misconception")})
        return {"stem": single["stem"], **truth, **more, "explanation": single["explanation"]}
