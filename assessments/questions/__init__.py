"""Question types. A new one is a module with the interface of `base.QuestionType` and a line in `TYPES`."""

from typing import Any

from assessments.questions.base import QuestionType, is_by_hand
from assessments.questions.classification import Classification
from assessments.questions.matching import Matching
from assessments.questions.multi_step import MultiStep
from assessments.questions.multiple_choice import MultipleChoice
from assessments.questions.numeric import Numeric
from assessments.questions.ordering import Ordering
from assessments.questions.short_text import ShortText
from assessments.questions.single_choice import SingleChoice
from assessments.questions.true_false import TrueFalse
from assessments.questions.written import Written

TYPES: dict[str, QuestionType] = {
    SingleChoice.key: SingleChoice(),
    MultipleChoice.key: MultipleChoice(),
    TrueFalse.key: TrueFalse(),
    Numeric.key: Numeric(),
    MultiStep.key: MultiStep(),
    Classification.key: Classification(),
    Matching.key: Matching(),
    Ordering.key: Ordering(),
    ShortText.key: ShortText(),
    Written.key: Written(),
}
# Types whose answers wait for a person. They are asked only where an assessment names the question.
BY_HAND = tuple(key for key, kind in TYPES.items() if is_by_hand(kind))


def get(key: str) -> QuestionType:
    """The type of this name; raises KeyError."""
    return TYPES[key]


def type_choices() -> list[tuple[str, Any]]:
    """Every type with its name, for a form field."""
    return [(key, kind.label) for key, kind in TYPES.items()]
