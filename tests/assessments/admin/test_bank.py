"""Misconceptions in the admin: questions name them by their address, and that keeps them."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Misconception
from tests.factories import MisconceptionFactory, QuestionFactory

pytestmark = pytest.mark.django_db
SLUG = "time-divided-by-units"


def test_the_list_counts_the_questions_that_name_it(administrator: Client) -> None:
    used, unused = MisconceptionFactory(slug=SLUG), MisconceptionFactory(slug="time-divided")
    QuestionFactory.create_batch(2, type="numeric")
    rows = administrator.get(reverse("admin:assessments_misconception_changelist")).context["cl"].result_list
    assert {row.pk: row.question_count for row in rows} == {used.pk: 2, unused.pk: 0}


def test_one_that_questions_name_is_not_deleted_and_they_are_listed(editor: Client) -> None:
    misconception = MisconceptionFactory(slug=SLUG)
    QuestionFactory(type="numeric", title="A packing cell")
    url = reverse("admin:assessments_misconception_delete", args=[misconception.pk])
    response = editor.post(url, {"post": "yes"})
    assert response.status_code == 409
    assert "A packing cell" in response.content.decode()
    assert Misconception.objects.exists()


def test_one_that_nothing_names_is_deleted(editor: Client) -> None:
    misconception = MisconceptionFactory()
    url = reverse("admin:assessments_misconception_delete", args=[misconception.pk])
    assert editor.post(url, {"post": "yes"}).status_code == 302
    assert not Misconception.objects.exists()


def test_its_address_stays(editor: Client) -> None:
    misconception = MisconceptionFactory(slug=SLUG)
    url = reverse("admin:assessments_misconception_change", args=[misconception.pk])
    editor.post(url, {"name": "Renamed", "slug": "other", "explanation": "What it is."})
    misconception.refresh_from_db()
    assert (misconception.name, misconception.slug) == ("Renamed", SLUG)


def test_the_form_lists_the_questions_that_name_it(editor: Client) -> None:
    misconception = MisconceptionFactory(slug="time-divided-by-units")
    QuestionFactory(type="numeric", title="It names the slip")
    url = reverse("admin:assessments_misconception_change", args=[misconception.pk])
    panel = editor.get(url).content.decode().split("Where it is used")[1]
    assert ">It names the slip</a>" in panel
