"""What an editor fills in to correct a live question, or to withdraw one: the reason, and what it covers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.content import FORMS, ContentForm
from assessments.models import AttemptItem, QuestionVersion
from assessments.questions.base import Problem

LONGEST_REASON = 500
FRAME = ("reason", "older", "kind")


class ReasonForm(forms.Form):
    """Why, and for which versions besides those that every correction covers.

    ``live`` is the version from which the form was filled in.
    """

    live = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_(
            "Learners read it beside their mark, and it stays in the record. One or two sentences, such as: "
            "“The key had the wrong choice.”"
        ),
        error_messages={"required": _("Say why. Learners whose mark changes have a right to know.")},
    )
    older = forms.TypedMultipleChoiceField(
        label=_("Older versions to mark again as well"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick those that ask the same and have the same fault."),
        error_messages={"invalid_choice": _("This version is not one of those listed.")},
    )

    def __init__(self, live: int, older: Sequence[tuple[int, Any]], data: Any = None) -> None:
        super().__init__(data, initial={"live": live}, auto_id="id_%s")
        ticks: Any = self.fields["older"]
        ticks.choices = older
        if not older:
            del self.fields["older"]

    @property
    def versions(self) -> list[int]:
        """The older versions ticked."""
        return list(self.cleaned_data.get("older", []))


class VoidForm(ReasonForm):
    """A question that cannot be saved: full marks for everybody, or left out."""

    kind = forms.ChoiceField(
        label=_("What becomes of the marks"),
        choices=[
            (
                AttemptItem.Void.FULL.value,
                _("Full marks for everybody. Nobody loses anything; it counts as known."),
            ),
            (
                AttemptItem.Void.OUT.value,
                _("Left out. The others are worth all the marks; it says nothing about what anybody knows."),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pick one of the two.")},
    )
    field_order = ("kind", "reason", "older")


class CorrectionForm:
    """The content of the live version, to be put right, with the reason."""

    def __init__(self, live: QuestionVersion, older: Sequence[tuple[int, Any]], data: Any = None) -> None:
        self.frame = ReasonForm(live.pk, older, data)
        self.content_form: ContentForm = FORMS[live.type](live.content, data)
        self.content_form.leave_tags()  # they belong to the draft, and nobody's marks hang on them

    def is_valid(self) -> bool:
        """Whether everything typed can be read."""
        return all([self.content_form.is_valid(), self.frame.is_valid()])

    def content(self) -> dict[str, Any]:
        """The corrected content."""
        return self.content_form.content()

    def note(self, problems: Sequence[Problem]) -> None:
        """Put what stands in the way at its field."""
        for problem in problems:
            if problem.field == "versions":
                self.frame.add_error("older" if "older" in self.frame.fields else None, problem.message)
            else:
                self.content_form.note([problem])
