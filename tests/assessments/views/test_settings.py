"""One's own settings: saved, refused without losing anything, and taking effect."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.forms.settings import zone_choices
from assessments.models import Learner
from tests.factories import LearnerFactory

URL = "/settings/"
GOOD = {
    "first_name": "Maren",
    "last_name": "Lindqvist",
    "time_zone": "Europe/Oslo",
    "reviews_a_day": "8",
    "minutes_a_day": "30",
}


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_what_is_chosen_is_saved(mine: Client, me: Learner) -> None:
    response = mine.post(URL, GOOD, follow=True)
    assert response.redirect_chain == [(URL, 302)]
    assert "Your settings are saved." in text(response)
    me.refresh_from_db()
    me.user.refresh_from_db()
    assert (me.time_zone, me.reviews_a_day, me.minutes_a_day) == ("Europe/Oslo", 8, 30)
    assert me.name == "Maren Lindqvist"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("reviews_a_day", "0", "greater than or equal to 1"),
        ("reviews_a_day", "many", "whole number"),
        ("reviews_a_day", "101", "less than or equal to 100"),
        ("minutes_a_day", "4", "greater than or equal to 5"),
        ("minutes_a_day", "", "required"),
        ("time_zone", "Europe/Atlantis", "“Europe/Atlantis” is not a time zone that we know"),
        ("first_name", "x" * 151, "at most 150 characters"),
    ],
)
def test_what_is_wrong_is_answered_at_the_field_and_kept(
    mine: Client, me: Learner, field: str, typed: str, said: str
) -> None:
    response = mine.post(URL, {**GOOD, field: typed, "last_name": "Kept as typed"})
    assert response.status_code == 422
    assert said in text(response).replace("&quot;", '"')
    assert b'value="Kept as typed"' in response.content
    assert b"is-invalid" in response.content
    before = Learner.objects.get(pk=me.pk)
    assert (before.time_zone, before.reviews_a_day, before.minutes_a_day) == ("UTC", 12, 20)
    assert before.user.last_name == me.user.last_name


def test_a_wrong_number_stays_in_its_field(mine: Client) -> None:
    response = mine.post(URL, {**GOOD, "reviews_a_day": "many"})
    assert b'name="reviews_a_day" value="many"' in response.content


def test_without_a_name_the_address_stands_in(mine: Client, me: Learner) -> None:
    mine.post(URL, {**GOOD, "first_name": "", "last_name": ""})
    assert Learner.objects.get(pk=me.pk).name == me.user.email


def test_times_are_shown_in_the_zone_at_once(mine: Client) -> None:
    mine.post(URL, {**GOOD, "time_zone": "Pacific/Kiritimati"})
    response = mine.get(URL)
    assert b'<option value="Pacific/Kiritimati" selected>Kiritimati</option>' in response.content


def test_extra_time_is_told_but_not_for_the_learner_to_set(mine: Client, me: Learner) -> None:
    assert "Extra time" not in text(mine.get(URL))
    Learner.objects.filter(pk=me.pk).update(extra_time_percent=25)
    assert "25 % on top of every time limit" in text(mine.get(URL))
    mine.post(URL, {**GOOD, "extra_time_percent": "200"})
    assert Learner.objects.get(pk=me.pk).extra_time_percent == 25


def test_nobody_elses_settings_change(mine: Client) -> None:
    other = LearnerFactory()
    mine.post(URL, GOOD)
    assert Learner.objects.get(pk=other.pk).reviews_a_day == 12


def test_the_ways_to_the_account_are_there(mine: Client) -> None:
    page = mine.get(URL).content.decode()
    for href in ("/account/email/", "/account/password/change/", "/account/2fa/"):
        assert f'href="{href}"' in page


def test_a_zone_that_is_in_no_region_can_be_kept() -> None:
    assert zone_choices("Etc/GMT+5")[0] == ("Etc/GMT+5", "Etc/GMT+5")
    regions = [name for name, zones in zone_choices("UTC")[1:] if isinstance(zones, list)]
    assert {"Africa", "America", "Asia", "Europe"} <= set(regions)
