"""What holds for every question type, so that attempts need not know which one they hold."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.questions import BY_HAND, TYPES, get
from assessments.questions.base import AnswerError
from tests.assessments.questions import (
    test_classification,
    test_matching,
    test_multi_step,
    test_multiple_choice,
    test_numeric,
    test_ordering,
    test_short_text,
    test_single_choice,
    test_true_false,
)

# key: a question, and what is posted to answer it right
QUESTIONS: dict[str, tuple[dict[str, Any], dict[str, list[str]]]] = {
    "single_choice": (test_single_choice.CONTENT, {"answer": ["a"]}),
    "multiple_choice": (test_multiple_choice.CONTENT, {"answer": ["b", "a"]}),
    "true_false": (test_true_false.CONTENT, {"answer": ["true"]}),
    "numeric": (test_numeric.CONTENT, {}),
    "multi_step": (test_multi_step.CONTENT, {}),
    "classification": (
        test_classification.CONTENT,
        {key: [bucket] for key, bucket in test_classification.RIGHT.items()},
    ),
    "matching": (test_matching.CONTENT, test_matching.POSTED),
    "ordering": (test_ordering.CONTENT, test_ordering.posted(test_ordering.KEYS)),
    "short_text": (test_short_text.CONTENT, {"answer": ["takt time"]}),
}
KEYS = st.sampled_from(sorted(QUESTIONS))
SEEDS = st.integers(0, 2**40)
POSTED = st.dictionaries(
    st.sampled_from(
        [
            "answer",
            "item-0",
            "item-1",
            "item-2",
            "item-3",
            "other",
            "step-net",
            "step-takt",
            *test_ordering.KEYS,
        ]
    ),
    st.lists(
        st.sampled_from(["a", "b", "c", "d", "true", "false", "bucket-0", "bucket-1", "248", "0.004"])
        | st.text(max_size=12),
        max_size=3,
    ),
)


def key_of(key: str, values: dict[str, Any]) -> dict[str, list[str]]:
    content, posted = QUESTIONS[key]
    told = get(key).explain(content, values, None)
    if key == "multi_step":
        options = get(key).present(content, values).options
        return {option.key: [part.expected] for option, part in zip(options, told.parts, strict=True)}
    return posted or {"answer": [told.right_answer]}


def test_every_type_is_there_under_its_key() -> None:
    assert {key: each.key for key, each in TYPES.items()} == {key: key for key in (*QUESTIONS, *BY_HAND)}
    assert all(str(each.label) for each in TYPES.values())
    assert [key for key, each in TYPES.items() if each.parametric] == ["numeric", "multi_step"]
    with pytest.raises(KeyError):
        get("essay")


@settings(deadline=None)
@given(KEYS, SEEDS)
def test_a_draw_is_a_function_of_the_seed_and_survives_json(key: str, seed: int) -> None:
    content = QUESTIONS[key][0]
    drawn = get(key).draw(content, seed)
    assert get(key).draw(json.loads(json.dumps(content)), seed) == drawn
    kept = json.loads(json.dumps(drawn))
    assert kept == drawn
    assert get(key).present(content, kept) == get(key).present(content, drawn)
    assert get(key).variant_key(content, kept) == get(key).variant_key(content, drawn)


@settings(deadline=None)
@given(KEYS, SEEDS)
def test_the_key_scores_full_marks_whatever_was_drawn(key: str, seed: int) -> None:
    kind, content = get(key), QUESTIONS[key][0]
    values = kind.draw(content, seed)
    answer = kind.read(content, values, key_of(key, values))
    assert kind.grade(content, values, answer).score == 1
    assert kind.grade(content, values, answer).misconceptions == ()
    assert kind.explain(content, values, answer).verdict == "right"


@settings(deadline=None)
@given(KEYS, SEEDS, POSTED)
def test_whatever_is_posted_is_refused_or_scores_between_0_and_1(
    key: str, seed: int, posted: dict[str, list[str]]
) -> None:
    kind, content = get(key), QUESTIONS[key][0]
    values = kind.draw(content, seed)
    try:
        answer = kind.read(content, values, posted)
    except AnswerError as refusal:
        assert refusal.message
        return
    kept = json.loads(json.dumps(answer))
    assert kept == answer
    grade = kind.grade(content, values, answer)
    assert 0 <= grade.score <= 1
    assert kind.grade(content, values, kept) == grade
    told = kind.explain(content, values, kept)
    assert told.verdict == ("right" if grade.score == 1 else "partly" if grade.score else "wrong")
    assert told.your_answer == kind.summary(content, values, kept)
    assert (answer is None) == (told.your_answer == "No answer")


@settings(deadline=None)
@given(SEEDS, SEEDS)
def test_shuffling_alone_makes_no_other_variant(one: int, other: int) -> None:
    for key in QUESTIONS:
        kind, content = get(key), QUESTIONS[key][0]
        if not kind.parametric:
            keys = {kind.variant_key(content, kind.draw(content, seed)) for seed in (one, other)}
            assert keys == {""}


KEYS_OF_YAML = st.text(max_size=8) | st.integers() | st.booleans()
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS_OF_YAML, inner, max_size=4),
    max_leaves=8,
)
FIELDS = (
    st.sampled_from(["pairs", "distractors", "accept", "otherwise", "case", "steps"])
    | st.sampled_from(
        ["stem", "explanation", "choices", "right", "feedback", "misconception", "buckets", "items", "label"]
    )
    | st.sampled_from(["parameters", "derived", "constraints", "answer", "unit", "tolerance", "slips"])
)


@settings(deadline=None)
@given(KEYS, st.dictionaries(FIELDS, ANYTHING, max_size=4))
def test_checking_survives_any_content_and_says_what_to_mend(key: str, changes: dict[str, Any]) -> None:
    for problem in get(key).check(QUESTIONS[key][0] | changes):
        assert problem.field
        assert problem.message
