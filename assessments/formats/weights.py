"""What a pick is worth: percentages of foreign files and the rule of our choice questions.

In ours a right pick of a multiple choice earns 100 % shared among the right ones, and a wrong pick costs
100 % shared among the wrong ones. Weights that say the same are left out of the content; others are kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Files round thirds to 33.3 or 33.33333.
_NEAR = 0.1


@dataclass(frozen=True)
class Weighed:
    """An answer of a file: its text, what it is worth in per cent, and its feedback (Markdown)."""

    text: str
    weight: float
    feedback: str = ""


def single_choices(answers: Sequence[Weighed]) -> list[dict[str, Any]]:
    """The choices of a single choice: what earns the full mark is right, other weights are kept."""
    choices = []
    for answer in answers:
        choice: dict[str, Any] = {"text": answer.text}
        if abs(answer.weight - 100) < _NEAR:
            choice["right"] = True
        elif abs(answer.weight) > 1e-9:
            choice["weight"] = tidy(answer.weight)
        choices.append(_with_feedback(choice, answer.feedback))
    return choices


def multiple_choices(answers: Sequence[Weighed]) -> list[dict[str, Any]]:
    """The choices of a multiple choice: what earns something is right."""
    marks = [answer.weight > 1e-9 for answer in answers]
    by_rule = default_weights(marks)
    differ = any(abs(answer.weight - rule) > _NEAR for answer, rule in zip(answers, by_rule, strict=True))
    choices = []
    for answer, is_right in zip(answers, marks, strict=True):
        choice: dict[str, Any] = {"text": answer.text}
        if is_right:
            choice["right"] = True
        if differ:
            choice["weight"] = tidy(answer.weight)
        choices.append(_with_feedback(choice, answer.feedback))
    return choices


def default_weights(marks: Sequence[bool]) -> list[float]:
    """What our rule gives for each pick of a multiple choice, in per cent."""
    right, wrong = marks.count(True), marks.count(False)
    return [100 / right if mark else -100 / wrong for mark in marks]


def weighed(content: Mapping[str, Any], *, several: bool) -> list[Weighed]:
    """The choices of a question of ours with what each is worth."""
    choices = [choice for choice in content.get("choices") or [] if isinstance(choice, Mapping)]
    marks = [choice.get("right") is True for choice in choices]
    by_rule = default_weights(marks) if several else [100.0 if mark else 0.0 for mark in marks]
    return [
        Weighed(
            str(choice.get("text") or ""), _worth(choice, rule, several), str(choice.get("feedback") or "")
        )
        for choice, rule in zip(choices, by_rule, strict=True)
    ]


def percent(weight: float) -> str:
    """A weight as files write it: at most five decimals, none that say nothing."""
    return f"{weight:.5f}".rstrip("0").rstrip(".") or "0"


def tidy(weight: float) -> float | int:
    """A weight as content stores it."""
    rounded = round(weight, 5)
    return int(rounded) if rounded == int(rounded) else rounded


def _worth(choice: Mapping[str, Any], rule: float, several: bool) -> float:
    """The weight that a choice has of its own, or the rule's. Nobody may change what the right one earns."""
    own = choice.get("weight")
    if (
        isinstance(own, bool)
        or not isinstance(own, int | float)
        or (choice.get("right") is True and not several)
    ):
        return rule
    return float(own)


def _with_feedback(choice: dict[str, Any], feedback: str) -> dict[str, Any]:
    return choice | {"feedback": feedback} if feedback else choice
