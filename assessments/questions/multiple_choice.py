"""Multiple choice: several may be right, right picks earn their share and wrong picks cost theirs.

The shares are equal unless every choice has a `weight` of its own, in per cent of the mark.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions import choices
from assessments.questions.base import (
    Answer,
    AnswerError,
    Content,
    Explanation,
    Grade,
    Part,
    Posted,
    Presentation,
    Problem,
    Values,
)
from assessments.questions.common import no_answer, order, shuffled, verdict

_WHOLE = 0.999  # three thirds written as 33.3 are the whole


class MultipleChoice:
    """The answer is the sorted list of the keys picked."""

    key = "multiple_choice"
    label = gettext_lazy("Multiple choice")
    parametric = False

    def check(self, content: Content) -> list[Problem]:
        problems = choices.check_choices(content, 4, 6)
        marks = {choices.is_right(choice) for choice in choices.by_key(content).values()}
        if True not in marks:
            problems.append(Problem("choices", _("No choice is right. Mark at least one as right.")))
        if False not in marks:
            problems.append(Problem("choices", _("Every choice is right. Add at least one wrong choice.")))
        return problems + _check_weights(content)

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        return shuffled(list(choices.by_key(content)), seed)

    def present(self, content: Content, values: Values) -> Presentation:
        return Presentation(
            "many",
            content["stem"],
            label=_("Pick every one that fits"),
            hint=_hint(content),
            options=choices.options(content, values),
        )

    def read(self, content: Content, values: Values, posted: Posted) -> Answer | None:
        picked = sorted({key for key in posted.get("answer", ()) if key})
        if not set(picked) <= set(choices.by_key(content)):
            raise AnswerError(_("This answer is not one of those offered. Pick from the list."))
        return picked or None

    def grade(self, content: Content, values: Values, answer: Answer | None) -> Grade:
        picked = _picked(answer)
        every = choices.by_key(content)
        right = {key for key, choice in every.items() if choices.is_right(choice)}
        wrong = set(every) - right
        earned = len(picked & right) / len(right) if right else 0.0
        lost = len(picked & wrong) / len(wrong) if wrong else 0.0
        if choices.has_weights(content):
            earned = sum(choices.weight_of(every[key]) or 0.0 for key in sorted(picked & set(every))) / 100
            earned, lost = (1.0 if earned > _WHOLE else earned), 0.0
        slips = [choices.text_of(every[key], "misconception") for key in sorted(picked & wrong)]
        return Grade(min(1.0, max(0.0, earned - lost)), tuple(dict.fromkeys(slip for slip in slips if slip)))

    def explain(self, content: Content, values: Values, answer: Answer | None) -> Explanation:
        every = choices.by_key(content)
        right = {key for key, choice in every.items() if choices.is_right(choice)}
        parts = tuple(_part(content, key, _picked(answer)) for key in order(values, list(every)))
        return Explanation(
            verdict=verdict(self.grade(content, values, answer).score),
            feedback=(),
            parts=parts,
            right_answer=choices.joined(content, values, right),
            your_answer=self.summary(content, values, answer),
            explanation=content["explanation"],
        )

    def variant_key(self, content: Content, values: Values) -> str:
        return ""

    def summary(self, content: Content, values: Values, answer: Answer | None) -> str:
        return choices.joined(content, values, _picked(answer)) or no_answer()


def _picked(answer: Answer | None) -> set[str]:
    return set(answer) if isinstance(answer, list | tuple) else set()


def _hint(content: Content) -> str:
    """What picks earn and cost, in words."""
    weights = [choices.weight_of(choice) or 0 for choice in choices.mappings(content, "choices")]
    if choices.has_weights(content) and min(weights) >= 0:
        return _("Each right pick counts, a wrong pick takes nothing away.")
    return _("Each right pick counts, each wrong pick takes away. The mark never falls below 0.")


def _check_weights(content: Content) -> list[Problem]:
    """Weights are all there or none; picking just the right choices earns the whole mark."""
    if not choices.has_weights(content):
        return []
    listed = choices.mappings(content, "choices")
    weights = [choices.weight_of(choice) for choice in listed]
    problems = []
    for i, (choice, weight) in enumerate(zip(listed, weights, strict=True)):
        if weight is None:
            message = _("Give every choice a weight, or none.")
        elif choices.is_right(choice) and weight <= 0:
            message = _("A right pick earns something: its weight is above 0.")
        elif not choices.is_right(choice) and weight > 0:
            message = _("A wrong pick earns nothing: its weight is 0 or below.")
        else:
            continue
        problems.append(Problem(f"choices.{i}.weight", message))
    whole = sum(weight for weight in weights if weight and weight > 0)
    if abs(whole - 100) > 0.1:
        message = _("The weights of the right choices add up to %(whole)s, not to 100.")
        problems.append(Problem("choices", message % {"whole": f"{whole:.5g}"}))
    return problems


def _part(content: Content, key: str, picked: set[str]) -> Part:
    choice = choices.by_key(content)[key]
    fits, chosen = choices.is_right(choice), key in picked
    return Part(
        text=choices.text_of(choice, "text"),
        chosen=_("Picked") if chosen else _("Not picked"),
        expected=_("Fits") if fits else _("Does not fit"),
        right=fits == chosen,
        feedback=choices.text_of(choice, "feedback") if fits != chosen else "",
    )
