"""What must hold for the text and the formulas of a numeric question before its draws are tried."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from assessments.questions.base import Content, Problem
from assessments.questions.common import (
    check_frame,
    check_keys,
    check_optional_text,
    check_text,
    mappings,
    placeholders,
)
from assessments.questions.sampling import in_order, read_steps
from assessments.questions.tolerance import ToleranceError, parse_tolerance
from concepts.formulas import FormulaError, check_expression, is_name, names_in

_OWN = ("label", "parameters", "derived", "constraints", "answer", "unit", "tolerance", "slips")
_MOST_PARAMETERS = 20


def check_writing(content: Content) -> list[Problem]:
    """Everything that can be told without drawing figures."""
    remedy = _("The field has no label. Name what is to be typed, for example Throughput.")
    problems = check_frame(content, _OWN) + check_text(content, "label", "label", remedy)
    problems += check_optional_text(content, "unit", "unit") + _check_tolerance(content)
    shapes = _check_shapes(content)
    if shapes:
        return problems + shapes
    names = [*(content.get("parameters") or {}), *(content.get("derived") or {})]
    problems += _check_parameters(content)
    problems += _check_formulas(content, names)
    problems += _check_slips(content, names)
    return problems + _check_placeholders(content, names)


def _check_shapes(content: Content) -> list[Problem]:
    """Mappings where mappings belong and lists where lists belong; nothing else is looked at before."""
    problems = [
        Problem(name, _("Write a name and what it stands for, line by line."))
        for name in ("parameters", "derived")
        if not _is_named(content.get(name) or {})
    ]
    problems += [
        Problem(name, _("Write a list, one entry a line, each beginning with a dash."))
        for name in ("constraints", "slips")
        if not isinstance(content.get(name) or [], list)
    ]
    slips = content.get("slips") or []
    if isinstance(slips, list) and len(mappings(content, "slips")) < len(slips):
        problems.append(Problem("slips", _("Each slip has a misconception, an answer and a feedback.")))
    return problems


def _is_named(what: object) -> bool:
    return isinstance(what, Mapping) and all(isinstance(name, str) for name in what)


def _check_tolerance(content: Content) -> list[Problem]:
    try:
        parse_tolerance(content.get("tolerance", ""))
    except ToleranceError as error:
        return [Problem("tolerance", error.message)]
    return []


def _check_parameters(content: Content) -> list[Problem]:
    parameters, derived = content.get("parameters") or {}, content.get("derived") or {}
    problems = []
    if len(parameters) > _MOST_PARAMETERS:
        problems.append(Problem("parameters", _("These are too many; 20 is the most.")))
    for where, names in (("parameters", parameters), ("derived", derived)):
        problems += [
            Problem(f"{where}.{name}", _("“%(name)s” cannot be a name. Use another word.") % {"name": name})
            for name in names
            if not is_name(str(name)) or name == "answer"
        ]
    for name, spec in parameters.items():
        if name in derived:
            problems.append(Problem(f"derived.{name}", _("This name is already a parameter. Use another.")))
        try:
            read_steps(spec)
        except FormulaError as error:
            problems.append(Problem(f"parameters.{name}", error.message))
    return problems


def _check_formulas(content: Content, names: Collection[str]) -> list[Problem]:
    derived: Mapping[str, Any] = content.get("derived") or {}
    problems = [_formula_problem(f"derived.{name}", text, names) for name, text in derived.items()]
    problems.append(_formula_problem("answer", content.get("answer"), names))
    problems += [
        _formula_problem(f"constraints.{i}", text, names, condition=True)
        for i, text in enumerate(content.get("constraints") or ())
    ]
    found = [problem for problem in problems if problem]
    if not found:
        try:
            in_order(derived, list(content.get("parameters") or {}))
        except FormulaError as error:
            found.append(Problem("derived", error.message))
        found += _check_use(content)
    return found


def _formula_problem(
    path: str, text: object, names: Collection[str], *, condition: bool = False
) -> Problem | None:
    if text is None or not isinstance(text, str | int | float) or isinstance(text, bool):
        return Problem(path, _("Write a formula, for example units / hours."))
    message = check_expression(str(text), names, condition=condition)
    return Problem(path, message) if message else None


def _check_use(content: Content) -> list[Problem]:
    """A parameter that nothing reads was misspelt, or forgotten in the text."""
    texts = [
        content.get("answer"),
        *(content.get("derived") or {}).values(),
        *(content.get("constraints") or ()),
    ]
    used = set(placeholders(content.get("stem"))).union(*(names_in(str(text)) for text in texts))
    return [
        Problem(f"parameters.{name}", _("Nothing uses this. Put {%(name)s} into the text.") % {"name": name})
        for name in content.get("parameters") or {}
        if name not in used
    ]


def _check_slips(content: Content, names: Collection[str]) -> list[Problem]:
    problems: list[Problem] = []
    for i, slip in enumerate(mappings(content, "slips")):
        path = f"slips.{i}"
        wrong = _formula_problem(f"{path}.answer", slip.get("answer"), names)
        problems += [wrong] if wrong else []
        problems += check_keys(slip, ("misconception", "answer", "feedback"), f"{path}.")
        remedy = _("Name the misconception that leads to this answer.")
        problems += check_text(slip, "misconception", f"{path}.misconception", remedy)
        remedy = _("There is no feedback. Say to who made this slip what the figure really is.")
        problems += check_text(slip, "feedback", f"{path}.feedback", remedy)
    return problems


def _check_placeholders(content: Content, names: Collection[str]) -> list[Problem]:
    problems = _unknown_placeholders("stem", content.get("stem"), names)
    problems += _unknown_placeholders("explanation", content.get("explanation"), [*names, "answer"])
    for i, slip in enumerate(mappings(content, "slips")):
        problems += _unknown_placeholders(f"slips.{i}.feedback", slip.get("feedback"), names)
    if content.get("parameters") and not placeholders(content.get("stem")):
        message = _("The text shows none of the figures drawn. Put their names in braces into it.")
        problems.append(Problem("stem", message))
    return problems


def _unknown_placeholders(path: str, text: object, names: Collection[str]) -> list[Problem]:
    known = ", ".join(sorted(names)) or _("none yet")
    problems = []
    for name in dict.fromkeys(placeholders(text)):
        if name in names:
            continue
        message = _("{%(name)s} stands for nothing here. Known names: %(known)s.")
        if name == "answer":
            message = _("{%(name)s} would give the answer away here. Only the explanation may show it.")
        problems.append(Problem(path, message % {"name": name, "known": known}))
    return problems
