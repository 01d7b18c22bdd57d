"""Plain text and HTML as Markdown: what a learner sees is what the file said."""

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assessments.formats.html_text import html_to_markdown
from assessments.formats.plain import from_plain, to_plain

PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
TEXT = st.text(st.sampled_from("ab1 \n*_`[]()<>#-+=~:|&;.!\\/\"'x"), max_size=40)


def seen(markdown: str) -> str:
    """The words that a reader sees, without how they are broken into lines."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", PARSER.render(markdown))).split())


@settings(max_examples=300, deadline=None)
@given(TEXT)
@example(":_*_")
@example("*__* kg")
def test_plain_text_reads_the_same_as_markdown_and_comes_back(text: str) -> None:
    made = from_plain(text)
    assert seen(made).replace(" ", "") == "".join(text.split())
    assert "<em>" not in PARSER.render(made) and "<code>" not in PARSER.render(made)
    assert from_plain(to_plain(made) or "") == made


@pytest.mark.parametrize("text", ["2 * 3", "snake_case", "a < b", "1.5 kg", "[kg]", "fill _____ in", "AT&T"])
def test_what_needs_no_escape_has_none(text: str) -> None:
    assert from_plain(text) == text


@pytest.mark.parametrize("markdown", ["**a**", "- a", "a\nb", "[a](https://x.org)"])
def test_formatting_has_no_plain_text(markdown: str) -> None:
    assert to_plain(markdown) is None


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<p>One</p><p>Two<br>three</p>", "One\n\nTwo\\\nthree"),
        ("a <b>b </b>c <em>d</em>", "a **b** c *d*"),
        ("<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>", "- one\n- two\n   - three"),
        ("<ol><li><p>one</p></li><li>two</li></ol>", "1. one\n2. two"),
        ("m<sup>2</sup> and CO<sub>2</sub>", "m² and CO₂"),
        ("<code>a*b</code> 2 &lt; 3 &amp; 4*5*6", "`a*b` 2 < 3 & 4\\*5\\*6"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        (
            "<table><caption> <b>Loads</b> </caption><tr><td>1</td></tr></table>",
            "**Loads**\n\n| 1 |\n| --- |",
        ),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>",
            "| a | b |\n| --- | --- |\n| 1 |  |",
        ),
        ('<a href="https://x.org/y">z</a>', "[z](https://x.org/y)"),
        ('<p dir="ltr" style="x">a<br></p>', "a"),
        ("<h3>Head</h3><blockquote>said</blockquote>", "### Head\n\n> said"),
    ],
)
def test_the_safe_part_of_html_is_kept(source: str, markdown: str) -> None:
    assert html_to_markdown(source) == (markdown, [])


@pytest.mark.parametrize(
    ("source", "markdown", "named"),
    [
        ("<script>alert(1)</script>a", "a", "HTML element <script>"),
        ('<img src="x.png" alt="A plan">', "A plan", "Picture “A plan”"),
        ('<a href="javascript:x">a</a>', "a", "Link to “javascript:x”"),
        ("x<sup>ab</sup>", "x^(ab)", "Raised “ab”"),
        ("<u>a</u>", "a", "HTML element <u>"),
    ],
)
def test_the_rest_is_named(source: str, markdown: str, named: str) -> None:
    made, losses = html_to_markdown(source)
    assert (made, [loss.what for loss in losses]) == (markdown, [named])


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<table>",
                "<td>",
                "</td>",
                "<pre>",
                "<li>",
                "<ul>",
                "</ul>",
                "<code>",
                "</a>",
                "<a href=x>",
                "text ",
                "*",
                "|",
                "&#0;",
            ]
        )
    ).map("".join)
)
def test_html_in_any_disorder_is_read(source: str) -> None:
    html_to_markdown(source)


def test_what_is_left_out_whole_is_not_said_to_leave_its_text() -> None:
    text, losses = html_to_markdown("<p>See.</p><script>alert(1)</script>")
    assert text == "See."
    assert [loss.reason for loss in losses] == ["It was left out with what is in it."]
