"""The form of a measure's calculator: one figure for each input, read as people write figures."""

from collections.abc import Mapping, Sequence

from crispy_forms.bootstrap import AppendedText
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError

from concepts.calculator import Step, Worked, work_out
from concepts.figures import NumberError, format_number, parse_number
from concepts.formulas import FormulaError
from concepts.models import Metric, MetricInput
from concepts.refusals import refusal


class FigureField(forms.CharField):
    """A figure typed with or without its unit, within the bounds of its input."""

    def __init__(self, of: MetricInput) -> None:
        super().__init__(
            label=of.label,
            help_text=of.help,
            required=False,  # an empty field is refused by the reader of figures, in its own words
            initial=format_number(of.default),
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "num"}),
        )
        self.of = of

    def clean(self, value: object) -> float:
        """The figure, or why it is none."""
        try:
            figure = parse_number(str(value or ""), self.of.unit)
        except NumberError as error:
            raise ValidationError(error.message) from None
        if reason := self.of.refusal(figure):
            raise ValidationError(reason)
        return figure


class CalculatorForm(forms.Form):
    """The inputs of a measure. Without data it stands for the figures shown at first."""

    def __init__(self, metric: Metric, typed: Mapping[str, str]) -> None:
        self.metric = metric
        self.inputs: Sequence[MetricInput] = list(metric.inputs.all())
        given = {of.name: typed[of.name] for of in self.inputs if of.name in typed}
        first = {of.name: format_number(of.default) for of in self.inputs}
        super().__init__({**first, **given} if given else None)
        for of in self.inputs:
            self.fields[of.name] = FigureField(of)

    @property
    def helper(self) -> FormHelper:
        """Two columns of fields, each with its unit; without JavaScript the button is the way."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True  # the figures stand in the address, where no token belongs
        fields = (AppendedText(of.name, of.unit) if of.unit else Field(of.name) for of in self.inputs)
        helper.layout = Layout(
            *(Div(field, css_class="col-sm-6", data_field=field.fields[0]) for field in fields)
        )
        return helper

    def worked(self) -> Worked | None:
        """The calculation, or None where a figure was refused or the formula has no answer for them; then
        the figure that has to change says why.
        """
        if self.is_bound and not self.is_valid():
            return None
        figures = dict(self.cleaned_data) if self.is_bound else {of.name: of.default for of in self.inputs}
        labels = {of.name: of.label for of in self.inputs}
        *steps, answer = lines = self._lines()
        try:
            return work_out(steps, answer, figures=figures, labels=labels, decimals=self.metric.decimals)
        except FormulaError as error:
            if self.is_bound:
                why = refusal(error, lines, figures=figures, labels=labels)
                self.add_error(why.name or None, why.message)
            return None

    def _lines(self) -> list[Step]:
        """The steps of the formula, and its answer last."""
        metric = self.metric
        steps = [Step(step.name, step.label, step.expression, step.unit) for step in metric.steps.all()]
        return [*steps, Step("answer", metric.name, metric.formula, metric.unit)]
