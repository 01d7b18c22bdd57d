"""What single and multiple choice share: reading, checking and showing the choices."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from assessments.questions.base import Content, Option, Problem, Values
from assessments.questions.common import (
    check_distinct,
    check_frame,
    check_keys,
    check_list,
    check_optional_text,
    check_text,
    mappings,
    order,
)

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def by_key(content: Content) -> dict[str, Mapping[str, Any]]:
    """The choices under their keys, which are letters by the order of writing and never change."""
    return dict(zip(_LETTERS, mappings(content, "choices"), strict=False))


def options(content: Content, values: Values) -> tuple[Option, ...]:
    """The choices in the order drawn."""
    choices = by_key(content)
    return tuple(Option(key, str(choices[key].get("text", ""))) for key in order(values, list(choices)))


def is_right(choice: Mapping[str, Any]) -> bool:
    """Whether this choice belongs to the right answer."""
    return choice.get("right") is True


def weight_of(choice: Mapping[str, Any]) -> float | None:
    """What picking it is worth by itself, in per cent of the mark; None where the type's rule says it."""
    weight = choice.get("weight")
    return float(weight) if isinstance(weight, int | float) and not isinstance(weight, bool) else None


def has_weights(content: Content) -> bool:
    """Whether its choices say themselves what they are worth."""
    return any(weight_of(choice) is not None for choice in mappings(content, "choices"))


def text_of(choice: Mapping[str, Any], name: str) -> str:
    """A text of a choice, empty if it has none."""
    return str(choice.get(name) or "")


def joined(content: Content, values: Values, keys: frozenset[str] | set[str]) -> str:
    """Some choices in one line, in the order shown."""
    return "; ".join(option.text for option in options(content, values) if option.key in keys)


def check_choices(content: Content, fewest: int, most: int) -> list[Problem]:
    """What must hold for the choices of either type."""
    problems = [*check_frame(content, ("choices",)), *check_list(content, "choices", fewest, most)]
    listed = content.get("choices")
    for i, choice in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(choice, Mapping):
            problems += _check_choice(choice, f"choices.{i}")
    texts = [choice.get("text") for choice in mappings(content, "choices") if choice.get("text")]
    return problems + check_distinct(texts, "choices")


def _check_choice(choice: Mapping[str, Any], path: str) -> list[Problem]:
    problems = check_text(choice, "text", f"{path}.text", _("This choice is empty. Write it or take it out."))
    problems += check_keys(choice, ("text", "right", "weight", "feedback", "misconception"), f"{path}.")
    if choice.get("weight") is not None and not abs(weight_of(choice) or 0.0) <= 100:
        problems.append(Problem(f"{path}.weight", _("A weight lies between −100 and 100.")))
    if choice.get("weight") is not None and weight_of(choice) is None:
        problems.append(Problem(f"{path}.weight", _("A weight is a figure, in per cent of the mark.")))
    problems += check_optional_text(choice, "misconception", f"{path}.misconception")
    if not isinstance(choice.get("right", False), bool):
        problems.append(Problem(f"{path}.right", _("Write true or false.")))
    if is_right(choice):
        if choice.get("misconception"):
            message = _("A right choice shows no misconception. Take it out.")
            problems.append(Problem(f"{path}.misconception", message))
        return problems + check_optional_text(choice, "feedback", f"{path}.feedback")
    return problems + check_text(
        choice,
        "feedback",
        f"{path}.feedback",
        _("This wrong choice has no feedback. Say to who picks it where the thought goes wrong."),
    )
