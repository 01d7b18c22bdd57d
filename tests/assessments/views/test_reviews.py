"""Reviews: what is due and why, the session, and what it changed."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Attempt, Evidence, Learner, ObjectiveState
from tests.factories import EvidenceFactory, ObjectiveFactory, QuestionFactory, StateFactory

URL = "/reviews/"


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def due(me: Learner, count: int = 1, *, level: int = 3, **options: object) -> list[ObjectiveState]:
    """Objectives learnt ten days ago and due since yesterday, each with a question."""
    now = timezone.now()
    states: list[ObjectiveState] = []
    for _ in range(count):
        question = QuestionFactory(publish=True)
        fields = {
            "level": level,
            "since": now - timedelta(days=10),
            "last_at": now - timedelta(days=10),
            "last_review": now - timedelta(days=10),
            "stability": 5.0,
            "difficulty": 5.0,
            "next_review": now - timedelta(days=1),
            "fades_at": now - timedelta(hours=1),
        }
        states.append(StateFactory(learner=me, objective=question.objective, **{**fields, **options}))
    return states


def learnt(me: Learner, days: int = 10) -> None:
    """One objective that two answers made proficient so long ago."""
    question = QuestionFactory(publish=True)
    for hour, variant in enumerate(("1:x", "2:y")):
        EvidenceFactory(
            learner=me,
            objective=question.objective,
            question=question,
            variant=variant,
            at=timezone.now() - timedelta(days=days, hours=-hour),
        )
    due(me)
    ObjectiveState.objects.filter(learner=me).update(objective=question.objective)


def test_the_headline_is_the_number_and_the_minutes(mine: Client, me: Learner) -> None:
    due(me, 8)
    page = text(mine.get(URL))
    assert "Eight reviews, about six minutes" in page
    assert "Start the reviews" in page
    assert "last met 10 days ago" in page


def test_what_is_fading_is_the_reason(mine: Client, me: Learner) -> None:
    due(me, 2)
    due(me, 1, level=4)
    page = text(mine.get(URL))
    assert "One of them is fading: you mastered it" in page
    assert "Fading" in page


def test_nothing_due_says_when_the_next_one_is(mine: Client, me: Learner) -> None:
    due(me, next_review=timezone.now() + timedelta(days=1))
    page = text(mine.get(URL))
    assert "Nothing is due now" in page
    assert "The next review is due tomorrow." in page
    response = mine.post(URL)
    assert response.status_code == 409
    assert "Nothing is due now" in text(response)
    assert not Attempt.objects.exists()


def test_who_has_answered_nothing_yet_is_told_where_reviews_come_from(mine: Client) -> None:
    assert "Reviews come from what you have answered." in text(mine.get(URL))


def test_beyond_the_cap_the_rest_waits_for_tomorrow(mine: Client, me: Learner) -> None:
    me.reviews_a_day = 1
    me.save()
    EvidenceFactory(learner=me, origin=Evidence.Origin.REVIEW)
    due(me, 2)
    page = text(mine.get(URL))
    assert "Your reviews of today are done" in page
    assert "You set at most 1 a day. Two more are due and wait until tomorrow." in page


def test_starting_leads_to_the_first_review_and_again_to_the_same_session(mine: Client, me: Learner) -> None:
    due(me, 2)
    for _ in range(2):
        response = mine.post(URL, follow=True)
        attempt = Attempt.objects.get()
        assert response.redirect_chain[-1][0] == f"/attempts/{attempt.pk}/1/"
    page = text(response)
    assert "Review 1 of 2" in page
    assert "about 2 minutes left" in page
    assert "I do not know" in page


def test_a_session_left_half_done_is_gone_on_with(mine: Client, me: Learner) -> None:
    due(me, 3)
    mine.post(URL)
    attempt = Attempt.objects.get()
    mine.post(f"/attempts/{attempt.pk}/1/", {"answer": "a", "revision": 0})
    page = text(mine.get(URL))
    assert "Two reviews, about two minutes" in page
    assert "Go on with review 2" in page


def test_a_review_says_what_it_changed_and_the_last_one_ends_the_session(mine: Client, me: Learner) -> None:
    learnt(me)
    mine.post(URL)
    attempt = Attempt.objects.get(kind="review")
    mine.post(f"/attempts/{attempt.pk}/1/", {"answer": "a", "revision": 0})
    page = text(mine.get(f"/attempts/{attempt.pk}/1/"))
    assert "recalled at a review, days after it became proficient; comes back" in page
    assert "See what they changed" in page
    attempt.refresh_from_db()
    assert (attempt.state, attempt.score, attempt.max_score) == (Attempt.State.GRADED, 1, 1)
    result = text(mine.get(reverse("assessments:result", args=[attempt.pk])))
    assert "Recalled at the first try" in result
    assert "One objective is mastered now." in result
    assert re.search(r"Proficient to\s+Mastered", result)


def test_what_slipped_is_said_plainly(mine: Client, me: Learner) -> None:
    learnt(me)
    mine.post(URL)
    attempt = Attempt.objects.get(kind="review")
    mine.post(f"/attempts/{attempt.pk}/1/", {"revision": 0, "gives_up": "1"})
    result = text(mine.get(reverse("assessments:result", args=[attempt.pk])))
    assert "None of one recalled" in result
    assert "One slipped; it comes back soon, with another question." in result
    assert "a miss costs one level" in result


@pytest.mark.parametrize("count", [1, 12])
def test_reviews_cost_what_the_ceilings_say(
    mine: Client, me: Learner, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    due(me, count)
    ObjectiveFactory.create_batch(3)
    with django_assert_max_num_queries(12):
        assert mine.get(URL).status_code == 200
    mine.post(URL)
    attempt = Attempt.objects.get()
    for position in range(1, count + 1):  # the last one ends the session
        path = f"/attempts/{attempt.pk}/{position}/"
        with django_assert_max_num_queries(10):
            assert mine.get(path).status_code == 200
        with django_assert_max_num_queries(15):
            assert mine.post(path, {"answer": "a", "revision": 0}).status_code == 302
    with django_assert_max_num_queries(12):
        assert mine.get(reverse("assessments:result", args=[attempt.pk])).status_code == 200
