"""What must hold for the text and the formulas of a question in steps before its draws are tried."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.questions.base import Content, Problem
from assessments.questions.common import (
    check_distinct,
    check_frame,
    check_keys,
    check_list,
    check_optional_text,
    check_text,
    mappings,
)
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
    no_name,
    unknown_placeholders,
)
from assessments.questions.sampling import is_figure
from concepts.formulas import FormulaError, is_name, names_in

FEWEST, MOST = 2, 6
_HEAVIEST = 10
_STEP = ("name", "label", "answer", "unit", "tolerance", "weight", "slips", "feedback")


def check_writing(content: Content) -> list[Problem]:
    """Everything that can be told without drawing figures."""
    problems = check_frame(content, (*FIGURES, "steps")) + check_list(content, "steps", FEWEST, MOST)
    steps = mappings(content, "steps")
    shapes = check_shapes(content)
    for i, step in enumerate(steps):
        problems += _check_step(step, f"steps.{i}.")
        shapes += check_slip_shapes(step, f"steps.{i}.")
    if shapes or steps != content.get("steps"):
        return problems + shapes
    drawn = [*(content.get("parameters") or {}), *(content.get("derived") or {})]
    names = [str(step.get("name") or "") for step in steps]
    problems += check_parameters(content) + _check_names(names, drawn)
    formulas = _check_answers(steps, names, drawn) + check_figures(content, drawn)
    problems += formulas or check_use(content, [step.get("answer") for step in steps])
    for i, step in enumerate(steps):
        known = [*drawn, *names[:i]]
        problems += check_slips(step, known, f"steps.{i}.")
        problems += unknown_placeholders(f"steps.{i}.feedback", step.get("feedback"), known, names[i:])
    problems += check_stem(content, drawn, names)
    return problems + unknown_placeholders("explanation", content.get("explanation"), [*drawn, *names])


def _check_step(step: Mapping[str, Any], path: str) -> list[Problem]:
    """The keys, the label, the tolerance and the weight of one step."""
    remedy = _("This step has no label. Name what is to be typed, for example Takt time.")
    problems = check_keys(step, _STEP, path) + check_text(step, "label", f"{path}label", remedy)
    for name in ("unit", "feedback"):
        problems += check_optional_text(step, name, f"{path}{name}")
    weight = step.get("weight", 1)
    if not is_figure(weight) or not 0 < weight <= _HEAVIEST:
        message = _("The weight of a step is a figure above 0, and 10 at most.")
        problems.append(Problem(f"{path}weight", message))
    return problems + check_tolerance(step, path)


def _check_names(names: Sequence[str], drawn: Collection[str]) -> list[Problem]:
    """Steps are called by their names in the formulas that follow, and in the explanation."""
    problems = []
    for i, name in enumerate(names):
        where = f"steps.{i}.name"
        if not name:
            problems.append(Problem(where, _("This step has no name. Give it one, such as takt.")))
        elif not is_name(name):
            problems.append(Problem(where, no_name(name)))
        elif name in drawn:
            problems.append(Problem(where, _("This name is already a drawn figure. Use another.")))
    return problems + check_distinct([name or f"#{i}" for i, name in enumerate(names)], "steps", "name")


def _check_answers(
    steps: Sequence[Mapping[str, Any]], names: Sequence[str], drawn: Collection[str]
) -> list[Problem]:
    """Each formula uses drawn figures and earlier steps only."""
    problems = []
    for i, step in enumerate(steps):
        where = f"steps.{i}.answer"
        later = _first_later(step.get("answer"), names[i:])
        if later and later not in drawn:
            message = _("Step “%(name)s” comes later, or is this one. A step can only use those before it.")
            problems.append(Problem(where, message % {"name": later}))
            continue
        wrong = formula_problem(where, step.get("answer"), [*drawn, *names[:i]])
        problems += [wrong] if wrong else []
    return problems


def _first_later(formula: object, names: Sequence[str]) -> str:
    """The first of these names that a formula uses; empty if it uses none or cannot be read."""
    try:
        used = names_in(str(formula))
    except FormulaError:
        return ""
    return next((name for name in names if name in used), "")
