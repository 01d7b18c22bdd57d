"""Item analysis: equal to published statistics and to the textbook's own formulas, and never a crash."""

import math
import statistics
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.item_analysis import MOST_VALUES, Histogram, ItemSums, Totals, Why, reliability
from assessments.item_verdicts import judge, judge_whole

# The LSAT, section 6 (Bock & Lieberman 1970): answers to five questions, how many of 1,000 people gave them.
LSAT6 = """
00000 3   00001 6   00010 2   00011 11  00100 1   00101 1   00110 3   00111 4   01000 1   01001 8
01011 16  01101 3   01110 2   01111 15  10000 10  10001 29  10010 14  10011 81  10100 3   10101 28
10110 15  10111 80  11000 16  11001 56  11010 21  11011 173 11100 11  11101 61  11110 28  11111 298
"""

Matrix = Sequence[Sequence[float]]


def analysed(rows: Matrix, weights: Sequence[int] = ()) -> tuple[list[ItemSums], Totals]:
    items, totals = [ItemSums() for _ in rows[0]], Totals()
    for row, weight in zip(rows, weights or [1] * len(rows), strict=True):
        totals.add(sum(row), len(row), weight)
        for item, score in zip(items, row, strict=True):
            item.add(score, sum(row) - score, weight=weight)
    return items, totals


def lsat6() -> tuple[list[ItemSums], Totals]:
    words = LSAT6.split()
    return analysed([[int(c) for c in word] for word in words[::2]], [int(word) for word in words[1::2]])


def rounded(values: Sequence[float | None], decimals: int = 3) -> list[float]:
    return [round(value, decimals) for value in values if value is not None]


def test_the_published_statistics_of_lsat6_come_out() -> None:
    items, totals = lsat6()
    found = reliability(items, totals)
    assert totals.n == 1000
    assert rounded([(item.facility or 0) / 100 for item in items]) == [0.924, 0.709, 0.553, 0.763, 0.870]
    assert rounded([item.total_correlation for item in items]) == [0.362, 0.567, 0.618, 0.534, 0.435]
    assert rounded([(item.discrimination or 0) / 100 for item in items]) == [
        0.113,
        0.153,
        0.173,
        0.144,
        0.122,
    ]
    assert rounded([found.alpha, found.standard_error]) == [0.295, 0.869]
    assert rounded(found.without) == [0.275, 0.238, 0.217, 0.246, 0.266]
    assert rounded([totals.marks.mean, totals.marks.sd]) == [3.819, 1.035]


# The textbook, with whole columns in memory and no shortcut.


def covariance(one: Sequence[float], other: Sequence[float]) -> float:
    a, b = statistics.fmean(one), statistics.fmean(other)
    return math.fsum((x - a) * (y - b) for x, y in zip(one, other, strict=True)) / (len(one) - 1)


def naive(rows: Matrix, k: int) -> tuple[float | None, float | None]:
    """Discrimination and its efficiency."""
    item = [row[k] for row in rows]
    rest = [sum(row) - row[k] for row in rows]
    if len(rows) < 2 or max(item) - min(item) <= 1e-9 or max(rest) - min(rest) <= 1e-9:
        return None, None
    most = covariance(sorted(item), sorted(rest))
    got = covariance(item, rest)
    return 100 * got / math.sqrt(covariance(item, item) * covariance(rest, rest)), 100 * got / most


def naive_alpha(rows: Matrix) -> float | None:
    k, totals = len(rows[0]), [sum(row) for row in rows]
    if k < 2 or len(rows) < 2 or max(totals) - min(totals) <= 1e-9:
        return None
    parts = sum(statistics.variance([row[i] for row in rows]) for i in range(k))
    return k / (k - 1) * (1 - parts / statistics.variance(totals))


SCORES = st.sampled_from([0.0, 0.0, 1.0, 1.0, 0.5, 0.25, 1 / 3, 2 / 3])


@st.composite
def matrices(draw: st.DrawFn) -> list[list[float]]:
    """Scores of people on questions: one of each at least; often with a column of equal scores."""
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 12))
    rows = [draw(st.lists(SCORES, min_size=width, max_size=width)) for _ in range(height)]
    if draw(st.booleans()):
        same = draw(SCORES)
        rows = [[same, *row[1:]] for row in rows]
    return rows


def near(got: float | None, expected: float | None) -> bool:
    if got is None or expected is None:
        return got is expected
    return math.isclose(got, expected, rel_tol=1e-6, abs_tol=1e-6)


@given(matrices())
def test_streamed_sums_equal_the_textbook(rows: list[list[float]]) -> None:
    items, totals = analysed(rows)
    found = reliability(items, totals)
    assert near(found.alpha, naive_alpha(rows))
    for k, item in enumerate(items):
        assert near(item.facility, 100 * statistics.fmean(row[k] for row in rows))
        discrimination, efficiency = naive(rows, k)
        assert near(item.discrimination, discrimination)
        assert near(item.efficiency, efficiency)
        assert (item.discrimination is None) == (item.why_not is not None)
    if found.alpha is not None:
        sd = statistics.stdev(sum(row) for row in rows)
        assert near(found.standard_error, sd * math.sqrt(1 - found.alpha))


@given(matrices(), st.data())
def test_order_and_grouping_do_not_matter(rows: list[list[float]], data: st.DataObject) -> None:
    weights = [data.draw(st.integers(1, 4)) for _ in rows]
    grouped, _ = analysed(rows, weights)
    single, _ = analysed(
        data.draw(st.permutations([row for row, n in zip(rows, weights, strict=True) for _ in range(n)]))
    )
    for one, other in zip(grouped, single, strict=True):
        assert one.n == other.n
        assert near(one.discrimination, other.discrimination)
        assert near(one.efficiency, other.efficiency)


