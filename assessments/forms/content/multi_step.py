"""Several steps: a table of the figures asked for, and one of the slips that lead to wrong ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.forms.content.base import Place, Section, without_blanks
from assessments.forms.content.drawn import CODE, PARAMETERS, DrawnFields, DrawnForm, ParameterRow, SlipRow
from assessments.forms.content.fields import FigureField, RowForm, small_text
from assessments.questions.base import Content
from assessments.questions.common import mappings

TEXTS = ("stem", "explanation")
# A formula of a table's width takes a second line.
FORMULA = {"rows": 2, "cols": 18, "class": "vLargeTextField tk-code", "spellcheck": "false"}
SLIP = ("misconception", "answer", "feedback")


class StepRow(RowForm):
    """A figure asked for."""

    name = forms.CharField(label=_("Name"), required=False, widget=forms.TextInput({"size": 8, **CODE}))
    label = forms.CharField(label=_("Label of the field"), required=False, widget=small_text())
    answer = forms.CharField(label=_("Answer"), required=False, widget=forms.Textarea(FORMULA))
    unit = forms.CharField(label=_("Unit"), required=False, widget=forms.TextInput({"size": 6}))
    tolerance = forms.CharField(label=_("Tolerance"), required=False, widget=forms.TextInput({"size": 6}))
    weight = FigureField(label=_("Weight"))
    feedback = forms.CharField(label=_("Feedback if wrong"), required=False, widget=small_text())


class StepSlipRow(SlipRow):
    """A typical wrong answer to one step, which is known by its name."""

    step = forms.CharField(label=_("Step"), required=False, widget=forms.TextInput({"size": 8, **CODE}))
    answer = forms.CharField(label=_("Its answer"), required=False, widget=forms.Textarea(FORMULA))

    field_order = ("step", *SLIP)


class MultiStepForm(DrawnForm):
    """Several figures to type, one building on the other."""

    key = "multi_step"
    intro = _(
        "Two to six figures, each worked out from those before. A slip costs one step: later steps are "
        "marked with the learner’s own figures."
    )
    fields_class = DrawnFields
    tables = {"parameters": ParameterRow, "steps": StepRow, "slips": StepSlipRow}
    sections = (
        Section(
            _("What is asked"),
            _("A name in braces, such as {hours}, is replaced by the drawn figure."),
            ("stem",),
        ),
        PARAMETERS,
        Section(
            _("Derived values and constraints"),
            _("Worked out from the parameters before anything is asked."),
            ("derived", "constraints"),
        ),
        Section(
            _("Steps"),
            _(
                "Two to six, in order. A formula may use the names of parameters, derived values and earlier "
                "steps. Tolerance: “1 %”, “0.5” in the unit, or “3 sf”. Weight: 1 if left empty. The "
                "feedback is read by who got the step wrong by none of the slips below."
            ),
            table="steps",
            add=_("Add another step"),
        ),
        Section(
            _("Typical slips"),
            _(
                "Formulas for typical wrong answers to a step, by the step’s name. They are tried with the "
                "learner’s own earlier figures. Each match is counted per cohort."
            ),
            table="slips",
            add=_("Add another slip"),
        ),
        Section(
            _("After marking"),
            _("May use every name above, those of the steps as well."),
            ("explanation",),
        ),
    )

    def unpack(self, content: Content) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        single, parameters = self.unpack_figures(content)
        single |= {name: content.get(name, "") for name in TEXTS}
        steps = mappings(content, "steps")
        slips = [{"step": step.get("name", ""), **slip} for step in steps for slip in mappings(step, "slips")]
        return single, {
            "parameters": parameters,
            "steps": [{name: value for name, value in step.items() if name != "slips"} for step in steps],
            "slips": slips,
        }

    def pack(self, single: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
        optional = {
            **self.pack_figures(single, rows["parameters"]),
            "steps": [_step(row, rows["slips"]) for row in rows["steps"]],
        }
        return {name: single[name] for name in TEXTS} | without_blanks(optional)

    def is_valid(self) -> bool:
        """A slip of a step that is not there, or of two, could not be kept."""
        valid = super().is_valid()
        names = [row["name"] for _number, row in self.formsets["steps"].kept]
        slips = self.formsets["slips"]
        for number, row in slips.kept:
            if names.count(row["step"]) == 1:
                continue
            known = ", ".join(name for name in names if name) or gettext("none yet")
            message = gettext("“%(step)s” names none of the steps, or two. Steps: %(known)s.")
            slips.forms[number].add_error("step", message % {"step": row["step"], "known": known})
            valid = False
        return valid

    def locate(self, path: Sequence[str]) -> Place | None:
        """Slips stand in a table of their own."""
        if path[0] == "steps" and len(path) > 3 and path[2] == "slips" and path[1].isdigit():
            row = self._slip_row(int(path[1]), int(path[3]) if path[3].isdigit() else 0)
            named = path[4] if len(path) > 4 and path[4] in SLIP else "step"
            return Place("", "slips") if row is None else Place(named, "slips", row)
        return super().locate(path)

    def _slip_row(self, step: int, number: int) -> int | None:
        """The row of a step's so-many-th slip."""
        steps, slips = self.formsets["steps"], self.formsets["slips"]
        if step >= len(steps.numbers):
            return None
        name = steps.forms[steps.numbers[step]]["name"].value()
        rows = [row for row in slips.numbers if _plain(slips.forms[row]["step"].value()) == _plain(name)]
        return rows[number] if number < len(rows) else None


def _plain(text: Any) -> str:
    return str(text or "").strip()


def _step(row: Mapping[str, Any], slips: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A step with its slips, which no longer need its name."""
    own = [
        without_blanks({name: slip[name] for name in SLIP}) for slip in slips if slip["step"] == row["name"]
    ]
    return without_blanks({**row, "slips": own})
