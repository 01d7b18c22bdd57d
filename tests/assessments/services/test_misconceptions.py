"""A response records which named misconception it matched, whatever the type of the question."""

from typing import Any

import pytest
from django.utils import timezone

from assessments.models import AttemptItem, Learner, Misconception
from assessments.selectors.results import slips_of
from assessments.services.answers import check_answer
from assessments.services.attempts import start_attempt
from tests.assessments.questions import test_multi_step
from tests.factories import LearnerFactory, MisconceptionFactory, PartFactory, QuestionFactory, numeric

pytestmark = pytest.mark.django_db

SLUG = "time-divided-by-units"
CHOICES = [
    {"text": "It rises", "right": True},
    {"text": "It doubles", "right": True},
    {"text": "It falls", "feedback": "That is the pace.", "misconception": SLUG},
    {"text": "It stays", "feedback": "The time matters."},
]
FRAME = {"stem": "What happens to throughput?", "explanation": "It is a rate."}
ITEMS = [
    {"text": text, "bucket": "A rate", "feedback": "It is a rate.", "misconception": SLUG}
    for text in ("Loaves an hour", "Calls a day", "Parts a shift")
]
STEPS = [dict(step) for step in test_multi_step.CONTENT["steps"]]
STEPS[0] = STEPS[0] | {"slips": [{"misconception": SLUG, "answer": "gross", "feedback": "No breaks."}]}


def slipped(item: AttemptItem) -> dict[str, list[str]]:
    """What somebody posts who makes the slip."""
    values, type_ = item.values, item.version.type
    if type_ == "numeric":
        return {"answer": [f"{values['hours'] / values['units']:.8g}"]}
    if type_ == "multi_step":
        return {"step-net": [str(values["gross"])]}
    if type_ == "classification":
        return {"item-0": ["bucket-1"], "item-1": ["bucket-0"]}
    return {"answer": {"single_choice": ["b"], "multiple_choice": ["a", "c"], "true_false": ["true"]}[type_]}


CONTENTS: dict[str, dict[str, Any]] = {
    "numeric": numeric(),
    "multi_step": test_multi_step.CONTENT | {"steps": STEPS},
    "single_choice": FRAME | {"choices": [CHOICES[0], *CHOICES[2:]]},
    "multiple_choice": FRAME | {"choices": CHOICES},
    "true_false": FRAME | {"right": False, "feedback": "It is a time.", "misconception": SLUG},
    "classification": FRAME
    | {
        "buckets": ["A rate", "A time"],
        "items": [*ITEMS, {"text": "Minutes a loaf", "bucket": "A time", "feedback": "It is a time."}],
    },
}


def answered(learner: Learner, type_: str, posted: dict[str, list[str]] | None = None) -> AttemptItem:
    question = QuestionFactory(type=type_, content=CONTENTS[type_], publish=True)
    practice = PartFactory(objective=question.objective, assessment__mode="practice").assessment
    item = start_attempt(learner=learner, assessment=practice, now=timezone.now()).items.get()
    return check_answer(item=item, posted=posted or slipped(item), revision=0, now=timezone.now()).item


@pytest.mark.parametrize("type_", CONTENTS)
def test_the_slip_behind_a_wrong_answer_is_kept_with_it(type_: str) -> None:
    item = answered(LearnerFactory(), type_)
    item.refresh_from_db()
    assert item.score is not None
    assert item.score < 1
    assert item.misconceptions == [SLUG]


def test_a_wrong_answer_without_a_known_slip_names_none() -> None:
    assert answered(LearnerFactory(), "numeric", {"answer": ["12345"]}).misconceptions == []
    assert answered(LearnerFactory(), "single_choice", {"answer": ["c"]}).misconceptions == []


def test_one_misconception_serves_many_questions_and_is_counted_over_all_of_them() -> None:
    known: Misconception = MisconceptionFactory(slug=SLUG)
    learner = LearnerFactory()
    items = [answered(learner, type_) for type_ in CONTENTS]
    assert slips_of(items) == [known]
    said = [item.version.kind.explain(item.version.content, item.values, item.answer) for item in items]
    words = [" ".join([*one.feedback, *(part.feedback for part in one.parts)]) for one in said]
    assert all(words)
    assert len(set(words)) == len(words)  # each question has its own
