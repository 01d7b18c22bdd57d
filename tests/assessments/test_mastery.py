"""Mastery: each step of the published rule, and what no sequence of answers can do."""

from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.mastery import RULE, Level, Mastery, Piece, fold

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def piece(score: float, variant: str = "1:a", days: float = 0, review: bool = False) -> Piece:
    return Piece(score, variant, START + timedelta(days=days), review)


def folded(*pieces: Piece) -> Mastery:
    return reduce(fold, pieces, Mastery())


PROFICIENT = (piece(1, "1:a"), piece(1, "1:b"))
MASTERED = (*PROFICIENT, piece(1, "1:c", days=3, review=True))


def test_nothing_answered_is_not_started() -> None:
    assert Mastery().level is Level.NOT_STARTED


def test_a_first_answer_below_70_percent_is_an_attempt() -> None:
    state = folded(piece(0.69))
    assert (state.level, state.count, state.last_score, state.streak) == (Level.ATTEMPTED, 1, 0.69, 0)


@pytest.mark.parametrize("score", [0.7, 0.1 + 0.6, 1.0])
def test_one_success_makes_familiar(score: float) -> None:
    assert folded(piece(score)).level is Level.FAMILIAR
    assert folded(piece(0), piece(score)).level is Level.FAMILIAR


def test_two_in_a_row_on_different_variants_make_proficient() -> None:
    state = folded(*PROFICIENT)
    assert (state.level, state.since) == (Level.PROFICIENT, START)


def test_the_same_variant_twice_counts_once() -> None:
    assert folded(piece(1), piece(1), piece(1)).level is Level.FAMILIAR
    assert folded(piece(1), piece(1), piece(1, "1:b")).level is Level.PROFICIENT


def test_a_miss_between_two_successes_breaks_the_row() -> None:
    state = folded(piece(1, "1:a"), piece(0, "1:b"), piece(1, "1:c"))
    assert (state.level, state.streak) == (Level.FAMILIAR, 1)


def test_a_scheduled_review_three_days_on_makes_mastered() -> None:
    assert folded(*MASTERED).level is Level.MASTERED


@pytest.mark.parametrize(
    "last",
    [
        piece(1, "1:c", days=2.99, review=True),
        piece(1, "1:c", days=30, review=False),
        piece(1, "1:c", days=-5, review=True),
    ],
)
def test_too_early_or_unscheduled_success_keeps_proficient(last: Piece) -> None:
    state = folded(*PROFICIENT, last)
    assert (state.level, state.since) == (Level.PROFICIENT, START)


def test_familiar_never_becomes_mastered_at_once() -> None:
    assert folded(piece(1, "1:a"), piece(1, "1:b", days=9, review=True)).level is Level.PROFICIENT


def test_a_miss_costs_one_level_and_starts_the_clock_anew() -> None:
    state = folded(*MASTERED, piece(0, "1:d", days=8))
    assert (state.level, state.streak, state.since) == (Level.PROFICIENT, 0, START + timedelta(days=8))
    early = fold(state, piece(1, "1:e", days=10, review=True))
    assert early.level is Level.PROFICIENT
    assert fold(state, piece(1, "1:e", days=11, review=True)).level is Level.MASTERED


def test_a_miss_at_familiar_leads_back_to_attempted() -> None:
    assert folded(piece(1), piece(0.5)).level is Level.ATTEMPTED


def test_after_a_drop_to_familiar_two_in_a_row_are_needed_again() -> None:
    state = folded(*PROFICIENT, piece(0, "1:c"))
    assert state.level is Level.FAMILIAR
    once = fold(state, piece(1, "1:d"))
    assert once.level is Level.FAMILIAR
    assert fold(once, piece(1, "1:e")).level is Level.PROFICIENT


def test_success_at_mastered_keeps_it() -> None:
    before = folded(*MASTERED)
    after = fold(before, piece(1, "1:z", days=40, review=True))
    assert (after.level, after.since) == (Level.MASTERED, before.since)


def test_the_rule_has_a_text_for_every_level() -> None:
    assert [level for level, _text in RULE] == list(Level)
    assert all(str(text) for _level, text in RULE)


PIECES = st.lists(
    st.builds(
        piece,
        score=st.floats(0, 1) | st.sampled_from([0.0, 1.0]),
        variant=st.sampled_from(["1:a", "1:b", "2:"]),
        days=st.floats(0, 60),
        review=st.booleans(),
    ),
    max_size=30,
)


@settings(deadline=None)
@given(PIECES)
def test_no_answer_moves_more_than_one_level_after_the_first(pieces: list[Piece]) -> None:
    state = Mastery()
    for each in pieces:
        after = fold(state, each)
        if state.count:
            assert abs(after.level - state.level) <= 1
        if each.score >= 0.7:
            assert after.level >= max(state.level, Level.FAMILIAR)
        else:
            assert after.level == max(Level.ATTEMPTED, state.level - 1)
        assert (after.since == state.since) or after.since == each.at
        state = after
    assert state.count == len(pieces)


@settings(deadline=None)
@given(PIECES, st.integers(0, 30))
def test_folding_in_two_goes_is_folding_in_one(pieces: list[Piece], cut: int) -> None:
    assert reduce(fold, pieces[cut:], folded(*pieces[:cut])) == folded(*pieces)
