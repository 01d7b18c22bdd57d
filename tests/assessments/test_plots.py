"""Charts of cases: any finite figures can be drawn, within the frame, with their words escaped."""

import re
from xml.etree import ElementTree  # what we drew ourselves

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.plots import HEIGHT, WIDTH, Series, bars, course, lines, scale_for
from assessments.svg import Words

WORDS = Words("one", "Things & more", "They <rise>.")
figures = st.floats(-1e12, 1e12).filter(lambda value: value == 0 or abs(value) > 1e-6)
series = st.lists(figures, min_size=1, max_size=12)


def numbers(svg: str) -> list[float]:
    """Every place that is drawn to."""
    paths = re.findall(r' d="([^"]+)"', svg)
    places = re.findall(r' (?:x|y|width|height)="([^"]+)"', svg)
    return [float(n) for text in [*paths, *places] for n in re.findall(r"-?[\d.]+(?:e[+-]?\d+)?", text)]


@given(series, st.booleans())
def test_a_scale_holds_its_figures_between_round_ones(values: list[float], from_zero: bool) -> None:
    scale = scale_for(values, from_zero=from_zero)
    slack = 1e-6 * max(1.0, *(abs(value) for value in values))
    assert scale.low - slack <= min(values) and max(values) <= scale.high + slack
    assert scale.low < scale.high
    assert 2 <= len(scale.rules) <= 7
    assert all(-0.01 <= scale.share(value) <= 1.01 for value in values)


def test_bars_begin_at_zero_and_lines_that_would_lie_flat_do_not() -> None:
    assert scale_for([100, 104], from_zero=True).low == 0
    assert scale_for([100, 104], from_zero=False).low >= 99
    assert scale_for([10, 104], from_zero=False).low == 0
    assert scale_for([-4, -2], from_zero=True).high == 0


@given(series, series)
def test_every_chart_is_whole_and_stays_in_its_frame(one: list[float], other: list[float]) -> None:
    many = min(len(one), len(other))
    both = [Series("one & only", one[:many]), Series("other", other[:many])]
    labels = [f"week {i} <b>" for i in range(many)]
    for svg in (lines(WORDS, both, labels), bars(WORDS, both, labels), course(WORDS, one)):
        ElementTree.fromstring(svg)  # noqa: S314
        assert "nan" not in svg and "inf" not in svg
        found = numbers(svg)
        assert min(found) >= -2 and max(found) <= max(WIDTH, HEIGHT, 60.0 * many)


def test_a_chart_has_its_words_and_nothing_of_them_is_markup() -> None:
    svg = lines(WORDS, [Series("a < b", [1, 2])], ["x & y", "z"])
    assert 'role="img"' in svg and "<title" in svg and "<desc" in svg
    assert "Things &amp; more" in svg and "They &lt;rise&gt;." in svg
    assert "a &lt; b" in svg and "x &amp; y" in svg


def test_a_line_says_its_last_figure_and_name_and_the_ends_of_its_axis() -> None:
    svg = lines(WORDS, [Series("late", [4, 6, 12, 9])], ["1", "2", "3", "4"])
    assert re.search(r">9</tspan>\s*late<", svg)
    words = re.findall(r">([^<>]+)</text>", svg)
    assert {"1", "4"} <= set(words)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 9, 52])
def test_labels_below_a_line_are_at_most_three(count: int) -> None:
    svg = lines(WORDS, [Series("late", list(range(count)))], [f"w{i}" for i in range(count)])
    assert 1 <= len(re.findall(r">w\d+<", svg)) <= 3


def test_bars_say_every_label_and_figure() -> None:
    svg = bars(WORDS, [Series("late", [4, -6]), Series("lost", [1, 2])], ["Monday", "Tuesday"])
    for words in ("Monday", "Tuesday", ">4 late<", ">−6 late<", ">2 lost<"):
        assert words in svg
    assert svg.count("<rect") == 4


def test_long_names_are_cut_and_end_with_an_ellipsis() -> None:
    assert "…" in bars(WORDS, [Series("late", [4])], ["A label that is far too long to stand above a bar"])
    assert "…" in lines(WORDS, [Series("a name that is too long", [4, 5])], ["a", "b"])


def test_a_course_that_never_moved_is_a_straight_line() -> None:
    svg = course(WORDS, [5, 5, 5])
    path = re.findall(r" d=\"M([^\"]+)\"", svg)[0]
    assert {place.split()[1] for place in path.split("L")} == {"14.0"}
    assert "<rect" in course(WORDS, [5])
