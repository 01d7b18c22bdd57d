"""Trying a numeric question out before anybody is asked it: sample draws, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from assessments.questions.base import Content, Problem
from assessments.questions.sampling import Figures, Recipe, draw, drawn_key, recipe, tries
from assessments.questions.tolerance import Tolerance, ToleranceError, counts, parse_tolerance
from concepts.figures import format_figure
from concepts.formulas import FormulaError, evaluate

WANTED = 20
# A question of whose throws fewer than one in twenty fits its constraints is refused.
ALLOWED_TRIES = 400


@dataclass(frozen=True)
class Sample:
    """One draw as an editor sees it. A slip's figure is None if it has none; `note` says what is amiss."""

    values: Figures
    answer: float | None
    slips: tuple[tuple[str, float | None], ...]
    note: str = ""


def samples(content: Content, count: int = WANTED) -> list[Sample]:
    """The draws of the first seeds, whatever state the question is in."""
    return [_sample(content, seed) for seed in range(count)]


def check_draws(content: Content) -> list[Problem]:
    """What goes wrong once figures are drawn; the question must have passed every other check."""
    made = recipe(content)
    tolerance = parse_tolerance(content["tolerance"])
    if made.parameters:
        drawn = list(islice((each for each in tries(made, ALLOWED_TRIES) if each is not None), WANTED))
        if len(drawn) < WANTED:
            return [_too_few(content, made, len(drawn))]
        if len({drawn_key(content, figures) for figures in drawn}) < 2:
            message = _(
                "Every draw gives the same figures. Widen a range or write the figures into the text."
            )
            return [Problem("parameters", message)]
    else:
        drawn = [draw(content, 0)]
    first: dict[str, Problem] = {}
    for figures in drawn:
        for problem in _check_draw(content, tolerance, figures):
            first.setdefault(problem.field, problem)
    return list(first.values())


def _sample(content: Content, seed: int) -> Sample:
    try:
        figures = draw(content, seed)
        answer = evaluate(str(content["answer"]), figures)
        tolerance = parse_tolerance(content.get("tolerance"))
    except (FormulaError, ToleranceError) as error:
        return Sample({}, None, (), error.message)
    slips = tuple(
        (str(slip.get("misconception", "")), _figure_or_none(str(slip.get("answer", "")), figures))
        for slip in content.get("slips") or ()
    )
    notes = [problem.message for problem in _check_draw(content, tolerance, figures)]
    return Sample(figures, answer, slips, " ".join(notes))


def _figure_or_none(expression: str, figures: Figures) -> float | None:
    try:
        return evaluate(expression, figures)
    except FormulaError:
        return None


def _check_draw(content: Content, tolerance: Tolerance, figures: Figures) -> Iterator[Problem]:
    """What is wrong with one set of figures."""
    try:
        answer = evaluate(str(content["answer"]), figures)
    except FormulaError as error:
        yield Problem("answer", _with(figures, error.message))
        return
    if answer == 0 and tolerance.kind != "absolute":
        message = _(
            "The answer is 0, and no share of 0 is left as tolerance. Write it as an amount, such as 0.5."
        )
        yield Problem("tolerance", _with(figures, message))
    for i, slip in enumerate(content.get("slips") or ()):
        try:
            mistaken = evaluate(str(slip["answer"]), figures)
        except FormulaError as error:
            yield Problem(f"slips.{i}.answer", _with(figures, error.message))
            continue
        if counts(tolerance, answer, mistaken):
            message = _(
                "The slip gives %(slip)s and counts as right. Add a constraint that keeps them apart."
            )
            yield Problem(f"slips.{i}.answer", _with(figures, message % {"slip": format_figure(mistaken)}))


def _with(figures: Figures, message: str) -> str:
    if not figures:
        return message
    named = ", ".join(f"{name} = {format_figure(value)}" for name, value in sorted(figures.items()))
    return _("With %(figures)s: %(message)s") % {"figures": named, "message": message}


def _too_few(content: Content, made: Recipe, found: int) -> Problem:
    """Hardly any draw fits: because none can be worked out, or because the constraints are too tight."""
    field = "constraints" if made.constraints else "derived"
    if not found:
        try:
            draw(content, 0)
        except FormulaError as error:
            return Problem(field, error.message)
    message = _(
        "Of %(tries)s draws only %(found)s fit. Loosen the constraints or narrow the ranges to what fits."
    )
    return Problem(field, message % {"tries": ALLOWED_TRIES, "found": found})
