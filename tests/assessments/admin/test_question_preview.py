"""The preview of a question: any draw by number, and how the answer was marked."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Attempt, Evidence, Question
from assessments.questions import get
from concepts.formulas import evaluate
from tests.factories import MisconceptionFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def url(question: Question, number: int = 1) -> str:
    return reverse("admin:assessments_question_preview_draw", args=[question.pk, number])


def test_any_draw_is_reached_by_its_number(editor: Client) -> None:
    question = QuestionFactory(type="numeric")
    response = editor.get(url(question), {"seed": "417"})
    assert (response.status_code, response["Location"]) == (302, url(question, 417))
    page = editor.get(url(question, 417)).content.decode()
    assert url(question, 416) in page
    assert url(question, 418) in page
    assert 'value="417"' in page


@pytest.mark.parametrize(
    ("typed", "said"), [("x", "“x” is not a whole number."), ("0", "0 is out of range.")]
)
def test_a_number_that_cannot_be_is_answered_at_the_field(editor: Client, typed: str, said: str) -> None:
    response = editor.get(url(QuestionFactory()), {"seed": typed})
    assert response.status_code == 422
    assert said in response.content.decode()


def test_the_first_and_the_last_draw_have_one_neighbour(editor: Client) -> None:
    question = QuestionFactory()
    assert "Previous: draw" not in editor.get(url(question, 1)).content.decode()
    assert "Next: draw" not in editor.get(url(question, 10**9)).content.decode()
    assert editor.get(url(question, 10**9 + 1)).status_code == 404


def test_a_slip_is_named_and_nothing_is_stored(editor: Client) -> None:
    MisconceptionFactory(slug="time-divided-by-units", name="The inverted formula")
    question = QuestionFactory(type="numeric")
    values = get("numeric").draw(question.content, 4)
    slip = evaluate("hours / units", values)
    page = editor.post(url(question, 5), {"answer": f"{slip:.8g}"}).content.decode()
    assert "How it was marked" in page
    assert "0 of 1" in page
    assert "The inverted formula" in page
    assert "±1" in page
    assert (Attempt.objects.count(), Evidence.objects.count()) == (0, 0)


def test_a_misconception_that_the_bank_does_not_know_is_told(editor: Client) -> None:
    question = QuestionFactory(type="numeric")
    slip = evaluate("hours / units", get("numeric").draw(question.content, 0))
    page = editor.post(url(question), {"answer": f"{slip:.8g}"}).content.decode()
    assert "“time-divided-by-units”, which the bank does not know" in page


def test_parts_are_marked_one_by_one(editor: Client) -> None:
    content: dict[str, Any] = {
        "stem": "Which are goods?",
        "explanation": "They can be touched.",
        "choices": [
            {"text": "Kettles", "right": True},
            {"text": "Haircuts", "feedback": "Those are services."},
            {"text": "Lamps", "right": True},
        ],
    }
    question = QuestionFactory(type="multiple_choice", content=content)
    page = editor.post(url(question), {"answer": ["a"]}).content.decode()
    assert "2 of 3 parts right" in page
    assert "0.5 of 1" in page
