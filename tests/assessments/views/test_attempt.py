"""Handing in and the result: once, in words, and only what may be shown."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Attempt, Evidence, Learner
from assessments.services.answers import check_answer, save_answer
from assessments.services.attempts import start_attempt
from assessments.services.finishing import finish
from tests.factories import (
    AssessmentFactory,
    ConceptFactory,
    LearnerFactory,
    MisconceptionFactory,
    ObjectiveFactory,
    PartFactory,
    QuestionFactory,
    practice_set,
)

Begin = Callable[..., Attempt]


def url(attempt: Attempt, name: str = "result") -> str:
    return reverse(f"assessments:{name}", args=[attempt.pk])


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def answer(attempt: Attempt, *answers: str, certainty: int | None = None) -> None:
    for item, given in zip(attempt.items.order_by("position"), answers, strict=False):
        act = check_answer if attempt.gives_feedback_at_once else save_answer
        act(item=item, posted={"answer": [given]}, revision=0, now=timezone.now(), certainty=certainty)


def test_the_way_back_leads_to_the_first_open_question_then_to_the_end(mine: Client, begin: Begin) -> None:
    attempt = begin(mode="test")
    assert mine.get(url(attempt, "attempt"))["Location"] == f"/attempts/{attempt.pk}/1/"
    answer(attempt, "a")
    assert mine.get(url(attempt, "attempt"))["Location"] == f"/attempts/{attempt.pk}/2/"
    answer(attempt, "a", "a")
    assert mine.get(url(attempt, "attempt"))["Location"] == url(attempt, "submit")
    finish(attempt=attempt, now=timezone.now())
    assert mine.get(url(attempt, "attempt"))["Location"] == url(attempt)


def test_before_handing_in_what_is_blank_is_named(mine: Client, begin: Begin) -> None:
    attempt = begin(3, mode="test")
    answer(attempt, "a")
    page = text(mine.get(url(attempt, "submit")))
    assert "Two questions are still open" in page
    assert "Go to question 2" in page
    assert "Hand it in as it is" in page
    assert "1 of 3 answered" in page


def test_handing_in_twice_marks_once(mine: Client, begin: Begin) -> None:
    attempt = begin(mode="test")
    answer(attempt, "a", "b")
    for _ in range(2):
        assert mine.post(url(attempt, "submit"))["Location"] == url(attempt)
    assert Evidence.objects.count() == 2
    assert mine.get(url(attempt, "submit"))["Location"] == url(attempt)


def test_an_open_attempt_has_no_result(mine: Client, begin: Begin) -> None:
    attempt = begin(mode="test")
    assert mine.get(url(attempt))["Location"] == url(attempt, "attempt")


@pytest.mark.parametrize("name", ["attempt", "submit", "result"])
def test_somebody_elses_attempt_is_not_there(mine: Client, db: None, name: str) -> None:
    theirs = start_attempt(learner=LearnerFactory(), assessment=practice_set(), now=timezone.now())
    assert mine.get(url(theirs, name)).status_code == 404
    if name == "submit":
        assert mine.post(url(theirs, name)).status_code == 404
        assert Attempt.objects.get(pk=theirs.pk).is_open


def test_the_headline_is_the_answer(mine: Client, begin: Begin) -> None:
    attempt = begin(10, mode="test", pass_mark=70)
    answer(attempt, *["a"] * 8, "b", "b", certainty=3)
    finish(attempt=attempt, now=timezone.now())
    page = text(mine.get(url(attempt)))
    assert "Passed with 80 %." in page
    assert "Passed, pass mark 70 %" in page
    assert "8 of 10" in page
    assert "when you said “certain”" in page
    assert "What it changed" in page


def test_what_went_worst_is_named_and_practised(mine: Client, me: Learner) -> None:
    good, bad = ConceptFactory(title="Throughput"), ConceptFactory(title="On-time delivery")
    test = AssessmentFactory(concept=None, module=good.module, mode="test", shuffle=False)
    for concept in (good, bad):
        objective = ObjectiveFactory(concept=concept)
        QuestionFactory.create_batch(3, objective=objective, publish=True)
        PartFactory(assessment=test, objective=objective, count=3)
    practice = AssessmentFactory(concept=bad, title="Practice: on-time delivery")
    attempt = start_attempt(learner=me, assessment=test, now=timezone.now())
    answer(attempt, "a", "a", "a", "a", "b", "b")
    finish(attempt=attempt, now=timezone.now())
    response = mine.get(url(attempt))
    assert "67 % this time, and 70 % passes. On-time delivery needs another look." in text(response)
    assert f'href="{practice.get_absolute_url()}">Practise On-time delivery' in response.content.decode()


def test_a_score_just_below_the_pass_mark_is_not_rounded_up_to_it(mine: Client, begin: Begin) -> None:
    attempt = begin(mode="test", pass_mark=70)
    finish(attempt=attempt, now=timezone.now())
    Attempt.objects.filter(pk=attempt.pk).update(score=69.6, max_score=100)
    assert "69.6 % this time" in text(mine.get(url(attempt)))


def test_named_slips_are_explained_with_their_lesson(mine: Client, begin: Begin) -> None:
    MisconceptionFactory(
        slug="time-divided-by-units",
        name="Time divided by units",
        explanation="The quotient is the pace.",
        concept=ConceptFactory(title="Throughput and flow"),
    )
    attempt = begin(1, type="numeric")
    item = attempt.items.get()
    answer(attempt, f"{item.values['hours'] / item.values['units']:.6g}")
    finish(attempt=attempt, now=timezone.now())
    page = text(mine.get(url(attempt)))
    assert "None of one right." in page
    assert "One slip cost you marks: “Time divided by units”." in page
    assert "The quotient is the pace." in page
    assert "Read Throughput and flow" in page


def test_hidden_marks_and_answers_are_not_in_the_result(mine: Client, begin: Begin) -> None:
    closes = timezone.now() + timedelta(days=1)
    hidden = {f"show_{what}": "closed" for what in ("marks", "own_answer", "right_answer", "feedback")}
    attempt = begin(mode="test", closes_at=closes, **hidden)
    answer(attempt, "a", "a")
    finish(attempt=attempt, now=timezone.now())
    page = text(mine.get(url(attempt)))
    assert "Handed in. The marks are shown from" in page
    assert "marks and feedback are shown after" in page
    for secret in ("100 %", "It rises", "Right", "What it changed"):
        assert secret not in page
    with time_machine.travel(closes + timedelta(minutes=1), tick=False):
        mine.force_login(attempt.learner.user)
        assert "Passed with 100 %." in text(mine.get(url(attempt)))


def test_time_that_ran_out_is_said_with_what_was_saved(mine: Client, begin: Begin) -> None:
    attempt = begin(mode="test", time_limit=10)
    answer(attempt, "a")
    with time_machine.travel(timezone.now() + timedelta(minutes=20), tick=False):
        mine.force_login(attempt.learner.user)
        page = text(mine.get(url(attempt)))
    assert "What was saved until then has been marked: 1 of 2." in page
    assert "Time used, of 10 minutes" in page
    assert "10:00" in page


def test_a_practice_finished_without_an_answer_says_so(mine: Client, begin: Begin) -> None:
    attempt = begin()
    mine.post(url(attempt, "submit"))
    assert "Nothing was answered, so nothing was marked" in text(mine.get(url(attempt)))


def test_partly_right_answers_are_told_apart(mine: Client, me: Learner) -> None:
    content = {
        "stem": "Which are inputs?",
        "explanation": "Steel and labour go in.",
        "choices": [
            {"text": "Steel", "right": True},
            {"text": "Labour", "right": True},
            {"text": "Waste", "feedback": "It comes out."},
            {"text": "Parts", "feedback": "They come out."},
        ],
    }
    practice = practice_set(1)
    QuestionFactory(
        objective=practice.parts.get().objective, type="multiple_choice", content=content, publish=True
    )
    practice.parts.update(count=2)
    attempt = start_attempt(learner=me, assessment=practice, now=timezone.now())
    answer(attempt, "a", "a")
    finish(attempt=attempt, now=timezone.now())
    assert "One of two right, one partly." in text(mine.get(url(attempt)))


def test_the_result_costs_at_most_twelve_queries(
    mine: Client, begin: Begin, me: Learner, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    MisconceptionFactory(slug="time-divided-by-units")
    for _ in range(5):
        earlier = begin(3, type="numeric", mode="test")
        finish(attempt=earlier, now=timezone.now())
    attempt = begin(12, type="numeric", mode="test")
    for item in attempt.items.all():
        slip = f"{item.values['hours'] / item.values['units']:.6g}"
        save_answer(item=item, posted={"answer": [slip]}, revision=0, now=timezone.now())
    finish(attempt=attempt, now=timezone.now())
    with django_assert_max_num_queries(12):
        assert mine.get(url(attempt)).status_code == 200
    open_one = begin(12)
    with django_assert_max_num_queries(12):
        assert mine.get(url(open_one, "submit")).status_code == 200
