"""Numeric: figures drawn afresh, a typed number judged within a tolerance, typical slips recognised."""

from typing import Any

from django.utils.translation import gettext_lazy

from assessments.questions import sampling, tolerance
from assessments.questions.asked import (
    Asked,
    Slip,
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
    Posted,
    Presentation,
    Problem,
    Values,
)
from assessments.questions.common import fill, no_answer, verdict
from assessments.questions.numeric_check import check_writing
from assessments.questions.samples import check_draws
from concepts.figures import format_figure, with_unit
from concepts.formulas import evaluate


class Numeric:
    """The answer is what was typed and what it was read as: `{"text": "1 234,5", "value": 1234.5}`."""

    key = "numeric"
    label = gettext_lazy("Number")
    parametric = True

    def check(self, content: Content) -> list[Problem]:
        return check_writing(content) or check_draws(content)

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        return dict(sampling.draw(content, seed))

    def present(self, content: Content, values: Values) -> Presentation:
        figure = _figure(content)
        allowed = tolerance.state(figure.limit, figure.unit)
        return Presentation(
            "number",
            fill(content["stem"], _shown(values)),
            label=figure.label,
            unit=figure.unit,
            hint=f"{allowed} {ways_to_type()}",
        )

    def read(self, content: Content, values: Values, posted: Posted) -> Answer | None:
        return read_figure(posted, "answer", _figure(content).unit)

    def grade(self, content: Content, values: Values, answer: Answer | None) -> Grade:
        value = value_of(answer)
        if value is None:
            return Grade(0.0)
        figure = _figure(content)
        if tolerance.counts(figure.limit, _right(figure, values), value):
            return Grade(1.0)
        slip = figure.slip_behind(value, sampling.figures_of(values))
        return Grade(0.0, (str(slip["misconception"]),) if slip else ())

    def explain(self, content: Content, values: Values, answer: Answer | None) -> Explanation:
        figure, value = _figure(content), value_of(answer)
        limit, right, unit = figure.limit, _right(figure, values), figure.unit
        score = self.grade(content, values, answer).score
        slip = None if value is None or score else figure.slip_behind(value, sampling.figures_of(values))
        shown = _shown(values)
        written_out = tolerance.answer_figure(limit, right, unit)
        return Explanation(
            verdict=verdict(score),
            feedback=() if score or value is None else _feedback(slip, shown, answer, limit, right),
            parts=(),
            right_answer=with_unit(written_out, unit),
            your_answer=self.summary(content, values, answer),
            explanation=fill(content["explanation"], {**shown, "answer": written_out}),
            tolerance_note=(
                tolerance.in_words(limit, unit)
                if value is None
                else tolerance.note(limit, right, value, unit)
            ),
        )

    def variant_key(self, content: Content, values: Values) -> str:
        return sampling.drawn_key(content, values)

    def summary(self, content: Content, values: Values, answer: Answer | None) -> str:
        if answer is None or value_of(answer) is None:
            return no_answer()
        return written(answer, _figure(content).unit)


def _figure(content: Content) -> Asked:
    """The one figure that is asked for."""
    return asked(content)[0]


def _right(figure: Asked, values: Values) -> float:
    return evaluate(figure.expression, sampling.figures_of(values))


def _shown(values: Values) -> dict[str, str]:
    return {name: format_figure(value) for name, value in sampling.figures_of(values).items()}


def _feedback(
    slip: Slip | None, shown: dict[str, str], answer: Answer, limit: tolerance.Tolerance, right: float
) -> tuple[str, ...]:
    """What to say of a wrong figure: the slip behind it, or how a doubtful comma was read."""
    if slip:
        return (fill(str(slip["feedback"]), shown),)
    reading = doubtful_reading(answer, limit, right)
    return (reading,) if reading else ()
