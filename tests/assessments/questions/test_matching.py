"""Matching: the share matched right counts, and neither keys nor order say what belongs where."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.questions import get
from assessments.questions.base import AnswerError
from assessments.questions.keys import text_key

TYPE = get("matching")
CONTENT: dict[str, Any] = {
    "stem": "Which measure answers which question?",
    "explanation": "A rate divides by time; a time divides by units.",
    "pairs": [
        {
            "left": "How many an hour?",
            "right": "Throughput",
            "feedback": "A rate.",
            "misconception": "time-by-units",
        },
        {"left": "How long from order to delivery?", "right": "Lead time", "feedback": "Waiting included."},
        {"left": "How long may each take?", "right": "Takt time"},
        {"left": "How long from request to receipt?", "right": "Lead time"},
    ],
    "distractors": ["Scrap rate"],
}
LEFTS = [text_key(pair["left"]) for pair in CONTENT["pairs"]]
RIGHTS = {text: text_key(text) for text in ("Throughput", "Lead time", "Takt time", "Scrap rate")}
RIGHT = {text_key(pair["left"]): RIGHTS[pair["right"]] for pair in CONTENT["pairs"]}
POSTED = {key: [right] for key, right in RIGHT.items()}
SEEDS = st.integers(0, 2**40)


def with_pair(**changes: Any) -> dict[str, Any]:
    return {**CONTENT, "pairs": [CONTENT["pairs"][0] | changes, *CONTENT["pairs"][1:]]}


def test_a_sound_question_has_no_problem() -> None:
    assert TYPE.check(CONTENT) == []


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({**CONTENT, "pairs": CONTENT["pairs"][:2]}, "pairs"),
        ({**CONTENT, "pairs": CONTENT["pairs"] * 3}, "pairs"),
        ({**CONTENT, "pairs": [pair | {"right": "One"} for pair in CONTENT["pairs"]]}, "pairs"),
        (with_pair(left=None), "pairs.0.left"),
        (with_pair(right=""), "pairs.0.right"),
        (with_pair(right=7), "pairs.0.right"),
        (with_pair(left="How long may each take?"), "pairs.2.left"),
        (with_pair(bucket="Throughput"), "pairs.0.bucket"),
        ({**CONTENT, "distractors": ["throughput"]}, "distractors"),
        ({**CONTENT, "distractors": ["Rework", "rework"]}, "distractors"),
        ({**CONTENT, "distractors": [str(n) for n in range(5)]}, "distractors"),
        ({**CONTENT, "distractors": [4]}, "distractors"),
        ({**CONTENT, "distractors": "Rework"}, "distractors"),
    ],
)
def test_a_broken_question_is_refused_at_the_field(content: dict[str, Any], field: str) -> None:
    assert field in [problem.field for problem in TYPE.check(content)]


def test_a_right_hand_text_that_is_shared_is_offered_once_and_so_are_those_that_fit_nowhere() -> None:
    shown = TYPE.present(CONTENT, TYPE.draw(CONTENT, 1))
    assert sorted(option.text for option in shown.buckets) == sorted(RIGHTS)
    assert sorted(option.key for option in shown.options) == sorted(LEFTS)


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (CONTENT, "An answer may fit more than once, or not at all."),
        ({**CONTENT, "pairs": CONTENT["pairs"][:3]}, "Some of the answers fit nowhere."),
        ({**CONTENT, "pairs": CONTENT["pairs"][:3], "distractors": []}, "Every answer fits once."),
    ],
)
def test_what_may_be_used_how_often_is_said_before(content: dict[str, Any], hint: str) -> None:
    assert TYPE.present(content, {}).hint.startswith(hint)


@settings(deadline=None)
@given(SEEDS)
def test_both_sides_are_drawn_and_neither_order_says_what_belongs_where(seed: int) -> None:
    values = TYPE.draw(CONTENT, seed)
    assert sorted(values["order"]) == sorted(LEFTS)
    assert sorted(values["rights"]) == sorted(RIGHTS.values())
    assert len({tuple(TYPE.draw(CONTENT, seed + n)["rights"]) for n in range(30)}) > 1


@settings(deadline=None)
@given(SEEDS, st.permutations(list(POSTED)))
def test_the_key_is_right_in_whatever_order_it_is_drawn_or_posted(seed: int, order: list[str]) -> None:
    values = TYPE.draw(CONTENT, seed)
    answer = TYPE.read(CONTENT, values, {key: POSTED[key] for key in order})
    assert TYPE.grade(CONTENT, values, json.loads(json.dumps(answer))).score == 1
    turned = {**CONTENT, "pairs": CONTENT["pairs"][::-1]}
    assert TYPE.grade(turned, {}, answer).score == 1


@given(st.dictionaries(st.sampled_from(LEFTS), st.sampled_from(sorted(RIGHTS.values()))), SEEDS)
def test_the_score_is_the_share_matched_right_and_each_part_says_which(
    answer: dict[str, str], seed: int
) -> None:
    values = TYPE.draw(CONTENT, seed)
    right = sum(answer.get(key) == RIGHT[key] for key in LEFTS)
    assert TYPE.grade(CONTENT, values, answer).score == right / 4
    assert sum(part.right for part in TYPE.explain(CONTENT, values, answer).parts) == right


@given(
    st.dictionaries(
        st.sampled_from([*LEFTS, "answer"]),
        st.lists(st.sampled_from([*RIGHTS.values(), ""]) | st.text(max_size=9), max_size=3),
    )
)
def test_hostile_input_is_refused_at_its_field_or_read(posted: dict[str, list[str]]) -> None:
    try:
        answer = TYPE.read(CONTENT, {}, posted)
    except AnswerError as refusal:
        assert refusal.field in LEFTS
    else:
        assert 0 <= TYPE.grade(CONTENT, {}, answer).score <= 1


@pytest.mark.parametrize("answer", [None, [], "x", {"item-0": "x"}, {LEFTS[0]: ["x"]}, 7])
def test_an_answer_that_is_none_scores_nothing(answer: Any) -> None:
    assert TYPE.grade(CONTENT, {}, answer).score == 0


def test_what_was_left_open_counts_as_not_matched_and_a_slip_is_named() -> None:
    answer = {LEFTS[0]: RIGHTS["Takt time"], LEFTS[1]: RIGHTS["Lead time"]}
    assert TYPE.grade(CONTENT, {}, answer).misconceptions == ("time-by-units",)
    told = TYPE.explain(CONTENT, {}, answer)
    assert told.verdict == "partly"
    assert [(part.chosen, part.expected, part.feedback) for part in told.parts] == [
        ("Takt time", "Throughput", "A rate."),
        ("Lead time", "Lead time", ""),
        ("Not matched", "Takt time", ""),
        ("Not matched", "Lead time", ""),
    ]
    assert told.your_answer == "How many an hour?: Takt time; How long from order to delivery?: Lead time"


def test_an_answer_is_still_understood_when_both_sides_are_reworded() -> None:
    reworded = with_pair(
        left="How many in an hour?", key=LEFTS[0], right="Throughput rate", right_key=RIGHTS["Throughput"]
    )
    assert TYPE.check(reworded) == []
    assert TYPE.grade(reworded, {}, RIGHT).score == 1


def test_a_right_hand_text_that_is_corrected_is_marked_anew() -> None:
    corrected = with_pair(right="Takt time")
    assert TYPE.grade(corrected, {}, RIGHT).score == 0.75
    assert TYPE.grade(corrected, {}, RIGHT | {LEFTS[0]: RIGHTS["Takt time"]}).score == 1
