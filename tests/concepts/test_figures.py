"""Figures: rounded, written and read as people do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concepts.figures import (
    NARROW_SPACE,
    NumberError,
    format_figure,
    format_number,
    groups_thousands,
    in_unit,
    parse_number,
    round_half_up,
    with_unit,
)


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("1,234.5", "", 1234.5),
        ("1.234,5", "", 1234.5),
        ("1 234,5", "", 1234.5),
        (f"1{NARROW_SPACE}234,5", "", 1234.5),
        ("1\u00a0234.5", "", 1234.5),
        ("1'234.5", "", 1234.5),
        ("1,234,567", "", 1234567),
        ("1.234.567", "", 1234567),
        ("1,234", "", 1234),
        ("0,5", "", 0.5),
        ("12,5", "", 12.5),
        ("0,500", "", 0.5),
        ("1234,567", "", 1234.567),
        ("1.234", "", 1.234),
        ("1e3", "", 1000),
        ("1.5E-3", "", 0.0015),
        ("−5", "", -5),
        ("- 5", "", -5),
        ("+5", "", 5),
        (".5", "", 0.5),
        ("  248  ", "", 248),
        ("12 %", "%", 12),
        ("12%", "%", 12),
        ("12 percent", "%", 12),
        ("12 %", "", 0.12),
        ("248 parcels / h", "parcels / h", 248),
        ("248 Parcels/H", "parcels / h", 248),
        ("248 parcels per hour", "parcels / h", 248),
        ("248 parcel", "parcels / h", 248),
        ("3 batches", "batch", 3),
        ("1 delivery", "deliveries", 1),
        ("7.5 hrs", "h", 7.5),
        ("€ 5", "€ / unit", 5),
        ("5 euros per unit", "€ / unit", 5),
    ],
)
def test_a_figure_is_read_however_it_is_written(typed: str, unit: str, value: float) -> None:
    assert parse_number(typed, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    "typed", ["twelve", "nan", "inf", "٣", "--5", "e3", ",", "(5)", "approx. 5", "½", "1" * 61 + "x"]
)
def test_what_is_no_number_is_quoted_with_the_remedy(typed: str) -> None:
    with pytest.raises(NumberError) as refusal:
        parse_number(typed, "parcels / h")
    shown = typed if len(typed) <= 60 else typed[:60] + "…"
    assert refusal.value.message == f"“{shown}” is not a number. Type a figure, with or without the unit."


@pytest.mark.parametrize(
    ("typed", "read", "rest"),
    [
        ("248 ish", "248", "ish"),
        ("1 234 abc", "1 234", "abc"),
        (f"1{NARROW_SPACE}234abc", f"1{NARROW_SPACE}234", "abc"),
        ("1'234.5 abc", "1'234.5", "abc"),
        ("12 34", "12", "34"),
        ("1,234,56", "1,234", ",56"),
        ("5,", "5", ","),
        ("1.2.3", "1.2", ".3"),
        ("1/3", "1", "/3"),
        ("−3e2e", "−3e2", "e"),
        ("€ 5 or so", "€ 5", "or so"),
        ("5 5 5", "5", "5 5"),
        ("3²", "3", "²"),
    ],
)
def test_a_refusal_says_what_was_understood(typed: str, read: str, rest: str) -> None:
    with pytest.raises(NumberError) as refusal:
        parse_number(typed)
    understood = f"“{typed}” is not a number. We read {read} and then “{rest}”. Type a figure."
    assert refusal.value.message == understood


@pytest.mark.parametrize(
    ("typed", "doubtful"),
    [("1,234", True), ("−12,345 parcels", True), ("1,234.5", False), ("0,500", False), ("1,234,567", False),
     ("1234,567", False), ("1.234", False), ("1 234,567", False), ("twelve", False)],
)  # fmt: skip
def test_a_number_is_doubtful_where_one_comma_stands_before_three_digits(typed: str, doubtful: bool) -> None:
    assert groups_thousands(typed) is doubtful


@pytest.mark.parametrize(
    ("typed", "unit"), [("14.5 s", "min"), ("12 %", "h"), ("5 ms", "m"), ("450 min / parcel", "h")]
)
def test_a_figure_in_another_unit_is_refused(typed: str, unit: str) -> None:
    with pytest.raises(NumberError) as refusal:
        parse_number(typed, unit)
    assert typed in refusal.value.message


def test_nothing_too_large_and_too_long_have_messages_of_their_own() -> None:
    with pytest.raises(NumberError, match="Type a figure"):
        parse_number("   ")
    with pytest.raises(NumberError, match="too large"):
        parse_number("1e400")
    with pytest.raises(NumberError, match="…” is not a number"):
        parse_number("1" * 5000)


@pytest.mark.parametrize(
    ("value", "how", "text"),
    [
        (1860, {}, "1,860"),
        (0.1 + 0.2, {}, "0.3"),
        (-1234.5, {}, "−1,234.5"),
        (-0.001, {"decimals": 2}, "0"),
        (2.675, {"decimals": 2}, "2.68"),
        (248, {"decimals": 1}, "248"),
        (248, {"decimals": 1, "trim": False}, "248.0"),
        (1860.4, {"sig": 3}, "1,860"),
        (0.0040322, {"sig": 3}, "0.00403"),
        (float("nan"), {}, "–"),
        (float("inf"), {}, "–"),
    ],
)
def test_a_figure_is_written_for_reading(value: float, how: dict[str, int], text: str) -> None:
    assert format_number(value, **how) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(6.5, "6.5"), (1234 / 7, "176.3"), (43 / 6, "7.167"), (1 / 248, "0.004032"), (5581 / 3, "1,860.3")],
)
def test_a_figure_in_a_text_is_as_long_as_it_needs(value: float, text: str) -> None:
    assert format_figure(value) == text


def test_a_unit_is_held_to_its_figure() -> None:
    assert with_unit("79", "%") == f"79{NARROW_SPACE}%"
    assert with_unit("79", "") == "79"


@pytest.mark.parametrize(
    ("figure", "unit", "written"),
    [
        ("2.5", "€", "2.50"),
        ("1,234.5", "€ / unit", "1,234.50"),
        ("−0.5", "$ a day", "−0.50"),
        ("36", "€", "36"),
        ("2.25", "€", "2.25"),
        # A price that is finer than a cent is not made coarser.
        ("0.375", "€ / kWh", "0.375"),
        ("4.2", "€ million", "4.2"),
        ("2.5", "€ thousand a year", "2.5"),
        ("2.5", "h", "2.5"),
        ("2.5", "", "2.5"),
    ],
)
def test_money_has_no_decimals_or_two(figure: str, unit: str, written: str) -> None:
    assert in_unit(figure, unit) == written
    assert with_unit(figure, unit) == (f"{written}{NARROW_SPACE}{unit}" if unit else written)


@pytest.mark.parametrize(("value", "rounded"), [(0.5, 1), (1.5, 2), (2.5, 3), (-2.5, -3)])
def test_halves_are_rounded_away_from_zero(value: float, rounded: float) -> None:
    assert round_half_up(value) == rounded


CLEAN = st.integers(-(10**11), 10**11).flatmap(lambda n: st.integers(0, 6).map(lambda places: n / 10**places))


@settings(deadline=None)
@given(CLEAN)
def test_what_is_written_reads_back_as_the_same_figure(value: float) -> None:
    assert parse_number(format_number(value)) == pytest.approx(value, rel=1e-11)


@settings(deadline=None)
@given(CLEAN, st.sampled_from(["h", "%", "parcels / h", "€ / unit"]))
def test_a_figure_with_its_unit_reads_back_too(value: float, unit: str) -> None:
    assert parse_number(with_unit(format_number(value), unit), unit) == pytest.approx(value, rel=1e-11)


@settings(deadline=None)
@given(st.text(max_size=80), st.sampled_from(["", "h", "%", "parcels / h"]))
def test_any_text_is_read_or_refused(text: str, unit: str) -> None:
    try:
        assert abs(parse_number(text, unit)) <= 1e15
    except NumberError as refusal:
        assert refusal.message


# A number of thousands written in every way that people and locales write it
GROUPS = st.sampled_from([",", " ", "\u00a0", NARROW_SPACE, "\u2009", "'", "’", ""])
POINTS = st.sampled_from([".", ","])


@settings(deadline=None)
@given(
    st.integers(1, 999),
    st.lists(st.integers(0, 999), min_size=1, max_size=3),
    st.integers(0, 99),
    GROUPS,
    POINTS,
    st.sampled_from(["", "-", "−", "+", "– "]),
    st.sampled_from(["", " parcels / h", " parcel per hour", "parcels/hr", " PARCELS"]),
)
def test_every_way_of_writing_a_number_reads_as_the_same_figure(
    first: int, groups: list[int], cents: int, group: str, point: str, sign: str, unit: str
) -> None:
    if group == point:
        point = "."
    typed = f"{sign}{first}{''.join(f'{group}{part:03}' for part in groups)}{point}{cents:02}{unit}"
    figure = float(f"{first}{''.join(f'{part:03}' for part in groups)}.{cents:02}")
    assert parse_number(typed, "parcels / h") == (figure if sign in ("", "+") else -figure)


@settings(deadline=None)
@given(CLEAN, st.text(alphabet="abcxyzäß?!#*", min_size=1, max_size=8))
def test_text_after_a_number_is_told_apart_from_it(value: float, rest: str) -> None:
    shown = format_number(value)
    with pytest.raises(NumberError) as refusal:
        parse_number(f"{shown} {rest}")
    assert f"We read {shown} and then “{rest}”" in refusal.value.message
