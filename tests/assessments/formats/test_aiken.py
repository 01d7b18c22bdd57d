"""Aiken: what is a question, and what is named with its line."""

import pytest

from assessments.formats.aiken import read_aiken

GOOD = "What sets the pace?\nA. Demand\nB) Supply\nANSWER: A\n"


def test_choices_with_point_or_bracket_and_the_key() -> None:
    report = read_aiken(GOOD.encode())
    [question] = report.questions
    assert (question.type, question.line, question.title) == ("single_choice", 1, "What sets the pace?")
    assert question.content["choices"] == [{"text": "Demand", "right": True}, {"text": "Supply"}]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_any_ends_of_lines_and_a_byte_order_mark_will_do(end: str, mark: bytes) -> None:
    report = read_aiken(mark + (GOOD + "\n" + GOOD).replace("\n", end).encode())
    assert [question.line for question in report.questions] == [1, 6]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("Which?\nA. one\nB. two\nANSWER: C\n", 6, "“C” is not one of the answers offered: A, B"),
        ("Which?\nA. one\nB. two\n\n", 6, "no line “ANSWER: …”"),
        ("Which?\nA. one\nANSWER: A\n", 6, "fewer than two"),
        ("A. one\nB. two\nANSWER: A\n", 6, "no question above"),
        ("Which?\nA. one\nA. two\nANSWER: A\n", 6, "twice"),
        ("ANSWER: A\n", 6, "no question above"),
        ("Which?\nA. one\nB. two\nANSWER:\n", 6, "“?” is not one"),
        ("Only a line\n", 6, "no line “ANSWER: …”"),
    ],
)
def test_what_is_not_a_question_is_named(text: str, line: int, reason: str) -> None:
    report = read_aiken(f"{GOOD}\n{text}\n{GOOD}".encode())
    assert [unsupported.line for unsupported in report.unsupported][:1] == [line]
    assert reason in report.unsupported[0].reason
    assert report.count == 3


def test_empty_lines_within_a_question_part_nothing() -> None:
    report = read_aiken(b"Which comes first?\n\nA. Order\n\nB. Invoice\n\nANSWER: A\n" + GOOD.encode())
    assert [question.line for question in report.questions] == [1, 8] and not report.unsupported
    assert [choice["text"] for choice in report.questions[0].content["choices"]] == ["Order", "Invoice"]


@pytest.mark.parametrize("key", ["B", "b", "B.", "B)", "B. Supply", "B) Supply"])
def test_the_key_may_repeat_the_choice(key: str) -> None:
    [question] = read_aiken(f"What sets the pace?\nA. Demand\nB. Supply\nANSWER: {key}".encode()).questions
    assert question.content["choices"] == [{"text": "Demand"}, {"text": "Supply", "right": True}]


@pytest.mark.parametrize("key", ["A, B", "AB", "B. Demand", "Supply"])
def test_a_key_that_could_mean_two_things_is_refused(key: str) -> None:
    report = read_aiken(f"What sets the pace?\nA. Demand\nB. Supply\nANSWER: {key}".encode())
    [refused] = report.unsupported
    assert f"“{key}” is not one of the answers offered: A, B" in refused.reason and not report.questions


def test_a_choice_may_follow_its_letter_at_once_where_that_letter_is_due() -> None:
    text = b"A.M. or P.M.: when do orders close?\nA.In the morning\nB.At night\nANSWER: B"
    [question] = read_aiken(text).questions
    assert question.content["stem"] == "A.M. or P.M.: when do orders close?"
    assert [choice["text"] for choice in question.content["choices"]] == ["In the morning", "At night"]


@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize(("first", "second"), [("a) ", "b) "), ("a. ", "b. "), ("a)", "b)")])
def test_choices_may_have_small_letters(first: str, second: str, gap: str) -> None:
    text = f"What sets the pace?\n{gap}{first}Demand\n{gap}{second}Supply\n{gap}ANSWER: b\n"
    [question] = read_aiken(text.encode()).questions
    assert question.content["stem"] == "What sets the pace?"
    assert question.content["choices"] == [{"text": "Demand"}, {"text": "Supply", "right": True}]


@pytest.mark.parametrize("between", ["", "and no more\n"])
def test_lines_with_small_letters_belong_to_the_question_where_capitals_follow(between: str) -> None:
    text = f"Which hold?\na) Flow\nb) Pull\n{between}A) Only a\nB) Both\nANSWER: B"
    [question] = read_aiken(text.encode()).questions
    assert question.content["stem"].startswith("Which hold?\\\na) Flow\\\nb) Pull")
    assert [choice["text"] for choice in question.content["choices"]] == ["Only a", "Both"]


def test_a_single_line_with_a_small_letter_is_not_enough() -> None:
    report = read_aiken(b"Which?\na) Flow\nc) Pull\nANSWER: a")
    assert "fewer than two" in report.unsupported[0].reason and not report.questions


def test_signs_of_markdown_are_text() -> None:
    report = read_aiken(b"Is *a* = 2_000 & <b>?\nA) *\nB) `x`\nANSWER: A")
    assert report.questions[0].content["stem"] == "Is \\*a\\* = 2_000 & \\<b>?"
