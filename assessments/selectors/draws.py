"""Twenty sample draws of a numeric question, as the editor's form shows them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.questions import get
from assessments.questions.base import Content, Presentation
from assessments.questions.samples import ALLOWED_TRIES, WANTED, Sample, samples
from assessments.questions.sampling import Figures, drawn_key, recipe, tries, variant_count
from assessments.questions.tolerance import (
    Tolerance,
    ToleranceError,
    allowance,
    answer_figure,
    counts,
    in_words,
    parse_tolerance,
)
from concepts.figures import NARROW_SPACE, format_number, with_unit
from concepts.formulas import FormulaError, evaluate

DASH = "–"
GOOD, BAD = "good", "bad"
NUMERIC = "numeric"


@dataclass(frozen=True)
class Check:
    """One line of the summary."""

    text: str
    state: str = GOOD

    @property
    def icon(self) -> str:
        return "check" if self.state == GOOD else "cross"


@dataclass(frozen=True)
class DrawRow:
    """One draw, written out. `note` is empty where all is well."""

    number: int
    values: list[str]
    answer: str
    slips: list[str]
    note: str


@dataclass(frozen=True)
class FirstDraw:
    """The first draw as the learner reads it, with what counts as right."""

    shown: Presentation
    allowed: str
    right: str
    lowest: str
    highest: str


@dataclass(frozen=True)
class Draws:
    """The whole table. Where nothing can be drawn yet, `trouble` says why and the rest is empty."""

    names: list[str]
    slips: list[str]
    rows: list[DrawRow]
    checks: list[Check]
    first: FirstDraw | None = None
    trouble: str = ""


def draws_of(content: Content, misconceptions: dict[str, str]) -> Draws:
    """Try a question out, whatever state it is in. `misconceptions` gives the names of slugs."""
    tried = {
        **content,
        "answer": content.get("answer", ""),
        "slips": [slip for slip in content.get("slips") or [] if slip.get("answer")],
    }
    try:
        tolerance = parse_tolerance(tried.get("tolerance", ""))
        made = recipe(tried)
        drawn = samples(tried)
    except (FormulaError, ToleranceError) as error:
        return Draws([], [], [], [], trouble=error.message)
    if all(sample.answer is None for sample in drawn):
        return Draws([], [], [], [], trouble=drawn[0].note)
    slips = [
        misconceptions.get(slug, slug) for slug in (slip.get("misconception", "") for slip in tried["slips"])
    ]
    names = [name for name, _steps in made.parameters] + [name for name, _expression in made.derived]
    notes = [_note(sample, tolerance, slips) for sample in drawn]
    return Draws(
        names=names,
        slips=slips,
        rows=_rows(drawn, names, len(slips), notes),
        checks=_checks(tried, drawn, tolerance),
        first=_first(tried, drawn[0], tolerance),
    )


def _rows(drawn: Sequence[Sample], names: Sequence[str], slips: int, notes: Sequence[str]) -> list[DrawRow]:
    values = [column([sample.values.get(name) for sample in drawn]) for name in names]
    answers = column([sample.answer for sample in drawn])
    wrong = [column([_nth(sample, n) for sample in drawn]) for n in range(slips)]
    return [
        DrawRow(i + 1, [cell[i] for cell in values], answers[i], [cell[i] for cell in wrong], notes[i])
        for i in range(len(drawn))
    ]


def _nth(sample: Sample, number: int) -> float | None:
    return sample.slips[number][1] if number < len(sample.slips) else None


def column(figures: Sequence[float | None]) -> list[str]:
    """Figures of one column with equal decimals: as many as they have, or four significant ones."""
    known = [figure for figure in figures if figure is not None]
    exact = max((len(format_number(figure).partition(".")[2]) for figure in known), default=0)
    largest = max((abs(figure) for figure in known), default=0)
    decimals = exact if exact <= 2 or not largest else min(6, max(1, 3 - math.floor(math.log10(largest))))
    return [
        DASH if figure is None else format_number(figure, decimals=min(exact, decimals), trim=False)
        for figure in figures
    ]


def _note(sample: Sample, tolerance: Tolerance, names: Sequence[str]) -> str:
    """What is wrong with a draw, short enough for its row."""
    if sample.answer is None:
        return sample.note
    close = [
        _("%(slip)s is only %(distance)s off") % {"slip": name, "distance": _distance(figure, sample.answer)}
        for name, (_slug, figure) in zip(names, sample.slips, strict=True)
        if figure is not None and counts(tolerance, sample.answer, figure)
    ]
    missing = [
        _("%(slip)s cannot be worked out") % {"slip": name}
        for name, (_slug, figure) in zip(names, sample.slips, strict=True)
        if figure is None
    ]
    return "; ".join([*close, *missing]) or sample.note


def _distance(figure: float, answer: float) -> str:
    off = abs(figure - answer)
    if not answer:
        return format_number(off, sig=2)
    return f"{format_number(off / abs(answer) * 100, sig=2)}{NARROW_SPACE}%"


def _checks(content: Content, drawn: Sequence[Sample], tolerance: Tolerance) -> list[Check]:
    answers = [sample.answer for sample in drawn if sample.answer is not None]
    failed = _failures(content)
    checks = _variety(content, drawn)
    span = column([min(answers), max(answers)])
    checks.append(Check(_("Answers from %(least)s to %(most)s") % {"least": span[0], "most": span[1]}))
    if failed:
        text = ngettext(
            "%(count)d throw divides by zero or cannot be worked out",
            "%(count)d throws divide by zero or cannot be worked out",
            failed,
        )
        checks.append(Check(text % {"count": failed}, BAD))
    else:
        checks.append(Check(_("No division by zero")))
    if content["slips"]:
        checks.append(_slip_check(drawn, tolerance, str(content.get("unit") or "")))
    return checks


def _failures(content: Content) -> int:
    """Of the first throws that fit the constraints, those without an answer: drawing passes over them."""
    made = recipe(content)
    fitting = islice((each for each in tries(made, ALLOWED_TRIES) if each is not None), WANTED)
    return sum(not _has_answer(made.answer, figures) for figures in fitting)


def _has_answer(expression: str, figures: Figures) -> bool:
    try:
        evaluate(expression, figures)
    except FormulaError:
        return False
    return True


def _variety(content: Content, drawn: Sequence[Sample]) -> list[Check]:
    """How many draws there are, and whether they differ."""
    count = variant_count(content)
    if count is None:
        return [Check(_("The same figures for everybody"))]
    differ = len({drawn_key(content, sample.values) for sample in drawn if sample.values})
    said = {"differ": differ, "all": len(drawn)}
    variants = ngettext("%(count)s variant", "%(count)s variants", count) % {"count": format_number(count)}
    return [
        Check(_("%(differ)d of %(all)d draws differ") % said, GOOD if differ > 1 else BAD),
        Check(variants, GOOD if count > 1 else BAD),
    ]


def _slip_check(drawn: Sequence[Sample], tolerance: Tolerance, unit: str) -> Check:
    close = sum(
        any(figure is not None and counts(tolerance, sample.answer, figure) for _slug, figure in sample.slips)
        for sample in drawn
        if sample.answer is not None
    )
    said = {"count": close, "tolerance": in_words(tolerance, unit)}
    if not close:
        return Check(_("No slip within %(tolerance)s") % said)
    text = ngettext(
        "%(count)d draw with a slip within %(tolerance)s",
        "%(count)d draws with a slip within %(tolerance)s",
        close,
    )
    return Check(text % said, BAD)


def _first(content: Content, sample: Sample, tolerance: Tolerance) -> FirstDraw | None:
    if sample.answer is None or not content.get("label"):
        return None
    unit = str(content.get("unit") or "")
    edge = allowance(tolerance, sample.answer)
    shown: Any = get(NUMERIC).present({"stem": "", **content}, sample.values)
    return FirstDraw(
        shown=shown,
        allowed=in_words(tolerance, unit),
        right=with_unit(answer_figure(tolerance, sample.answer), unit),
        lowest=answer_figure(tolerance, sample.answer - edge),
        highest=answer_figure(tolerance, sample.answer + edge),
    )
