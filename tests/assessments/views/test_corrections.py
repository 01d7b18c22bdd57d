"""What learners are told of a question that was put right or withdrawn after they were asked it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import Attempt, Learner, Question
from assessments.services.attempts import start_attempt
from tests.assessments.corrections import answered_test, correct, corrected, void
from tests.factories import LearnerFactory, QuestionFactory, numeric, practice_set

pytestmark = pytest.mark.django_db


def words(client: Client, learner: Learner, url: str) -> str:
    client.force_login(learner.user)
    return " ".join(client.get(url).content.decode().split())


def result(attempt: Attempt) -> str:
    return f"{attempt.get_absolute_url()}result/"


def test_the_result_says_what_was_corrected_why_and_what_became_of_the_mark(client: Client) -> None:
    question, (attempt, other) = answered_test("b", "c")
    correct(question, corrected(question, right=1))
    shown = words(client, attempt.learner, result(attempt))
    assert "Question 1 was corrected on 21 November." in shown
    assert "The key was wrong." in shown
    assert "Your mark went from 0 to 1." in shown
    assert "Passed with 100" in shown
    assert "Your mark stays 0." in words(client, other.learner, result(other))


def test_the_question_stands_as_it_was_asked_and_is_explained_by_the_corrected_key(client: Client) -> None:
    question, (attempt,) = answered_test("b")
    content = corrected(question, right=1) | {
        "stem": "Reworded: what happens?",
        "explanation": "It falls, because the hours were counted twice.",
    }
    correct(question, content)
    shown = words(client, attempt.learner, f"{attempt.get_absolute_url()}1/")
    assert "A press makes the same parts in less time" in shown
    assert "Reworded" not in shown
    assert "because the hours were counted twice" in shown
    assert "Right, 1 of 1" in shown
    assert "Your mark went from 0 to 1." in shown


def test_marks_and_reasons_wait_until_they_may_be_shown(client: Client) -> None:
    options: dict[str, Any] = {
        "show_marks": "never",
        "show_right_answer": "never",
        "show_feedback": "never",
    }
    question, (attempt,) = answered_test("b", **options)
    correct(question, corrected(question, right=1))
    shown = words(client, attempt.learner, result(attempt))
    assert "Question 1 was corrected on" in shown
    assert "The key was wrong." not in shown
    assert "Your mark" not in shown


@pytest.mark.parametrize(
    ("kind", "said", "total"),
    [
        ("full", "Everybody has the full mark for it. Your mark went from 0 to 1.", "1 of 1"),
        ("out", "It is left out of your marks, for you as for everybody.", "0 of 0"),
    ],
)
def test_a_withdrawn_question_is_neither_right_nor_wrong(
    client: Client, kind: str, said: str, total: str
) -> None:
    question, (attempt,) = answered_test("b")
    void(question, kind)
    shown = words(client, attempt.learner, result(attempt))
    assert "Question 1 was withdrawn on 21 November." in shown
    assert said in shown
    page = words(client, attempt.learner, f"{attempt.get_absolute_url()}1/")
    assert ("Withdrawn, full mark" if kind == "full" else "Left out") in page
    assert "Not right" not in page
    assert "Wrong" not in page


def test_who_is_still_at_it_reads_the_corrected_wording_and_nothing_of_the_key(client: Client) -> None:
    assessment = practice_set(1, mode="test")
    attempt = start_attempt(learner=LearnerFactory(), assessment=assessment, now=timezone.now())
    question = Question.objects.get()
    correct(question, corrected(question, right=1))
    page = f"{attempt.get_absolute_url()}1/"
    assert "put right" not in words(client, attempt.learner, page)
    question.refresh_from_db()
    correct(question, question.content | {"stem": "In plain words: what happens?"})
    shown = words(client, attempt.learner, page)
    assert "This question was put right after you were asked it. It now reads:" in shown
    assert "In plain words: what happens?" in shown
    assert "The key was wrong." not in shown
    void(question, "out")
    assert "you need not answer it" in words(client, attempt.learner, page)


def test_other_figures_are_those_of_the_corrected_question(client: Client) -> None:
    question = QuestionFactory(type="numeric", content=numeric(), publish=True)
    assessment = practice_set(1)
    assessment.parts.update(objective=None, question=question)
    attempt = start_attempt(
        learner=LearnerFactory(), assessment=assessment, now=timezone.now() - timedelta(minutes=1)
    )
    client.force_login(attempt.learner.user)
    page = f"{attempt.get_absolute_url()}1/"
    client.post(page, {"answer": "1", "revision": "0"})
    made = correct(question, numeric() | {"stem": "Anew: {units} parts in {hours} hours?"})
    client.post(f"{page}variant/")
    assert attempt.items.get(position=2).version == made.version
