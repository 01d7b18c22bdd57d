"""What an address takes is said in the same plain words in every form of the admin."""

from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse

from concepts.coursepack.folders import CASES, PICTURES
from concepts.models import Concept
from tests.factories import ConceptFactory, LearnerFactory, ModuleFactory
from tests.forms import change, opened

pytestmark = pytest.mark.django_db
OURS = "An address takes small letters, digits and hyphens, as in “lead-time”."
ADDRESSED: list[Any] = [
    model
    for model in admin.site._registry
    if model._meta.app_label in ("concepts", "assessments")
    and any(isinstance(field, models.SlugField) for field in model._meta.concrete_fields)
    and model._meta.model_name not in ("questionversion", "attempt")
]


@pytest.mark.parametrize("model", ADDRESSED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("typed", ["Lead Time", "lead_time", "LEAD-TIME", "lead-time-"])
def test_a_form_says_what_an_address_takes(client: Client, model: Any, typed: str) -> None:
    client.force_login(LearnerFactory(user__is_superuser=True, user__is_staff=True).user)
    name = next(field.name for field in model._meta.concrete_fields if isinstance(field, models.SlugField))
    url = reverse(f"admin:concepts_{model._meta.model_name}_add".replace("concepts", model._meta.app_label))
    response = client.post(f"{url}?type=numeric", {name: typed})
    assert response.status_code == 422
    assert response.context["adminform"].form.errors[name] == [OURS]


def test_the_page_that_asks_for_the_address_of_a_copy_says_it_too(editor: Client) -> None:
    concept = ConceptFactory()
    url = reverse("admin:duplicate", args=["concept", concept.pk])
    response = editor.post(url, {"title": "A copy", "slug": "Lead Time"})
    assert response.status_code == 422
    assert OURS in response.content.decode()
    assert Concept.objects.count() == 1


@pytest.mark.parametrize("taken", [CASES, PICTURES])
def test_a_module_is_not_called_like_a_folder_of_the_course(editor: Client, taken: str) -> None:
    typed = {"title": "At work", "slug": taken, "summary": "Stories from work."}
    response = editor.post(reverse("admin:concepts_module_add"), typed)
    assert response.status_code == 422
    said = f"A course has a folder “{taken}” of its own. Choose another address, such as “{taken}-at-work”."
    assert response.context["adminform"].form.errors["slug"] == [said]
    module = ModuleFactory(status="draft", slug=taken)  # from before there was such a folder
    form = {**opened(editor, module), "title": "Renamed", "_save": "1"}
    assert editor.post(change(module), form).status_code == 302
    lesson = editor.post(reverse("admin:concepts_concept_add"), typed)  # no folder is called like a lesson
    assert "slug" not in lesson.context["adminform"].form.errors


def test_an_address_that_was_given_by_an_older_rule_may_stay(editor: Client) -> None:
    concept = ConceptFactory(status="draft", slug="Lead_Time")
    form = {**opened(editor, concept), "title": "Renamed", "_save": "1"}
    assert editor.post(change(concept), form).status_code == 302
    concept.refresh_from_db()
    assert (concept.slug, concept.title) == ("Lead_Time", "Renamed")


def test_nobody_is_shown_the_framework_s_words(editor: Client) -> None:
    response = editor.post(reverse("admin:concepts_concept_add"), {"slug": "a b"})
    assert "slug”" not in response.content.decode()
