"""Looking at a measure: its formula must work out with the figures that its calculator shows at first."""

from django.utils.translation import gettext as _

from concepts.coursepack.findings import Findings, Spot
from concepts.coursepack.kinds import Entry
from concepts.formulas import FormulaError, evaluate, is_name
from concepts.models import MetricInput

MOST_DECIMALS = 6


def check_measure(entry: Entry, findings: Findings) -> None:
    """Report bounds, names and formulas that do not fit together."""
    inputs, spot, before = entry.payload.get("inputs", ()), entry.spot, len(findings)
    if entry.payload.get("decimals", 0) > MOST_DECIMALS:
        findings.note(spot.at("decimals"), _("More than 6 decimals are not shown. Write 6 or fewer."))
    braces = entry.payload.get("formula_text", "")
    if braces.count("{") != braces.count("}"):
        findings.note(
            spot.at("formula_text"), _("A brace is not closed. Write a fraction as {above} / {below}.")
        )
    for i, given in enumerate(inputs):
        _check_name(given.get("name"), spot.at("inputs", i, "name"), findings)
        _check_bounds(given, spot.at("inputs", i), findings)
    for i, step in enumerate(entry.payload.get("steps", ())):
        _check_name(step.get("name"), spot.at("steps", i, "name"), findings)
    if len(findings) == before and len(inputs) == sum("default" in given for given in inputs):
        _work_out(entry, findings)


def _check_name(name: object, spot: Spot, findings: Findings) -> None:
    if name is not None and not is_name(str(name)):
        findings.note(spot, _("“%(name)s” cannot be a name in a formula. Use another word.") % {"name": name})


def _check_bounds(given: dict[str, float], spot: Spot, findings: Findings) -> None:
    lowest, highest = given.get("minimum"), given.get("maximum")
    if lowest is not None and highest is not None and lowest >= highest:
        findings.note(
            spot.at("maximum"), _("The lowest value must lie below the highest. Change one of them.")
        )
    elif "default" in given:
        bounds = ("unit", "minimum", "maximum", "above_minimum")
        figure = MetricInput(**{name: given[name] for name in bounds if name in given})
        reason = figure.refusal(given["default"])
        if reason:
            message = _("The first value is out of bounds. %(reason)s") % {"reason": reason}
            findings.note(spot.at("default"), message)


def _work_out(entry: Entry, findings: Findings) -> None:
    """The steps and the result, with the first values."""
    figures = {given["name"]: float(given["default"]) for given in entry.payload["inputs"] if "name" in given}
    lines = [
        (step.get("name"), step.get("expression"), entry.spot.at("steps", i, "expression"))
        for i, step in enumerate(entry.payload.get("steps", ()))
    ]
    for name, expression, spot in [*lines, ("", entry.payload.get("formula"), entry.spot.at("formula"))]:
        if expression is None or name is None:
            return
        if name in figures:
            message = _("“%(name)s” is the name of an input or an earlier step already. Use another word.")
            findings.note(spot, message % {"name": name})
        try:
            figures[name] = evaluate(expression, figures)
        except FormulaError as error:
            findings.note(spot, error.message)
            return
