"""Classification: the share placed right counts, and a misplaced item says where it belongs."""

from typing import Any

import pytest

from assessments.questions import get
from assessments.questions.base import AnswerError

TYPE = get("classification")
CONTENT: dict[str, Any] = {
    "stem": "Goods or service?",
    "explanation": "A service is used up as it is made.",
    "buckets": ["Goods", "Service"],
    "items": [
        {"text": "A bolt", "bucket": "Goods", "feedback": "You can store it."},
        {
            "text": "A haircut",
            "bucket": "Service",
            "feedback": "You cannot store it.",
            "misconception": "all-goods",
        },
        {"text": "A loan", "bucket": "Service", "feedback": "Nothing to hold."},
        {"text": "A chair", "bucket": "Goods", "feedback": "You can sit on it."},
    ],
}
RIGHT = {"item-0": "bucket-0", "item-1": "bucket-1", "item-2": "bucket-1", "item-3": "bucket-0"}


def with_item(**changes: Any) -> dict[str, Any]:
    return {**CONTENT, "items": [CONTENT["items"][0] | changes, *CONTENT["items"][1:]]}


def test_a_sound_question_has_no_problem() -> None:
    assert TYPE.check(CONTENT) == []


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({**CONTENT, "buckets": ["Goods"]}, "buckets"),
        ({**CONTENT, "buckets": ["Goods", "Service", True]}, "buckets.2"),
        ({**CONTENT, "buckets": ["Goods", "Service", "goods"]}, "buckets.2"),
        ({**CONTENT, "items": CONTENT["items"][:3]}, "items"),
        (with_item(bucket="Neither"), "items.0.bucket"),
        (with_item(bucket=None), "items.0.bucket"),
        (with_item(feedback=None), "items.0.feedback"),
        (with_item(text="a chair"), "items.3.text"),
        (with_item(right=True), "items.0.right"),
    ],
)
def test_a_broken_question_is_refused_at_the_field(content: dict[str, Any], field: str) -> None:
    assert field in [problem.field for problem in TYPE.check(content)]


def test_items_are_shuffled_and_buckets_are_not() -> None:
    shown = TYPE.present(CONTENT, {"order": ["item-2", "item-0", "item-3", "item-1"]})
    assert [option.text for option in shown.options] == ["A loan", "A bolt", "A chair", "A haircut"]
    assert [(bucket.key, bucket.text) for bucket in shown.buckets] == [
        ("bucket-0", "Goods"),
        ("bucket-1", "Service"),
    ]


def test_every_item_in_its_bucket_is_right() -> None:
    answer = TYPE.read(CONTENT, {}, {key: [bucket] for key, bucket in RIGHT.items()})
    assert answer == RIGHT
    assert TYPE.grade(CONTENT, {}, answer).score == 1


def test_items_left_out_are_kept_open_and_count_as_misplaced() -> None:
    answer = TYPE.read(CONTENT, {}, {"item-0": ["bucket-0"], "item-1": [""], "item-2": ["bucket-0"]})
    assert answer == {"item-0": "bucket-0", "item-2": "bucket-0"}
    assert TYPE.grade(CONTENT, {}, answer).score == 0.25
    told = TYPE.explain(CONTENT, {}, answer)
    assert told.verdict == "partly"
    assert [(part.chosen, part.feedback) for part in told.parts] == [
        ("Goods", ""),
        ("Not placed", ""),
        ("Goods", "Nothing to hold."),
        ("Not placed", ""),
    ]
    assert told.your_answer == "A bolt: Goods; A loan: Goods"


def test_a_misplaced_item_shows_its_misconception() -> None:
    assert TYPE.grade(CONTENT, {}, RIGHT | {"item-1": "bucket-0"}).misconceptions == ("all-goods",)


def test_nothing_placed_is_no_answer() -> None:
    assert TYPE.read(CONTENT, {}, {"answer": ["bucket-0"]}) is None
    assert TYPE.summary(CONTENT, {}, None) == "No answer"


def test_a_bucket_that_is_not_there_is_refused_at_the_item() -> None:
    with pytest.raises(AnswerError) as refusal:
        TYPE.read(CONTENT, {}, {"item-2": ["bucket-7"]})
    assert refusal.value.field == "item-2"
