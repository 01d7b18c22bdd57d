"""Counts, lengths of time and moments in words."""

from datetime import UTC, datetime, timedelta

import pytest

from assessments import wording

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(("count", "word"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (-1, "-1")])
def test_counts_are_words_up_to_twelve(count: int, word: str) -> None:
    assert wording.count_word(count) == word


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_series_reads_as_one(names: list[str], text: str) -> None:
    assert wording.in_series(names) == text


@pytest.mark.parametrize(
    ("seconds", "words", "figures"),
    [
        (45, "45 seconds", "0:45"),
        (60, "1 minute", "1:00"),
        (821, "13 minutes and 41 seconds", "13:41"),
        (3727, "62 minutes and 7 seconds", "1:02:07"),
        (0, "0 minutes", "0:00"),
    ],
)
def test_lengths_of_time(seconds: int, words: str, figures: str) -> None:
    length = timedelta(seconds=seconds)
    assert (wording.minutes(length), wording.stopwatch(length)) == (words, figures)


def test_days_are_said_as_far_as_they_are_away() -> None:
    assert wording.day_ahead(NOW, NOW) == "today"
    assert wording.day_ahead(NOW + timedelta(days=1), NOW) == "tomorrow"
    assert wording.day_ahead(NOW + timedelta(days=9), NOW) == "in 9 days, on Mon 30 Nov"
    assert wording.days_ago(NOW, NOW) == "today"
    assert wording.days_ago(NOW - timedelta(hours=11), NOW) == "yesterday"
    assert wording.days_ago(NOW - timedelta(days=26), NOW) == "26 days ago"
    assert wording.moment(NOW) == "Sat 21 Nov, 10:00"
