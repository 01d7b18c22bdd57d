"""What is said of a marked answer, and what the settings keep back."""

import pytest

from assessments.models import AttemptItem
from assessments.selectors.attempts import Revealed
from assessments.selectors.results import Scale
from assessments.selectors.verdicts import marked_word, option_marks, verdict_of
from tests.assessments.questions import test_matching, test_ordering
from tests.assessments.questions.test_matching import LEFTS, RIGHTS
from tests.assessments.questions.test_ordering import KEYS
from tests.factories import ItemFactory, VersionFactory, numeric, single_choice

pytestmark = pytest.mark.django_db
NO_RIGHT_ANSWER = Revealed(right_answer=False)
BUCKETS = {
    "stem": "Sort.",
    "explanation": "What goes in is input.",
    "buckets": ["Input", "Output"],
    "items": [{"text": f"Thing {n}", "bucket": "Input", "feedback": f"Thing {n} goes in."} for n in range(4)],
}
MANY = {
    "stem": "Which?",
    "explanation": "A and B.",
    "choices": [
        {"text": "A", "right": True},
        {"text": "B", "right": True},
        {"text": "C", "feedback": "C is not."},
        {"text": "D", "feedback": "D is not."},
    ],
}


def marked(type_: str, content: dict[str, object], answer: object) -> AttemptItem:
    version = VersionFactory(question__type=type_, question__content=content)
    item: AttemptItem = ItemFactory.build(version=version, answer=answer)
    item.score = version.kind.grade(content, item.values, answer).score
    return item


def marks(item: AttemptItem, revealed: Revealed) -> dict[str, str]:
    presentation = item.version.kind.present(item.version.content, item.values)
    return {key: mark.text for key, mark in option_marks(item, presentation, revealed).items()}


@pytest.mark.parametrize(
    ("type_", "content", "answer", "all_shown", "kept_back"),
    [
        ("single_choice", single_choice(), "b", {"a": "The right one", "b": "Wrong"}, {"b": "Wrong"}),
        (
            "multiple_choice",
            MANY,
            ["a", "c"],
            {"a": "Fits", "b": "Fits, not picked", "c": "Does not fit"},
            {"a": "Fits", "c": "Does not fit"},
        ),
        (
            "classification",
            BUCKETS,
            {"item-0": "bucket-0", "item-1": "bucket-1"},
            {"item-0": "Right"} | {f"item-{n}": "Belongs to: Input" for n in (1, 2, 3)},
            {"item-0": "Right"} | {f"item-{n}": "Not here" for n in (1, 2, 3)},
        ),
        (
            "matching",
            test_matching.CONTENT,
            {LEFTS[0]: RIGHTS["Throughput"], LEFTS[1]: RIGHTS["Takt time"]},
            {LEFTS[0]: "Right", LEFTS[1]: "Should be: Lead time", LEFTS[2]: "Should be: Takt time"}
            | {LEFTS[3]: "Should be: Lead time"},
            {LEFTS[0]: "Right"} | dict.fromkeys(LEFTS[1:], "Wrong"),
        ),
        (
            "ordering",
            test_ordering.CONTENT,
            [KEYS[1], KEYS[0], *KEYS[2:]],
            {
                KEYS[0]: "Should be: place 1",
                KEYS[1]: "Should be: place 2",
                KEYS[2]: "Right",
                KEYS[3]: "Right",
            },
            {KEYS[0]: "Wrong", KEYS[1]: "Wrong", KEYS[2]: "Right", KEYS[3]: "Right"},
        ),
    ],
)
def test_options_say_what_they_turned_out_to_be(
    type_: str,
    content: dict[str, object],
    answer: object,
    all_shown: dict[str, str],
    kept_back: dict[str, str],
) -> None:
    item = marked(type_, content, answer)
    assert marks(item, Revealed()) == all_shown
    assert marks(item, NO_RIGHT_ANSWER) == kept_back
    assert marks(item, Revealed(feedback=False)) == {}


def test_the_solution_of_a_figure_waits_while_other_figures_can_be_had() -> None:
    item = marked("numeric", numeric(), {"text": "1", "value": 1.0})
    presentation = item.version.kind.present(item.version.content, item.values)
    folded = verdict_of(item, presentation, Revealed(), can_vary=True)
    plain = verdict_of(item, presentation, Revealed(), can_vary=False)
    assert folded is not None
    assert plain is not None
    assert (folded.is_folded, folded.head, plain.is_folded, plain.head) == (
        True,
        "Not right yet",
        False,
        "Not right",
    )
    assert plain.right_answer
    hidden = verdict_of(item, presentation, NO_RIGHT_ANSWER, can_vary=True)
    assert hidden is not None
    assert not hidden.has_solution


def test_nothing_is_said_where_marks_and_feedback_wait() -> None:
    item = marked("single_choice", single_choice(), "a")
    presentation = item.version.kind.present(item.version.content, item.values)
    assert verdict_of(item, presentation, Revealed(marks=False, feedback=False), can_vary=False) is None


@pytest.mark.parametrize(("answer", "word"), [("a", "Right"), ("b", "Wrong"), (None, "Not answered")])
def test_a_table_says_how_an_answer_was_marked(answer: str | None, word: str) -> None:
    assert marked_word(marked("single_choice", single_choice(), answer))[2] == word


@pytest.mark.parametrize(
    ("percent", "end", "label", "zero", "hundred"),
    [(0, 0, 10, False, True), (50, 240, 240, True, True), (100, 480, 470, True, False)],
)
def test_the_scale_keeps_its_labels_apart(
    percent: float, end: int, label: int, zero: bool, hundred: bool
) -> None:
    scale = Scale(percent, 70)
    assert (scale.end, scale.label_at, scale.shows_zero, scale.shows_hundred) == (end, label, zero, hundred)
