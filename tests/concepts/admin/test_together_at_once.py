"""Two editors who press "Save" in the same instant: one saves, the other is told. On both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from concepts.models import Concept, PreparedChange
from tests.factories import ConceptFactory, MetricFactory, make_editor
from tests.forms import change, opened

pytestmark = pytest.mark.django_db(transaction=True)
RUNS = 4


def save_at_once(obj: object, name: str, button: str) -> list[int]:
    """Open the form twice, change a field differently, press the same button in the same instant."""
    ready = Barrier(2)
    posts = []
    for number in (1, 2):
        client = Client()
        client.force_login(make_editor())
        posts.append((client, {**opened(client, obj), name: f"Typed by {number}", button: "1"}))

    def press(number: int) -> int:
        client, form = posts[number]
        try:
            ready.wait()
            return client.post(change(obj), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(press, (0, 1)))


@pytest.mark.parametrize("_run", range(RUNS))
def test_one_of_two_saves_of_a_draft_is_told(_run: int) -> None:
    concept = ConceptFactory(status="draft")
    assert save_at_once(concept, "title", "_save") == [302, 409]
    assert Concept.objects.get().title.startswith("Typed by")


@pytest.mark.parametrize("_run", range(RUNS))
def test_one_of_two_who_prepare_a_published_page_is_told(_run: int) -> None:
    metric = MetricFactory()
    assert save_at_once(metric, "inputs-0-label", "_save") == [302, 409]
    assert PreparedChange.objects.count() == 1


def test_one_of_two_who_publish_is_told() -> None:
    assert save_at_once(ConceptFactory(), "title", "_publish") == [302, 409]
