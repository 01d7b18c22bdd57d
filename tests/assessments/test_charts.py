"""Charts: what is drawn where, in numbers that every browser reads, with words for who does not see it."""

import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.selectors.today import Part, Plan
from assessments.svg import (
    BOTTOM,
    STRIP,
    TOP,
    Bar,
    Curve,
    Stretch,
    Words,
    axis_for,
    bars,
    chart,
    spread,
    strip,
)
from assessments.templatetags.charts import beat, recall

WORDS = Words("one", "Things", "They rise.")


def drawn(*values: int, stepped: bool = False) -> str:
    return chart(WORDS, [Curve("things", values)], ["first", "middle", "last"], stepped=stepped)


def numbers(svg: str) -> list[float]:
    """Every coordinate of the paths."""
    return [float(n) for d in re.findall(r' d="([^"]+)"', svg) for n in re.findall(r"[\d.]+", d)]


@given(st.integers(0, 10_000_000))
def test_an_axis_is_round_and_holds_the_largest_value(largest: int) -> None:
    axis = axis_for(largest)
    assert axis.most >= largest
    assert axis.most // axis.step <= 4
    assert str(axis.step).rstrip("0") in ("1", "2", "5")


@given(st.lists(st.floats(TOP, BOTTOM), min_size=1, max_size=6))
def test_names_at_the_ends_never_cover_each_other(places: list[float]) -> None:
    moved = spread(places, 15, TOP, BOTTOM)
    ordered = sorted(moved)
    assert all(b - a >= 15 - 1e-6 for a, b in pairwise(ordered))
    assert ordered[0] >= TOP - 1e-6
    assert ordered[-1] <= BOTTOM + 1e-6
    by_place = [moved[i] for i in sorted(range(len(places)), key=lambda i: places[i])]
    assert by_place == sorted(by_place)


def test_names_that_have_room_stay_where_they_are() -> None:
    assert spread([30, 100, 60], 15, TOP, BOTTOM) == [30, 100, 60]


@given(st.lists(st.integers(0, 500), min_size=2, max_size=80), st.booleans())
def test_lines_stay_within_the_frame(values: list[int], stepped: bool) -> None:
    svg = drawn(*values, stepped=stepped)
    assert all(0 <= number <= 410 for number in numbers(svg))


def test_a_chart_is_named_and_described() -> None:
    svg = drawn(0, 3, 8)
    assert 'role="img" aria-labelledby="one-t one-d"' in svg
    assert '<title id="one-t">Things</title><desc id="one-d">They rise.</desc>' in svg
    assert ">8</tspan> things</text>" in svg
    assert "style=" not in svg


def test_a_flat_stretch_needs_no_points() -> None:
    assert drawn(1, 1, 1, 1, 1, 1).count("L") == 1


def test_coordinates_have_a_point_in_every_language() -> None:
    english = drawn(0, 3, 8)
    with translation.override("de"):
        assert drawn(0, 3, 8) == english


def test_names_are_escaped() -> None:
    svg = strip(WORDS, [Stretch("<b>Reviews</b>", 5, "5 min", "first")])
    assert "<b>" not in svg
    assert "&lt;b&gt;" in svg


LENGTHS = st.lists(
    st.tuples(st.text("abc def", min_size=1, max_size=60), st.integers(1, 240)), min_size=1, max_size=3
)


@given(LENGTHS)
@example([("a" * 28, 1)] * 3)
def test_labels_of_a_strip_stay_on_it_and_apart(parts: list[tuple[str, int]]) -> None:
    stretches = [Stretch(name, length, f"{length} min", "then") for name, length in parts]
    svg = strip(WORDS, stretches)
    places = [float(x) for x in re.findall(r'<text x="([\d.]+)" y="13"', svg)]
    assert all(0 <= place <= STRIP for place in places)
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_a_long_name_is_cut_and_told_in_full_in_the_description() -> None:
    name = "Production and operations management, side by side, once more"
    svg = beat(Plan((Part("Reviews", 6, "first"), Part(name, 12, "then"), Part("Free", 2, "free")), 20))
    assert name in re.findall("<desc[^>]*>(.*?)</desc>", svg)[0]
    assert f">{name}<" not in svg
    assert "…</text>" in svg


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((Part("Reviews", 6, "first"), Part("Free", 14, "free")), "so 14 minutes stay free"),
        ((Part("Reviews", 25, "first"),), "5 minutes more than the 20 minutes"),
    ],
)
def test_the_strip_says_what_is_left_of_the_day(parts: tuple[Part, ...], said: str) -> None:
    assert said in beat(Plan(parts, 20))


def test_a_strip_of_a_whole_morning_has_a_tick_every_five_minutes() -> None:
    svg = strip(WORDS, [Stretch("Test", 240, "240 min", "first")])
    assert svg.count(" 29v6") == 47


@pytest.mark.parametrize("percent", [0, 61, 79, 80, 100])
def test_the_quick_recall_meter_is_the_component(percent: int) -> None:
    component = render_to_string("components/recall.html", {"percent": percent}).strip()
    assert recall(percent) == component


def test_no_recall_draws_nothing() -> None:
    assert recall(None) == ""


def test_bars_stay_within_the_frame_and_escape_their_names() -> None:
    svg = bars(WORDS, [Bar("<b>" + "long " * 30, 120.0, "120 %", True), Bar("none", 0.0, "0 %")])
    assert "<b>" not in svg
    assert all(0 <= float(width) <= 410 for width in re.findall(r'<rect [^>]*width="([\d.]+)"', svg))
    assert 'role="img" aria-labelledby="one-t one-d"' in svg
