"""Markdown to safe HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concepts.rendering import (
    TAGS,
    clean_html,
    course_links,
    course_url,
    render,
    render_inline,
    stray_pictures,
)
from concepts.worksheets import WORKSHEETS


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


@pytest.mark.parametrize("slug", WORKSHEETS)
def test_every_worksheet_has_a_link_that_leads_to_its_page(slug: str) -> None:
    assert course_url(f"worksheet:{slug}") == f"/course/worksheets/{slug}/"
    assert f'<a href="/course/worksheets/{slug}/"' in render(f"[try it](worksheet:{slug})")


def test_a_worksheet_that_there_is_not_leads_to_the_list_of_them() -> None:
    assert course_url("worksheet:queues") == "/course/worksheets/"


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


def test_a_picture_leaves_a_figure_that_waits_for_it() -> None:
    html = render("Before.\n\n![A board, with [takt](term:takt).](picture:packing-board)\n\nAfter.")
    assert '<figure class="tk-picture" data-picture="packing-board"><figcaption>A board, with <a' in html
    assert 'href="/course/glossary/#takt"' in html
    assert html.count("<p>") == 2


def test_a_picture_needs_no_caption() -> None:
    assert render("![](picture:a)") == '<figure class="tk-picture" data-picture="a"></figure>\n'


@pytest.mark.parametrize(
    "text",
    ["Text ![a board](picture:board) text", "![a board](https://example.org/a.png)", "![a board](/a.png)"],
)
def test_of_any_other_image_only_the_words_are_left(text: str) -> None:
    html = render(text)
    assert "a board" in html
    assert "<figure" not in html
    assert "<img" not in html
    assert "example.org" not in html


def test_a_link_to_a_picture_leads_nowhere() -> None:
    assert "href" not in render("[a](picture:board)")


def test_the_pictures_of_a_text_are_listed_with_its_links() -> None:
    assert course_links("![One](picture:one)\n\n::: note x\n![Two](picture:two)\n:::") == [
        ("picture", "one", ""),
        ("picture", "two", ""),
    ]


def test_images_that_will_not_be_seen_are_listed() -> None:
    text = "Text ![a](picture:within) text\n\n![b](https://example.org/b.png)\n\n![c](picture:fine)"
    assert stray_pictures(text) == ["picture:within", "https://example.org/b.png"]


def test_a_footnote_leads_to_its_note_and_back() -> None:
    html = render("A claim.[^a]\n\n[^a]: The *ground* for it.")
    mark = re.search(
        r'<a id="(tk-ref-[0-9a-f]{8}-1)" href="#(tk-note-[0-9a-f]{8}-1)" aria-label="Footnote 1"', html
    )
    assert mark
    assert f'<li id="{mark[2]}"><p>The <em>ground</em> for it. <a href="#{mark[1]}"' in html
    assert '<section class="tk-footnotes" aria-label="Footnotes">' in html


def test_footnotes_of_two_texts_on_a_page_do_not_meet() -> None:
    ids = [set(re.findall(r' id="([^"]+)"', render(f"{word}[^1]\n\n[^1]: Note."))) for word in ("One", "Two")]
    assert not ids[0] & ids[1]
    assert all(len(found) == 2 for found in ids)


def test_a_note_that_is_named_twice_has_two_ways_back() -> None:
    html = render("One[^1] and again[^1].\n\n[^1]: Note.")
    assert len(set(re.findall(r' id="(tk-ref-[^"]+)"', html))) == 2
    assert html.count("Back to footnote 1") == 2


def test_no_identifier_but_ours_comes_out() -> None:
    assert "id=" not in clean_html('<a id="main" href="/">a</a><li id="tk-note-x">b</li>')
