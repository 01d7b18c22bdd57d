"""What an instructor gives a learner: extra time, and more in one test, also while it runs."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, Attempt, Cohort, Extension, Learner
from assessments.services.attempts import start_attempt
from assessments.services.extensions import grant_extension
from tests.assessments.views.cohorts.people import enrol, text
from tests.factories import ExtensionFactory, practice_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(cohort: Cohort) -> Learner:
    return enrol(cohort)[0]


@pytest.fixture
def page(cohort: Cohort, learner: Learner, teacher: User) -> str:
    return reverse("assessments:cohort_learner", args=[cohort.pk, learner.pk])


def give(client: Client, page: str, assessment: Assessment, **given: str) -> str:
    return text(client.post(page, {"assessment": assessment.pk, **given}, follow=True))


def test_extra_time_is_set_and_who_did_so_is_told(client: Client, page: str, learner: Learner) -> None:
    shown = text(client.post(page, {"percent": "25"}, follow=True))
    learner.refresh_from_db()
    assert learner.extra_time_percent == 25
    assert "has 25 % extra time from now on." in shown
    assert "Set by" in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [("a lot", "“a lot” is not a whole number."), ("201", "201 is out of range."), ("", "0 for none.")],
)
def test_extra_time_that_cannot_be_is_answered_at_the_field(
    client: Client, page: str, typed: str, said: str
) -> None:
    response = client.post(page, {"percent": typed})
    assert response.status_code == 422
    assert said in text(response)
    assert f'value="{typed}"' in text(response) or not typed


def test_minutes_hold_at_once_for_a_test_that_is_going_on(
    client: Client, page: str, learner: Learner, teacher: User
) -> None:
    test = practice_set(mode="test", time_limit=20, title="Flow, check 1")
    attempt = start_attempt(learner=learner, assessment=test, now=timezone.now())
    shown = give(client, page, test, extra_minutes="10", reason="A fire drill")
    assert "Their attempt is going on and ends on" in shown
    assert '<b class="tk-long">Flow, check 1</b>: 10 minutes extra' in shown
    assert "A fire drill" in shown
    before = attempt.deadline
    attempt.refresh_from_db()
    assert before and attempt.deadline == before + timedelta(minutes=10)
    assert Extension.objects.get().by == teacher


def test_times_are_those_of_the_instructor(client: Client, page: str, teacher: User) -> None:
    oslo = ZoneInfo("Europe/Oslo")
    Learner.objects.filter(pk=teacher.pk).update(time_zone="Europe/Oslo")
    test = practice_set(mode="test", closes_at=timezone.now() + timedelta(days=1))
    day = (timezone.now().astimezone(oslo) + timedelta(days=3)).date()
    shown = give(client, page, test, closes_at=f"{day}T14:30")
    assert Extension.objects.get().closes_at == datetime(day.year, day.month, day.day, 14, 30, tzinfo=oslo)
    assert "14:30" in shown
    assert "Europe/Oslo" in shown


def test_an_attempt_that_has_ended_is_told_and_what_would_help(
    client: Client, page: str, learner: Learner
) -> None:
    test = practice_set(mode="test", time_limit=20, attempts_allowed=1)
    start_attempt(learner=learner, assessment=test, now=timezone.now() - timedelta(hours=1))
    shown = give(client, page, test, extra_minutes="10")
    assert "is not opened again. No attempt is left" in shown
    assert Attempt.objects.get().state == "expired"
    assert "They can begin another: 1 attempt is left." in give(client, page, test, extra_attempts="1")


@pytest.mark.parametrize(
    ("options", "given", "said"),
    [
        ({"time_limit": 20}, {}, "Give a later end, minutes or attempts."),
        ({"time_limit": 20}, {"extra_minutes": "ten"}, "“ten” is not a whole number."),
        ({"time_limit": 20}, {"extra_minutes": "601"}, "601 is out of range."),
        ({"time_limit": 20}, {"extra_minutes": "-5"}, "-5 is out of range."),
        ({"time_limit": 20}, {"extra_attempts": "1"}, "It allows any number already."),
        ({"attempts_allowed": 1}, {"extra_minutes": "5"}, "It has no time limit."),
        ({"time_limit": 20}, {"closes_at": "2027-03-01T10:00"}, "It never closes."),
        ({"time_limit": 20}, {"closes_at": "soon"}, "“soon” is not a date and a time."),
    ],
)
def test_what_cannot_be_given_is_answered_at_the_field(
    client: Client, page: str, options: dict[str, int], given: dict[str, str], said: str
) -> None:
    test = practice_set(mode="test", **options)
    response = client.post(page, {"assessment": test.pk, "reason": "Kept as typed", **given})
    assert response.status_code == 422
    assert said in text(response)
    assert "Kept as typed" in text(response)
    assert not Extension.objects.exists()


def test_only_what_limits_something_can_be_chosen(client: Client, page: str) -> None:
    limited, free = practice_set(time_limit=20), practice_set()
    draft = practice_set(status="draft", time_limit=20)
    choices = client.get(page).context["form"].fields["assessment"].queryset
    assert list(choices) == [limited]
    for one in (free, draft):
        assert client.post(page, {"assessment": one.pk, "extra_minutes": "5"}).status_code == 422


def test_what_was_given_is_changed_where_it_stands(client: Client, page: str, learner: Learner) -> None:
    given = ExtensionFactory(learner=learner, extra_minutes=15, reason="Reads slowly")
    form = client.get(page, {"extend": given.pk}).context["form"]
    assert (form["extra_minutes"].value(), form["reason"].value()) == (15, "Reads slowly")
    stranger = ExtensionFactory()
    assert client.get(page, {"extend": stranger.pk}).context["form"].initial.get("assessment") is None
    assert client.get(page, {"extend": "9" * 40}).status_code == 200


def test_withdrawing_leaves_the_record(client: Client, page: str, cohort: Cohort, learner: Learner) -> None:
    given = ExtensionFactory(learner=learner)
    url = reverse("assessments:cohort_withdraw", args=[cohort.pk, learner.pk, given.pk])
    shown = text(client.post(url, follow=True))
    assert "Withdrawn in" in shown
    assert "withdrawn by" in shown
    assert not Extension.objects.exists()
    assert client.post(url).status_code == 404


def test_somebody_elses_learner_is_not_there(client: Client, page: str, cohort: Cohort) -> None:
    foreign = ExtensionFactory()
    other = reverse("assessments:cohort_learner", args=[cohort.pk, foreign.learner_id])
    assert client.post(other, {"percent": "10"}).status_code == 404
    args = [cohort.pk, foreign.learner_id, foreign.pk]
    assert client.post(reverse("assessments:cohort_withdraw", args=args)).status_code == 404


def test_marks_that_wait_for_the_closing_wait_for_ones_own(
    client: Client, page: str, learner: Learner, teacher: User
) -> None:
    now = timezone.now()
    test = practice_set(mode="test", closes_at=now + timedelta(hours=1), show_marks="closed")
    attempt = start_attempt(learner=learner, assessment=test, now=now)
    grant_extension(assessment=test, learner=learner, by=teacher, now=now, closes_at=now + timedelta(days=2))
    Assessment.objects.update(closes_at=now - timedelta(minutes=1))
    mine = Client()
    mine.force_login(learner.user)
    shown = text(mine.post(reverse("assessments:submit", args=[attempt.pk]), follow=True))
    assert "The marks are shown from" in shown
    Extension.objects.all().delete()
    assert "passes" in text(mine.get(reverse("assessments:result", args=[attempt.pk])))
