"""Numeric: figures drawn afresh, a typed number judged within a tolerance, typical slips recognised."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions import sampling, tolerance
from assessments.questions.base import (
    Answer,
    AnswerError,
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
from concepts.figures import NumberError, format_figure, parse_number, with_unit
from concepts.formulas import FormulaError, evaluate


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
        unit = _unit(content)
        allowed = tolerance.state(tolerance.parse_tolerance(content["tolerance"]), unit)
        return Presentation(
            "number",
            fill(content["stem"], _shown(values)),
            label=content["label"],
            unit=unit,
            hint=_("%(allowed)s You may type 1,234.5 or 1 234,5 or 1e3.") % {"allowed": allowed},
        )

    def read(self, content: Content, values: Values, posted: Posted) -> Answer | None:
        given = [text.strip() for text in posted.get("answer", ()) if text.strip()]
        if not given:
            return None
        if len(given) > 1:
            raise AnswerError(_("Type one figure, not several."))
        try:
            return {"text": given[0], "value": parse_number(given[0], _unit(content))}
        except NumberError as error:
            raise AnswerError(error.message) from None

    def grade(self, content: Content, values: Values, answer: Answer | None) -> Grade:
        value = _value(answer)
        if value is None:
            return Grade(0.0)
        limit = tolerance.parse_tolerance(content["tolerance"])
        if tolerance.counts(limit, _right(content, values), value):
            return Grade(1.0)
        slip = _slip(content, values, value)
        return Grade(0.0, (str(slip["misconception"]),) if slip else ())

    def explain(self, content: Content, values: Values, answer: Answer | None) -> Explanation:
        value, right, unit = _value(answer), _right(content, values), _unit(content)
        limit = tolerance.parse_tolerance(content["tolerance"])
        score = self.grade(content, values, answer).score
        slip = _slip(content, values, value) if value is not None and not score else None
        shown = _shown(values)
        figure = tolerance.answer_figure(limit, right)
        return Explanation(
            verdict=verdict(score),
            feedback=(fill(slip["feedback"], shown),) if slip else (),
            parts=(),
            right_answer=with_unit(figure, unit),
            your_answer=self.summary(content, values, answer),
            explanation=fill(content["explanation"], {**shown, "answer": figure}),
            tolerance_note=(
                tolerance.in_words(limit, unit)
                if value is None
                else tolerance.note(limit, right, value, unit)
            ),
        )

    def variant_key(self, content: Content, values: Values) -> str:
        return sampling.drawn_key(content, values)

    def summary(self, content: Content, values: Values, answer: Answer | None) -> str:
        if answer is None or _value(answer) is None:
            return no_answer()
        text = str(answer["text"])
        return with_unit(text, _unit(content)) if text[-1:].isdigit() else text


def _unit(content: Content) -> str:
    return str(content.get("unit") or "")


def _value(answer: Answer | None) -> float | None:
    return float(answer["value"]) if isinstance(answer, Mapping) and "value" in answer else None


def _right(content: Content, values: Values) -> float:
    return evaluate(str(content["answer"]), sampling.figures_of(values))


def _shown(values: Values) -> dict[str, str]:
    return {name: format_figure(value) for name, value in sampling.figures_of(values).items()}


def _slip(content: Content, values: Values, value: float) -> Mapping[str, Any] | None:
    """The first typical slip that leads to this figure."""
    limit = tolerance.parse_tolerance(content["tolerance"])
    figures = sampling.figures_of(values)
    for slip in content.get("slips") or ():
        try:
            mistaken = evaluate(str(slip["answer"]), figures)
        except FormulaError:
            continue  # a slip that cannot be made with these figures was not made
        if tolerance.counts(limit, mistaken, value):
            return slip
    return None
