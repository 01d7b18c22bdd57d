"""Formulas as lines of HTML."""

from concepts.equations import equation_html


def test_a_quotient_of_braces_is_set_as_a_fraction() -> None:
    assert equation_html("rate = {units made} / {hours}") == (
        '<p class="tk-eq"><span>rate</span><span>=</span>'
        '<span class="tk-frac"><span>units made</span><span>hours</span></span></p>\n'
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
