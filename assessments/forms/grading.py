"""What a grader fills in: a level for each criterion of a rubric, and a comment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.base import Criterion, Level
from assessments.questions.written import tidied

LONGEST_COMMENT = 5_000


@dataclass(frozen=True)
class Choice:
    """A level with the radio button that ticks it."""

    level: Level
    widget: Any


@dataclass(frozen=True)
class Row:
    """A criterion with its levels."""

    criterion: Criterion
    field: BoundField
    choices: Sequence[Choice]


class GradeForm(forms.Form):
    """The grade of one answer. A criterion may be left open: then the answer goes on waiting."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    comment = forms.CharField(
        label=gettext_lazy("Comment to the learner"),
        required=False,
        strip=True,
        widget=forms.Textarea({"rows": 4, "class": "form-control tk-grow"}),
        help_text=gettext_lazy("Optional, plain text. It is shown with the grade."),
    )

    def __init__(
        self,
        rubric: Sequence[Criterion],
        data: Any = None,
        *,
        ticks: Mapping[str, str] | None = None,
        comment: str = "",
        revision: int = 0,
    ) -> None:
        self.rubric = rubric
        start = {f"tick-{name}": label for name, label in (ticks or {}).items()}
        super().__init__(data, initial={**start, "comment": comment, "revision": revision}, auto_id="id_%s")
        for criterion in rubric:
            self.fields[f"tick-{criterion.name}"] = forms.ChoiceField(
                label=criterion.label,
                required=False,
                choices=[(level.label, level.label) for level in criterion.levels],
                widget=forms.RadioSelect({"class": "form-check-input"}),
                error_messages={"invalid_choice": _("The rubric has no such level. Tick one of these.")},
            )

    def clean_comment(self) -> str:
        comment = tidied(self.cleaned_data["comment"])
        if len(comment) > LONGEST_COMMENT:
            message = _("This is %(count)s characters long; at most %(most)s can be kept. Shorten it.")
            said = {"count": f"{len(comment):,}", "most": f"{LONGEST_COMMENT:,}"}
            raise forms.ValidationError(message % said)
        return comment

    @property
    def ticks(self) -> dict[str, str]:
        """The levels that were ticked, by criterion."""
        named = {criterion.name: self.cleaned_data.get(f"tick-{criterion.name}") for criterion in self.rubric}
        return {name: label for name, label in named.items() if label}

    def beside(self, theirs: Mapping[str, str]) -> list[tuple[str, str, str]]:
        """Each criterion with the level that somebody else ticked and the one ticked here."""
        return [
            (one.label, theirs.get(one.name, ""), str(self.initial.get(f"tick-{one.name}", "")))
            for one in self.rubric
        ]

    @property
    def rows(self) -> list[Row]:
        """The rubric with its radio buttons."""
        return [self._row(criterion) for criterion in self.rubric]

    def _row(self, criterion: Criterion) -> Row:
        field = self[f"tick-{criterion.name}"]
        choices = [Choice(level, widget) for level, widget in zip(criterion.levels, field, strict=True)]
        return Row(criterion, field, choices)
