"""Advice on questions in the admin: on the form, never in the way, and over the whole bank."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.selectors.lint import bank_findings
from concepts.kept import KEPT
from tests.factories import ObjectiveFactory, QuestionFactory, single_choice

pytestmark = pytest.mark.django_db
REPORT = "/admin/assessments/question/advice/"
STEM = "A press makes {n} good parts in two hours and scraps {m}. Which figure of these is its throughput?"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    KEPT.clear()


def content(stem: str = STEM, **choices: str) -> dict[str, Any]:
    made: dict[str, Any] = {**single_choice(), "stem": stem}
    for key, text in choices.items():
        made["choices"]["abc".index(key)]["text"] = text
    return made


def kinds() -> list[str]:
    return [one.kind for one in bank_findings()]


def test_advice_stands_at_the_field_and_keeps_nothing_from_being_published(editor: Client) -> None:
    question = QuestionFactory(content=content(stem="Which of these is not true?", c="All of the above"))
    page = editor.get(reverse("admin:assessments_question_change", args=[question.pk])).content.decode()
    assert 'id="id_q-stem_advice"' in page
    assert "id_q-stem_advice" in page.split("<textarea")[1].split(">")[0]  # described by it
    assert 'id="id_q-choices-2-text_advice"' in page
    assert "Not ready to publish" not in page
    assert 'aria-invalid="true"' not in page


def test_a_good_question_draws_no_advice(editor: Client) -> None:
    question = QuestionFactory(content=content())
    page = editor.get(reverse("admin:assessments_question_change", args=[question.pk])).content.decode()
    assert "tk-advice" not in page


def test_an_objective_with_too_few_questions_is_found() -> None:
    poor, rich = ObjectiveFactory(), ObjectiveFactory()
    for i in range(4):
        QuestionFactory(objective=rich, publish=True, content=content(stem=f"Which is {'very ' * i}right?"))
    QuestionFactory(objective=poor, content=content(stem="Which one is the draft?"))
    (found,) = [one for one in bank_findings() if one.kind == "few_questions"]
    assert (found.code, found.message) == (poor.code, "0 live questions; 4 are asked for.")


def test_the_same_question_and_much_the_same_are_found() -> None:
    objective = ObjectiveFactory()
    first, second = (QuestionFactory(objective=objective, content=content()) for _ in range(2))
    third = QuestionFactory(objective=objective, content=content(stem=STEM.replace("these", "those")))
    other = QuestionFactory(
        objective=objective,
        content=content(a="The hours of the shift by far", b="The scrap of the day before", c="The third"),
    )
    found = {(one.kind, one.question): one.other for one in bank_findings() if one.other}
    assert found["same_stem", second.pk] == first.pk
    assert found["similar_stem", third.pk] == first.pk
    assert found["same_stem", other.pk] in (first.pk, second.pk)


def test_short_stems_may_be_the_same() -> None:
    stem = "Which of these is right?"
    QuestionFactory(content=content(stem, a="The press runs faster", b="The press stops", c="It is sold"))
    QuestionFactory(content=content(stem, a="Buyers come twice", b="Nobody comes", c="A depot is built"))
    assert {"same_stem", "similar_stem"}.isdisjoint(kinds())


def test_the_report_is_filtered_by_kind_and_module(editor: Client) -> None:
    mine = QuestionFactory(title="Mine", content=content(c="All of the above"))
    QuestionFactory(title="Yours", content=content(stem="Which of these is not true?"))
    page = editor.get(REPORT).content.decode()
    assert "Mine" in page
    assert "Yours" in page
    assert "Yours" not in editor.get(REPORT, {"kind": "all_or_none"}).content.decode()
    module = mine.objective.concept.module_id
    assert "Yours" not in editor.get(REPORT, {"module": module}).content.decode()
    assert "Nothing to advise here." in editor.get(REPORT, {"module": "nonsense"}).content.decode()


def test_the_report_follows_a_change(editor: Client) -> None:
    question = QuestionFactory(title="Mine", content=content(c="All of the above"))
    assert "“All of the above” and its like." in editor.get(REPORT).content.decode()
    question.content = content()
    question.save()
    assert "“All of the above” and its like." not in editor.get(REPORT).content.decode()


def test_the_report_as_a_file_is_what_the_screen_shows(editor: Client) -> None:
    QuestionFactory(title="Mine", content=content(c="All of the above"))
    response = editor.get(f"{REPORT}export/", {"kind": "all_or_none"})
    rows = list(csv.reader(StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert [row[3] for row in rows] == ["Question", "Mine"]


def test_the_report_costs_the_same_for_twice_as_many_questions(editor: Client) -> None:
    objective = ObjectiveFactory()

    def queries() -> int:
        QuestionFactory.create_batch(40, objective=objective, content=content(c="All of the above"))
        KEPT.clear()
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(REPORT).status_code == 200
        return len(captured)

    queries()  # what is cached for good is not counted
    assert queries() == queries()
    assert "1 to 50" in editor.get(REPORT).content.decode()


def test_the_command_lists_every_piece_of_advice(capsys: pytest.CaptureFixture[str]) -> None:
    QuestionFactory(slug="mine", content=content(c="All of the above"))
    call_command("lint_questions", kind="all_or_none")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("\t")[2] == "mine"
    assert lines[-1] == "1 pieces of advice."
