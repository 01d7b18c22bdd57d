"""Twenty sample draws of a question with figures, as the editor's form shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.questions import get
from assessments.questions.asked import Asked, asked
from assessments.questions.base import Content, Presentation
from assessments.questions.samples import Sample, Worked, samples
from assessments.questions.sampling import recipe
from assessments.questions.tolerance import (
    Tolerance,
    ToleranceError,
    allowance,
    answer_figure,
    counts,
    in_words,
)
from assessments.selectors.draw_checks import Check, checks_of, column
from concepts.figures import NARROW_SPACE, format_number, with_unit
from concepts.formulas import FormulaError


@dataclass(frozen=True)
class Head:
    """The columns of one figure asked for: what it is called, and the slips that lead to another."""

    name: str
    slips: list[str]


@dataclass(frozen=True)
class Cell:
    """One figure asked for in one draw, written out, with what each slip gives."""

    answer: str
    slips: list[str]


@dataclass(frozen=True)
class DrawRow:
    """One draw, written out. `note` is empty where all is well."""

    number: int
    values: list[str]
    cells: list[Cell]
    note: str


@dataclass(frozen=True)
class Counting:
    """What counts as right for one figure of the first draw."""

    label: str
    allowed: str
    right: str
    lowest: str
    highest: str


@dataclass(frozen=True)
class FirstDraw:
    """The first draw as the learner reads it, with what counts as right."""

    shown: Presentation
    counting: list[Counting]


@dataclass(frozen=True)
class Draws:
    """The whole table. Where nothing can be drawn yet, `trouble` says why and the rest is empty."""

    names: list[str]
    heads: list[Head]
    rows: list[DrawRow]
    checks: list[Check]
    first: FirstDraw | None = None
    trouble: str = ""


def slugs_in(content: Content) -> set[str]:
    """The misconceptions that the slips of a question name."""
    return {str(slip.get("misconception", "")) for each in asked(content) for slip in each.slips}


def draws_of(kind: str, content: Content, misconceptions: Mapping[str, str]) -> Draws:
    """Try a question out, whatever state it is in. `misconceptions` gives the names of slugs."""
    tried = _without_unfinished_slips(content)
    wanted = asked(tried)
    try:
        made = recipe(tried)
        limits = [each.limit for each in wanted]
        drawn = samples(tried)
    except (FormulaError, ToleranceError) as error:
        return Draws([], [], [], [], trouble=error.message)
    if not wanted or not any(sample.answers for sample in drawn):
        return Draws([], [], [], [], trouble=drawn[0].note or _("Nothing is asked for yet. Add a step."))
    heads = [_head(each, misconceptions) for each in wanted]
    names = [name for name, _steps in made.parameters] + [name for name, _expression in made.derived]
    notes = [_note(sample, limits, heads) for sample in drawn]
    return Draws(
        names=names,
        heads=heads,
        rows=_rows(drawn, names, heads, notes),
        checks=checks_of(tried, drawn),
        first=_first(kind, tried, drawn[0]),
    )


def _without_unfinished_slips(content: Content) -> dict[str, Any]:
    """A slip whose formula is not written yet does not stand in the way of the draws."""

    def finished(holder: Mapping[str, Any]) -> dict[str, Any]:
        return {**holder, "slips": [slip for slip in holder.get("slips") or [] if slip.get("answer")]}

    if "steps" in content:
        return {**content, "steps": [finished(step) for step in content["steps"]]}
    return finished(content)


def _head(each: Asked, misconceptions: Mapping[str, str]) -> Head:
    slugs = [str(slip.get("misconception", "")) for slip in each.slips]
    return Head(each.name if each.path else _("Answer"), [misconceptions.get(slug, slug) for slug in slugs])


def _rows(
    drawn: Sequence[Sample], names: Sequence[str], heads: Sequence[Head], notes: Sequence[str]
) -> list[DrawRow]:
    values = [column([sample.values.get(name) for sample in drawn]) for name in names]
    figures = [
        _columns([_nth(sample, n) for sample in drawn], len(head.slips)) for n, head in enumerate(heads)
    ]
    return [
        DrawRow(i + 1, [texts[i] for texts in values], [cells[i] for cells in figures], notes[i])
        for i in range(len(drawn))
    ]


def _columns(worked: Sequence[Worked | None], slips: int) -> list[Cell]:
    """One figure asked for, from draw to draw."""
    answers = column([one.figure if one else None for one in worked])
    wrong = [column([one.slips[n] if one else None for one in worked]) for n in range(slips)]
    return [Cell(answers[i], [texts[i] for texts in wrong]) for i in range(len(worked))]


def _nth(sample: Sample, number: int) -> Worked | None:
    return sample.answers[number] if number < len(sample.answers) else None


def _note(sample: Sample, limits: Sequence[Tolerance], heads: Sequence[Head]) -> str:
    """What is wrong with a draw, short enough for its row."""
    close, missing = [], []
    for worked, limit, head in zip(sample.answers, limits, heads, strict=False):
        for name, figure in zip(head.slips, worked.slips, strict=True):
            if figure is None:
                missing.append(_("%(slip)s cannot be worked out") % {"slip": name})
            elif counts(limit, worked.figure, figure):
                said = {"slip": name, "distance": _distance(figure, worked.figure)}
                close.append(_("%(slip)s is only %(distance)s off") % said)
    return "; ".join([*close, *missing]) or sample.note


def _distance(figure: float, answer: float) -> str:
    off = abs(figure - answer)
    if not answer:
        return format_number(off, sig=2)
    return f"{format_number(off / abs(answer) * 100, sig=2)}{NARROW_SPACE}%"


def _first(kind: str, content: Content, sample: Sample) -> FirstDraw | None:
    wanted = asked(content)
    if not sample.answers or not all(each.label for each in wanted):
        return None
    shown: Any = get(kind).present({"stem": "", **content}, sample.values)
    return FirstDraw(
        shown, [_counting(each, worked) for each, worked in zip(wanted, sample.answers, strict=True)]
    )


def _counting(each: Asked, worked: Worked) -> Counting:
    limit, edge = each.limit, allowance(each.limit, worked.figure)
    return Counting(
        label=each.label,
        allowed=in_words(limit, each.unit),
        right=with_unit(answer_figure(limit, worked.figure, each.unit), each.unit),
        lowest=answer_figure(limit, worked.figure - edge, each.unit),
        highest=answer_figure(limit, worked.figure + edge, each.unit),
    )
