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
        ('<ol start="4"><li>ship</li></ol>', "4. ship"),
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
        ('<img src="data:image/png;base64,AAAA">a', "a", "Picture without a name"),
        ('Flow<img src="x.png" alt="A plan">first', "Flow A plan first", "Picture “A plan”"),
        ('<span style="color: Red">late</span>', "late", "Style “color: red”"),
        ('<font color="#c00">late</font>', "late", "Style “color: #c00”"),
        (
            '<span style="text-decoration: line-through">a</span>',
            "a",
            "Style “text-decoration: line-through”",
        ),
        ('<p style="font-weight: bold">a</p>', "a", "Style “font-weight: bold”"),
        ('<span style="display:none">key</span>', "key", "Style “display: none”"),
        ('<abbr title="work in process">WIP</abbr>', "WIP", "Tooltip “work in process”"),
        ('<ol type="a"><li>ship</li></ol>', "1. ship", "Numbering with letters"),
        (
            '<table><tr><td colspan="2">a</td></tr></table>',
            "| a |\n| --- |",
            "A cell across several columns or rows",
        ),
        ("<code>a <b>b</b></code>", "`a b`", "HTML element <b>"),
    ],
)
def test_the_rest_is_named(source: str, markdown: str, named: str) -> None:
    made, losses = html_to_markdown(source)
    assert (made, [loss.what for loss in losses]) == (markdown, [named])


@pytest.mark.parametrize(
    ("source", "markdown", "shown"),
    [
        ("<b>Takt<br></b>time", "**Takt**\\\ntime", "<strong>Takt</strong><br />\ntime"),
        ("<b><br>Takt</b>", "**Takt**", "<strong>Takt</strong>"),
        ("<b><i>Takt</i></b>", "***Takt***", "<em><strong>Takt</strong></em>"),
        ("<b>a <i>b</i></b> c", "**a *b*** c", "<strong>a <em>b</em></strong> c"),
        ("<b>a <b>b</b> c</b>", "**a b c**", "<strong>a b c</strong>"),
        ("<b>a</b><b>b</b>", "**ab**", "<strong>ab</strong>"),
        ("<b>Note:</b>stop", "**Note**:stop", "<strong>Note</strong>:stop"),
        ("stop<b>(now)</b>", "stop(**now)**", "stop(<strong>now)</strong>"),
        ("<b>5*</b> x", "**5\\*** x", "<strong>5*</strong> x"),
        ("<b> </b><i></i>a", "a", "a"),
        (
            "<span style='font-style: italic;'>a</span> <span>b</span>",
            "*a* b",
            "<em>a</em> b",
        ),
        (
            "<span style='font-weight:700; color:#000'>a<span>b</span>c</span> d",
            "**abc** d",
            "<strong>abc</strong> d",
        ),
    ],
)
def test_bold_and_italics_are_seen_as_they_were(source: str, markdown: str, shown: str) -> None:
    assert html_to_markdown(source) == (markdown, [])
    assert PARSER.render(markdown).strip() == f"<p>{shown}</p>"


def test_bold_goes_on_beyond_the_end_of_a_paragraph() -> None:
    assert html_to_markdown("<b><p>one</p><p>two</p></b>three")[0] == "**one**\n\n**two**\n\nthree"


def test_a_cell_takes_no_bold_from_the_one_before() -> None:
    table = "<table><tr><td><b>a</td><td>b</b></td></tr></table>"
    assert html_to_markdown(table)[0] == "| **a** | b |\n| --- | --- |"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<br>", "<p>", "</p>", "word", " ", "two "])))
def test_marks_in_any_disorder_leave_no_stars_behind(pieces: list[str]) -> None:
    made, losses = html_to_markdown("".join(pieces))
    words = "".join(piece.strip() for piece in pieces if "<" not in piece)
    assert seen(made).replace(" ", "") == words and losses == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "<span style='font-weight:bold'>",
                "</span>",
                "<img alt=x>",
                "<i>",
                "</i>",
                "<br>",
                ".",
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
