"""True or false: one statement, and what to tell those who misjudge it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.base import (
    Answer,
    Content,
    Explanation,
    Grade,
    Option,
    Posted,
    Presentation,
    Problem,
    Values,
)
from assessments.questions.common import (
    check_frame,
    check_optional_text,
    check_text,
    no_answer,
    posted_key,
    verdict,
)

_KEYS = ("true", "false")


class TrueFalse:
    """The answer is "true" or "false"; true always stands first, so nothing is drawn."""

    key = "true_false"
    label = gettext_lazy("True or false")
    parametric = False

    def check(self, content: Content) -> list[Problem]:
        problems = check_frame(content, ("right", "feedback", "misconception"))
        if not isinstance(content.get("right"), bool):
            problems.append(Problem("right", _("Say under “right” whether the statement is true or false.")))
        remedy = _("There is no feedback. Say to who answers wrongly where the thought goes wrong.")
        problems += check_text(content, "feedback", "feedback", remedy)
        return problems + check_optional_text(content, "misconception", "misconception")

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        return {}

    def present(self, content: Content, values: Values) -> Presentation:
        options = tuple(Option(key, _word(key)) for key in _KEYS)
        return Presentation("one", content["stem"], label=_("True or false?"), options=options)

    def read(self, content: Content, values: Values, posted: Posted) -> Answer | None:
        return posted_key(posted, "answer", _KEYS)

    def grade(self, content: Content, values: Values, answer: Answer | None) -> Grade:
        if answer == _right(content):
            return Grade(1.0)
        misconception = content.get("misconception")
        return Grade(0.0, (str(misconception),) if misconception and answer in _KEYS else ())

    def explain(self, content: Content, values: Values, answer: Answer | None) -> Explanation:
        misjudged = answer in _KEYS and answer != _right(content)
        return Explanation(
            verdict=verdict(self.grade(content, values, answer).score),
            feedback=(content["feedback"],) if misjudged else (),
            parts=(),
            right_answer=_word(_right(content)),
            your_answer=self.summary(content, values, answer),
            explanation=content["explanation"],
        )

    def variant_key(self, content: Content, values: Values) -> str:
        return ""

    def summary(self, content: Content, values: Values, answer: Answer | None) -> str:
        return _word(str(answer)) if answer in _KEYS else no_answer()


def _right(content: Content) -> str:
    return "true" if content.get("right") is True else "false"


def _word(key: str) -> str:
    return _("True") if key == "true" else _("False")
