"""Terms and pictures: linked on first use, used at all, and no alarm without a fire."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.course_check import Facts, Where
from assessments.course_check.facts import Around, Shown
from assessments.course_check.words import check_words
from tests.assessments.course_check.lessons import lesson, term

TAKT = term("takt-time", "Takt time", "customer beat")
LEAD = term("lead-time", "Lead time")
ORDER = term("order-lead-time", "Order lead time")
EOQ = term("eoq", "Economic order quantity", "EOQ")
FLOW = term("flow", "Flow", "stock")
INVENTORY = term("inventory", "Inventory")
GOODS = term("goods", "Goods")
FINISHED = term("finished-goods", "Finished goods")
SLACK = term("slack", "Slack")
OF_ORDER = term("order-slack", "Slack of an order")
GLOSSARY = [TAKT, LEAD, ORDER, EOQ, FLOW, INVENTORY, GOODS, FINISHED, SLACK, OF_ORDER]
TO = re.compile(r"\(term:([a-z-]+)\)")


def unlinked(body: str) -> list[str]:
    """The terms that a lesson of this text should link to."""
    given = Facts(lessons=[lesson(body)], around=Around(glossary=GLOSSARY))
    return [slug for one in check_words(given) for slug in TO.findall(one.remedy)]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("The takt time is short.", ["takt-time"]),
        ("Two takt times differ.", ["takt-time"]),
        ("The customer beat is short.", ["takt-time"]),
        ("The [takt time](term:takt-time) is short. A takt time follows.", []),
        ("A takt time first, then a [takt time](term:takt-time).", ["takt-time"]),
        ("A takt time.\n\nThen [takt time](term:takt-time).", ["takt-time"]),
        ("- one [takt time](term:takt-time)\n- two takt time", []),
        # The longer name is not the shorter one.
        ("The order lead time.", ["order-lead-time"]),
        ("The [order lead time](term:order-lead-time), then a lead time.", ["lead-time"]),
        # Abbreviations count as they are written.
        ("The EOQ is 40.", ["eoq"]),
        ("The eoq is 40.", []),
        # A single word is a term as well, in any case and number, and at the end of a line.
        ("The flow and the stock.", ["flow"]),
        ("Stocks\nand inventories.", ["flow", "inventory"]),
        ("Inventory’s cost.", ["inventory"]),
        ("It flowed past the overflow to the make-to-stock firm.", []),
        ("A good day for goods.", ["goods"]),
        ("A good day.", []),
        # Part of a longer name, linked or not, is not the shorter one.
        ("[Finished goods](term:finished-goods) leave.", []),
        ("Finished goods leave.", ["finished-goods"]),
        ("[Finished goods](term:finished-goods) are goods.", ["goods"]),
        # A word that leads to one term means that one from there on.
        ("Its [slack](term:order-slack) is 2; that slack is little.\n\nMore slack.", []),
        ("Some slack. Then its [slack](term:order-slack) is 2.", ["slack"]),
        ("[How much slack](term:order-slack) is there? Some slack.", ["slack"]),
        # A name is one, whether or not a part of it is stressed or the line ends in it.
        ("The *order* lead time.", ["order-lead-time"]),
        ("The order\nlead time.", ["order-lead-time"]),
        # Elsewhere than in prose.
        ("## The takt time\n\nText.", []),
        ("| takt time | x |\n|---|---|\n| takt time | 3 |", []),
        ("```formula\ntakt time = {a} / {b}\n```", []),
        ("::: worked the takt time\n- takt time | 3\n:::", []),
        ("Write `takt time` so.", []),
        ("See [the takt time](concept:takt).", []),
        ("A takt-time clock.", ["takt-time"]),
        ("A contakt time.", []),
        ("![The takt time.](picture:clock)", []),
        ("A note.[^1]\n\n[^1]: Says takt time.", ["takt-time"]),
    ],
)
def test_a_term_is_linked_where_it_is_first_used(body: str, found: list[str]) -> None:
    assert unlinked(body) == found


def test_it_is_said_once_however_often_it_stands_there() -> None:
    assert unlinked("The takt time. Another takt time.\n\nA third takt time.") == ["takt-time"]


def test_without_a_glossary_nothing_is_looked_for() -> None:
    assert list(check_words(Facts(lessons=[lesson("The takt time.")]))) == []


@given(st.text(max_size=200))
def test_any_text_can_be_looked_through(text: str) -> None:
    assert set(unlinked(text)) <= {one.slug for one in GLOSSARY}


def test_terms_and_pictures_that_nothing_uses_are_found() -> None:
    picture = Shown(Where("concepts.picture", 1, "clock", "clock"), "clock")
    used = Around(linked=frozenset({("term", "takt-time"), ("picture", "clock")}))
    assert [one.kind for one in check_words(Facts(terms=[TAKT], pictures=[picture], around=used))] == []
    found = list(check_words(Facts(terms=[TAKT], pictures=[picture])))
    assert [one.kind for one in found] == ["unused_term", "unused_picture"]
    assert "[Takt time](term:takt-time)" in found[0].remedy
    assert "(picture:clock)" in found[1].remedy
