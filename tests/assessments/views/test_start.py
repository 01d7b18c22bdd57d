"""The start page: every condition in words before anything begins, and the beginning."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Assessment, Attempt, Learner
from assessments.services.answers import check_answer, save_answer
from assessments.services.attempts import start_attempt
from assessments.services.finishing import finish
from tests.factories import (
    AssessmentFactory,
    PartFactory,
    QuestionFactory,
    make_editor,
    practice_set,
    written,
)


def url(assessment: Assessment) -> str:
    return reverse("assessments:start", args=[assessment.slug])


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def done(me: Learner, assessment: Assessment, *answers: str) -> Attempt:
    attempt = start_attempt(learner=me, assessment=assessment, now=timezone.now())
    for item, answer in zip(attempt.items.all(), answers, strict=False):
        save_answer(item=item, posted={"answer": [answer]}, revision=0, now=timezone.now())
    return finish(attempt=attempt, now=timezone.now())


def test_every_condition_is_said_before_it_begins(mine: Client, me: Learner) -> None:
    me.extra_time_percent = 50
    me.save()
    test = practice_set(
        2, mode="test", time_limit=25, attempts_allowed=2, pass_mark=80, show_right_answer="never"
    )
    page = text(mine.get(url(test)))
    assert "Two questions." in page
    assert (
        "37 minutes and 30 seconds from the moment you begin: 25 minutes and your extra time of 50 %." in page
    )
    assert "Two, of which you have used none; the best attempt counts." in page
    assert "80 % of the marks" in page
    assert "Marks, your answers, feedback: as soon as you hand it in. Right answers: not shown." in page
    assert "the clock goes on" in page
    assert not Attempt.objects.exists()


def test_what_is_shown_after_closing_is_said_with_its_date(mine: Client) -> None:
    closes = timezone.now() + timedelta(days=2)
    test = practice_set(mode="test", closes_at=closes, show_marks="closed", show_feedback="closed")
    page = text(mine.get(url(test)))
    assert f"Marks, feedback: from {closes:%a} {closes.day} {closes:%b}, {closes:%H:%M}." in page
    assert "an attempt that is still going ends then" in page


def test_only_questions_that_the_bank_has_are_promised(mine: Client) -> None:
    practice = practice_set(2)
    practice.parts.update(count=5, marks=2)
    assert "Two questions for four marks, about 3 minutes." in text(mine.get(url(practice)))


def test_beginning_leads_to_the_first_question(mine: Client) -> None:
    response = mine.post(url(practice_set()), follow=True)
    attempt = Attempt.objects.get()
    assert response.redirect_chain[-1][0] == reverse("assessments:question", args=[attempt.pk, 1])


def test_an_open_attempt_is_gone_on_with_where_it_was_left(mine: Client, me: Learner) -> None:
    practice = practice_set()
    attempt = start_attempt(learner=me, assessment=practice, now=timezone.now())
    check_answer(item=attempt.items.first(), posted={"answer": ["a"]}, revision=0, now=timezone.now())
    page = text(mine.get(url(practice)))
    assert "Go on with question 2" in page
    assert "Begin" not in re.sub("Before you begin|the moment you begin", "", page)
    response = mine.post(url(practice), follow=True)
    assert response.redirect_chain[-1][0] == reverse("assessments:question", args=[attempt.pk, 2])


def test_a_practice_with_every_answer_given_can_be_finished(mine: Client, me: Learner) -> None:
    practice = practice_set(1)
    attempt = start_attempt(learner=me, assessment=practice, now=timezone.now())
    check_answer(item=attempt.items.get(), posted={"answer": ["a"]}, revision=0, now=timezone.now())
    assert "Finish and see the result" in text(mine.get(url(practice)))


def test_when_no_attempt_is_left_the_page_says_so_and_refuses(mine: Client, me: Learner) -> None:
    test = practice_set(mode="test", attempts_allowed=1)
    done(me, test, "a", "b")
    page = text(mine.get(url(test)))
    assert "You have used every attempt that is allowed." in page
    assert "50 %" in page
    refused = mine.post(url(test))
    assert refused.status_code == 403
    assert "You have used every attempt that is allowed." in text(refused)


@pytest.mark.parametrize(("opens", "closes", "said"), [(1, 2, "It opens on"), (-2, -1, "It closed on")])
def test_outside_its_time_it_says_when(mine: Client, opens: int, closes: int, said: str) -> None:
    now = timezone.now()
    test = practice_set(opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes))
    assert said in text(mine.get(url(test)))
    assert mine.post(url(test)).status_code == 403
    assert not Attempt.objects.exists()


def test_one_without_questions_starts_nothing(mine: Client, db: None) -> None:
    empty = AssessmentFactory()
    assert "No question of this is published yet." in text(mine.get(url(empty)))
    assert mine.post(url(empty)).status_code == 409
    assert not Attempt.objects.exists()


def test_earlier_attempts_are_listed_and_the_one_that_counts_is_named(mine: Client, me: Learner) -> None:
    test = practice_set(mode="test", counts="best")
    done(me, test, "a", "a")
    done(me, test, "b", "b")
    page = text(mine.get(url(test)))
    assert re.search(r"Attempt 1 [^A]*graded · this one counts 100 % 2 / 2", page)
    assert re.search(r"Attempt 2 [^A]*graded 0 % 0 / 2", page)
    Assessment.objects.update(counts="last")
    assert re.search(r"Attempt 2 [^A]*graded · this one counts", text(mine.get(url(test))))
    Assessment.objects.update(counts="mean")
    assert "mean 50 %" in text(mine.get(url(test)))


def test_marks_that_wait_are_not_told_on_the_start_page(mine: Client, me: Learner) -> None:
    test = practice_set(mode="test", show_marks="never")
    done(me, test, "a", "a")
    page = text(mine.get(url(test)))
    assert "not shown yet" in page
    assert "100 %" not in page


def test_an_overdue_attempt_is_settled_by_looking(mine: Client, me: Learner) -> None:
    test = practice_set(mode="test", time_limit=10, attempts_allowed=2)
    start_attempt(learner=me, assessment=test, now=timezone.now() - timedelta(hours=1))
    page = text(mine.get(url(test)))
    assert "time ran out" in page
    assert "Two, of which you have used one" in page
    assert "Begin again" in page


def test_a_draft_is_not_there_for_learners_and_a_preview_for_editors(mine: Client, db: None) -> None:
    draft = practice_set(status="draft")
    assert mine.get(url(draft)).status_code == 404
    editor = Client()
    editor.force_login(make_editor())
    assert editor.post(url(draft), follow=True).status_code == 200
    assert not Attempt.objects.exists()
    assert "Preview: leaves no evidence." in text(editor.get(url(draft), follow=True))


def test_the_page_costs_at_most_twelve_queries(
    mine: Client, me: Learner, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    test = practice_set(6, mode="test")
    for _ in range(15):
        done(me, test, "a", "b")
    start_attempt(learner=me, assessment=test, now=timezone.now())
    with django_assert_max_num_queries(12):
        assert "and 5 before those" in text(mine.get(url(test)))


def test_a_test_that_a_person_marks_says_so_before_it_begins(mine: Client, me: Learner) -> None:
    test = practice_set(1, mode="test")
    objective = test.parts.get().objective
    question = QuestionFactory(objective=objective, type="written", content=written(), publish=True)
    PartFactory(assessment=test, objective=None, question=question, position=2)
    page = text(mine.get(url(test)))
    assert "A person marks written answers, by the rubric that stands with each question" in page
    assert "as soon as you hand it in. What a person marks follows once it is marked." in page
