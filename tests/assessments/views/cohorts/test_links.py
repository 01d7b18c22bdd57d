"""Join links are made, shown and withdrawn."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Cohort, JoinLink, Learner
from tests.assessments.views.cohorts.people import text

pytestmark = pytest.mark.django_db


def test_a_link_is_made_shown_and_withdrawn(client: Client, cohort: Cohort, teacher: User) -> None:
    address = reverse("assessments:cohort_links", args=[cohort.pk])
    day = timezone.localdate() + timedelta(days=3)
    response = client.post(address, {"expires_on": day.isoformat(), "cap": "25"}, follow=True)
    link = JoinLink.objects.get()
    assert (link.cap, link.created_by, link.expires_at.date()) == (25, teacher, day)
    assert f"http://testserver{link.get_absolute_url()}" in text(response)
    assert "25 more people can join" in text(response)
    revoke = reverse("assessments:cohort_revoke", args=[cohort.pk, link.pk])
    response = client.post(revoke, follow=True)
    assert "Nobody can join now: no link is open" in text(response)
    assert link.token not in text(response)
    first = JoinLink.objects.get().revoked_at
    client.post(revoke)
    assert JoinLink.objects.get().revoked_at == first


def test_the_last_day_ends_in_the_zone_of_whoever_chose_it(
    client: Client, cohort: Cohort, teacher: User
) -> None:
    Learner.objects.filter(pk=teacher.pk).update(time_zone="Pacific/Auckland")
    day = timezone.localdate() + timedelta(days=30)
    client.post(
        reverse("assessments:cohort_links", args=[cohort.pk]), {"expires_on": day.isoformat(), "cap": 1}
    )
    expires = JoinLink.objects.get().expires_at
    assert expires.hour in (10, 11)
    assert expires.date() == day


@pytest.mark.parametrize(
    ("expires_on", "cap", "words"),
    [
        ("2020-01-01", "5", "2020-01-01 is past"),
        ("2999-01-01", "5", "more than a year ahead"),
        ("next week", "5", "“next week” is not a date"),
        ("", "5", "Choose the last day"),
        (None, "0", "0 is out of range"),
        (None, "-3", "-3 is out of range"),
        (None, "99999999999", "99999999999 is out of range"),
        (None, "a dozen", "“a dozen” is not a whole number"),
        (None, "", "Type how many people"),
    ],
)
def test_a_link_that_cannot_be_made_is_refused_at_the_field(
    client: Client, cohort: Cohort, teacher: User, expires_on: str | None, cap: str, words: str
) -> None:
    expires_on = timezone.localdate().isoformat() if expires_on is None else expires_on
    address = reverse("assessments:cohort_links", args=[cohort.pk])
    response = client.post(address, {"expires_on": expires_on, "cap": cap})
    assert response.status_code == 422
    assert words in text(response)
    assert f'value="{expires_on}"' in text(response) or not expires_on
    assert f'value="{cap}"' in text(response) or not cap
    assert not JoinLink.objects.exists()
