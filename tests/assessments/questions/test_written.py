"""Written answers: what is kept of them, how long they may be, and what ticks on a rubric add up to."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions import get
from assessments.questions.base import AnswerError, is_by_hand
from assessments.questions.rubric import mark, points_of, rubric_of
from tests.factories import written

CONTENT: dict[str, Any] = written()
KIND = get("written")


def changed(path: str, value: Any) -> dict[str, Any]:
    """The question with one thing put differently; None takes it out."""
    content: Any = deepcopy(CONTENT)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = content
    for step in steps:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return dict(content)


def read(text: str, content: Any = CONTENT) -> Any:
    return KIND.read(content, {}, {"answer": [text]})


def test_the_question_can_be_asked_and_says_its_limits_and_its_rubric_before() -> None:
    assert KIND.check(CONTENT) == []
    shown = KIND.present(CONTENT, {})
    assert shown.hint == "5 to 20 words; more than 22 are not taken."
    assert (shown.words, [one.label for one in shown.rubric]) == ((5, 20), ["The reason", "The words"])
    assert "wait for something else" not in str(shown)
    assert is_by_hand(KIND)
    assert not is_by_hand(get("numeric"))


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("words", 200, "words"),
        ("words.from", 0, "words.from"),
        ("words.to", 4, "words.to"),
        ("words.to", "many", "words.to"),
        ("words.most", 3, "words.most"),
        ("rubric", [], "rubric"),
        ("rubric", "none", "rubric"),
        ("rubric.0.label", None, "rubric.0.label"),
        ("rubric.0.name", "two words", "rubric.0.name"),
        ("rubric.1.name", "reason", "rubric.1.name"),
        ("rubric.0.colour", "red", "rubric.0.colour"),
        ("rubric.0.levels", [], "rubric.0.levels"),
        ("rubric.0.levels.2.points", 1, "rubric.0.levels"),
        ("rubric.0.levels.1.points", -1, "rubric.0.levels.1.points"),
        ("rubric.0.levels.1.points", True, "rubric.0.levels.1.points"),
        ("rubric.0.levels.1.description", " ", "rubric.0.levels.1.description"),
        ("rubric.0.levels.1.label", "Complete", "rubric.0.levels.1.label"),
        ("hints", ["Think."], "hints"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(path: str, value: Any, field: str) -> None:
    assert field in [problem.field for problem in KIND.check(changed(path, value))]


def test_paragraphs_are_kept_and_what_no_database_keeps_is_not() -> None:
    assert read(" One \r\n\r\ntwo\x00 \rthree ") == {"text": "One\n\ntwo\nthree"}
    assert read("  \r\n \x00 ") is None
    assert KIND.summary(CONTENT, {}, {"text": "One\n\ntwo"}) == "One\n\ntwo"
    assert KIND.summary(CONTENT, {}, None) == "No answer"


def test_an_answer_beyond_the_cap_is_refused_with_what_to_do() -> None:
    assert read("word " * 22) is not None
    with pytest.raises(AnswerError, match=r"23 words, and at most 22 are taken\. Take out 1 or more\."):
        read("word " * 23)
    with pytest.raises(AnswerError, match="20,001 characters long; at most 20,000"):
        read("x" * 20_001, changed("words", None))


def test_only_a_blank_answer_is_graded_without_a_person() -> None:
    assert KIND.grade(CONTENT, {}, None).score == 0
    with pytest.raises(ValueError, match="person"):
        KIND.grade(CONTENT, {}, {"text": "Anything"})


TICKS = st.fixed_dictionaries(
    {},
    optional={
        "reason": st.sampled_from(["Complete", "Partly", "Missing", "Unknown"]),
        "words": st.sampled_from(["Plain", "Dark"]),
        "other": st.text(max_size=3),
    },
)


@given(TICKS)
def test_ticks_add_up_to_a_score_between_0_and_1_once_every_criterion_has_one(ticks: dict[str, str]) -> None:
    score = mark(CONTENT, ticks)
    is_complete = ticks.get("reason") in ("Complete", "Partly", "Missing") and "words" in ticks
    assert (score is not None) == is_complete
    if score is not None:
        assert 0 <= score <= 1
        assert score == pytest.approx(points_of(CONTENT, ticks) / 10)


@given(TICKS, st.permutations([0, 1]), st.permutations([0, 1, 2]))
def test_the_order_of_criteria_and_levels_does_not_matter(
    ticks: dict[str, str], rows: list[int], levels: list[int]
) -> None:
    content = deepcopy(CONTENT)
    content["rubric"][0]["levels"] = [content["rubric"][0]["levels"][i] for i in levels]
    content["rubric"] = [content["rubric"][i] for i in rows]
    assert mark(content, ticks) == mark(CONTENT, ticks)


def test_a_level_that_was_reworded_has_to_be_ticked_again_and_other_points_count_at_once() -> None:
    ticks = {"reason": "Partly", "words": "Plain"}
    assert mark(CONTENT, ticks) == 0.7
    assert mark(changed("rubric.0.levels.1.points", 4), ticks) == 0.8
    assert mark(changed("rubric.0.levels.1.label", "Half"), ticks) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["name", "label", "levels", "points"]), inner)
        ),
    )
)
def test_any_rubric_is_checked_without_a_crash(rubric: Any) -> None:
    content = {**CONTENT, "rubric": rubric, "words": rubric}
    assert KIND.check(content)
    assert isinstance(rubric_of(content), tuple)
    mark(content, {})
