"""Single choice: one of a few is right, and each wrong one says where the thought goes wrong.

A wrong choice may carry a `weight`, in per cent: what it still earns. A negative one earns nothing.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions import choices
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
from assessments.questions.common import no_answer, posted_key, shuffled, verdict


class SingleChoice:
    """The answer is the key of one choice."""

    key = "single_choice"
    label = gettext_lazy("Single choice")
    parametric = False

    def check(self, content: Content) -> list[Problem]:
        problems = choices.check_choices(content, 3, 5)
        right = [choice for choice in choices.by_key(content).values() if choices.is_right(choice)]
        if len(right) != 1:
            message = _("%(count)s choices are marked right. Mark exactly one as right.")
            problems.append(Problem("choices", message % {"count": len(right)}))
        return problems + _check_weights(content)

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        return shuffled(list(choices.by_key(content)), seed)

    def present(self, content: Content, values: Values) -> Presentation:
        return Presentation(
            "one", content["stem"], label=_("Pick one"), options=choices.options(content, values)
        )

    def read(self, content: Content, values: Values, posted: Posted) -> Answer | None:
        return posted_key(posted, "answer", choices.by_key(content))

    def grade(self, content: Content, values: Values, answer: Answer | None) -> Grade:
        choice = choices.by_key(content).get(str(answer), {})
        if choices.is_right(choice):
            return Grade(1.0)
        misconception = choices.text_of(choice, "misconception")
        earned = min(max(choices.weight_of(choice) or 0.0, 0.0), 100.0) / 100
        return Grade(earned, (misconception,) if misconception else ())

    def explain(self, content: Content, values: Values, answer: Answer | None) -> Explanation:
        every = choices.by_key(content)
        feedback = choices.text_of(every.get(str(answer), {}), "feedback")
        right = {key for key, choice in every.items() if choices.is_right(choice)}
        return Explanation(
            verdict=verdict(self.grade(content, values, answer).score),
            feedback=(feedback,) if feedback else (),
            parts=(),
            right_answer=choices.joined(content, values, right),
            your_answer=self.summary(content, values, answer),
            explanation=content["explanation"],
        )

    def variant_key(self, content: Content, values: Values) -> str:
        return ""

    def summary(self, content: Content, values: Values, answer: Answer | None) -> str:
        choice = choices.by_key(content).get(str(answer))
        return choices.text_of(choice, "text") if choice else no_answer()


def _check_weights(content: Content) -> list[Problem]:
    """A wrong choice may earn a share of the mark; what the right one earns is settled."""
    problems = []
    for i, choice in enumerate(choices.mappings(content, "choices")):
        weight = choices.weight_of(choice)
        if weight is None:
            continue
        if choices.is_right(choice):
            problems.append(
                Problem(f"choices.{i}.weight", _("The right choice earns the whole mark. Leave this empty."))
            )
        elif weight >= 100:
            message = _("A wrong choice earns less than 100 %. Lower it, or mark the choice right.")
            problems.append(Problem(f"choices.{i}.weight", message))
    return problems
