"""Links that lead nowhere, or to what learners do not see."""

import pytest

from assessments.course_check import Facts
from assessments.course_check.facts import Around, Text
from assessments.course_check.links import check_links
from tests.assessments.course_check.lessons import LESSON

AROUND = Around(
    targets={
        "concept": {"flow": True, "draft": False},
        "comparison": {"both": True},
        "metric": {"pace": True},
        "term": {"takt-time": True},
        "picture": {"clock": True},
    },
    anchors={"both": {"scope"}},
)


def found(markdown: str, *, is_live: bool = True) -> list[str]:
    text = Text(LESSON, "Lesson", markdown, is_live)
    return [one.message for one in check_links(Facts(texts=[text], around=AROUND))]


@pytest.mark.parametrize(
    "markdown",
    [
        "[a](term:takt-time), [b](concept:flow), [c](metric:pace)",
        "[d](comparison:both#scope) and [e](https://example.org/)",
        "[f](worksheet:forecast)",
        "![The clock.](picture:clock)",
        "No link at all (term:nowhere).",
    ],
)
def test_links_that_lead_somewhere_are_fine(markdown: str) -> None:
    assert found(markdown) == []


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("[a](term:takt-tme)", "There is no term “takt-tme”. Did you mean “takt-time”?"),
        ("[a](concept:gone)", "There is no concept “gone”."),
        ("[a](comparison:both#nothing)", "The comparison “both” has no row “nothing”."),
        ("[a](worksheet:forcast)", "There is no worksheet “forcast”. Did you mean “forecast”?"),
        ("[a](/course/worksheets/forecast/)", "Write worksheet:forecast."),
        ("![x](picture:none)", "There is no picture “none”."),
        ("[a](terms:takt-time)", "“terms:takt-time” is no link."),
        ("Within ![x](picture:clock) a line.", "stands within a line"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(markdown: str, said: str) -> None:
    (message,) = found(markdown)
    assert said in message
    assert message.startswith("Lesson, “")


def test_what_learners_read_must_not_lead_to_a_draft() -> None:
    assert found("[a](concept:draft)") == ["Lesson: learners read it, but “concept:draft” is not published."]
    assert found("[a](concept:draft)", is_live=False) == []
