"""Files that nobody should have sent: nothing raises, nothing hangs, nothing is dropped silently."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assessments.formats.decoding import decode
from assessments.formats.moodle_read import read_moodle_xml
from assessments.formats.parsed import LARGEST_FILE, MOST_QUESTIONS
from assessments.formats.registry import FORMATS, detect

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]><quiz><question type='truefalse'><name><text>&j;</text></name></question></quiz>"
)
OUTSIDE = b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'
DEEP = {
    "gift": b"{" * 100_000,
    "moodle_xml": b"<quiz>" + b"<question>" * 100_000,
    "aiken": b"A) " * 100_000,
    "yaml": b"[" * 100_000,
}
SIGNS = st.lists(
    st.sampled_from(
        [
            "{",
            "}",
            "=",
            "~",
            "#",
            "%",
            "->",
            "::",
            "\n",
            "\n\n",
            "//",
            "\\",
            "$CATEGORY:",
            "T",
            "ANSWER:",
            "A)",
            "B.",
            "[html]",
            "<quiz>",
            "</quiz>",
            "<question",
            "type='truefalse'>",
            "</question>",
            "<text>",
            "<![CDATA[",
            "]]>",
            "&amp;",
            "&x;",
            "-",
            ":",
            "|",
            ">",
            "type:",
            "single_choice",
            "stem:",
            "choices:",
            "'",
            '"',
            "1",
            "..",
            "\x00",
            "é",
        ]
    )
).map("".join)


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE], ids=["laughs", "outside"])
def test_entities_are_refused_with_their_line(data: bytes) -> None:
    report = read_moodle_xml(data)
    assert report.count == 0
    assert "entities" in report.remarks[0].message and report.remarks[0].line == 1


@pytest.mark.parametrize("key", sorted(FORMATS))
@settings(max_examples=40, deadline=None)
@given(data=st.one_of(st.binary(max_size=300), SIGNS.map(str.encode)))
@example(data=b"")
@example(data=b"\xff\xfe")
@example(data=b"\xff\xfe\x00\xd8")
@example(data=b'- type: single_choice\n  stem: "\\uD800\\0"\n  choices: 3')
def test_nothing_raises_whatever_is_in_the_file(key: str, data: bytes) -> None:
    report = FORMATS[key].read(data)
    detect(data)
    for question in report.questions:
        str(question).encode()
        assert "\x00" not in str(question.content)
        for other in FORMATS.values():
            other.fit(question)


@pytest.mark.parametrize("key", sorted(FORMATS))
def test_deep_nesting_ends_in_a_sentence(key: str) -> None:
    report = FORMATS[key].read(DEEP[key])
    assert report.remarks or report.unsupported


def test_xml_that_is_not_well_formed_keeps_what_came_before_and_says_where_it_stops() -> None:
    good = '<question type="truefalse"><answer fraction="100"><text>true</text></answer>'
    good += '<answer fraction="0"><text>false</text></answer></question>\n'
    report = read_moodle_xml(f'<quiz>\n{good}{good}<question type="truefalse"><name><text>Half'.encode())
    assert len(report.questions) == 2
    assert "breaks off" in report.unsupported[0].reason
    assert (report.unsupported[0].name, report.remarks[0].line) == ("Half", 4)


def test_a_foreign_root_is_named() -> None:
    assert "<html>" in read_moodle_xml(b"<html><p>Hello</p></html>").remarks[0].message


def test_a_file_above_the_limit_is_not_looked_at() -> None:
    text, remarks = decode(b"x" * (LARGEST_FILE + 1))
    assert text == "" and "5 MB" in remarks[0].message


def test_more_questions_than_a_file_may_hold_are_named() -> None:
    report = FORMATS["gift"].read(b"Q{T}\n\n" * (MOST_QUESTIONS + 1))
    assert report.count == MOST_QUESTIONS
    assert "Split" in report.remarks[0].message


@pytest.mark.parametrize(
    ("encoding", "noted"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("utf-16-le", False), ("cp1252", True)],
)
def test_encodings_are_told_apart(encoding: str, noted: bool) -> None:
    report = FORMATS["gift"].read("Größe der “Schlange” – 5 €?{=groß ~klein}".encode(encoding))
    assert report.questions[0].content["stem"] == "Größe der “Schlange” – 5 €?"
    assert bool(report.remarks) is noted


def test_a_declared_encoding_of_xml_is_believed() -> None:
    data = '<?xml version="1.0" encoding="windows-1252"?>\n<quiz><x>é</x></quiz>'.encode("cp1252")
    assert [remark.message for remark in read_moodle_xml(data).remarks] == [
        "<x> is no question and was left out."
    ]


def test_aliases_in_yaml_are_refused() -> None:
    data = b"- &a {type: true_false, stem: x}\n- *a\n"
    report = FORMATS["yaml"].read(data)
    assert "References" in report.remarks[0].message
    assert report.count == 2


def test_control_characters_are_taken_out_and_named() -> None:
    report = FORMATS["gift"].read(b"One{T}\n\nT\x00wo{F}\n")
    assert report.questions[1].content["stem"] == "Two"
    assert report.remarks[0].line == 3
