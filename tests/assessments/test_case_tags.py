"""What the templates of a case write: citations lead to exhibits, and nobody smuggles anything in."""

import pytest

from assessments.selectors.case_exhibits import exhibits_of
from assessments.templatetags.cases import cite, decided
from concepts.cases.playing import replay
from concepts.cases.reading import read_case
from tests.cases import THROUGH, small_case

CASE = read_case(small_case())
SEEN = exhibits_of(CASE, "production", ["first"])


def test_a_citation_leads_to_its_exhibit() -> None:
    assert cite("See [E1].", SEEN) == (
        '<p>See <a href="#exhibit-orders" title="exhibit 1, Orders by week">[E1]</a>.</p>'
    )


@pytest.mark.parametrize("text", ["[E3]", "[E9]", "[E]", "[E123]", "[e1]", "E1", "[ E1 ]"])
def test_what_is_no_exhibit_of_this_role_stays_text(text: str) -> None:
    assert cite(text, SEEN) == f"<p>{text}</p>"


def test_what_is_written_is_text_and_no_markup() -> None:
    assert cite("<script>[E1]</script>", []) == "<p>&lt;script&gt;[E1]&lt;/script&gt;</p>"
    assert cite("one\ntwo\n\nthree", SEEN) == "<p>one<br>two</p>\n\n<p>three</p>"


def test_a_title_cannot_break_out_of_its_link() -> None:
    content = small_case()
    content["exhibits"][0]["title"] = '"><b>'
    linked = cite("[E1]", exhibits_of(read_case(content), "production", []))
    assert "<b>" not in linked and "&quot;&gt;&lt;b&gt;" in linked


def test_a_decision_is_said_in_a_line() -> None:
    settled = replay(CASE, "production", 1, THROUGH[:1]).steps[0].settled[0]
    assert decided(settled) == "The two at the slowest press"
