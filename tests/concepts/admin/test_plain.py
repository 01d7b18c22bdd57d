"""Without JavaScript: what is found by typing is offered as a plain list, and stays one until it is saved."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, ForeignKeyRawIdWidget
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from concepts.models import Concept
from tests.factories import (
    ConceptFactory,
    LearnerFactory,
    ModuleFactory,
    ObjectiveFactory,
    PartFactory,
    SourceFactory,
)
from tests.forms import change, fields_of

pytestmark = pytest.mark.django_db
SEARCHING = (AutocompleteSelect, AutocompleteSelectMultiple)


def widgets(response: Any) -> list[Any]:
    """The controls of a form and of the rows in it."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form, *(formset.empty_form for formset in formsets)]
    found = [field.widget for form in forms for field in form.fields.values()]
    return [getattr(widget, "widget", widget) for widget in found]


def test_every_form_that_searches_while_one_types_has_a_plain_one(client: Client) -> None:
    client.force_login(LearnerFactory(user__is_superuser=True, user__is_staff=True).user)
    met = 0
    for model in admin.site._registry:
        if model._meta.app_label not in ("concepts", "assessments"):
            continue
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        response = client.get(url, {"type": "numeric"})
        if response.status_code != 200 or not any(isinstance(one, SEARCHING) for one in widgets(response)):
            continue
        met += 1
        link = response.context["plain_url"]
        assert link == "?type=numeric&plain=1"
        assert (
            f'<noscript><p class="tk-plain"><a href="{link.replace("&", "&amp;")}">'
            in response.content.decode()
        )
        plain = client.get(f"{url}{link}")
        assert not any(isinstance(one, SEARCHING) for one in widgets(plain))
        assert plain.context["plain_url"] == ""
    assert met >= 9


def test_what_is_chosen_from_plain_lists_is_saved(editor: Client) -> None:
    concept, before = ConceptFactory(status="draft"), ConceptFactory(title="Read first")
    module, source = ModuleFactory(title="Another chapter"), SourceFactory()
    url = f"{change(concept)}?plain=1"
    response = editor.get(url)
    shown = response.content.decode()
    assert f'<option value="{module.pk}">Another chapter</option>' in shown
    assert f'<option value="{before.pk}">Read first</option>' in shown
    chosen = {"module": module.pk, "prerequisites": [before.pk], "sources": [source.pk], "_save": "1"}
    assert editor.post(url, {**fields_of(response), **chosen}).status_code == 302
    concept.refresh_from_db()
    assert (concept.module, list(concept.prerequisites.all())) == (module, [before])
    assert list(concept.sources.all()) == [source]


def test_a_plain_form_that_comes_back_is_still_plain(editor: Client) -> None:
    url = f"{reverse('admin:concepts_concept_add')}?plain=1"
    module = ModuleFactory()
    response = editor.post(url, {"title": "", "module": module.pk})
    assert response.status_code == 422
    assert f'<option value="{module.pk}" selected>' in response.content.decode()
    assert not Concept.objects.exists()


def test_of_too_many_the_number_is_typed(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concepts.admin.plain.MOST", 1)
    part = PartFactory(assessment__status="draft")
    other = ObjectiveFactory()
    url = f"{change(part.assessment)}?plain=1"
    response = editor.get(url)
    assert any(isinstance(one, ForeignKeyRawIdWidget) for one in widgets(response))
    assert "Type the number in the address of the objective." in response.content.decode()
    typed = fields_of(response)
    assert editor.post(url, {**typed, "parts-0-objective": other.pk, "_save": "1"}).status_code == 302
    assert Assessment.objects.get().parts.get().objective == other
    refused = editor.post(url, {**fields_of(editor.get(url)), "parts-0-objective": "9" * 40, "_save": "1"})
    assert refused.status_code == 422
