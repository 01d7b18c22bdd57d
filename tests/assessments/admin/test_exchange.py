"""Import and export in the admin: look, then write; name what stays behind, then download."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.models import Question
from tests.factories import ObjectiveFactory, QuestionFactory, UserFactory

pytestmark = pytest.mark.django_db
IMPORT = "/admin/assessments/question/import/"
CONFIRM = "/admin/assessments/question/import/confirm/"
EXPORT = "/admin/assessments/question/export/"
GIFT = "::One::A?{=b ~%50%c}\n\nOnly words\n\n::Two::How many?{#3:1~#No}"


def upload(client: Client, text: str | bytes = GIFT, name: str = "some.gift", **more: Any) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data), **more})


def token(response: Any) -> str:
    return str(response.context["form"]["token"].value())


def test_the_preview_shows_everything_and_writes_nothing(editor: Client) -> None:
    ObjectiveFactory(code="THR-1")
    response = upload(editor)
    shown = response.content.decode()
    assert response.status_code == 200
    assert "2 of 3 questions in the file are new" in shown
    assert "It asks nothing" in shown and "50\u202f%" in shown
    assert "To complete before publishing" in shown and "Explanation: There is no explanation" in shown
    assert "Feedback for any other figure" in shown
    assert not Question.objects.exists()


STEPS_AND_RUBRIC = """
- slug: takt-in-steps
  type: multi_step
  stem: How fast?
  steps:
    - {name: net, label: Net time, answer: "480 - 60", unit: min, tolerance: "1"}
    - name: takt
      label: Takt time
      answer: net / 210
      feedback: Divide by demand.
      slips: [{answer: "210 / net", feedback: Turned over.}]
- slug: why-late
  type: written
  stem: Why late?
  rubric:
    - name: cause
      label: The cause
      levels: [{label: Named, points: 2.5, description: Says what waits.}, {label: Missing, points: 0}]
