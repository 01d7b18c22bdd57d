"""Previews: the learner's own page of a draft, of what is prepared, and of what stands in a form."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from concepts.models import Concept, Term
from tests.factories import (
    ComparisonRowFactory,
    ConceptFactory,
    LearnerFactory,
    MetricFactory,
    ModuleFactory,
    ObjectiveFactory,
    SourceFactory,
    TermFactory,
)
from tests.forms import change, opened

pytestmark = pytest.mark.django_db


def page(obj: Any) -> str:
    return reverse(f"admin:concepts_{obj._meta.model_name}_page", args=[obj.pk])


def drawn(response: Any) -> str:
    assert response.status_code == 200
    text: str = response.context["drawn"]
    return text


def test_a_draft_is_shown_as_it_will_be_with_no_word_of_a_draft(editor: Client) -> None:
    concept = ConceptFactory(status="draft", module__status="draft", title="Flow", body="## Beat\n\nWords.")
    ConceptFactory(status="draft", module=concept.module, title="Another draft")
    shown = drawn(editor.get(page(concept)))
    assert "<h2>Beat</h2>" in shown
    assert "tk-draft" not in shown
    assert "Another draft" not in shown


def test_what_is_prepared_is_shown_with_its_objectives_and_sources(editor: Client) -> None:
    objective = ObjectiveFactory(statement="say it")
    concept, book = objective.concept, SourceFactory(title="The book")
    form = opened(editor, concept)
    form |= {"title": "New flow", "objectives-0-statement": "say it better", "sources": [book.pk]}
    editor.post(change(concept), {**form, "_save": "1"})
    shown = drawn(editor.get(page(concept)))
    assert "New flow" in shown
    assert "say it better" in shown
    assert "The book" in shown
    learner = Client()
    learner.force_login(LearnerFactory().user)
    assert "say it better" not in learner.get(concept.get_absolute_url()).content.decode()


def test_a_preview_is_what_learners_get_once_it_is_published(editor: Client) -> None:
    concept = ObjectiveFactory(concept__status="draft").concept
    concept.sources.add(SourceFactory())
    before = drawn(editor.get(page(concept)))
    editor.post(change(concept), {**opened(editor, concept), "_publish": "1"})
    after = editor.get(concept.get_absolute_url()).content.decode()
    article = slice_of(before)
    assert article == slice_of(after)
    assert concept.body_html in article


def slice_of(text: str) -> str:
    """The lesson itself: between its title and its question."""
    return text[text.index("<h1") : text.index("</article>")].partition('id="check"')[0]


def test_what_stands_in_the_form_is_shown_and_not_stored(editor: Client) -> None:
    concept = ConceptFactory(title="Flow")
    form = {**opened(editor, concept), "title": "Typed now", "body": "::: note A\nB.\n:::"}
    shown = drawn(editor.post(page(concept), form))
    assert "Typed now" in shown
    assert 'data-kind="note"' in shown
    assert Concept.objects.get().title == "Flow"


def test_what_cannot_be_read_is_named_and_shown_as_before(editor: Client) -> None:
    concept = ConceptFactory(title="Flow")
    response = editor.post(page(concept), {**opened(editor, concept), "title": "", "summary": "New lede."})
    assert "New lede." in drawn(response)
    assert any("Title" in problem for problem in response.context["unsaved"].problems)


def test_a_measure_is_previewed_with_its_inputs(editor: Client) -> None:
    metric = MetricFactory()
    shown = drawn(editor.post(page(metric), {**opened(editor, metric), "inputs-0-label": "Sound units"}))
    assert "Sound units" in shown
    assert metric.inputs.first().label == "Good units"


def test_a_comparison_is_previewed_with_its_rows(editor: Client) -> None:
    row = ComparisonRowFactory(aspect="Pace")
    form = {**opened(editor, row.comparison), "rows-0-aspect": "The beat"}
    shown = drawn(editor.post(page(row.comparison), form))
    assert "The beat" in shown


def test_a_term_is_previewed_in_its_place_in_the_glossary(editor: Client) -> None:
    TermFactory(name="Batch")
    TermFactory(name="Secret", status="draft")
    term = TermFactory(name="Tempo", status="draft", definition="The **beat**.")
    shown = drawn(editor.get(page(term)))
    assert shown.index("Batch") < shown.index("Tempo")
    assert "<strong>beat</strong>" in shown
    assert "Secret" not in shown
    assert Term.objects.get(name="Tempo").status == "draft"


def test_a_module_is_previewed(editor: Client) -> None:
    module = ModuleFactory(title="Flow", status="draft")
    shown = drawn(editor.post(page(module), {**opened(editor, module), "summary": "About flow."}))
    assert "About flow." in shown


def test_the_preview_is_for_those_who_may_change_it(client: Client) -> None:
    concept = ConceptFactory()
    client.force_login(LearnerFactory(user__is_staff=True).user)
    assert client.get(page(concept)).status_code == 403


def test_the_frame_of_a_preview_is_a_learner_s(client: Client) -> None:
    concept = ConceptFactory()
    client.force_login(LearnerFactory(user__is_staff=True, user__is_superuser=True).user)
    shown = drawn(client.get(page(concept)))
    assert reverse("admin:index") not in shown
    assert "Cohorts" not in shown
    assert "Cohorts" in client.get(concept.get_absolute_url()).content.decode()


def test_nothing_in_the_frame_is_sent_and_links_leave_it(editor: Client) -> None:
    concept = ConceptFactory(body="[Away](https://example.org/) and a note[^1].\n\n[^1]: Here.")
    response = editor.get(page(concept))
    sandbox = response.content.decode().partition('sandbox="')[2].partition('"')[0]
    assert "allow-popups" in sandbox
    assert "allow-forms" not in sandbox
    shown = response.context["framed"]
    assert '<a target="_blank" href="https://example.org/"' in shown
    assert not [link for link in re.findall(r"<a [^>]*>", shown) if ("_blank" in link) == ('href="#' in link)]
