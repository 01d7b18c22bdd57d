"""What is written and read again is equal, or what stays behind is named."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.formats.parsed import ParsedQuestion
from assessments.formats.registry import FORMATS, detect, write
from tests.assessments.formats.strategies import CONTENTS, questions

BANK = Path(__file__).parents[3] / "assessments" / "bank"


def bare(question: ParsedQuestion) -> ParsedQuestion:
    """A question without what depends on the file it stood in."""
    return replace(question, line=0, losses=())


def assert_comes_back(key: str, asked: list[ParsedQuestion]) -> None:
    """Everything that the format says it holds comes back to the letter; the rest has a reason."""
    form = FORMATS[key]
    written = write(asked, form)
    report = form.read(written.text.encode())
    held = [fitted.question for _question, fitted in written.fates if fitted.question]
    assert [bare(question) for question in report.questions] == held
    assert report.unsupported == [] and report.remarks == []
    for question, fitted in written.fates:
        if fitted.question is None:
            assert fitted.reason
        elif not fitted.losses:
            assert fitted.question.content == question.content


@pytest.mark.parametrize("kind", sorted(CONTENTS))
@pytest.mark.parametrize("key", sorted(FORMATS))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_question_comes_back_as_it_was_written(key: str, kind: str, data: st.DataObject) -> None:
    assert_comes_back(key, data.draw(st.lists(questions(kind), min_size=1, max_size=3)))


@pytest.fixture(scope="module")
def bank() -> list[ParsedQuestion]:
    """Every question that is shipped."""
    files = [path for path in sorted(BANK.glob("*/*.yaml")) if not path.name.startswith(("misc", "assess"))]
    return [question for path in files for question in FORMATS["yaml"].read(path.read_bytes()).questions]


@pytest.mark.parametrize("key", sorted(FORMATS))
def test_the_whole_bank_comes_back(bank: list[ParsedQuestion], key: str) -> None:
    assert len(bank) > 280
    assert_comes_back(key, bank)


def test_our_own_format_holds_the_whole_bank(bank: list[ParsedQuestion]) -> None:
    written = write(bank, FORMATS["yaml"])
    assert written.whole == len(bank)


@pytest.mark.parametrize("key", sorted(FORMATS))
def test_a_written_file_is_known_by_what_is_in_it(bank: list[ParsedQuestion], key: str) -> None:
    choice = [question for question in bank if question.type == "single_choice"]
    assert detect(write(choice, FORMATS[key]).text.encode()) is FORMATS[key]


def test_what_stays_behind_is_named(bank: list[ParsedQuestion]) -> None:
    drawn = next(question for question in bank if question.content.get("parameters"))
    assert "YAML" in FORMATS["gift"].fit(drawn).reason
    slips = next(question for question in bank if question.type == "classification")
    assert {loss.what for loss in FORMATS["moodle_xml"].fit(slips).losses} >= {"Feedback of items"}
