"""The forms of worksheets: a list of jobs or of periods, a line each, and what is to be done with it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concepts.figures import NumberError, parse_number
from concepts.worksheets.forecasting import Forecast, moving_average, smoothing
from concepts.worksheets.sequencing import (
    RULES,
    Job,
    OneMachine,
    TwoMachines,
    TwoStage,
    johnson,
    run_on_two,
    sequence,
)

MOST_JOBS = 20
MOST_PERIODS = 60
LONGEST_NAME = 12
_PARTS = re.compile(r"\s*[;\t]\s*|\s+")
RULE_NAMES = {
    "fcfs": gettext_lazy("First come, first served"),
    "spt": gettext_lazy("Shortest processing time"),
    "edd": gettext_lazy("Earliest due date"),
    "cr": gettext_lazy("Critical ratio, as of now"),
}


def _figure(text: str, line: int, *, above: float | None = None) -> float:
    """A figure on a line of a list; raises ValidationError that names the line."""
    try:
        value = parse_number(text)
    except NumberError as error:
        raise ValidationError(_("Line %(line)d: %(why)s") % {"line": line, "why": error.message}) from None
    if above is not None and value <= above:
        said = {"line": line, "text": text, "bound": f"{above:g}"}
        raise ValidationError(_("Line %(line)d: “%(text)s” must be above %(bound)s.") % said)
    return value


class RowsField(forms.CharField):
    """A line a row: a name, then figures. Cleans to a list of (name, figures)."""

    def __init__(self, *, columns: Sequence[int], **options: Any) -> None:
        super().__init__(
            widget=forms.Textarea({"rows": 7, "spellcheck": "false"}),
            error_messages={"required": gettext_lazy("Write a job a line.")},
            max_length=2000,
            **options,
        )
        self.columns = columns

    def clean(self, value: Any) -> list[tuple[str, list[float]]]:
        text = super().clean(value)
        rows = [
            self._row(line.strip(), number)
            for number, line in enumerate(text.splitlines(), start=1)
            if line.strip()
        ]
        if len(rows) > MOST_JOBS:
            said = {"count": len(rows), "most": MOST_JOBS}
            raise ValidationError(_("These are %(count)d jobs; %(most)d are the most.") % said)
        names = [name for name, _figures in rows]
        for name in names:
            if names.count(name) > 1:
                raise ValidationError(_("Two jobs are called “%(name)s”. Rename one.") % {"name": name})
        return rows

    def _row(self, line: str, number: int) -> tuple[str, list[float]]:
        name, *figures = _PARTS.split(line)
        if len(figures) not in self.columns or len(name) > LONGEST_NAME:
            said = {"line": number, "text": line[:40], "help": self.help_text, "most": LONGEST_NAME}
            message = _("Line %(line)d, “%(text)s”: %(help)s A name has %(most)d letters at most.")
            raise ValidationError(message % said)
        read = [_figure(text, number, above=0 if i == 0 else None) for i, text in enumerate(figures)]
        return name, read


class WorksheetForm(forms.Form):
    """A form in the address: without figures of the reader it stands for an example."""

    example: Mapping[str, str] = {}

    def __init__(self, typed: Mapping[str, str]) -> None:
        given = {name: typed[name] for name in self.base_fields if name in typed}
        self.is_own = bool(given)
        super().__init__(given or self.example)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True  # the figures stand in the address, where no token belongs
        names = list(self.fields)
        rest = [Div(Field(name), css_class="col-sm-6") for name in names[1:]]
        helper.layout = Layout(Div(Field(names[0]), css_class="col-12"), *rest)
        return helper


class OneMachineForm(WorksheetForm):
    """Jobs for one machine, and the rule that puts them in order."""

    example = {"jobs": "A 6 22\nB 12 14\nC 14 30\nD 2 18\nE 10 25\nF 4 34", "rule": "spt"}
    jobs = RowsField(
        columns=(1, 2),
        label=gettext_lazy("Jobs, in the order in which they came"),
        help_text=gettext_lazy("A job a line: its name, the time it takes, and when it is due if you know."),
    )
    rule = forms.ChoiceField(label=gettext_lazy("Rule"), choices=list(RULE_NAMES.items()))

    def clean(self) -> dict[str, Any]:
        """Rules by due date need one for every job."""
        cleaned = self.cleaned_data
        rows = cleaned.get("jobs") or []
        missing = [name for name, figures in rows if len(figures) < 2]
        if missing and cleaned.get("rule") in ("edd", "cr"):
            said = {"names": ", ".join(missing)}
            self.add_error("jobs", _("This rule asks when each job is due. Missing: %(names)s.") % said)
        return cleaned

    def results(self) -> dict[str, OneMachine]:
        """The jobs by the chosen rule first, then by the others that can be used, for comparison."""
        jobs = [Job(name, *figures) for name, figures in self.cleaned_data["jobs"]]
        dated = all(job.due is not None for job in jobs)
        usable = [rule for rule in RULES if dated or rule in ("fcfs", "spt")]
        chosen = self.cleaned_data["rule"]
        return {rule: sequence(jobs, rule) for rule in sorted(usable, key=lambda rule: rule != chosen)}


class TwoMachinesForm(WorksheetForm):
    """Jobs for two machines in a row, and an order to compare with Johnson's."""

    example = {"jobs": "J1 8 8\nJ2 6 7\nJ3 2 7\nJ4 5 6\nJ5 7 4", "order": ""}
    jobs = RowsField(
        columns=(2,),
        label=gettext_lazy("Jobs"),
        help_text=gettext_lazy(
            "A job a line: its name, then its time on the first and on the second machine."
        ),
    )
    order = forms.CharField(
        label=gettext_lazy("An order of yours"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("The names in the order that you would choose; empty for none."),
    )

    def clean_order(self) -> list[str]:
        names = [name for name in re.split(r"[\s,;>→-]+", self.cleaned_data["order"]) if name]
        known = [name for name, _figures in self.cleaned_data.get("jobs") or []]
        if names and known and sorted(names) != sorted(known):
            said = {"names": ", ".join(known)}
            raise ValidationError(_("Name each job once: %(names)s.") % said)
        return names

    def best(self) -> TwoMachines:
        return run_on_two(johnson(self._jobs))

    def own(self) -> TwoMachines | None:
        """The order that was typed, if one was."""
        by_name = {job.name: job for job in self._jobs}
        names = self.cleaned_data["order"]
        return run_on_two([by_name[name] for name in names]) if names else None

    @property
    def _jobs(self) -> list[TwoStage]:
        return [TwoStage(name, *figures) for name, figures in self.cleaned_data["jobs"]]


class ForecastForm(WorksheetForm):
    """What was sold period by period, and the method that forecasts the next."""

    example = {
        "actuals": "180 168 159 175 190 205 180 182",
        "method": "smoothing",
        "alpha": "0.1",
        "first": "175",
        "periods": "3",
    }
    actuals = forms.CharField(
        label=gettext_lazy("What came, oldest first"),
        help_text=gettext_lazy("Figures parted by spaces, semicolons or lines; two or more."),
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Type two figures or more.")},
    )
    method = forms.ChoiceField(
        label=gettext_lazy("Method"),
        choices=[
            ("smoothing", gettext_lazy("Exponential smoothing")),
            ("average", gettext_lazy("Moving average")),
        ],
    )
    alpha = forms.CharField(
        label=gettext_lazy("α, for smoothing"),
        required=False,
        help_text=gettext_lazy(
            "Above 0, at most 1: the share of the last error that the next forecast takes up."
        ),
    )
    first = forms.CharField(
        label=gettext_lazy("Forecast of the first period"),
        required=False,
        help_text=gettext_lazy("For smoothing; without one, the first figure starts it."),
    )
    periods = forms.IntegerField(
        label=gettext_lazy("Periods averaged"),
        required=False,
        min_value=1,
        max_value=24,
        help_text=gettext_lazy("For the moving average."),
    )

    def clean_actuals(self) -> list[float]:
        parts = [part for part in re.split(r"[\s;]+", self.cleaned_data["actuals"]) if part]
        if len(parts) > MOST_PERIODS:
            said = {"count": len(parts), "most": MOST_PERIODS}
            raise ValidationError(_("These are %(count)d figures; %(most)d are the most.") % said)
        figures = [self._number(part) for part in parts]
        if len(figures) < 2:
            raise ValidationError(_("This is one figure. Type two or more."))
        return figures

    def clean_alpha(self) -> float | None:
        value = self._number(self.cleaned_data["alpha"]) if self.cleaned_data["alpha"] else None
        if value is not None and not 0 < value <= 1:
            raise ValidationError(_("α lies above 0 and is 1 at most, such as 0.2."))
        return value

    def clean_first(self) -> float | None:
        return self._number(self.cleaned_data["first"]) if self.cleaned_data["first"] else None

    def clean(self) -> dict[str, Any]:
        """Each method needs its own figure, and enough periods to measure an error."""
        cleaned = self.cleaned_data
        if cleaned.get("method") == "smoothing" and not cleaned.get("alpha") and "alpha" not in self.errors:
            self.add_error("alpha", _("Smoothing needs α, such as 0.2."))
        if cleaned.get("method") == "average" and "periods" not in self.errors:
            periods, actuals = cleaned.get("periods"), cleaned.get("actuals")
            if not periods:
                self.add_error("periods", _("Say how many periods are averaged, such as 3."))
            elif actuals and periods >= len(actuals):
                said = {"count": len(actuals)}
                self.add_error("periods", _("Average fewer than the %(count)d figures above.") % said)
        return cleaned

    def result(self) -> Forecast:
        cleaned = self.cleaned_data
        if cleaned["method"] == "average":
            return moving_average(cleaned["actuals"], periods=cleaned["periods"])
        return smoothing(cleaned["actuals"], alpha=cleaned["alpha"], first=cleaned["first"])

    @staticmethod
    def _number(text: str) -> float:
        try:
            return parse_number(text)
        except NumberError as error:
            raise ValidationError(error.message) from None