MISSING = st.one_of(st.none(), SCORES)


@given(st.lists(st.tuples(MISSING, st.one_of(st.none(), st.floats(0, 50)), st.integers(1, 3), st.booleans())))
def test_whatever_is_fed_in_no_figure_is_nan_and_every_verdict_has_words(
    answers: list[tuple[object, ...]],
) -> None:
    item = ItemSums()
    for score, rest, marks, answered in answers:
        item.add(score, rest, marks=marks, answered=answered)
    figures = (item.facility, item.discrimination, item.efficiency, item.total_correlation, item.covariance)
    assert all(value is None or math.isfinite(value) for value in figures)
    assert item.asked == len(answers)
    assert all(finding.words and finding.sentence for finding in judge(item))
    found = reliability([item], Totals())
    assert found.why_not is Why.NOBODY
    assert judge_whole(found, Totals()).sentence


# What cannot be computed, and why.


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([[1, 0]], Why.ONE),
        ([[1, 0], [1, 1]], Why.SAME_SCORE),
        ([[1, 1], [0, 1]], Why.SAME_REST),
    ],
)
def test_what_cannot_be_computed_says_why(rows: Matrix, why: Why) -> None:
    item = analysed(rows)[0][0]
    assert item.why_not is why
    assert item.discrimination is item.efficiency is None


def test_a_question_that_nobody_met_has_no_figures() -> None:
    item = ItemSums()
    assert item.why_not is Why.NOBODY
    assert item.facility is None
    assert item.seconds.median() is None


@pytest.mark.parametrize(
    ("rows", "why"),
    [([[1, 0]], Why.ONE), ([[1], [0]], Why.ONE_QUESTION), ([[1, 0], [0, 1]], Why.SAME_TOTAL)],
)
def test_alpha_says_why_there_is_none(rows: Matrix, why: Why) -> None:
    assert reliability(*analysed(rows)).why_not is why


def test_alpha_is_refused_where_attempts_asked_different_questions() -> None:
    items, totals = analysed([[1, 0], [1, 1], [0, 0]])
    items[0].add(1.0, 1)
    assert reliability(items, totals).why_not is Why.DIFFERENT_QUESTIONS


def test_alpha_waits_for_what_is_not_marked() -> None:
    items, totals = analysed([[1, 0], [1, 1], [0, 0]])
    items[0].add(None)
    assert reliability(items, totals).why_not is Why.WAITING


def test_negative_alpha_is_shown_for_what_it_is() -> None:
    items, totals = analysed([[1, 0, 1], [0, 1, 0], [1, 0, 0], [0, 1, 1]] * 3)
    found = reliability(items, totals)
    assert found.alpha is not None
    assert found.alpha < 0
    assert found.standard_error is not None
    assert found.standard_error > (totals.marks.sd or 0)
    assert judge_whole(found, totals).words == "α is negative"


# Verdicts.


def fed(*pairs: tuple[float, float], times: int = 5, answered: bool = True) -> ItemSums:
    item = ItemSums()
    for score, rest in pairs:
        item.add(score, rest, weight=times, answered=answered)
    return item


@pytest.mark.parametrize(
    ("item", "words", "state"),
    [
        (fed((1, 9), (0, 2), (1, 8), (0, 1)), "Works", "good"),
        (fed((1, 2), (0, 9), (1, 1), (0, 8)), "Probably a wrong key", "bad"),
        (fed((1, 5), (0, 5), (1, 4), (0, 4)), "Weak", "warn"),
        (fed((1, 5), (0, 5), (1, 4), (0, 5)), "Probably a wrong key", "bad"),
        (fed((1, 5), (0, 5), (1, 4), (0, 4), (1, 3), (0, 3.5), times=2), "Weak", "warn"),  # it may be chance
        (fed((1, 5), (1, 3), (1, 4)), "Everybody was right", ""),
        (fed((0, 5), (0, 3), (0, 4)), "Nobody was right", "bad"),
        (fed((0, 5), (0, 3), (0, 4), answered=False), "Nobody answered", "warn"),
        (fed((1, 9), *[(0, n) for n in range(8)]), "Very hard", "warn"),
        (fed((0, 0), *[(1, n + 1) for n in range(30)]), "Very easy", ""),
        (fed((1, 9), (0, 2), times=2), "Too few answers", ""),
        (ItemSums(), "Not asked yet", ""),
    ],
)
def test_a_verdict_in_plain_words(item: ItemSums, words: str, state: str) -> None:
    first = judge(item)[0]
    assert (first.words, first.state) == (words, state)


# Memory.


def test_a_histogram_never_keeps_more_than_its_share() -> None:
    histogram = Histogram()
    for n in range(3 * MOST_VALUES):
        histogram.add(n / 7)
    assert len(histogram.counts) <= MOST_VALUES
    assert histogram.counts.total() == 3 * MOST_VALUES
    assert math.isclose(histogram.median() or 0, (3 * MOST_VALUES - 1) / 14, rel_tol=0.01)


@given(st.lists(st.integers(0, 100), min_size=1))
def test_the_median_is_the_median(values: list[int]) -> None:
    histogram = Histogram()
    for value in values:
        histogram.add(value)
    assert histogram.median() == statistics.median(values)
