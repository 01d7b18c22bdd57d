"""Numeric: parameters and how they are drawn, the answer and its tolerance, detectors of typical slips."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.content.base import Section, without_blanks
from assessments.forms.content.drawn import CODE, PARAMETERS, DrawnFields, DrawnForm, ParameterRow, SlipRow
from assessments.questions.base import Content
from assessments.questions.common import mappings

TEXTS = ("stem", "explanation", "label", "answer", "unit", "tolerance")


class NumericFields(DrawnFields):
    """The single fields of a numeric question."""

    label = forms.CharField(
        label=_("Label of the field"),
        required=False,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=_("What is typed, such as Throughput."),
    )
    answer = forms.CharField(label=_("Answer"), required=False, widget=forms.TextInput(CODE))
    unit = forms.CharField(
        label=_("Unit"), required=False, help_text=_("Shown beside the field; % means a figure in per cent.")
    )
    tolerance = forms.CharField(
        label=_("Tolerance"),
        required=False,
        widget=forms.TextInput({"size": 8}),
        help_text=_(
            "Stated before answering. Relative “1 %”, absolute “0.5”, or significant figures “3 sf”."
        ),
    )


class NumericForm(DrawnForm):
    """A figure to type."""

    key = "numeric"
    intro = _("A figure to work out, with fresh numbers for every attempt, a tolerance and typical slips.")
    fields_class = NumericFields
    tables = {"parameters": ParameterRow, "slips": SlipRow}
    sections = (
        Section(
            _("What is asked"),
            _("A name in braces, such as {hours}, is replaced by the drawn figure."),
            ("stem", "label"),
        ),
        PARAMETERS,
        Section(
            _("The answer"),
            _("Worked out from the parameters; what is near enough counts."),
            ("derived", "constraints", "answer", "unit", "tolerance"),
        ),
        Section(
            _("Typical slips"),
            _("Formulas for typical wrong answers. Each match is counted per cohort."),
            table="slips",
            add=_("Add another slip"),
        ),
        Section(
            _("After marking"),
            _("May use {answer} and every name above. The slip's own words are read before it."),
            ("explanation",),
        ),
    )

    def unpack(self, content: Content) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        single, parameters = self.unpack_figures(content)
        single |= {name: content.get(name, "") for name in TEXTS}
        slips = [dict(slip) for slip in mappings(content, "slips")]
        return single, {"parameters": parameters, "slips": slips}

    def pack(self, single: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
        optional = {
            **self.pack_figures(single, rows["parameters"]),
            "slips": [without_blanks(row) for row in rows["slips"]],
        }
        return {name: single[name] for name in TEXTS} | without_blanks(optional)
