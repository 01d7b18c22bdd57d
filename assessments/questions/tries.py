"""Hints and tries: how often a question may be answered in practice, and what a miss costs.

Tries = hints + 1. Every other answer that was tried takes the penalty off, never below 0. A question without
hints is answered once, as every question of a test is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.questions.base import Answer, Content, Grade, QuestionType, Values
from assessments.questions.common import MOST_HINTS, fill
from assessments.questions.sampling import figures_of
from concepts.figures import format_figure

PENALTY = 33  # per cent for each miss, where the question says nothing else
FULL = 1 - 1e-9

Try = Mapping[str, Any]  # an answer that missed and its score then: `{"answer": …, "score": 0.0}`


@dataclass(frozen=True)
class Settled:
    """The score of an item, and what it is made of: one answer's own worth, less so many misses."""

    score: float
    grade: float
    misses: int
    place: int  # of the answer that counts, from 0


def hints_of(content: Content, values: Values) -> tuple[str, ...]:
    """The hints of a question in order (Markdown), with the figures drawn."""
    figures = {name: format_figure(value) for name, value in figures_of(values).items()}
    hints = content.get("hints")
    listed = hints[:MOST_HINTS] if isinstance(hints, list | tuple) else ()
    return tuple(fill(str(hint), figures) for hint in listed)


def penalty_of(content: Content) -> int:
    """What a miss costs, in per cent of the full mark."""
    penalty = content.get("penalty", PENALTY)
    return penalty if isinstance(penalty, int) else PENALTY


def tries_allowed(content: Content) -> int:
    """How often the question may be answered in practice."""
    return len(hints_of(content, {})) + 1


def score_after(grade: float, misses: int, penalty: int) -> float:
    """What an answer worth `grade` earns after so many misses: max(0, grade − misses × penalty)."""
    return max(0.0, round(grade - misses * penalty / 100, 12))


def settle(grades: Sequence[float], penalty: int) -> Settled:
    """What different answers to one question, each worth so much by itself, come to; the first one first.

    The first right one counts, or else the last. A right one before the last is there only where a correction
    of the question found it right afterwards; what was answered after it then costs nothing.
    """
    place = next((i for i, grade in enumerate(grades) if grade >= FULL), len(grades) - 1)
    return Settled(score_after(grades[place], place, penalty), grades[place], place, place)


def is_same(one: Answer | None, other: Answer | None) -> bool:
    """Whether two answers say the same: `1 234,5` and `1234.5` do, for they are read as one figure."""
    return bool(_essence(one) == _essence(other))


def was_tried(tries: Sequence[Try], answer: Answer | None) -> bool:
    """Whether an answer has cost a try already."""
    return answer is not None and any(is_same(each["answer"], answer) for each in tries)


def in_order(tries: Sequence[Try], answer: Answer | None) -> list[Answer]:
    """The different answers that were given, the one that is to be graded last."""
    return [*(each["answer"] for each in tries if not is_same(each["answer"], answer)), answer]


def marked(
    kind: QuestionType,
    content: Content,
    values: Values,
    tries: Sequence[Try],
    answer: Answer | None,
    penalty: int,
) -> tuple[Settled, Grade]:
    """What the answers to one question come to: the one that counts less its misses, with every slip shown.

    ``content`` and ``values`` are those that mark it; the penalty is the one stated before answering.
    """
    grades = [kind.grade(content, values, each) for each in in_order(tries, answer)]
    settled = settle([grade.score for grade in grades], penalty)
    slips = [slip for grade in grades[: settled.place + 1] for slip in grade.misconceptions]
    return settled, Grade(settled.score, tuple(dict.fromkeys(slips)))


def _essence(answer: Any) -> Any:
    """An answer without the way in which its figures were typed."""
    if isinstance(answer, Mapping):
        if set(answer) == {"text", "value"}:
            return answer["value"]
        return {key: _essence(value) for key, value in answer.items()}
    return [_essence(value) for value in answer] if isinstance(answer, list | tuple) else answer
