"""Where something is used: on its form, and in the way of its deletion."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from concepts.models import Concept, Metric, Source, Term
from concepts.selectors.text_uses import searched_texts, text_uses
from concepts.selectors.where_used import users_of
from tests.factories import (
    ComparisonRowFactory,
    ConceptFactory,
    MetricFactory,
    PreparedChangeFactory,
    QuestionFactory,
    SourceFactory,
    TermFactory,
    single_choice,
)

pytestmark = pytest.mark.django_db


def named(obj: Any, kind: str) -> str:
    return f"A text with [a link]({kind}:{obj.slug})."


def delete(client: Client, obj: Any) -> Any:
    url = reverse(f"admin:concepts_{obj._meta.model_name}_delete", args=[obj.pk])
    return client.post(url, {"post": "yes"})


@pytest.mark.parametrize(
    ("factory", "kind"), [(TermFactory, "term"), (MetricFactory, "metric"), (ConceptFactory, "concept")]
)
def test_what_a_text_links_to_is_not_deleted(editor: Client, factory: Any, kind: str) -> None:
    obj = factory()
    lesson = ConceptFactory(title="It names it", body=named(obj, kind))
    page = delete(editor, obj)
    assert page.status_code == 409
    assert f'<a href="{reverse("admin:concepts_concept_change", args=[lesson.pk])}">It names it</a>' in (
        page.content.decode()
    )
    assert type(obj).objects.filter(pk=obj.pk).exists()
    Concept.objects.filter(pk=lesson.pk).update(body="It names nothing.")
    assert delete(editor, obj).status_code == 302
    assert not type(obj).objects.filter(pk=obj.pk).exists()


def test_the_bank_and_what_is_in_preparation_are_looked_into(editor: Client) -> None:
    term = TermFactory(slug="takt")
    QuestionFactory(title="It asks", content={**single_choice(), "explanation": named(term, "term")})
    PreparedChangeFactory(
        content=ConceptFactory(title="In the making"), typed={"body": [named(term, "term")]}
    )
    page = delete(editor, term).content.decode()
    assert ">It asks</a>" in page
    assert ">In the making</a>" in page


def test_a_selection_is_refused_too(editor: Client) -> None:
    terms = [TermFactory(), TermFactory()]
    ConceptFactory(title="It names it", body=named(terms[1], "term"))
    selected = {"action": "delete_selected", "_selected_action": [term.pk for term in terms], "post": "yes"}
    page = editor.post(reverse("admin:concepts_term_changelist"), selected)
    assert "It names it" in page.content.decode()
    assert Term.objects.count() == 2


def test_a_source_that_is_cited_is_not_deleted(editor: Client) -> None:
    source, lesson, term = SourceFactory(), ConceptFactory(title="It cites"), TermFactory(name="Cites too")
    lesson.sources.add(source)
    term.sources.add(source)
    page = delete(editor, source).content.decode()
    assert "It cites" in page
    assert "Cites too" in page
    assert Source.objects.exists()


def test_a_longer_name_is_another_name() -> None:
    term, longer = TermFactory(slug="flow"), TermFactory(slug="flow-time")
    lesson = ConceptFactory(body=named(longer, "term"))
    assert users_of([term]) == []
    assert users_of([longer]) == [lesson]
    assert text_uses("term", ["flow", "flow-time"]) == {"flow": [], "flow-time": [lesson]}
    ConceptFactory(body="A short-term:flow is no link, nor is term:flowing.")
    assert users_of([term]) == []


def test_what_goes_with_it_does_not_keep_it() -> None:
    term = TermFactory(slug="flow", definition="See [itself](term:flow).")
    other = TermFactory(definition="See [flow](term:flow).")
    assert users_of([term]) == [other]
    assert users_of([term, other]) == []
    assert users_of([]) == []


def test_every_kind_of_text_is_searched() -> None:
    labels = {model._meta.model_name for model, _columns in searched_texts()}
    assert {"concept", "comparisonrow", "metric", "term", "question", "assessment", "misconception"} <= labels
    assert not {"handgrade", "attempt", "learner"} & labels


def test_rows_and_measures_count_as_texts() -> None:
    term = TermFactory()
    row = ComparisonRowFactory(explanation=named(term, "term"))
    metric = MetricFactory(reading=named(term, "term"))
    assert set(users_of([term])) == {row, metric}


def test_the_form_says_where_it_is_used(editor: Client) -> None:
    term, metric, source = TermFactory(), MetricFactory(), SourceFactory()
    body = f"{named(term, 'term')} {named(metric, 'metric')}"
    lesson = ConceptFactory(title="It uses all three", body=body)
    lesson.sources.add(source)
    for obj in (term, metric, source):
        url = reverse(f"admin:concepts_{obj._meta.model_name}_change", args=[obj.pk])
        page = editor.get(url).content.decode()
        panel = page.split("Where it is used")[1]
        assert ">It uses all three</a>" in panel, obj


def test_the_form_says_that_nothing_names_it_and_a_new_one_says_nothing(editor: Client) -> None:
    page = editor.get(reverse("admin:concepts_term_change", args=[TermFactory().pk])).content.decode()
    assert "Nothing names it yet." in page
    assert "Where it is used" not in editor.get(reverse("admin:concepts_term_add")).content.decode()
    assert Metric.objects.count() == 0