"""


def test_the_preview_shows_steps_and_rubric(editor: Client) -> None:
    shown = upload(editor, STEPS_AND_RUBRIC, "some.yaml").content.decode()
    for said in (
        "Net time",
        "<code>480 - 60</code> min",
        "Divide by demand.",
        "<code>210 / net</code>",
        "Turned over.",
    ):
        assert said in shown
    for said in ("The cause", "<li>Named (2.5 p): Says what waits.</li>", "<li>Missing (0 p)</li>"):
        assert said in shown


def test_confirming_writes_the_drafts_and_reports(editor: Client) -> None:
    objective = ObjectiveFactory(code="THR-1")
    seen = upload(editor)
    response = editor.post(CONFIRM, {"token": token(seen), "objective": objective.pk})
    shown = response.content.decode()
    assert "2 drafts are in the bank" in shown and "Only words" in shown
    assert [question.title for question in Question.objects.order_by("pk")] == ["One", "Two"]
    assert set(Question.objects.values_list("status", flat=True)) == {"draft"}
    again = editor.post(CONFIRM, {"token": token(seen), "objective": objective.pk})
    assert "0 drafts are in the bank" in again.content.decode()
    assert Question.objects.count() == 2


def test_the_drafts_open_in_their_forms(editor: Client) -> None:
    objective = ObjectiveFactory()
    editor.post(CONFIRM, {"token": token(upload(editor)), "objective": objective.pk})
    for question in Question.objects.all():
        page = editor.get(reverse("admin:assessments_question_change", args=[question.pk]))
        assert page.status_code == 200 and "Not ready to publish" in page.content.decode()


def test_an_objective_is_asked_for_where_the_file_names_none(editor: Client) -> None:
    response = editor.post(CONFIRM, {"token": token(upload(editor)), "objective": ""})
    assert response.status_code == 422
    assert "Choose one for them" in response.content.decode()
    assert not Question.objects.exists()


def test_nobody_confirms_what_somebody_else_looked_at_or_what_was_changed(editor: Client) -> None:
    seen = token(upload(editor))
    other = Client()
    other.force_login(UserFactory(is_staff=True, is_superuser=True))
    for client, text in ((other, seen), (editor, seen[:-2] + "xx"), (editor, "")):
        response = client.post(CONFIRM, {"token": text})
        assert response.status_code == 422
        assert "Choose the file again" in response.content.decode()


@pytest.mark.parametrize(
    ("text", "name", "more", "said"),
    [
        ("", "empty.gift", {}, "no questions in this file"),
        ("Words and nothing else", "words.doc", {}, "The format cannot be told"),
        ("x", "x.gift", {"format": "docx"}, "not one of the available choices"),
        ("x", "x.gift", {"objective": "77777"}, "not one of the available choices"),
    ],
)
def test_a_wrong_file_is_refused_at_its_field(
    editor: Client, text: str, name: str, more: dict[str, str], said: str
) -> None:
    response = upload(editor, text, name, **more)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_no_file_at_all_is_said_so(editor: Client) -> None:
    response = editor.post(IMPORT, {})
    assert response.status_code == 422 and "Choose one" in response.content.decode()


def test_a_file_of_50_mb_is_refused_unread(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        pytest.fail("The file was read.")

    monkeypatch.setattr("assessments.forms.exchange.detect", never)
    response = upload(editor, b"Q{T}\n\n" * 8_800_000)
    assert response.status_code == 413
    assert "larger than 5 MB" in response.content.decode()
    assert response.wsgi_request.FILES == {}


def test_a_file_just_above_the_limit_is_refused_too(editor: Client) -> None:
    response = upload(editor, b"x" * (5 * 1024 * 1024 + 1))
    assert response.status_code == 413 and "larger than 5 MB" in response.content.decode()


def test_a_forged_form_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert upload(client).status_code == 403
    assert client.post(CONFIRM, {}).status_code == 403


def test_rights_are_those_to_add_and_to_view(editor: Client) -> None:
    client = Client()
    user = UserFactory(is_staff=True)
    client.force_login(user)
    assert [client.get(IMPORT).status_code, client.post(CONFIRM).status_code] == [403, 403]
    assert client.get(EXPORT).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_question"))
    assert client.get(EXPORT).status_code == 200
    assert client.get(IMPORT).status_code == 403
    assert Client().get(IMPORT).status_code == 302
    assert editor.get(IMPORT).status_code == 200
    assert editor.get(CONFIRM).status_code == 405


def test_the_list_leads_to_both(editor: Client) -> None:
    shown = editor.get("/admin/assessments/question/").content.decode()
    assert f'href="{IMPORT}"' in shown and f'href="{EXPORT}"' in shown


def test_what_a_format_cannot_hold_is_named_before_the_download(editor: Client) -> None:
    drawn = QuestionFactory(type="numeric", title="Drawn figures")
    choice = QuestionFactory(title="A choice")
    data = {"action": "export_selected", "_selected_action": [drawn.pk, choice.pk]}
    response = editor.post("/admin/assessments/question/", data)
    shown = response.content.decode()
    assert "Export 2 questions" in shown and "It draws its figures afresh" in shown
    file = editor.post(EXPORT, {"format": "gift", "ids": response.context["ids"]})
    assert file["Content-Disposition"] == 'attachment; filename="takt-questions-gift.txt"'
    assert "::A choice::" in file.content.decode() and "Drawn" not in file.content.decode()
    chosen = editor.post(EXPORT, {"format": "yaml", "ids": str(drawn.pk)}).content.decode()
    assert "Drawn figures" in chosen and "A choice" not in chosen


def test_the_whole_bank_is_exported_without_a_choice(editor: Client) -> None:
    QuestionFactory.create_batch(3)
    assert "Export 3 questions" in editor.get(EXPORT).content.decode()
    assert editor.post(EXPORT, {"format": "moodle_xml"}).content.decode().count('type="multichoice"') == 3


def test_pages_cost_the_same_for_more_questions(editor: Client, django_assert_max_num_queries: Any) -> None:
    QuestionFactory.create_batch(6)
    many = "\n\n".join(f"Question {number}?{{T}}" for number in range(20))
    with django_assert_max_num_queries(16):
        editor.get(EXPORT)
    with django_assert_max_num_queries(16):
        assert upload(editor, many).status_code == 200
