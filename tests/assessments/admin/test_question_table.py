"""Questions as a table: columns for what all have in common, one of JSON for the rest."""

import csv
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessments.models import Question
from assessments.services.bank import publish_question
from tests.factories import ObjectiveFactory, QuestionFactory, numeric

pytestmark = pytest.mark.django_db
TABLE = "/admin/assessments/question/table/"


def exported(client: Client, form: str = "0") -> bytes:
    return bytes(client.post(f"{TABLE}export/", {"resource": "0", "format": form}).content)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def table(*lines: dict[str, str]) -> bytes:
    held = io.StringIO()
    writer = csv.DictWriter(held, lines[0])
    writer.writeheader()
    writer.writerows(lines)
    return held.getvalue().encode()


def upload(client: Client, data: bytes) -> Any:
    file = SimpleUploadedFile("questions.csv", data)
    return client.post(f"{TABLE}import/", {"resource": "0", "import_file": file})


def confirm(client: Client, seen: Any) -> Any:
    return client.post(
        f"{TABLE}import/confirm/", {each.name: each.value() for each in seen.context["confirm_form"]}
    )


def test_the_list_leads_to_tables_beside_the_other_formats(editor: Client) -> None:
    page = editor.get("/admin/assessments/question/").content.decode()
    assert f"{TABLE}import/" in page and f"{TABLE}export/" in page and "question/import/" in page


@pytest.mark.parametrize("form", ["0", "1"])
def test_what_is_exported_is_imported_again_without_a_change(editor: Client, form: str) -> None:
    publish_question(question=QuestionFactory())
    QuestionFactory(type="numeric", content=numeric())
    seen = upload(editor, exported(editor, form))
    assert "0 new, 0 to change, 2 as they are" in seen.content.decode(), seen.content.decode()


def test_a_row_holds_what_all_questions_have_and_the_rest_as_json(editor: Client) -> None:
    question = QuestionFactory()
    row = rows(exported(editor))[0]
    assert list(row) == [
        *("slug", "type", "title", "thinking", "objective", "case"),
        *("stem", "explanation", "content", "status"),
    ]
    assert (row["stem"], row["objective"]) == (question.content["stem"], question.objective.code)
    rest = {key: value for key, value in question.content.items() if key not in ("stem", "explanation")}
    assert json.loads(row["content"]) == rest


def test_a_changed_stem_waits_beside_what_learners_are_asked(editor: Client) -> None:
    question = QuestionFactory(slug="one")
    publish_question(question=question)
    seen = upload(editor, table({"slug": "one", "stem": "Another stem?"}))
    assert "<ins>Another stem?</ins>" in seen.content.decode()
    assert confirm(editor, seen).status_code == 302
    question.refresh_from_db()
    assert question.content["stem"] == "Another stem?" and question.is_published
    assert question.live is not None and question.live.number == 1
    assert question.has_unpublished_changes
    assert question.history.latest().history_change_reason == "Imported from questions.csv"


def test_a_new_question_is_a_draft(editor: Client) -> None:
    objective = ObjectiveFactory(code="THR-1")
    row = rows(_one_row(editor))[0]
    Question.objects.all().delete()
    row |= {"slug": "new-one", "objective": "THR-1"}
    confirm(editor, upload(editor, table(row)))
    question = Question.objects.get()
    assert (question.slug, question.objective, question.status, question.live) == (
        *("new-one", objective, "draft", None),
    )


def _one_row(editor: Client) -> bytes:
    QuestionFactory()
    return exported(editor)


def test_a_half_done_draft_may_get_another_title(editor: Client) -> None:
    QuestionFactory(slug="half", content={"stem": "Only words"})
    assert confirm(editor, upload(editor, table({"slug": "half", "title": "Half done"}))).status_code == 302
    assert Question.objects.get().title == "Half done"


def test_the_type_looks_at_every_row(editor: Client) -> None:
    row = rows(_one_row(editor))[0]
    content = json.loads(row["content"])
    content["choices"][0]["misconception"] = "nobody-thinks-so"
    broken = [
        row | {"stem": ""},
        row | {"slug": "b", "type": "guess"},
        row | {"slug": "c", "objective": "XXX-1"},
        row | {"slug": "d", "content": "[]"},
        row | {"slug": "e", "content": json.dumps(content)},
    ]
    refused = upload(editor, table(*broken))
    said = refused.content.decode()
    assert refused.status_code == 422
    for words in (
        "stem: ",
        "“type” cannot be “guess”",
        "There is no objective “XXX-1”",
        "This is no JSON",
        "There is no misconception “nobody-thinks-so”",
    ):
        assert words in said, words
