"""Accommodations in the admin: through the service, so that they hold at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Attempt, Extension, Learner
from assessments.services.attempts import start_attempt
from tests.factories import ExtensionFactory, LearnerFactory, practice_set

pytestmark = pytest.mark.django_db
ADD = "/admin/assessments/extension/add/"


@pytest.fixture
def running() -> Attempt:
    test = practice_set(mode="test", time_limit=20)
    return start_attempt(learner=LearnerFactory(), assessment=test, now=timezone.now())


def form(attempt: Attempt, **given: str) -> dict[str, object]:
    who = {"assessment": attempt.assessment_id, "learner": attempt.learner_id}
    return {**who, "extra_minutes": "0", "extra_attempts": "0", "reason": "", **given}


def gained(attempt: Attempt) -> timedelta:
    attempt.refresh_from_db()
    return attempt.deadline - attempt.started_at - timedelta(minutes=20)


def test_given_changed_and_withdrawn_it_holds_at_once(administrator: Client, running: Attempt) -> None:
    assert administrator.post(ADD, form(running, extra_minutes="10")).status_code == 302
    assert gained(running) == timedelta(minutes=10)
    extension = Extension.objects.get()
    assert extension.by is not None
    change = reverse("admin:assessments_extension_change", args=[extension.pk])
    assert administrator.post(change, form(running, extra_minutes="15")).status_code == 302
    assert gained(running) == timedelta(minutes=15)
    delete = reverse("admin:assessments_extension_delete", args=[extension.pk])
    assert administrator.post(delete, {"post": "yes"}).status_code == 302
    assert gained(running) == timedelta(0)


def test_several_are_withdrawn_at_once(administrator: Client) -> None:
    chosen = [ExtensionFactory().pk for _ in range(2)]
    data = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    administrator.post("/admin/assessments/extension/", data)
    assert not Extension.objects.exists()
    assert Extension.history.filter(history_type="-").count() == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Give a later end, minutes or attempts."),
        ({"extra_attempts": "1"}, "It allows any number already."),
        ({"extra_minutes": "601"}, "less than or equal to 600"),
    ],
)
def test_what_cannot_be_given_is_answered_at_the_field(
    administrator: Client, running: Attempt, given: dict[str, str], said: str
) -> None:
    response = administrator.post(ADD, form(running, **given))
    assert response.status_code == 422
    assert said in response.content.decode()


def test_nobody_is_given_something_twice_in_one_assessment(administrator: Client, running: Attempt) -> None:
    ExtensionFactory(assessment=running.assessment, learner=running.learner)
    assert administrator.post(ADD, form(running, extra_minutes="5")).status_code == 422
    assert Extension.objects.get().extra_minutes == 10


def test_its_history_is_there(administrator: Client, running: Attempt) -> None:
    administrator.post(ADD, form(running, extra_minutes="10"))
    history = reverse("admin:assessments_extension_history", args=[Extension.objects.get().pk])
    assert administrator.get(history).status_code == 200


def test_extra_time_in_a_profile_holds_at_once(administrator: Client, running: Attempt) -> None:
    learner: Learner = running.learner
    profile = {"time_zone": "UTC", "reviews_a_day": "12", "minutes_a_day": "20", "extra_time_percent": "50"}
    change = reverse("admin:assessments_learner_change", args=[learner.pk])
    assert administrator.post(change, profile).status_code == 302
    assert gained(running) == timedelta(minutes=10)


def test_a_profile_can_be_made_ahead_of_a_first_visit(administrator: Client) -> None:
    user = LearnerFactory().user
    Learner.objects.all().filter(pk=user.pk).delete()
    profile = {"time_zone": "UTC", "reviews_a_day": "12", "minutes_a_day": "20", "extra_time_percent": "50"}
    added = administrator.post("/admin/assessments/learner/add/", {"user": user.pk, **profile})
    assert added.status_code == 302
    assert Learner.objects.get(pk=user.pk).extra_time_percent == 50
