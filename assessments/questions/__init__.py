"""Question types. A new one is a module with the interface of `base.QuestionType` and a line in `TYPES`."""

from typing import Any

from assessments.questions.base import QuestionType
from assessments.questions.classification import Classification
from assessments.questions.multiple_choice import MultipleChoice
from assessments.questions.numeric import Numeric
from assessments.questions.single_choice import SingleChoice
from assessments.questions.true_false import TrueFalse

TYPES: dict[str, QuestionType] = {
    SingleChoice.key: SingleChoice(),
    MultipleChoice.key: MultipleChoice(),
    TrueFalse.key: TrueFalse(),
    Numeric.key: Numeric(),
    Classification.key: Classification(),
}


def get(key: str) -> QuestionType:
    """The type of this name; raises KeyError."""
    return TYPES[key]


def type_choices() -> list[tuple[str, Any]]:
    """Every type with its name, for a form field."""
    return [(key, kind.label) for key, kind in TYPES.items()]
