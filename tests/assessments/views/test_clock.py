"""How much time is left, asked by a page whose clock is running; and what a learner is told beforehand."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Extension, Learner
from assessments.services.extensions import grant_extension
from assessments.services.finishing import finish
from tests.assessments.views.conftest import Begin
from tests.factories import AttemptFactory, UserFactory, practice_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher() -> User:
    return UserFactory()


def clock(pk: int) -> str:
    return reverse("assessments:clock", args=[pk])


def test_more_time_is_told_at_once(mine: Client, me: Learner, begin: Begin, teacher: User) -> None:
    attempt = begin(mode="test", time_limit=10)
    assert 590 < mine.get(clock(attempt.pk)).json()["seconds_left"] <= 600
    grant_extension(
        assessment=attempt.assessment, learner=me, by=teacher, now=timezone.now(), extra_minutes=10
    )
    answer = mine.get(clock(attempt.pk)).json()
    assert 1190 < answer["seconds_left"] <= 1200
    assert answer["is_open"]
    assert re.fullmatch(r"\d\d:\d\d:\d\d", answer["ends_at"])


def test_what_has_ended_has_no_time_left(mine: Client, begin: Begin) -> None:
    attempt = finish(attempt=begin(mode="test", time_limit=10), now=timezone.now())
    answer = mine.get(clock(attempt.pk)).json()
    assert (answer["is_open"], answer["seconds_left"]) == (False, 0)


def test_without_an_end_nothing_is_counted(mine: Client, begin: Begin) -> None:
    assert mine.get(clock(begin(mode="test").pk)).json()["seconds_left"] is None


def test_it_costs_one_query_beside_the_sign_in(
    mine: Client, begin: Begin, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    attempt = begin(mode="test", time_limit=10)
    with django_assert_num_queries(3):  # the session, the person, the clock
        mine.get(clock(attempt.pk))


def test_somebody_elses_clock_is_not_there(mine: Client) -> None:
    assert mine.get(clock(AttemptFactory().pk)).status_code == 404


def test_the_page_carries_where_to_ask_and_how_often(mine: Client, begin: Begin) -> None:
    attempt = begin(mode="test", time_limit=10)
    page = mine.get(reverse("assessments:question", args=[attempt.pk, 1])).content.decode()
    assert f'data-ask="{clock(attempt.pk)}" data-ask-every="60"' in page


def test_the_start_page_states_ones_own_conditions(mine: Client, me: Learner, teacher: User) -> None:
    now = timezone.now()
    me.extra_time_percent = 25
    me.save()
    test = practice_set(mode="test", time_limit=40, attempts_allowed=1, closes_at=now + timedelta(days=1))
    grant_extension(
        assessment=test,
        learner=me,
        by=teacher,
        now=now,
        closes_at=now + timedelta(days=2),
        extra_minutes=10,
        extra_attempts=1,
    )
    page = " ".join(re.sub(r"<[^>]+>", " ", mine.get(test.get_absolute_url()).content.decode()).split())
    assert (
        "60 minutes from the moment you begin: 40 minutes, your extra time of 25 % and 10 minutes extra"
        in page
    )
    assert "It closes for you on" in page
    assert "Two, one of them given to you; you have used none" in page


def test_a_test_that_is_closed_for_the_others_stays_on_today(
    mine: Client, me: Learner, teacher: User
) -> None:
    now = timezone.now()
    test = practice_set(mode="test", time_limit=40, closes_at=now + timedelta(hours=1), title="Flow, check 1")
    grant_extension(assessment=test, learner=me, by=teacher, now=now, closes_at=now + timedelta(days=1))
    type(test).objects.update(closes_at=now - timedelta(hours=1))
    assert "Flow, check 1" in mine.get("/").content.decode()
    Extension.objects.all().delete()
    assert "Flow, check 1" not in mine.get("/").content.decode()
