"""What must hold for the text and the formulas of a numeric question before its draws are tried."""

from django.utils.translation import gettext as _

from assessments.questions.base import Content, Problem
from assessments.questions.common import check_frame, check_optional_text, check_text
from assessments.questions.drawn_check import (
    FIGURES,
    check_figures,
    check_parameters,
    check_shapes,
    check_slip_shapes,
    check_slips,
    check_stem,
    check_tolerance,
    check_use,
    formula_problem,
    unknown_placeholders,
)

_OWN = (*FIGURES, "label", "answer", "unit", "tolerance", "slips")


def check_writing(content: Content) -> list[Problem]:
    """Everything that can be told without drawing figures."""
    remedy = _("The field has no label. Name what is to be typed, for example Throughput.")
    problems = check_frame(content, _OWN) + check_text(content, "label", "label", remedy)
    problems += check_optional_text(content, "unit", "unit") + check_tolerance(content)
    shapes = check_shapes(content) + check_slip_shapes(content)
    if shapes:
        return problems + shapes
    names = [*(content.get("parameters") or {}), *(content.get("derived") or {})]
    problems += check_parameters(content)
    wrong = formula_problem("answer", content.get("answer"), names)
    formulas = ([wrong] if wrong else []) + check_figures(content, names)
    problems += formulas or check_use(content, [content.get("answer")])
    problems += check_slips(content, names) + check_stem(content, names, ("answer",))
    return problems + unknown_placeholders("explanation", content.get("explanation"), [*names, "answer"])
