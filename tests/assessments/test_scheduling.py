"""Scheduling: the memory model gives the same for the same, and a review is never asked in vain."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.mastery import Level
from assessments.scheduling import VERSION, Memory, fades_at, next_review, recall, review

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
GOOD = review(Memory(), 1, START)

HISTORIES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 200)), min_size=1, max_size=12)


def remembered(history: list[tuple[float, float]]) -> Memory:
    memory, at = Memory(), START
    for score, days in history:
        at += timedelta(days=days)
        memory = review(memory, score, at)
    return memory


def test_nothing_answered_has_no_recall_and_no_review() -> None:
    assert recall(Memory(), START) is None
    assert fades_at(Memory()) is None
    assert next_review(Memory(), Level.NOT_STARTED, None) is None


def test_a_better_answer_is_remembered_longer() -> None:
    again, hard, good = (review(Memory(), score, START) for score in (0.69, 0.7, 1.0))
    assert (again.stability or 0) < (hard.stability or 0) < (good.stability or 0)
    assert again.due == START + DAY
    assert good.scheduler == VERSION


def test_the_memory_is_what_fsrs_itself_makes_of_the_history() -> None:
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, memory, at = Card(card_id=1), Memory(), START
    for score, rating, days in (
        (1, Rating.Good, 2),
        (0.8, Rating.Hard, 7),
        (0, Rating.Again, 0),
        (1, Rating.Good, 9),
    ):
        card, _log = scheduler.review_card(card, rating, at)
        memory = review(memory, score, at)
        assert (memory.stability, memory.difficulty, memory.due) == (
            card.stability,
            card.difficulty,
            card.due,
        )
        at += timedelta(days=days)
        whole_days = (card.last_review or START) + timedelta(days=days)
        assert recall(memory, whole_days) == pytest.approx(
            scheduler.get_card_retrievability(card, whole_days)
        )


def test_recall_is_90_percent_when_as_many_days_passed_as_the_stability() -> None:
    assert recall(GOOD, START + (GOOD.stability or 0) * DAY) == pytest.approx(0.9)
    assert recall(GOOD, START - DAY) == 1


@settings(deadline=None)
@given(HISTORIES)
def test_recall_crosses_the_threshold_at_the_moment_it_fades(history: list[tuple[float, float]]) -> None:
    memory = remembered(history)
    fades = fades_at(memory)
    assert fades is not None
    if fades.year < 9000:
        second = timedelta(seconds=1)
        assert (recall(memory, fades - second) or 0) >= 0.8 >= (recall(memory, fades + second) or 0) - 1e-6
        assert recall(memory, fades) == pytest.approx(0.8, abs=1e-6)


@settings(deadline=None)
@given(HISTORIES)
def test_the_same_history_gives_the_same_memory(history: list[tuple[float, float]]) -> None:
    assert remembered(history) == remembered(history)


@settings(deadline=None)
@given(HISTORIES, st.sampled_from(list(Level)), st.floats(-10, 10))
def test_a_review_is_never_before_it_is_due_nor_before_it_could_count(
    history: list[tuple[float, float]], level: Level, days: float
) -> None:
    memory = remembered(history)
    since = (memory.last_review or START) + timedelta(days=days)
    when = next_review(memory, level, since)
    assert when is not None
    assert memory.due is not None
    assert when >= memory.due
    assert when >= (memory.last_review or START) + timedelta(hours=20)
    if level is Level.PROFICIENT:
        assert when >= since + timedelta(days=3)


def test_an_objective_just_proficient_waits_three_days() -> None:
    quick = Memory(stability=1.0, difficulty=5.0, due=START + DAY, last_review=START)
    assert next_review(quick, Level.PROFICIENT, START) == START + 3 * DAY
    assert next_review(quick, Level.FAMILIAR, START) == START + DAY


def test_an_answer_dated_before_the_last_one_counts_as_given_with_it() -> None:
    assert review(GOOD, 1, START - 5 * DAY) == review(GOOD, 1, START)


def test_moments_of_any_zone_are_understood_and_kept_in_utc() -> None:
    there = START.astimezone(ZoneInfo("Asia/Tokyo"))
    assert review(Memory(), 1, there) == GOOD
    assert GOOD.last_review is not None
    assert GOOD.last_review.tzinfo is UTC


def test_a_moment_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        review(Memory(), 1, START.replace(tzinfo=None))


def test_a_memory_that_never_fades_within_the_calendar_is_no_error() -> None:
    assert fades_at(Memory(stability=1e12, difficulty=5, last_review=START)) == datetime.max.replace(
        tzinfo=UTC
    )


def test_a_thousand_reviews_take_a_fraction_of_a_second() -> None:
    start = time.process_time()
    for _ in range(1000):
        review(GOOD, 1, START + 5 * DAY)
    assert time.process_time() - start < 0.9
