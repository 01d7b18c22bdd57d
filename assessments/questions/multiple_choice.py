"""Multiple choice: several may be right, right picks earn their share and wrong picks cost theirs."""

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


class MultipleChoice:
    """The answer is the sorted list of the keys picked."""

    key = "multiple_choice"
    label = gettext_lazy("Multiple choice")
    parametric = False

    def check(self, content: Content) -> list[Problem]:
        problems = choices.check_choices(content, 4, 6)
        marks = {choices.is_right(choice) for choice in choices.by_key(content).values()}
        if True not in marks:
            problems.append(Problem("choices", _("No choice is right. Mark at least one with right: true.")))
        if False not in marks:
            problems.append(Problem("choices", _("Every choice is right. Add at least one wrong choice.")))
        return problems

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        return shuffled(list(choices.by_key(content)), seed)

    def present(self, content: Content, values: Values) -> Presentation:
        return Presentation(
            "many",
            content["stem"],
            label=_("Pick every one that fits"),
            hint=_("Each right pick counts, each wrong pick takes away. The mark never falls below 0."),
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
        slips = [choices.text_of(every[key], "misconception") for key in sorted(picked & wrong)]
        return Grade(max(0.0, earned - lost), tuple(dict.fromkeys(slip for slip in slips if slip)))

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
