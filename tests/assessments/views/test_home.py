"""Today as a page: what it costs, what it leads to, and that it says the same to nobody else."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Attempt, Learner
from assessments.services.attempts import start_attempt
from tests.assessments.lives import answered, lesson, mastered
from tests.factories import LearnerFactory, MembershipFactory, practice_set

MOST_QUERIES = 12  # session and user among them


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def busy_life(me: Learner) -> None:
    """Something in every section."""
    _, questions = lesson(4)
    answered(me, questions[0], 1, 1, days=40)
    mastered(me, questions[1], days=3)
    mastered(me, questions[2], days=400)
    start_attempt(learner=me, assessment=practice_set(2), now=timezone.now())
    practice_set(2, mode="test", time_limit=20, closes_at=timezone.now() + timedelta(days=9))


def test_every_section_has_something_to_say_to_somebody_new(mine: Client) -> None:
    page = text(mine.get("/"))
    assert "There is nothing to learn here yet" in page
    assert "Nothing is half done." in page
    assert "The lessons will be listed here" in page
    assert "is listed here when the chance" in page
    assert "Nothing yet: that takes two successes in a row" in page


def test_the_button_begins_the_reviews(mine: Client, me: Learner) -> None:
    busy_life(me)
    page = mine.get("/").content.decode()
    assert re.search(r'<form method="post" action="/reviews/">.*?Start the reviews', page, re.S)
    response = mine.post("/reviews/")
    attempt = Attempt.objects.get(kind="review")
    assert response.headers["Location"] == attempt.get_absolute_url()
    assert "Go on with the reviews" in text(mine.get("/"))


def test_one_filled_button(mine: Client, me: Learner) -> None:
    busy_life(me)
    assert mine.get("/").content.count(b"btn-primary") == 1


def test_it_asks_the_database_little_and_never_more(
    mine: Client, me: Learner, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    busy_life(me)
    mine.get("/")
    with django_assert_max_num_queries(MOST_QUERIES) as before:
        mine.get("/")
    busy_life(me)
    busy_life(LearnerFactory())
    mine.get("/")
    with django_assert_max_num_queries(MOST_QUERIES) as after:
        mine.get("/")
    assert len(after) == len(before)


def test_nobody_elses_work_is_listed(mine: Client) -> None:
    busy_life(LearnerFactory())
    page = text(mine.get("/"))
    assert "Start the reviews" not in page
    assert "In progress" not in page


@pytest.mark.parametrize("teaches", [True, False])
def test_an_instructor_is_shown_the_way_to_their_cohorts(mine: Client, me: Learner, teaches: bool) -> None:
    lesson()
    if teaches:
        MembershipFactory(learner=me, role="instructor")
    assert ("Look at your cohorts" in text(mine.get("/"))) == teaches


def test_titles_are_escaped(mine: Client) -> None:
    lesson(title="<b>Flow</b>")
    page = mine.get("/").content.decode()
    assert "<b>Flow" not in page
    assert "&lt;b&gt;Flow" in page


def test_nobody_keeps_a_copy(mine: Client) -> None:
    assert "no-store" in mine.get("/").headers["Cache-Control"]


def test_it_only_answers_reading(mine: Client) -> None:
    assert mine.post("/").status_code == 405
