"""Which draw somebody wants to preview."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 10**9
_OFFERED = 9999  # short enough to be told to a colleague


class SeedForm(forms.Form):
    """The number of a draw; one that nobody chose is offered."""

    seed = forms.IntegerField(
        label=gettext_lazy("Draw"),
        help_text=gettext_lazy(
            "Any number. The same one asks the same questions with the same figures, until the bank changes."
        ),
        # Out-of-range figures get our own words, which quote what was typed.
        widget=forms.NumberInput(attrs={"min": 1, "max": LARGEST}),
        error_messages={"required": gettext_lazy("Type a number, such as 1.")},
    )

    def __init__(self, data: Any = None, *, offered: int | None = None) -> None:
        super().__init__(data, initial={"seed": offered or 1 + secrets.randbelow(_OFFERED)})
        self.fields["seed"].error_messages["invalid"] = _(
            "“%(typed)s” is not a whole number. Type one, such as 1."
        ) % {"typed": str(self["seed"].value() or "")[:40]}

    def clean_seed(self) -> int:
        seed: int = self.cleaned_data["seed"]
        if not 1 <= seed <= LARGEST:
            raise forms.ValidationError(
                _("%(seed)s is out of range. Type a whole number from 1 to %(most)s.")
                % {"seed": seed, "most": f"{LARGEST:,}"}
            )
        return seed
