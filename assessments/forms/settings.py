"""A person's own settings: name, time zone, and how much they learn a day."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models import Learner
from concepts.models import LearningPath

# The zones that are named after a place; the rest are old names and offsets.
REGIONS = (
    *("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"),
    "Arctic",
)
UTC = "UTC"
Zones = list[tuple[str, str | list[tuple[str, str]]]]


@cache
def _places() -> dict[str, list[str]]:
    """Every zone by region, in alphabetical order. Read from the disk once."""
    places: dict[str, list[str]] = {}
    for zone in sorted(available_timezones()):
        region, slash, _place = zone.partition("/")
        if slash and region in REGIONS:
            places.setdefault(region, []).append(zone)
    return places


def zone_choices(present: str) -> Zones:
    """The zones to choose from; the present one is among them even if it is none of these."""
    zones: Zones = [(UTC, "UTC")]
    zones += [(region, [(zone, _readable(zone)) for zone in found]) for region, found in _places().items()]
    if present != UTC and present not in {zone for found in _places().values() for zone in found}:
        zones.insert(0, (present, present))
    return zones


def _readable(zone: str) -> str:
    """`Argentina, Buenos Aires` of `America/Argentina/Buenos_Aires`."""
    return zone.partition("/")[2].replace("/", ", ").replace("_", " ")


def name_field(label: Any, purpose: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": purpose}),
    )


class SettingsForm(forms.ModelForm):
    """What a person may change of their profile. The view hands it to the service that saves it."""

    first_name = name_field(_("First name"), "given-name")
    last_name = name_field(_("Last name"), "family-name")
    path = forms.ModelChoiceField(
        LearningPath.objects.none(),
        label=_("Learning path"),
        required=False,
        empty_label=_("None: the order of the course"),
        help_text=_("Sets the order in which Today suggests lessons and the course lists its modules."),
        error_messages={"invalid_choice": _("There is no such path any more. Choose one of the list.")},
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Every date and time is shown in it, and a day of yours begins at its midnight."),
        error_messages={
            "invalid_choice": _("“%(value)s” is not a time zone that we know. Choose one of the list.")
        },
    )

    class Meta:
        model = Learner
        fields: Iterable[str] = ("time_zone", "reviews_a_day", "minutes_a_day", "path")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        user = self.instance.user
        self.initial.update(first_name=user.first_name, last_name=user.last_name)
        # One that was taken back since stays on offer to whoever follows it: saving must not drop it unasked.
        shown = Q(status=LearningPath.Status.PUBLISHED) | Q(pk=self.instance.path_id)
        self.fields["path"].queryset = LearningPath.objects.filter(shown)  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = zone_choices(self.instance.time_zone)  # type: ignore[attr-defined]
