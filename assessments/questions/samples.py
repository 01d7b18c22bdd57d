"""Trying a question with figures out before anybody is asked it: sample draws, and what is amiss."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from assessments.questions.asked import Asked, asked, figure_of
from assessments.questions.base import Content, Problem
from assessments.questions.sampling import Figures, Recipe, draw, drawn_key, recipe, tries, work_out
from assessments.questions.tolerance import ToleranceError, counts
from concepts.figures import format_figure
from concepts.formulas import FormulaError, evaluate

WANTED = 20
# A question of whose throws fewer than one in twenty fits its constraints is refused.
ALLOWED_TRIES = 400


@dataclass(frozen=True)
class Worked:
    """A figure asked for as one draw gives it, and what each slip gives: None if it gives nothing."""

    figure: float
    slips: tuple[float | None, ...]


@dataclass(frozen=True)
class Sample:
    """One draw as an editor sees it. It has no answers if they cannot be worked out; `note` says what is
    amiss."""

    values: Figures
    answers: tuple[Worked, ...]
    note: str = ""


def samples(content: Content, count: int = WANTED) -> list[Sample]:
    """The draws of the first seeds, whatever state the question is in."""
    return [_sample(content, seed) for seed in range(count)]


def check_draws(content: Content, wanted: int = WANTED) -> list[Problem]:
    """What goes wrong once figures are drawn; the question must have passed every other check."""
    allowed = ALLOWED_TRIES * wanted // WANTED
    made = recipe(content)
    if made.parameters:
        drawn = list(islice((each for each in tries(made, allowed) if each is not None), wanted))
        if len(drawn) < wanted:
            return [_too_few(content, made, allowed, len(drawn))]
        if len({drawn_key(content, figures) for figures in drawn}) < 2:
            message = _(
                "Every draw gives the same figures. Widen a range or write the figures into the text."
            )
            return [Problem("parameters", message)]
        drawn += _shown(content)
    else:
        drawn = [draw(content, 0)]
    first: dict[str, Problem] = {}
    for figures in drawn:
        for problem in _check_draw(content, figures):
            first.setdefault(problem.field, problem)
    return list(first.values())


def _shown(content: Content) -> list[Figures]:
    """The draws that `samples` shows; none where one cannot be worked out, which the throws show as well."""
    try:
        return [draw(content, seed) for seed in range(WANTED)]
    except FormulaError:
        return []


def _sample(content: Content, seed: int) -> Sample:
    try:
        figures = draw(content, seed)
        right = work_out(recipe(content), figures)
        notes = [problem.message for problem in _check_draw(content, figures)]
    except (FormulaError, ToleranceError) as error:
        return Sample({}, (), error.message)
    answers, known = [], dict(figures)
    for each in asked(content):
        answers.append(Worked(right[each.name], tuple(figure_of(slip, known) for slip in each.slips)))
        known[each.name] = right[each.name]
    return Sample(figures, tuple(answers), " ".join(notes))


def _check_draw(content: Content, figures: Figures) -> Iterator[Problem]:
    """What is wrong with one set of figures, figure by figure that is asked for."""
    known = dict(figures)
    for each in asked(content):
        try:
            answer = evaluate(each.expression, known)
        except FormulaError as error:
            yield Problem(f"{each.path}answer", _with(known, error.message))
            return
        yield from _check_answer(each, answer, known)
        known[each.name] = answer


def _check_answer(each: Asked, answer: float, known: Mapping[str, float]) -> Iterator[Problem]:
    limit = each.limit
    if answer == 0 and limit.kind != "absolute":
        message = _(
            "The answer is 0, and no share of 0 is left as tolerance. Write it as an amount, such as 0.5."
        )
        yield Problem(f"{each.path}tolerance", _with(known, message))
    for i, slip in enumerate(each.slips):
        where = f"{each.path}slips.{i}.answer"
        try:
            mistaken = evaluate(str(slip.get("answer", "")), known)
        except FormulaError as error:
            yield Problem(where, _with(known, error.message))
            continue
        if counts(limit, answer, mistaken):
            message = _(
                "The slip gives %(slip)s and counts as right. Add a constraint that keeps them apart."
            )
            yield Problem(where, _with(known, message % {"slip": format_figure(mistaken)}))


def _with(figures: Mapping[str, float], message: str) -> str:
    if not figures:
        return message
    named = ", ".join(f"{name} = {format_figure(value)}" for name, value in sorted(figures.items()))
    return _("With %(figures)s: %(message)s") % {"figures": named, "message": message}


def _too_few(content: Content, made: Recipe, allowed: int, found: int) -> Problem:
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
    return Problem(field, message % {"tries": allowed, "found": found})
