"""Several steps, each a figure to type; a later one may follow on from the learner's own earlier figures."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions import sampling, tolerance
from assessments.questions.asked import (
    Asked,
    asked,
    doubtful_reading,
    read_figure,
    value_of,
    ways_to_type,
    written,
)
from assessments.questions.base import (
    Answer,
    Content,
    Explanation,
    Grade,
    Option,
    Part,
    Posted,
    Presentation,
    Problem,
    Values,
)
from assessments.questions.common import fill, no_answer, verdict
from assessments.questions.multi_step_check import check_writing
from assessments.questions.samples import check_draws
from assessments.questions.steps import MarkedStep, mark, score_of
from concepts.figures import format_figure, format_number, with_unit

FIELD = "step-"


class MultiStep:
    """The answer maps the steps filled in to what was typed: `{"net": {"text": "820", "value": 820.0}}`."""

    key = "multi_step"
    label = gettext_lazy("Number in steps")
    parametric = True

    def check(self, content: Content) -> list[Problem]:
        return check_writing(content) or check_draws(content)

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        return dict(sampling.draw(content, seed))

    def present(self, content: Content, values: Values) -> Presentation:
        steps = asked(content)
        total = sum(step.weight for step in steps)
        alike = len({step.weight for step in steps}) == 1
        return Presentation(
            "steps",
            fill(content["stem"], _shown(values)),
            label=_("Work it out step by step"),
            hint=_(
                "A wrong step costs its own marks only: later steps are marked with your figures. %(ways)s"
            )
            % {"ways": ways_to_type()},
            options=tuple(
                Option(FIELD + step.name, step.label, step.unit, _hint(step, 0 if alike else total))
                for step in steps
            ),
        )

    def read(self, content: Content, values: Values, posted: Posted) -> Answer | None:
        typed = {step.name: read_figure(posted, FIELD + step.name, step.unit) for step in asked(content)}
        return {name: figure for name, figure in typed.items() if figure} or None

    def grade(self, content: Content, values: Values, answer: Answer | None) -> Grade:
        marked = mark(content, values, answer)
        slips = [str(one.slip["misconception"]) for one in marked if one.slip]
        return Grade(score_of(marked), tuple(dict.fromkeys(slips)))

    def explain(self, content: Content, values: Values, answer: Answer | None) -> Explanation:
        marked = mark(content, values, answer)
        figures = {one.step.name: _figure(one, one.expected) for one in marked}
        return Explanation(
            verdict=verdict(score_of(marked)),
            feedback=_first_wrong(marked) if answer else (),
            parts=tuple(_part(one, marked, answer) for one in marked),
            right_answer="; ".join(f"{one.step.label}: {_expected(one, one.expected)}" for one in marked),
            your_answer=self.summary(content, values, answer),
            explanation=fill(content["explanation"], {**_shown(values), **figures}),
            in_short=_("%(right)s of %(count)s steps right")
            % {"right": sum(one.is_right for one in marked), "count": len(marked)},
        )

    def variant_key(self, content: Content, values: Values) -> str:
        return sampling.drawn_key(content, values)

    def summary(self, content: Content, values: Values, answer: Answer | None) -> str:
        filled = [(step, _typed(answer, step)) for step in asked(content)]
        said = [f"{step.label}: {written(typed, step.unit)}" for step, typed in filled if typed]
        return "; ".join(said) or no_answer()


def _shown(values: Values) -> dict[str, str]:
    return {name: format_figure(value) for name, value in sampling.figures_of(values).items()}


def _typed(answer: Answer | None, step: Asked) -> Mapping[str, Any] | None:
    """What was typed for a step, if anything was."""
    typed = answer.get(step.name) if isinstance(answer, Mapping) else None
    return typed if value_of(typed) is not None else None


def _hint(step: Asked, total: float) -> str:
    """The tolerance, and what the step is worth where steps are worth different shares of `total`."""
    allowed = tolerance.state(step.limit, step.unit)
    if not total:
        return allowed
    said = {"weight": format_number(step.weight), "total": format_number(total)}
    return f"{allowed} {_('Counts %(weight)s of %(total)s.') % said}"


def _figure(one: MarkedStep, figure: float) -> str:
    return tolerance.answer_figure(one.step.limit, figure, one.step.unit)


def _expected(one: MarkedStep, figure: float) -> str:
    return with_unit(_figure(one, figure), one.step.unit)


def _first_wrong(marked: list[MarkedStep]) -> tuple[str, ...]:
    """Names the first step that went wrong, or was left open if none did."""
    wrong = next((one for one in marked if one.value is not None and not one.is_right), None)
    if wrong:
        said = {"number": wrong.number, "label": wrong.step.label}
        return (_("The first wrong step is step %(number)s, %(label)s.") % said,)
    blank = next((one for one in marked if one.value is None), None)
    if blank:
        said = {"number": blank.number, "label": blank.step.label}
        return (_("Nothing is wrong, but step %(number)s, %(label)s, was left open.") % said,)
    return ()


def _part(one: MarkedStep, marked: list[MarkedStep], answer: Answer | None) -> Part:
    step, typed = one.step, _typed(answer, one.step)
    expected = _expected(one, one.expected)
    own = expected if one.from_own is None else _expected(one, one.from_own)
    return Part(
        text=step.label,
        chosen=written(typed, step.unit) if typed else no_answer(),
        expected=expected,
        right=one.is_right,
        feedback=_feedback(one, marked, typed),
        own_expected=own if own != expected else "",
        note=_note(one),
        tolerance_note=(
            "" if one.value is None else tolerance.note(step.limit, one.judged_by, one.value, step.unit)
        ),
    )


def _note(one: MarkedStep) -> str:
    if one.value is None:
        return _("Left open")
    return _("Right, following on from your step %(number)s") % {"number": one.follows} if one.follows else ""


def _feedback(one: MarkedStep, marked: list[MarkedStep], typed: Mapping[str, Any] | None) -> str:
    """The words of the slip, with the figures that the learner reckoned with; else those of the step."""
    if one.is_right or typed is None:
        return ""
    reading = "" if one.slip else doubtful_reading(typed, one.step.limit, one.judged_by)
    if reading:
        return reading
    text = one.slip["feedback"] if one.slip else one.step.feedback
    blank = {each.step.name: each.step.label for each in marked if each.value is None}
    figures = {name: format_figure(value) for name, value in one.known.items()}
    return fill(str(text), figures | blank)
