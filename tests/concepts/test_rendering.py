"""Markdown to safe HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concepts.rendering import TAGS, course_links, course_url, render, render_inline


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,alert)",
        '<p style="position:fixed" onclick="x()">a</p>',
        "![a](https://example.org/track.png)",
    ],
)
def test_nothing_that_an_author_pastes_can_run(attack: str) -> None:
    html = str(render(attack))
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html.replace("(javascript:alert(1))", "")
    assert "<p style" not in html


@given(st.text(max_size=300))
def test_only_tags_of_the_short_list_come_out(text: str) -> None:
    opened = {name.lower() for name in re.findall(r"<([a-zA-Z][a-zA-Z0-9]*)", str(render(text)))}
    assert opened <= TAGS


def test_a_link_into_the_course_becomes_its_address() -> None:
    assert '<a href="/course/concepts/takt/"' in render("[takt](concept:takt)")
    assert course_url("term:takt-time") == "/course/glossary/#takt-time"
    assert course_url("comparison:both#capital") == "/course/comparisons/both/#capital"
    assert course_url("https://example.org") is None


def test_the_links_of_a_text_can_be_listed_for_a_check() -> None:
    assert course_links("[a](metric:pace) and [b](comparison:both#capital)") == [
        ("metric", "pace", ""),
        ("comparison", "both", "capital"),
    ]


def test_a_block_gets_its_label_and_its_title() -> None:
    html = render("::: misconception time divided by units\nText.\n:::")
    assert '<section class="tk-callout" data-kind="misconception">' in html
    assert '<h3 class="tk-label">Misconception <span>time divided by units</span></h3>' in html


def test_a_worked_calculation_parts_what_is_done_from_the_figures() -> None:
    html = render("::: worked one shift\n- Less breaks | 8 h − 0.5 h\n- Rate | 720\n:::")
    assert '<section class="tk-worked">' in html
    assert "<ol>" in html
    assert "<span>Less breaks</span><span>8 h − 0.5 h</span>" in html


def test_a_right_aligned_column_gets_a_class_and_no_style() -> None:
    html = render("| a | b |\n|---|--:|\n| x | 1 |")
    assert '<td class="num">1</td>' in html
    assert "style=" not in html


def test_a_per_cent_sign_keeps_to_its_figure() -> None:
    assert "79\u202f%" in render("79 % of them")


def test_one_line_has_no_paragraph_around_it() -> None:
    assert render_inline("a **b**") == "a <strong>b</strong>"
