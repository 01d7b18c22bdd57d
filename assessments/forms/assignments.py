"""What an instructor fills in to assign a case: as whom, from when, until when, and a note."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Assignment
from assessments.models.casework import Role
from assessments.wording import moment

BOTH = "both"
EARLIEST, LATEST = 2020, 2100  # years; what lies beyond was mistyped
FORMAT = "%Y-%m-%dT%H:%M"


class AssignmentForm(forms.Form):
    """How a cohort is asked to work a case. Times are those of whoever fills it in."""

    play_as = forms.ChoiceField(
        label=gettext_lazy("Played as"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is none of these. Choose one.")},
    )
    opens_at = forms.DateTimeField(
        label=gettext_lazy("Asked for from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMAT),
    )
    due_at = forms.DateTimeField(
        label=gettext_lazy("Due"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMAT),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        widget=forms.TextInput,
        help_text=gettext_lazy("Learners read it beside the case. 300 characters at most."),
        error_messages={
            "max_length": gettext_lazy("This has %(show_value)d characters. Shorten it to %(limit_value)d.")
        },
    )

    def __init__(
        self,
        roles: Sequence[str],
        data: Mapping[str, Any] | None = None,
        *,
        assignment: Assignment | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(assignment))
        due = assignment.due_at if assignment else None
        self.was_due = due.replace(second=0, microsecond=0) if due else None  # as the field shows it
        choices = [("", _("As they choose")), *((key, Role(key).label) for key in roles)]
        both = [(BOTH, _("Both roles, one after the other"))] if len(roles) > 1 else []
        self.fields["play_as"].choices = [*choices, *both]  # type: ignore[attr-defined]
        zone = {"zone": timezone.get_current_timezone_name()}
        helps = {
            "opens_at": _("Empty: at once. In your time, %(zone)s."),
            "due_at": _("Empty: whenever they like. In your time, %(zone)s."),
        }
        for name, words in helps.items():
            field = self.fields[name]
            field.help_text = words % zone
            field.error_messages["invalid"] = self._no_moment(name)

    def _no_moment(self, name: str) -> str:
        typed = str(self[name].value() or "")[:40]
        words = _("“%(typed)s” is not a date and a time. Write it as 2027-03-01 14:00.")
        return words % {"typed": typed}

    def clean_opens_at(self) -> datetime | None:
        return self._likely("opens_at")

    def clean_due_at(self) -> datetime | None:
        due = self._likely("due_at")
        if due is not None and due != self.was_due and due <= timezone.now():
            words = _("%(when)s is past. Choose a moment that is still to come, or leave it empty.")
            raise forms.ValidationError(words % {"when": moment(due)})
        return due

    def _likely(self, name: str) -> datetime | None:
        when: datetime | None = self.cleaned_data[name]
        if when is not None and not EARLIEST <= when.year <= LATEST:
            raise forms.ValidationError(self._no_moment(name))
        return when

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, due = cleaned.get("opens_at"), cleaned.get("due_at")
        if opens and due and opens >= due:
            words = _("It would be due before it opens on %(when)s. Choose a later moment.")
            self.add_error("due_at", words % {"when": moment(opens)})
        return cleaned

    @property
    def wanted(self) -> dict[str, Any]:
        """What the service asks for; of a valid form."""
        play_as = self.cleaned_data["play_as"]
        return {
            "role": "" if play_as == BOTH else play_as,
            "both_roles": play_as == BOTH,
            **{name: self.cleaned_data[name] for name in ("opens_at", "due_at", "note")},
        }


def _initial(assignment: Assignment | None) -> dict[str, Any]:
    if assignment is None:
        return {"play_as": ""}
    names = ("opens_at", "due_at", "note")
    asked = BOTH if assignment.both_roles else assignment.role
    return {"play_as": asked, **{name: getattr(assignment, name) for name in names}}
