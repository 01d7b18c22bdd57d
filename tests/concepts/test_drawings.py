"""Drawings: what is taken, what is refused and where, and that nothing else ever reaches a page."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concepts.drawings import ATTRIBUTES, CLASSES, MOST_BYTES, Drawing, read_drawing, svg_html

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 120">'
GOOD = f"""{HEAD}
<title>Two boxes of the same width.</title>
<g transform="translate(10, 5) rotate(-90 24 56)">
<rect x="8" y="8" width="80" height="40" rx="4" class="d-box"/>
<path d="M0 0 L10 10 C1,2 3,4 5,6 Z" class="d-accent d-dash"/>
<text x="10" y="20" class="d-text" text-anchor="middle">R &amp; D <tspan class="d-bold">now</tspan></text>
</g>
</svg>
"""
NEVER = re.compile(
    r"<script|<style|<image|<use|<a[\s>]|<foreign|\son[a-z]+\s*=|href|style\s*=|\sid\s*=|url\(", re.I
)


def around(inside: str) -> str:
    return f"{HEAD}\n<title>T</title>\n{inside}\n</svg>"


def refusal(text: str) -> str:
    """Everything that is said against a drawing."""
    read = read_drawing(text)
    assert read.drawing is None
    return "\n".join(str(problem) for problem in read.problems)


def test_a_drawing_is_taken_as_it_stands_without_its_title() -> None:
    drawing = read_drawing(GOOD).drawing
    assert drawing is not None
    assert drawing.title == "Two boxes of the same width."
    assert (drawing.width, drawing.height) == (400, 120)
    assert "<title" not in drawing.svg
    assert '<rect x="8" y="8" width="80" height="40" rx="4" class="d-box"/>' in drawing.svg


def test_a_drawing_written_as_a_file_reads_as_itself_again() -> None:
    drawing = read_drawing(GOOD).drawing
    assert drawing is not None
    assert drawing.as_file() == GOOD
    assert read_drawing(drawing.as_file()).drawing == drawing


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "line 3: <script> does not belong in a drawing"),
        ("<style>*{fill:red}</style>", "line 3: <style> does not belong"),
        ('<image href="https://example.org/a.png"/>', "line 3: <image> does not belong"),
        ("<foreignObject><p>a</p></foreignObject>", "<foreignObject> does not belong"),
        ('<use href="#a"/>', "<use> does not belong"),
        ('<a href="javascript:alert(1)"><text>a</text></a>', "<a> does not belong"),
        ('<rect onload="alert(1)" width="4" height="4"/>', "takes no “onload” here"),
        ('<g id="layer1"/>', "takes no “id” here"),
        ('<rect style="fill:red"/>', "come from a class, not from “style”"),
        ('<rect fill="url(#g)"/>', "come from a class, not from “fill”"),
        ('<text font-size="40">a</text>', "come from a class, not from “font-size”"),
        ('<rect class="d-box wide"/>', 'class="d-box wide" cannot stay'),
        ('<rect width="50%"/>', "Write plain figures, without a unit"),
        ('<rect width="4px"/>', "Write plain figures"),
        ('<path d="M0 0; alert"/>', "cannot stay"),
        ('<g transform="expression(1)"/>', "cannot stay"),
        ('<text text-anchor="centre">a</text>', "Write start, middle or end"),
        ("<g>words</g>", "Words in a drawing stand in <text>"),
        ("<title>again</title>", "One <title> stands directly after"),
        (HEAD + "</svg>", "<svg> does not belong"),
        ("<g>" * 20 + "</g>" * 20, "too deep"),
        ('<svg:rect xmlns:svg="http://www.w3.org/2000/svg"/>', "<svg:rect> does not belong"),
    ],
)
def test_what_does_not_belong_is_refused_with_its_line(inside: str, said: str) -> None:
    assert said in refusal(around(inside))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no well-formed SVG"),
        ("<svg", "no well-formed SVG"),
        ("plain words", "no well-formed SVG"),
        ("<html></html>", "begins with <svg"),
        ('<svg viewBox="0 0 400 99999"></svg>', "in whole figures"),
        ('<svg viewBox="0 0 800 300"></svg>', "400 wide"),
        ('<svg viewBox="0 0 400 900"></svg>', "400 wide"),
        ("<svg></svg>", "needs viewBox"),
        ('<svg xmlns="http://example.org/" viewBox="0 0 400 100"></svg>', "Write xmlns="),
        (f"<!DOCTYPE svg>{GOOD}", "declares no document type"),
        (
            '<!DOCTYPE s [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>',
            "declares no document type",
        ),
        ('<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>', "declares no document type"),
        (around("<!-- " + "x" * MOST_BYTES + " -->"), "over 60 kB"),
    ],
)
def test_a_file_that_is_no_drawing_says_why(text: str, said: str) -> None:
    assert said in refusal(text)


def test_a_declaration_and_comments_are_passed_over() -> None:
    drawing = read_drawing(
        '<?xml version="1.0" encoding="latin-1"?>\n' + GOOD.replace("<g", "<!-- é --><g")
    ).drawing
    assert drawing == read_drawing(GOOD).drawing


def test_a_drawing_in_a_page_is_one_image_with_a_name() -> None:
    drawing = read_drawing(GOOD).drawing
    assert drawing is not None
    html = svg_html(drawing.svg, 'A "board" <b>')
    assert html.startswith("<svg ")
    assert 'role="img"' in html
    assert 'aria-label="A &quot;board&quot; &lt;b&gt;"' in html
    assert 'viewBox="0 0 400 120"' in html
    assert 'class="d-accent d-dash"' in html


NAMES = st.sampled_from(
    [*ATTRIBUTES, "script", "style", "a", "image", "use", "foreignObject", "animate", "p", "title"]
)
KEYS = st.sampled_from(
    [
        "x",
        "class",
        "d",
        "points",
        "transform",
        "id",
        "href",
        "xlink:href",
        "style",
        "onload",
        "onclick",
        "fill",
    ]
)
VALUES = st.sampled_from(
    [
        "4",
        "d-box",
        "javascript:alert(1)",
        "url(#a)",
        "x",
        "M0 0",
        '"><script>alert(1)</script>',
        "translate(1)",
    ]
) | st.text(max_size=12)
ELEMENTS = st.recursive(
    st.text(max_size=8),
    lambda inner: st.builds(
        lambda name, keys, parts: "<{}{}>{}</{}>".format(
            name, "".join(f' {key}="{value}"' for key, value in keys.items()), "".join(parts), name
        ),
        NAMES,
        st.dictionaries(KEYS, VALUES, max_size=3),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@given(st.lists(ELEMENTS, max_size=4), st.text(max_size=30))
def test_nothing_that_runs_or_loads_ever_reaches_a_page(parts: list[str], alt: str) -> None:
    inside = "".join(parts)
    tags = "".join(re.findall(r"<[^>]*>", str(svg_html(around(inside), alt))))
    bare = re.sub(r'"[^"]*"', '""', tags)
    assert not NEVER.search(bare)
    assert {name.lower() for name in re.findall(r"<([A-Za-z]+)", bare)} <= set(ATTRIBUTES)
    worn = set(" ".join(re.findall(r' class="([^"]*)"', tags.replace(f'"{escape(alt)}"', '""'))).split())
    assert worn <= CLASSES | {"tk-drawing"}


@given(st.lists(ELEMENTS, max_size=4))
def test_what_is_taken_stays_the_same_when_it_is_read_again(parts: list[str]) -> None:
    read = read_drawing(around("".join(parts)))
    assert (read.drawing is None) == bool(read.problems)
    if read.drawing:
        assert not NEVER.search(re.sub(r">[^<]*<", "><", read.drawing.svg))
        assert read_drawing(read.drawing.as_file()).drawing == read.drawing


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    read = read_drawing(text)
    assert isinstance(read.drawing, Drawing) or read.problems
