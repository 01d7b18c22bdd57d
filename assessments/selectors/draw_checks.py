"""What the sample draws of a question with figures say as a whole: how many variants, and what goes wrong."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.questions.asked import Asked, asked
from assessments.questions.base import Content
from assessments.questions.samples import ALLOWED_TRIES, WANTED, Sample, Worked
from assessments.questions.sampling import (
    Figures,
    drawn_key,
    is_estimated,
    recipe,
    tries,
    variant_count,
    work_out,
)
from assessments.questions.tolerance import counts, in_words
from concepts.figures import format_number
from concepts.formulas import FormulaError

DASH = "–"
GOOD, BAD = "good", "bad"


@dataclass(frozen=True)
class Check:
    """One line of the summary."""

    text: str
    state: str = GOOD

    @property
    def icon(self) -> str:
        return "check" if self.state == GOOD else "cross"


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


def checks_of(content: Content, drawn: Sequence[Sample]) -> list[Check]:
    """The summary above the table; at least one of the draws has answers."""
    checks, failed = _variety(content, drawn), _failures(content)
    for n, each in enumerate(asked(content)):
        checks.append(_span(each, [sample.answers[n].figure for sample in drawn if sample.answers]))
    if failed:
        text = ngettext(
            "%(count)d throw divides by zero or cannot be worked out",
            "%(count)d throws divide by zero or cannot be worked out",
            failed,
        )
        checks.append(Check(text % {"count": failed}, BAD))
    else:
        checks.append(Check(_("No division by zero")))
    for n, each in enumerate(asked(content)):
        if each.slips:
            checks.append(_slip_check(each, [sample.answers[n] for sample in drawn if sample.answers]))
    return checks


def _span(each: Asked, answers: Sequence[float]) -> Check:
    least, most = column([min(answers), max(answers)])
    said = {"name": each.name, "least": least, "most": most}
    if each.path:
        return Check(_("%(name)s from %(least)s to %(most)s") % said)
    return Check(_("Answers from %(least)s to %(most)s") % said)


def _failures(content: Content) -> int:
    """Of the first throws that fit the constraints, those without an answer: drawing passes over them."""
    made = recipe(content)
    fitting = islice((each for each in tries(made, ALLOWED_TRIES) if each is not None), WANTED)

    def fails(figures: Figures) -> bool:
        try:
            work_out(made, figures)
        except FormulaError:
            return True
        return False

    return sum(map(fails, fitting))


def _variety(content: Content, drawn: Sequence[Sample]) -> list[Check]:
    """How many draws there are, and whether they differ."""
    count = variant_count(content)
    if count is None:
        return [Check(_("The same figures for everybody"))]
    differ = len({drawn_key(content, sample.values) for sample in drawn if sample.values})
    said = {"differ": differ, "all": len(drawn)}
    variants = ngettext("%(count)s variant", "%(count)s variants", count) % {"count": format_number(count)}
    if is_estimated(content):
        rounded = {"count": format_number(float(f"{count:.2g}"))}
        variants = _("About %(count)s variants") % rounded
    return [
        Check(_("%(differ)d of %(all)d draws differ") % said, GOOD if differ > 1 else BAD),
        Check(variants, GOOD if count > 1 else BAD),
    ]


def _slip_check(each: Asked, worked: Iterable[Worked]) -> Check:
    limit = each.limit
    close = sum(
        any(figure is not None and counts(limit, one.figure, figure) for figure in one.slips)
        for one in worked
    )
    said = {"count": close, "tolerance": in_words(limit, each.unit), "name": each.name}
    if not close:
        if each.path:
            return Check(_("No slip of %(name)s within %(tolerance)s") % said)
        return Check(_("No slip within %(tolerance)s") % said)
    text = ngettext(
        "%(count)d draw with a slip within %(tolerance)s",
        "%(count)d draws with a slip within %(tolerance)s",
        close,
    )
    return Check(text % said, BAD)
