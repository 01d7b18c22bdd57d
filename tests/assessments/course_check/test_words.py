"""Terms and pictures: linked on first use, used at all, and no alarm without a fire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.course_check import Facts, Where
from assessments.course_check.facts import Around, Shown
from assessments.course_check.words import check_words, is_distinctive
from tests.assessments.course_check.lessons import lesson, term

TAKT = term("takt-time", "Takt time", "customer beat")
LEAD = term("lead-time", "Lead time")
ORDER = term("order-lead-time", "Order lead time")
EOQ = term("eoq", "Economic order quantity", "EOQ")
FLOW = term("flow", "Flow", "stock")
GLOSSARY = [TAKT, LEAD, ORDER, EOQ, FLOW]


def unlinked(body: str) -> list[str]:
    """The terms that a lesson of this text should link to."""
    given = Facts(lessons=[lesson(body)], around=Around(glossary=GLOSSARY))
    return [one.remedy.rpartition("term:")[2].removesuffix(").") for one in check_words(given)]


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
        # Plain words are left to the eye.
        ("The flow and the stock.", []),
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


def test_names_of_two_words_and_abbreviations_are_distinctive() -> None:
    assert [
        name for name in ("Takt time", "EOQ", "OEE", "5S", "Flow", "Slack", "A") if is_distinctive(name)
    ] == [
        "Takt time",
        "EOQ",
        "OEE",
        "5S",
    ]


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
