"""Ordering: every pair in the right order counts, and the order that is shown is never the right one."""

import json
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.questions import get
from assessments.questions.base import AnswerError
from assessments.questions.keys import text_key

TYPE = get("ordering")
CONTENT: dict[str, Any] = {
    "stem": "Put the steps of production control in order.",
    "explanation": "The way comes before the time, the time before the order to start.",
    "items": [
        {"text": "Routing", "feedback": "Nothing can be timed before its way is known."},
        {"text": "Scheduling"},
        {"text": "Dispatching"},
        {"text": "Follow-up"},
    ],
}
KEYS = [text_key(item["text"]) for item in CONTENT["items"]]
SEEDS = st.integers(0, 2**40)


def with_item(**changes: Any) -> dict[str, Any]:
    return {**CONTENT, "items": [CONTENT["items"][0] | changes, *CONTENT["items"][1:]]}


def posted(order: list[str]) -> dict[str, list[str]]:
    return {key: [str(place)] for place, key in enumerate(order, 1)}


def test_a_sound_question_has_no_problem() -> None:
    assert TYPE.check(CONTENT) == []


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({**CONTENT, "items": CONTENT["items"][:2]}, "items"),
        ({**CONTENT, "items": CONTENT["items"] * 3}, "items"),
        ({**CONTENT, "items": None}, "items"),
        (with_item(text=""), "items.0.text"),
        (with_item(text="dispatching "), "items.2.text"),
        (with_item(place=1), "items.0.place"),
        (with_item(feedback=1), "items.0.feedback"),
    ],
)
def test_a_broken_question_is_refused_at_the_field(content: dict[str, Any], field: str) -> None:
    assert field in [problem.field for problem in TYPE.check(content)]


@settings(deadline=None)
@given(SEEDS, st.integers(3, 8))
def test_the_order_shown_is_never_the_right_one(seed: int, count: int) -> None:
    content = {**CONTENT, "items": [{"text": f"Step {n}"} for n in range(count)]}
    values = TYPE.draw(content, seed)
    shown = [option.text for option in TYPE.present(content, values).options]
    right = [item["text"] for item in content["items"]]
    assert shown != right
    assert sorted(shown) == sorted(right)
    assert [option.text for option in TYPE.present(content, {}).options] != right


@settings(deadline=None)
@given(SEEDS, st.permutations(KEYS))
def test_the_score_is_the_share_of_pairs_in_order(seed: int, order: list[str]) -> None:
    values = TYPE.draw(CONTENT, seed)
    answer = TYPE.read(CONTENT, values, dict(sorted(posted(order).items())))
    assert answer == order
    right = sum(order.index(first) < order.index(second) for first, second in combinations(KEYS, 2))
    grade = TYPE.grade(CONTENT, values, json.loads(json.dumps(answer)))
    assert grade.score == right / 6
    assert grade.score + TYPE.grade(CONTENT, values, order[::-1]).score == 1
    told = TYPE.explain(CONTENT, values, answer)
    assert told.feedback == (() if order == KEYS else (f"{right} of 6 pairs stand in the right order.",))


def test_the_rule_of_the_mark_is_said_before() -> None:
    assert "The mark is the share of all pairs" in TYPE.present(CONTENT, {}).hint


def test_one_step_out_of_place_costs_the_pairs_that_it_breaks() -> None:
    answer = [KEYS[3], *KEYS[:3]]
    assert TYPE.grade(CONTENT, {}, answer).score == 0.5
    told = TYPE.explain(CONTENT, {"order": KEYS[::-1]}, answer)
    assert told.verdict == "partly"
    assert [(part.text, part.chosen, part.expected, part.right) for part in told.parts][:2] == [
        ("Follow-up", "place 1", "place 4", False),
        ("Dispatching", "place 4", "place 3", False),
    ]
    assert told.parts[3].feedback == "Nothing can be timed before its way is known."
    assert told.your_answer == "Follow-up → Routing → Scheduling → Dispatching"
    assert told.right_answer == "Routing → Scheduling → Dispatching → Follow-up"


@pytest.mark.parametrize("given_", [{}, {KEYS[0]: [""]}, {"answer": ["1"]}])
def test_places_left_blank_are_no_answer(given_: dict[str, list[str]]) -> None:
    assert TYPE.read(CONTENT, {}, given_) is None


@pytest.mark.parametrize(
    ("places", "at", "said"),
    [
        (["1", "2", "2", "4"], 1, "Place 2 is taken twice."),
        (["1", "2", "", "4"], 2, "This one has no place yet."),
        (["1", "2", "3", "5"], 3, "Pick one place from 1 to 4."),
        (["0", "2", "3", "4"], 0, "Pick one place from 1 to 4."),
        (["one", "2", "3", "4"], 0, "Pick one place from 1 to 4."),
        (["²", "2", "3", "4"], 0, "Pick one place from 1 to 4."),
    ],
)
def test_places_that_do_not_add_up_are_refused_where_they_are(places: list[str], at: int, said: str) -> None:
    given_ = {key: [place] for key, place in zip(KEYS, places, strict=True)}
    with pytest.raises(AnswerError, match=said) as refusal:
        TYPE.read(CONTENT, {"order": KEYS[::-1]}, given_)
    assert refusal.value.field == KEYS[at]


@given(
    st.dictionaries(
        st.sampled_from([*KEYS, "answer"]),
        st.lists(st.sampled_from(["", "1", "2", "3", "4", "99999"]) | st.text(max_size=4), max_size=3),
    )
)
def test_hostile_input_is_refused_at_its_field_or_read(given_: dict[str, list[str]]) -> None:
    try:
        answer = TYPE.read(CONTENT, {}, given_)
    except AnswerError as refusal:
        assert refusal.field in KEYS
    else:
        assert answer is None or sorted(answer) == sorted(KEYS)


@pytest.mark.parametrize("answer", [None, [], {}, "abcd", [1, None], ["x"], KEYS[:1]])
def test_an_answer_that_is_none_scores_nothing(answer: Any) -> None:
    assert TYPE.grade(CONTENT, {}, answer).score == 0
    assert TYPE.explain(CONTENT, {}, answer).verdict == "wrong"


def test_an_answer_is_still_understood_when_a_step_is_reworded_or_moved() -> None:
    reworded = with_item(text="Routeing", key=KEYS[0])
    assert TYPE.grade(reworded, {}, KEYS).score == 1
    swapped = {**CONTENT, "items": [CONTENT["items"][n] for n in (1, 0, 2, 3)]}
    assert TYPE.grade(swapped, {}, KEYS).score == pytest.approx(5 / 6)
    assert TYPE.grade(swapped, {}, [KEYS[n] for n in (1, 0, 2, 3)]).score == 1
