"""What an instructor fills in: a new join link."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = timedelta(days=366)
USUAL = timedelta(days=14)
MOST_PLACES = 10_000


class JoinLinkForm(forms.Form):
    """Until when a new link may be used, and by how many."""

    expires_on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("It can be used until the end of this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose the last day on which people may join by it.")},
    )
    cap = forms.IntegerField(
        label=gettext_lazy("Places"),
        help_text=gettext_lazy("How many people may join by it."),
        # Out-of-range figures get our own words, which quote what was typed.
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_PLACES}),
        error_messages={"required": gettext_lazy("Type how many people may join by it.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        today = localdate()
        super().__init__(data, initial={"expires_on": today + USUAL, "cap": 30})
        self.fields["expires_on"].widget.attrs |= {
            "min": today.isoformat(),
            "max": (today + LONGEST).isoformat(),
        }
        self.fields["expires_on"].error_messages["invalid"] = _(
            "“%(typed)s” is not a date. Write it as %(example)s."
        ) % {"typed": str(self["expires_on"].value() or "")[:40], "example": today + USUAL}
        self.fields["cap"].error_messages["invalid"] = _(
            "“%(typed)s” is not a whole number. Type one, such as 30."
        ) % {"typed": str(self["cap"].value() or "")[:40]}

    def clean_expires_on(self) -> datetime:
        """The last moment of the chosen day, in the zone of whoever chose it."""
        day, today = self.cleaned_data["expires_on"], localdate()
        if day < today:
            raise forms.ValidationError(
                _("%(day)s is past. Choose today or a later day.") % {"day": day.isoformat()}
            )
        if day > today + LONGEST:
            raise forms.ValidationError(
                _("%(day)s is more than a year ahead. Choose an earlier day.") % {"day": day.isoformat()}
            )
        return datetime.combine(day, time(23, 59, 59), tzinfo=get_current_timezone())

    def clean_cap(self) -> int:
        cap: int = self.cleaned_data["cap"]
        if not 1 <= cap <= MOST_PLACES:
            raise forms.ValidationError(
                _("%(cap)s is out of range. Type a whole number from 1 to %(most)s.")
                % {"cap": cap, "most": f"{MOST_PLACES:,}"}
            )
        return cap
