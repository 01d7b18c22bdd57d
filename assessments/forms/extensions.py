"""What an instructor gives a learner: extra time in every test, and more in one assessment."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Assessment, Extension
from assessments.services.extensions import MOST_PERCENT, refuse_pointless
from assessments.wording import moment

MOST_MINUTES, MOST_ATTEMPTS = 600, 20  # as the model has them


def whole_number(typed: object, example: str) -> str:
    """What to say of something that is no whole number."""
    words = {"typed": str(typed or "")[:40], "example": example}
    return _("“%(typed)s” is not a whole number. Type one, such as %(example)s.") % words


def out_of_range(typed: object, most: int) -> str:
    """What to say of a figure that is too large or too small."""
    words = {"typed": str(typed or "")[:40], "most": most}
    return _("%(typed)s is out of range. Type a whole number from 0 to %(most)s.") % words


class ExtraTimeForm(forms.Form):
    """How much longer every time limit is for somebody."""

    percent = forms.IntegerField(
        label=gettext_lazy("Extra time, per cent"),
        help_text=gettext_lazy("On top of every time limit, also of a test that is going on. 0 for none."),
        widget=forms.NumberInput(attrs={"min": 0, "max": MOST_PERCENT}),
        error_messages={"required": gettext_lazy("Type a whole number, 0 for none.")},
    )

    def __init__(self, data: Any = None, *, percent: int = 0) -> None:
        super().__init__(data, initial={"percent": percent})
        self.fields["percent"].error_messages["invalid"] = whole_number(self["percent"].value(), "25")

    def clean_percent(self) -> int:
        percent: int = self.cleaned_data["percent"]
        if not 0 <= percent <= MOST_PERCENT:
            raise forms.ValidationError(out_of_range(percent, MOST_PERCENT))
        return percent


class AssessmentChoice(forms.ModelChoiceField):
    """An assessment with the conditions that one may be given more of."""

    def label_from_instance(self, obj: Any) -> str:
        said = []
        if obj.time_limit:
            said.append(_("%(count)d min") % {"count": obj.time_limit})
        if obj.closes_at:
            said.append(_("closes %(when)s") % {"when": moment(obj.closes_at)})
        if obj.attempts_allowed:
            said.append(_("attempts: %(count)d") % {"count": obj.attempts_allowed})
        return f"{obj.title} ({', '.join(said)})"


class AssessmentExtensionForm(forms.ModelForm):
    """More in one assessment: what would give nothing is refused where it was typed."""

    class Meta:
        model = Extension
        fields: Iterable[str] = (
            "assessment",
            "learner",
            "closes_at",
            "extra_minutes",
            "extra_attempts",
            "reason",
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        assessment = cleaned.get("assessment") or (self.instance.assessment if self.instance.pk else None)
        given = {name: cleaned.get(name) for name in ("closes_at", "extra_minutes", "extra_attempts")}
        if assessment and not self.errors:
            for refused in refuse_pointless(assessment, **given, now=timezone.now()):  # type: ignore[arg-type]
                self.add_error(refused.field or None, refused.message)
        return cleaned

    def validate_constraints(self) -> None:
        """That it gives something has been said in words; only that there is no other is left to ask."""
        if not self.errors:
            super().validate_constraints()


class ExtensionForm(AssessmentExtensionForm):
    """The same for a learner who is known, where something is limited. Times are the reader's."""

    assessment = AssessmentChoice(
        queryset=Assessment.objects.none(),
        label=gettext_lazy("Test or practice"),
        empty_label=gettext_lazy("Choose one"),
        error_messages={"required": gettext_lazy("Choose what it is for.")},
    )

    class Meta(AssessmentExtensionForm.Meta):
        fields = ("assessment", "closes_at", "extra_minutes", "extra_attempts", "reason")
        widgets = {
            "closes_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        }

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        limited = Q(time_limit__isnull=False) | Q(closes_at__isnull=False) | Q(attempts_allowed__isnull=False)
        field: Any = self.fields["assessment"]
        field.queryset = Assessment.objects.published().filter(limited).order_by("title", "pk")
        zone = {"zone": timezone.get_current_timezone_name()}
        self.fields["closes_at"].help_text = _("Empty: as for the others. In your time, %(zone)s.") % zone
        self.fields["closes_at"].error_messages["invalid"] = _(
            "“%(typed)s” is not a date and a time. Write it as 2027-03-01 14:00."
        ) % {"typed": str(self["closes_at"].value() or "")[:40]}
        limits = {"extra_minutes": ("10", MOST_MINUTES), "extra_attempts": ("1", MOST_ATTEMPTS)}
        for name, (example, most) in limits.items():
            errors = self.fields[name].error_messages
            errors["invalid"] = whole_number(self[name].value(), example)
            errors["max_value"] = errors["min_value"] = out_of_range(self[name].value(), most)
            self.fields[name].required = False

    def clean_extra_minutes(self) -> int:
        return self.cleaned_data["extra_minutes"] or 0

    def clean_extra_attempts(self) -> int:
        return self.cleaned_data["extra_attempts"] or 0

    def validate_constraints(self) -> None:
        """The service writes over what was given before, so that there is one is no mistake."""
