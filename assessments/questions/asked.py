"""The figures that a question asks for: one, or several step by step.

What a numeric question and one in several steps share: what each figure should be, how near is near enough,
what was typed, and which slip leads to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.questions.base import Answer, AnswerError, Content, Posted
from assessments.questions.common import mappings
from assessments.questions.tolerance import Tolerance, counts, parse_tolerance
from concepts.figures import NARROW_SPACE, NumberError, format_number, groups_thousands, parse_number
from concepts.formulas import FormulaError, evaluate

Slip = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """One figure asked for. `path` is where it stands in the content: empty, or `steps.1.`.

    `tolerance` is the text as it was written; `limit` reads it and raises `ToleranceError`.
    """

    name: str
    label: str
    expression: str
    unit: str
    tolerance: object
    slips: tuple[Slip, ...] = ()
    path: str = ""
    weight: float = 1
    feedback: str = ""

    @property
    def limit(self) -> Tolerance:
        return parse_tolerance(self.tolerance)

    def slip_behind(self, value: float, figures: Mapping[str, float]) -> Slip | None:
        """The first typical slip that leads from these figures to this value."""
        for slip in self.slips:
            mistaken = figure_of(slip, figures)  # a slip that these figures rule out was not made
            if mistaken is not None and counts(self.limit, mistaken, value):
                return slip
        return None


def asked(content: Content) -> tuple[Asked, ...]:
    """What a question asks for, in order. It need not have been checked yet."""
    if "steps" in content:
        steps = mappings(content, "steps")
        return tuple(_asked(step, str(step.get("name", "")), f"steps.{i}.") for i, step in enumerate(steps))
    return (_asked(content, "answer", ""),)


def _asked(holder: Mapping[str, Any], name: str, path: str) -> Asked:
    weight = holder.get("weight", 1)
    return Asked(
        name=name,
        label=str(holder.get("label") or ""),
        expression=str(holder.get("answer", "")),
        unit=str(holder.get("unit") or ""),
        tolerance=holder.get("tolerance", ""),
        slips=tuple(mappings(holder, "slips")),
        path=path,
        weight=float(weight) if isinstance(weight, int | float) else 1.0,
        feedback=str(holder.get("feedback") or "") if path else "",
    )


def figure_of(slip: Slip, figures: Mapping[str, float]) -> float | None:
    """What a slip gives with these figures; None where it gives nothing."""
    try:
        return evaluate(str(slip.get("answer", "")), figures)
    except FormulaError:
        return None


def read_figure(posted: Posted, field: str, unit: str) -> dict[str, Any] | None:
    """What was typed into a field and what it is read as: `{"text": "1 234,5", "value": 1234.5}`.

    None if the field is empty; raises `AnswerError` at the field if it is no figure.
    """
    given = [text.strip() for text in posted.get(field, ()) if text.strip()]
    if not given:
        return None
    if len(given) > 1:
        raise AnswerError(_("Type one figure, not several."), field)
    try:
        return {"text": given[0], "value": parse_number(given[0], unit)}
    except NumberError as error:
        raise AnswerError(error.message, field) from None


def value_of(typed: Answer | None) -> float | None:
    """The figure in what `read_figure` gave."""
    return float(typed["value"]) if isinstance(typed, Mapping) and "value" in typed else None


def written(typed: Mapping[str, Any], unit: str) -> str:
    """What was typed, with the unit if it was left out."""
    text = str(typed["text"])
    return f"{text}{NARROW_SPACE}{unit}" if unit and text[-1:].isdigit() else text


def ways_to_type() -> str:
    """Said at the field: how figures may be written, and how the one doubtful form is read."""
    return _("You may type 1,234.5 or 1 234,5 or 1e3; 1,234 is read as 1234.")


def doubtful_reading(typed: Mapping[str, Any], limit: Tolerance, right: float) -> str:
    """Said after marking where the comma was read as thousands, and a decimal comma would have been right."""
    value = float(typed["value"])
    if not groups_thousands(str(typed["text"])) or not counts(limit, right, value / 1000):
        return ""
    return _(
        "“%(typed)s” was read as %(read)s, because one comma before three digits groups thousands. "
        "Type a point where you mean a decimal: %(point)s."
    ) % {
        "typed": typed["text"],
        "read": f"{value:.12g}",
        "point": format_number(value / 1000, decimals=3, trim=False),
    }
