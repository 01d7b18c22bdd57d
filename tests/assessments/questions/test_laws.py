"""The laws of grading, for every type of question and whatever is asked or answered."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.questions import BY_HAND, TYPES, get
from assessments.questions.rubric import mark, rubric_of
from tests.assessments.questions.contents import KINDS, answers, said_again

SEEDS = st.integers(0, 2**40)
GRADED = sorted(set(TYPES) - set(BY_HAND))
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
each_type = pytest.mark.parametrize("kind", GRADED)


def kept(value: Any) -> Any:
    """A value as a database gives it back."""
    return json.loads(json.dumps(value))


def test_every_type_is_made_up_here() -> None:
    assert set(KINDS) == set(TYPES)


@pytest.mark.parametrize("kind", sorted(KINDS))
@few
@given(st.data())
def test_what_is_made_up_can_be_asked(kind: str, data: st.DataObject) -> None:
    assert get(kind).check(data.draw(KINDS[kind].contents)) == []


@each_type
@few
@given(st.data(), SEEDS)
def test_the_key_earns_the_full_mark_and_shows_no_slip(kind: str, data: st.DataObject, seed: int) -> None:
    type_, content = get(kind), data.draw(KINDS[kind].contents)
    values = type_.draw(content, seed)
    answer = type_.read(content, values, KINDS[kind].key(content, type_.present(content, values), values))
    assert type_.grade(content, values, answer).score == 1
    assert type_.grade(content, values, answer).misconceptions == ()
    assert type_.explain(content, values, answer).verdict == "right"


@each_type
@few
@given(st.data(), SEEDS)
def test_a_grade_lies_between_0_and_1_and_follows_from_content_values_and_answer_alone(
    kind: str, data: st.DataObject, seed: int
) -> None:
    type_, content = get(kind), data.draw(KINDS[kind].contents)
    values = type_.draw(content, seed)
    posted = data.draw(answers(type_.present(content, values)))
    answer = type_.read(content, values, posted)
    grade = type_.grade(content, values, answer)
    assert 0 <= grade.score <= 1
    before = kept([content, values, answer])
    assert type_.grade(content, values, answer) == grade
    assert type_.grade(*before) == grade
    assert kept([content, values, answer]) == before  # and nothing was changed on the way
    assert type_.grade(content, values, None).score == 0


@each_type
@few
@given(st.data(), SEEDS, SEEDS)
def test_neither_the_order_of_writing_nor_of_showing_nor_of_posting_changes_a_grade(
    kind: str, data: st.DataObject, seed: int, other: int
) -> None:
    type_, content = get(kind), data.draw(KINDS[kind].contents)
    values = type_.draw(content, seed)
    shown = type_.present(content, values)
    posted = data.draw(answers(shown))
    grade = type_.grade(content, values, type_.read(content, values, posted))

    mixed = data.draw(KINDS[kind].mix(content))
    drawn = values if type_.parametric else type_.draw(mixed, other)
    again = said_again(posted, shown, type_.present(mixed, drawn))
    turned = {name: list(reversed(again[name])) for name in reversed(list(again))}
    same = type_.grade(mixed, drawn, type_.read(mixed, drawn, turned))
    assert same.score == pytest.approx(grade.score)
    assert sorted(same.misconceptions) == sorted(grade.misconceptions)
    if type_.parametric:
        assert type_.draw(mixed, seed) == values


@few
@given(st.data())
def test_a_rubric_gives_between_0_and_1_all_for_the_highest_levels_and_nothing_before_it_is_complete(
    data: st.DataObject,
) -> None:
    content = data.draw(KINDS["written"].contents)
    mixed = data.draw(KINDS["written"].mix(content))
    rubric = rubric_of(content)
    ticks = {row.name: data.draw(st.sampled_from([level.label for level in row.levels])) for row in rubric}
    assert 0 <= mark(content, ticks) <= 1
    assert mark(mixed, dict(reversed(ticks.items()))) == mark(content, kept(ticks)) == mark(content, ticks)
    assert mark(content, {row.name: row.levels[-1].label for row in rubric}) == 1
    assert mark(content, {row.name: ticks[row.name] for row in rubric[1:]}) is None
