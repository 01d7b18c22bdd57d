"""The form of the self-assessment: a level for each skill, and an example if there is one."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import SkillRating
from assessments.selectors.skills import Rated, RoleGroup, Skills
from assessments.services.skills import Mark

MOST = 300


class Row:
    """One skill with its two fields."""

    def __init__(self, form: "SkillsForm", rated: Rated) -> None:
        self.rated, self.skill = rated, rated.skill
        self.level, self.example = form[f"level-{rated.skill.slug}"], form[f"example-{rated.skill.slug}"]


class SkillsForm(forms.Form):
    """What is left alone stays as it was; nobody has to rate everything at once."""

    def __init__(self, skills: Skills, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.skills = skills
        for rated in skills.rated:
            self._add(rated)

    def _add(self, rated: Rated) -> None:
        newest = rated.newest
        self.fields[f"level-{rated.skill.slug}"] = forms.TypedChoiceField(
            label=rated.skill.name,
            choices=SkillRating.Level.choices,
            coerce=int,
            required=False,
            initial=newest.level if newest else None,
            widget=forms.RadioSelect({"class": "form-check-input"}),
            error_messages={
                "invalid_choice": _("“%(value)s” is not one of the four levels. Choose one of them.")
            },
        )
        self.fields[f"example-{rated.skill.slug}"] = forms.CharField(
            label=gettext_lazy("The last time that you did it at work"),
            max_length=MOST,
            required=False,
            initial=newest.example if newest else "",
            widget=forms.TextInput({"class": "form-control", "autocomplete": "off"}),
        )

    def groups(self) -> Iterator[tuple[RoleGroup, list[Row]]]:
        """The fields as the page draws them, by role."""
        for group in self.skills.groups:
            yield group, [Row(self, rated) for rated in group.rated]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for rated in self.skills.rated:
            level, example = f"level-{rated.skill.slug}", f"example-{rated.skill.slug}"
            if cleaned.get(example) and level in cleaned and not cleaned[level]:
                self.add_error(level, _("You gave an example. Choose the level that it shows."))
        if not self.errors and not self.marks() and self.skills.is_empty:
            self.add_error(None, _("No level is chosen yet. Choose one for at least one skill."))
        return cleaned

    def marks(self) -> dict[int, Mark]:
        """What was said of each skill that has a level, by its key."""
        cleaned = self.cleaned_data
        return {
            rated.skill.pk: Mark(int(level), cleaned.get(f"example-{rated.skill.slug}", ""))
            for rated in self.skills.rated
            if (level := cleaned.get(f"level-{rated.skill.slug}"))
        }
