"""Moodle XML for tests: the frame of a file and of a question, and what is read from it."""

from typing import Any

from assessments.formats.moodle_read import read_moodle_xml
from assessments.formats.parsed import ImportReport, ParsedQuestion

FRAME = (
    "<name><text>A name</text></name>"
    '<questiontext format="html"><text><![CDATA[<p>Which <b>one</b>?</p>]]></text></questiontext>'
    '<generalfeedback format="markdown"><text>Because *so*.</text></generalfeedback>'
)


def quiz(*questions: str) -> ImportReport:
    return read_moodle_xml(("<?xml version='1.0'?>\n<quiz>\n" + "\n".join(questions) + "\n</quiz>").encode())


def question(kind: str, inside: str) -> str:
    return f'<question type="{kind}">{FRAME}{inside}</question>'


def one(kind: str, inside: str) -> ParsedQuestion:
    report = quiz(question(kind, inside))
    assert report.unsupported == [] and report.remarks == []
    return report.questions[0]


def answer(fraction: object, text: str, feedback: str = "", more: str = "") -> str:
    said = f"<feedback><text>{feedback}</text></feedback>"
    return f'<answer fraction="{fraction}" format="plain_text"><text>{text}</text>{said}{more}</answer>'


def own(parsed: ParsedQuestion) -> dict[str, Any]:
    """The content without what the frame gives."""
    assert (parsed.content["stem"], parsed.content["explanation"]) == ("Which **one**?", "Because *so*.")
    return {key: value for key, value in parsed.content.items() if key not in ("stem", "explanation")}


def lost(kind: str, inside: str) -> list[str]:
    """What is named as lost of a question that is imported."""
    return [loss.what for loss in one(kind, inside).losses]


def bare(kind: str, inside: str) -> ParsedQuestion:
    """A question with nothing but what stands inside."""
    (parsed,) = quiz(f'<question type="{kind}">{inside}</question>').questions
    return parsed


BOTH_TRUTHS = answer(100, "true") + answer(0, "false")
