"""Formulas as lines of HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concepts.equations import equation_html
from concepts.rendering import clean_html


def seen(line: str) -> str:
    """A formula without its frame and without the words for the ear."""
    html = re.sub(r'<span class="visually-hidden">[^<]*</span>', "", equation_html(line))
    return html.removeprefix('<p class="tk-eq">').removesuffix("</p>\n")


def heard(line: str) -> str:
    """A formula as a screen reader says it: every word in order."""
    return " ".join(re.sub(r"<[^>]+>", " ", equation_html(line)).split())


def test_a_quotient_of_braces_is_set_as_a_fraction() -> None:
    assert equation_html("rate = {units made} / {hours}") == (
        '<p class="tk-eq"><span>rate</span><span>=</span>'
        '<span class="tk-frac"><span>units made</span><span class="visually-hidden"> over </span>'
        "<span>hours</span></span></p>\n"
    )


def test_signs_and_words_stand_by_themselves() -> None:
    assert "<span>a</span><span>=</span><span>b</span><span>×</span><span>c</span>" in equation_html(
        "a = b × c"
    )


def test_a_wrong_formula_says_so_in_a_word() -> None:
    html = equation_html("wrong: rate = {hours} / {units}")
    assert 'data-state="bad"' in html
    assert ">Wrong<" in html


def test_what_an_author_writes_is_escaped() -> None:
    assert "<b>" not in equation_html("a = {<b>} / {c}")


def test_letters_stand_below_and_above_what_they_belong_to() -> None:
    assert seen("σ_L = x^2") == "<span>σ<sub>L</sub></span><span>=</span><span>x<sup>2</sup></span>"
    assert seen("D_{next week}") == "<span>D<sub>next week</sub></span>"


def test_a_root_covers_a_group_or_one_word() -> None:
    covered = '<span class="tk-root"><span>lead time</span></span>'
    assert (
        seen("√(lead time)") == seen("√{lead time}") == seen("\\sqrt{lead time}") == f"<span>{covered}</span>"
    )
    assert seen("√L × 2").startswith('<span><span class="tk-root"><span>L</span></span></span>')


def test_a_root_covers_a_fraction() -> None:
    html = seen("EOQ = √( {2 × D × S} / {H} )")
    assert '<span class="tk-root"><span><span class="tk-frac"><span>2 × D × S</span><span>H</span>' in html


def test_fractions_stand_in_fractions() -> None:
    html = seen("{a + {b} / {c}} / {d}")
    inner = '<span class="tk-frac"><span>b</span><span>c</span></span>'
    assert html == f'<span class="tk-frac"><span>a + {inner}</span><span>d</span></span>'


@pytest.mark.parametrize(("name", "letter"), [("sigma", "σ"), ("Delta", "Δ"), ("omega", "ω"), ("le", "≤")])
def test_greek_letters_and_signs_may_be_written_by_name(name: str, letter: str) -> None:
    assert f"<span>{letter}</span>" in seen(f"\\{name} = 1")


def test_a_name_that_means_nothing_stays_as_it_is() -> None:
    assert "\\foo" in seen("\\foo = 1")


def test_what_is_told_by_place_is_also_said() -> None:
    assert heard("EOQ = √{ {2 × D} / {H} }") == "EOQ = square root of 2 × D over H"
    assert heard("σ_L + x^2") == "σ sub L + x to the power of 2"


@pytest.mark.parametrize(
    "line", ["{", "}", "{a", "a}", "√", "_", "^", "√{", "{a} /", "{a} / {", "x_{", "√(a", ""]
)
def test_a_formula_that_is_not_finished_is_drawn_as_far_as_it_goes(line: str) -> None:
    assert equation_html(line).startswith('<p class="tk-eq">')


@given(st.text(alphabet="{}()/√_^\\ab2 =+<&σ", max_size=60))
def test_whatever_is_written_comes_out_as_whole_elements(line: str) -> None:
    html = equation_html(line)
    assert html.count("<span") == html.count("</span>")
    assert clean_html(html).strip() == html.strip()


def test_a_formula_within_formulas_without_end_ends() -> None:
    assert "a" in equation_html("{" * 300 + "a" + "}" * 300)
