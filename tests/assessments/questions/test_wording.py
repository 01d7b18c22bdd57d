"""Typed words: what counts as the same, and patterns that no input can slow down."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.wording import Sameness, as_read, fits, pieces, same_form

PLAIN = Sameness()


def fit(pattern: str, typed: str, sameness: Sameness = PLAIN) -> bool:
    return fits(pieces(pattern, sameness), same_form(typed, sameness))


@pytest.mark.parametrize(
    "typed", ["Takt time", " takt   TIME ", "takt\ntime.", "takt time ?!", "takt\u00a0time…", "TAKT TIME ."]
)
def test_white_space_capitals_and_punctuation_at_the_end_do_not_matter(typed: str) -> None:
    assert fit("Takt time", typed)


@pytest.mark.parametrize("typed", ["takttime", "takt-time", "takt", "the takt time", "", "takt, time"])
def test_anything_else_matters(typed: str) -> None:
    assert not fit("Takt time", typed)


def test_capitals_matter_where_it_is_said_so() -> None:
    assert fit("MTBF", "MTBF", Sameness(case=True))
    assert not fit("MTBF", "mtbf", Sameness(case=True))


def test_accents_matter_unless_they_are_folded_and_their_encoding_never_does() -> None:
    assert fit("Pokéyoke", "poke\u0301yoke")
    assert not fit("Pokéyoke", "pokeyoke")
    assert fit("Pokéyoke", "pokeyoke", Sameness(fold=True))


@pytest.mark.parametrize(
    ("written", "typed"), [("Johnson's rule", "Johnson’s rule"), ("make-to-order", "make‑to–order")]
)
def test_marks_that_look_alike_are_alike(written: str, typed: str) -> None:
    assert fit(written, typed)


@pytest.mark.parametrize(
    ("pattern", "typed", "expected"),
    [
        ("*takt*", "the takt time", True),
        ("*takt*", "takt", True),
        ("takt*", "the takt", False),
        ("takt *", "takt time", True),
        ("takt *", "taktless", False),
        ("*time.", "Takt time", True),
        ("little*law", "Little's law", True),
        ("little*law", "Little's laws", False),
        ("ab*ba", "aba", False),
        ("a*b*c", "a c b c", True),
        ("a*b*c", "a c c b", False),
        ("*", "anything", True),
        (r"4 \* 5", "4 * 5", True),
        (r"4 \* 5", "4 times 5", False),
        (r"c:\temp", r"C:\temp", True),
    ],
)
def test_a_star_stands_for_anything(pattern: str, typed: str, expected: bool) -> None:
    assert fit(pattern, typed) is expected


@given(st.text("ab*", max_size=8), st.text("ab", max_size=10))
def test_patterns_fit_what_the_same_search_would_find(pattern: str, typed: str) -> None:
    search = ".*".join(re.escape(piece) for piece in pattern.split("*"))
    assert fit(pattern, typed) is bool(re.fullmatch(search, typed))


def test_no_input_takes_longer_than_it_should() -> None:
    pattern, typed = "*a" * 100, "a" * 199 + "b"
    begun = time.process_time()
    for _ in range(100):
        assert not fit(pattern, typed)
    assert time.process_time() - begun < 1


@given(st.text(), st.text())
def test_any_text_can_be_compared_with_any_pattern(pattern: str, typed: str) -> None:
    assert fit(pattern, typed) in (True, False)


def test_a_pattern_is_read_with_ellipses() -> None:
    assert as_read(r"*takt* of 4 \* 5") == "…takt… of 4 * 5"
