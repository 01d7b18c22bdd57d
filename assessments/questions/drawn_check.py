"""What must hold for drawn figures and for formulas over them, whatever a question asks for."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from assessments.questions.base import Content, Problem
from assessments.questions.common import check_keys, check_text, mappings, placeholders
from assessments.questions.sampling import in_order, read_steps
from assessments.questions.tolerance import ToleranceError, parse_tolerance
from concepts.formulas import FormulaError, check_expression, is_name, names_in

FIGURES = ("parameters", "derived", "constraints")
_MOST_PARAMETERS = 20


def check_shapes(content: Content) -> list[Problem]:
    """Mappings where mappings belong and lists where lists belong; nothing else is looked at before."""
    problems = [
        Problem(name, _("Write a name and what it stands for, line by line."))
        for name in ("parameters", "derived")
        if not _is_named(content.get(name) or {})
    ]
    if not isinstance(content.get("constraints") or [], list):
        problems.append(Problem("constraints", _a_list()))
    return problems


def check_slip_shapes(holder: Mapping[str, Any], path: str = "") -> list[Problem]:
    """A list of mappings, or nothing."""
    slips = holder.get("slips") or []
    if not isinstance(slips, list):
        return [Problem(f"{path}slips", _a_list())]
    if len(mappings(holder, "slips")) < len(slips):
        return [Problem(f"{path}slips", _("Each slip has a misconception, an answer and a feedback."))]
    return []


def _a_list() -> str:
    return _("Write a list, one entry a line, each beginning with a dash.")


def _is_named(what: object) -> bool:
    return isinstance(what, Mapping) and all(isinstance(name, str) for name in what)


def check_tolerance(holder: Mapping[str, Any], path: str = "") -> list[Problem]:
    """A tolerance that can be read."""
    try:
        parse_tolerance(holder.get("tolerance", ""))
    except ToleranceError as error:
        return [Problem(f"{path}tolerance", error.message)]
    return []


def check_parameters(content: Content) -> list[Problem]:
    """Names that can be names, each once, and figures that can be drawn."""
    parameters, derived = content.get("parameters") or {}, content.get("derived") or {}
    problems = []
    if len(parameters) > _MOST_PARAMETERS:
        problems.append(Problem("parameters", _("These are too many; 20 is the most.")))
    for where, names in (("parameters", parameters), ("derived", derived)):
        problems += [
            Problem(f"{where}.{name}", no_name(name))
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


def no_name(name: object) -> str:
    """The refusal of a name."""
    return _("“%(name)s” cannot be a name. Use another word.") % {"name": name}


def check_figures(content: Content, names: Collection[str]) -> list[Problem]:
    """Formulas of the derived values, and the constraints."""
    derived: Mapping[str, Any] = content.get("derived") or {}
    problems = [formula_problem(f"derived.{name}", text, names) for name, text in derived.items()]
    problems += [
        formula_problem(f"constraints.{i}", text, names, condition=True)
        for i, text in enumerate(content.get("constraints") or ())
    ]
    return [problem for problem in problems if problem]


def formula_problem(
    path: str, text: object, names: Collection[str], *, condition: bool = False
) -> Problem | None:
    """What is wrong with one formula over these names."""
    if text is None or not isinstance(text, str | int | float) or isinstance(text, bool):
        return Problem(path, _("Write a formula, for example units / hours."))
    message = check_expression(str(text), names, condition=condition)
    return Problem(path, message) if message else None


def check_use(content: Content, expressions: Iterable[object]) -> list[Problem]:
    """Derived values that need each other, and parameters that nothing reads: misspelt, or forgotten.

    `expressions` give what is asked for; every formula must have passed its own check.
    """
    derived = content.get("derived") or {}
    problems = []
    try:
        in_order(derived, list(content.get("parameters") or {}))
    except FormulaError as error:
        problems.append(Problem("derived", error.message))
    texts = [*expressions, *derived.values(), *(content.get("constraints") or ())]
    used = set(placeholders(content.get("stem"))).union(*(names_in(str(text)) for text in texts))
    return problems + [
        Problem(f"parameters.{name}", _("Nothing uses this. Put {%(name)s} into the text.") % {"name": name})
        for name in content.get("parameters") or {}
        if name not in used
    ]


def check_slips(holder: Mapping[str, Any], names: Collection[str], path: str = "") -> list[Problem]:
    """Each slip with its formula, its misconception and its words."""
    problems: list[Problem] = []
    for i, slip in enumerate(mappings(holder, "slips")):
        at = f"{path}slips.{i}"
        wrong = formula_problem(f"{at}.answer", slip.get("answer"), names)
        problems += [wrong] if wrong else []
        problems += check_keys(slip, ("misconception", "answer", "feedback"), f"{at}.")
        remedy = _("Name the misconception that leads to this answer.")
        problems += check_text(slip, "misconception", f"{at}.misconception", remedy)
        remedy = _("There is no feedback. Say to who made this slip what the figure really is.")
        problems += check_text(slip, "feedback", f"{at}.feedback", remedy)
        problems += unknown_placeholders(f"{at}.feedback", slip.get("feedback"), names)
    return problems


def check_stem(content: Content, names: Collection[str], secret: Collection[str]) -> list[Problem]:
    """The question shows figures by their names, and none of what it asks for (`secret`); so do its hints."""
    problems = unknown_placeholders("stem", content.get("stem"), names, secret)
    hints = content.get("hints")
    for i, hint in enumerate(hints if isinstance(hints, list) else ()):
        problems += unknown_placeholders(f"hints.{i}", hint, names, secret)
    if content.get("parameters") and not placeholders(content.get("stem")):
        message = _("The text shows none of the figures drawn. Put their names in braces into it.")
        problems.append(Problem("stem", message))
    return problems


def unknown_placeholders(
    path: str, text: object, names: Collection[str], secret: Collection[str] = ("answer",)
) -> list[Problem]:
    """Names in braces that stand for nothing, or would give the answer away."""
    known = ", ".join(sorted(names)) or _("none yet")
    problems = []
    for name in dict.fromkeys(placeholders(text)):
        if name in names:
            continue
        message = _("{%(name)s} stands for nothing here. Known names: %(known)s.")
        if name in secret:
            message = _("{%(name)s} would give the answer away here. Only the explanation may show it.")
        problems.append(Problem(path, message % {"name": name, "known": known}))
    return problems
