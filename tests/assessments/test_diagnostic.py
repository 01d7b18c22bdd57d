"""The rounds of a diagnostic: where it begins, where it goes on, and that it ends."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assessments.diagnostic import MOST, Asked, Spot, first_round, next_round


def spots(module: int, lessons: int, applies: tuple[int, ...] = ()) -> list[Spot]:
    """One spot for each lesson of a module, named by both."""
    return [Spot((module, place), module, (module, place), place in applies) for place in range(lessons)]


def asked(spot: Spot, is_right: bool = True) -> Asked:
    return Asked((spot.name,), spot.module, spot.lesson, is_right)


def names(round_: list[Spot]) -> list[Any]:
    return [spot.name for spot in round_]


def test_it_begins_with_one_question_from_the_middle_of_each_module() -> None:
    assert names(first_round(spots(1, 5) + spots(2, 3))) == [(1, 2), (2, 1)]


def test_where_something_can_be_applied_it_begins_there_as_near_to_the_middle_as_can_be() -> None:
    assert names(first_round(spots(1, 5, applies=(0, 3)))) == [(1, 3)]


def test_a_module_goes_on_with_other_lessons_of_it_while_its_answers_are_right() -> None:
    course = spots(1, 7) + spots(2, 3)
    first = first_round(course)
    second = next_round(course, [asked(spot, spot.module == 1) for spot in first])
    assert len(second) == 2
    assert {spot.module for spot in second} == {1}
    third = next_round(course, [asked(spot, spot.module == 1) for spot in first + second])
    assert sorted(names(first[:1] + second + third)) == [(1, place) for place in range(7)]


def test_one_wrong_answer_ends_its_module_and_no_other() -> None:
    course = spots(1, 7) + spots(2, 7)
    first = first_round(course)
    second = next_round(course, [asked(spot) for spot in first])
    third = next_round(course, [asked(spot, spot is not second[0]) for spot in first + second])
    assert {spot.module for spot in third} == {2}


def test_several_spots_in_a_lesson_are_asked_in_rounds_of_one() -> None:
    rows = [Spot(("row", place), 1, "comparison") for place in range(4)]
    said: list[int] = []
    for _ in range(6):
        said.append(len(next_round(rows, [asked(row) for row in rows[: sum(said)]])))
    assert said == [1, 1, 1, 1, 0, 0]


def test_where_there_is_not_room_for_all_every_module_gets_one_first() -> None:
    course = spots(1, 5) + spots(2, 5)
    second = next_round(course, [asked(spot) for spot in first_round(course)], most=4)
    assert Counter(spot.module for spot in second) == {1: 1, 2: 1}


def test_a_module_that_was_not_asked_about_at_first_is_not_begun_later() -> None:
    assert next_round(spots(1, 1) + spots(2, 3), [asked(spots(1, 1)[0])]) == []


@given(
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=12),
    doubled=st.integers(1, 3),
    most=st.integers(1, MOST),
    answers=st.lists(st.booleans(), max_size=200),
)
def test_whatever_is_answered_it_stays_within_bounds_asks_nothing_twice_and_ends(
    sizes: list[int], doubled: int, most: int, answers: list[bool]
) -> None:
    course = [
        Spot((module, lesson, turn), module, (module, lesson))
        for module, size in enumerate(sizes)
        for lesson in range(size)
        for turn in range(doubled)
    ]
    given_answers = iter(answers)
    so_far: list[Asked] = []
    for _ in range(len(course) + 1):
        ended = {one.module for one in so_far if not one.is_right}
        round_ = next_round(course, so_far, most)
        assert round_ == next_round(course, so_far, most)
        assert not ended & {spot.module for spot in round_}
        assert len({spot.lesson for spot in round_}) == len(round_)
        if not round_:
            break
        so_far += [asked(spot, next(given_answers, True)) for spot in round_]
    else:
        raise AssertionError("It never ends.")
    assert len({one.names for one in so_far}) == len(so_far) <= min(most, len(course))
    right = {one.module for one in so_far} - {one.module for one in so_far if not one.is_right}
    if len(so_far) < most:  # who knows a module has been asked all of it
        asked_of = Counter(one.module for one in so_far)
        assert all(asked_of[module] == sizes[module] * doubled for module in right)
