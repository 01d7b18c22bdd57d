"""The life of a question: two editors, a moment to be asked from, and what is refused when it comes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Question
from concepts.models import PreparedChange
from concepts.publishing import publish_due
from tests.factories import AssessmentFactory, QuestionFactory, make_editor
from tests.forms import change, fields_of, opened

pytestmark = pytest.mark.django_db
THEN = {"publish_on_0": "2099-12-01", "publish_on_1": "08:00", "_schedule": "1"}


@pytest.fixture
def other(db: None) -> Client:
    client = Client()
    client.force_login(make_editor())
    return client


def due() -> Any:
    return publish_due(timezone.now() + timedelta(days=40_000))


def test_the_second_to_save_a_question_is_shown_the_difference(editor: Client, other: Client) -> None:
    question = QuestionFactory()
    mine, theirs = opened(editor, question), opened(other, question)
    other.post(change(question), {**theirs, "q-stem": "Theirs?", "_save": "1"})
    response = editor.post(change(question), {**mine, "q-stem": "Mine?", "_save": "1"})
    assert response.status_code == 409
    found = [(clash.label, clash.theirs, clash.mine) for clash in response.context["desk"].clashes]
    assert found == [("Question", "Theirs?", "Mine?")]
    assert "Mine?" in response.content.decode()
    assert editor.post(change(question), {**fields_of(response), "_save": "1"}).status_code == 302
    question.refresh_from_db()
    assert question.content["stem"] == "Mine?"


def test_a_table_of_rows_is_taken_over_as_a_whole(editor: Client, other: Client) -> None:
    question = QuestionFactory()
    mine, theirs = opened(editor, question), opened(other, question)
    other.post(change(question), {**theirs, "q-choices-0-text": "Their choice", "_save": "1"})
    told = editor.post(change(question), {**mine, "q-stem": "Mine?", "_save": "1"})
    assert [clash.label for clash in told.context["desk"].clashes] == ["Choices"]
    editor.post(change(question), {**fields_of(told), "_take": ["q-choices-*"], "_save": "1"})
    question.refresh_from_db()
    assert (question.content["stem"], question.content["choices"][0]["text"]) == ("Mine?", "Their choice")


def test_an_assessment_is_guarded_with_its_parts(editor: Client, other: Client) -> None:
    assessment = AssessmentFactory(status="draft")
    mine, theirs = opened(editor, assessment), opened(other, assessment)
    other.post(change(assessment), {**theirs, "title": "Theirs", "_save": "1"})
    assert editor.post(change(assessment), {**mine, "title": "Mine", "_save": "1"}).status_code == 409


def test_a_draft_question_is_asked_from_its_moment_on(editor: Client) -> None:
    question = QuestionFactory()
    response = editor.post(change(question), {**opened(editor, question), **THEN}, follow=True)
    assert "is published on 1 December 2099, 08:00, as it stands then." in response.content.decode()
    question.refresh_from_db()
    assert question.status == "scheduled"
    listed = editor.get(reverse("admin:assessments_question_changelist"), {"asked": "scheduled"})
    assert "Scheduled: 1 December 2099, 08:00" in listed.content.decode()
    assert due().published == [question.title]
    question.refresh_from_db()
    assert (question.status, question.live.number) == ("published", 1)


def test_changes_to_a_question_that_is_asked_are_scheduled(editor: Client) -> None:
    question = QuestionFactory(publish=True)
    editor.post(change(question), {**opened(editor, question), "q-stem": "Asked anew?", **THEN})
    editor.post(change(question), {**opened(editor, question), "q-explanation": "Because.", "_save": "1"})
    question.refresh_from_db()
    assert (question.status, question.live.number) == ("published", 1)
    assert due().published == [question.title]
    question.refresh_from_db()
    assert question.live.content["stem"] == "Asked anew?"
    assert question.live.content["explanation"] == "Because."
    assert not PreparedChange.objects.exists()


def test_a_question_with_problems_is_kept_with_the_reason(editor: Client) -> None:
    question = QuestionFactory()
    broken = {**opened(editor, question), "q-explanation": ""}
    editor.post(change(question), {**broken, **THEN})
    assert due().published == []
    question.refresh_from_db()
    assert question.status == "draft"
    shown = editor.get(change(question)).content.decode()
    assert "Not published as planned" in shown
    assert "There is no explanation" in shown
    editor.post(change(question), {**opened(editor, question), "q-explanation": "Because.", "_save": "1"})
    assert not PreparedChange.objects.exists()


def test_a_question_is_taken_off_the_schedule(editor: Client) -> None:
    draft, asked = QuestionFactory(), QuestionFactory(publish=True)
    for question in (draft, asked):
        editor.post(change(question), {**opened(editor, question), "q-stem": "Anew?", **THEN})
        editor.post(change(question), {**opened(editor, question), "_unschedule": "1"})
    assert due().published == []
    assert {(q.status, q.publish_at) for q in Question.objects.all()} == {
        ("draft", None),
        ("published", None),
    }


def test_several_that_are_scheduled_are_taken_back_at_once(editor: Client) -> None:
    question = QuestionFactory()
    editor.post(change(question), {**opened(editor, question), **THEN})
    url = reverse("admin:assessments_question_changelist")
    editor.post(url, {"action": "unpublish_selected", "_selected_action": [question.pk]})
    question.refresh_from_db()
    assert (question.status, question.publish_at) == ("draft", None)
