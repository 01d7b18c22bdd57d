"""Kept content: built once, built anew after any change, and never for longer than half a minute."""

import pytest
from pytest_django import DjangoAssertNumQueries

from concepts.kept import KEPT, LONGEST
from concepts.models import Concept
from tests.factories import ConceptFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_what_was_built_stays_as_long_as_nothing_changes() -> None:
    ConceptFactory()
    KEPT.shelf().put("a", "thing")
    assert KEPT.shelf().find("a") == "thing"
    assert KEPT.shelf().get("a", lambda: "another") == "thing"


@pytest.mark.parametrize("change", ["save", "delete", "add", "cite"])
def test_every_change_of_content_clears_the_shelf(change: str) -> None:
    concept, source = ConceptFactory(), SourceFactory()
    KEPT.shelf().put("a", "thing")
    if change == "save":
        concept.title = "Another"
        concept.save()
    elif change == "delete":
        concept.delete()
    elif change == "add":
        ConceptFactory(module=concept.module)
    else:
        concept.sources.add(source)
    assert KEPT.shelf().find("a") is None


def test_a_change_past_the_models_shows_after_half_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    concept = ConceptFactory()
    shelf = KEPT.shelf()
    shelf.put("a", "thing")
    Concept.objects.filter(pk=concept.pk).update(title="Another")
    monkeypatch.setattr("time.monotonic", lambda: shelf.made + LONGEST - 1)
    assert KEPT.shelf().find("a") == "thing"
    monkeypatch.setattr("time.monotonic", lambda: shelf.made + LONGEST + 1)
    assert KEPT.shelf().find("a") is None


def test_nothing_is_not_kept() -> None:
    shelf = KEPT.shelf()
    assert shelf.get("a", lambda: None) is None
    assert shelf.get("a", lambda: "thing") == "thing"


def test_looking_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ConceptFactory()
    with django_assert_num_queries(1):
        KEPT.shelf()
