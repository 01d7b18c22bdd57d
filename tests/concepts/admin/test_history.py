"""History: what changed in words, an old version, and the way back."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concepts.models import Concept, Metric, MetricInput
from tests.factories import ConceptFactory, MetricFactory, SourceFactory

pytestmark = pytest.mark.django_db
Clock = Callable[[int], None]


@pytest.fixture
def at() -> Iterator[Clock]:
    """Move to so many minutes from now; changes less than a second apart are one moment of the history."""
    start = timezone.now()
    traveller = time_machine.travel(start, tick=False)
    coordinates = traveller.start()
    yield lambda minutes: coordinates.move_to(start + timedelta(minutes=minutes))
    traveller.stop()


def page(obj: object, number: int | None = None) -> str:
    name = obj._meta.model_name  # type: ignore[attr-defined]
    if number is None:
        return reverse(f"admin:concepts_{name}_history", args=[obj.pk])  # type: ignore[attr-defined]
    return reverse(f"admin:concepts_{name}_version", args=[obj.pk, number])  # type: ignore[attr-defined]


def versions(editor: Client, obj: object) -> list[int]:
    """The numbers of the moments, newest first."""
    return [moment.number for moment in editor.get(page(obj)).context["page"]]


def test_each_change_says_what_became_of_which_field(editor: Client, at: Clock) -> None:
    at(0)
    concept = ConceptFactory(title="Throughput")
    at(1)
    concept.title = "Throughput and flow"
    concept.save()
    shown = editor.get(page(concept))
    difference = shown.context["page"][0].differences[0]
    assert difference.label == "Title"
    assert [(piece.kind, piece.text) for piece in difference.pieces] == [
        ("gone", "Throughput"),
        ("new", "Throughput and flow"),
    ]
    assert "Added." in shown.content.decode()


def test_who_changed_it_is_named(editor: Client, at: Clock) -> None:
    at(0)
    concept = ConceptFactory(status="draft")
    at(1)
    url = reverse("admin:concepts_concept_changelist")
    editor.post(url, {"action": "publish_selected", "_selected_action": [concept.pk]})
    shown = editor.get(page(concept)).content.decode()
    assert "Maren Lindqvist" in shown
    assert "State" in shown


def test_restoring_brings_back_the_text_the_sources_and_what_comes_before(editor: Client, at: Clock) -> None:
    at(0)
    concept = ConceptFactory(body="The first text.", summary="The first lede.")
    book, article = SourceFactory(), SourceFactory()
    concept.sources.set([book])
    earlier = ConceptFactory()
    concept.prerequisites.set([earlier])
    at(1)
    concept.body, concept.summary = "The second text.", "The second lede."
    concept.save()
    concept.sources.set([article])
    concept.prerequisites.clear()
    at(2)
    first = versions(editor, concept)[-1]
    assert editor.post(page(concept, first)).status_code == 302
    concept.refresh_from_db()
    assert (concept.body, concept.summary) == ("The first text.", "The first lede.")
    assert "The first text." in concept.body_html
    assert list(concept.sources.all()) == [book]
    assert list(concept.prerequisites.all()) == [earlier]
    assert len(versions(editor, concept)) == 3  # the second text is still in the history


def test_restoring_does_not_publish_or_withdraw(editor: Client, at: Clock) -> None:
    at(0)
    concept = ConceptFactory(status="draft", title="Draft title")
    at(1)
    concept.title = "Published title"
    concept.publish()
    concept.save()
    at(2)
    editor.post(page(concept, versions(editor, concept)[-1]))
    concept.refresh_from_db()
    assert (concept.title, concept.status) == ("Draft title", "published")


def test_an_old_version_is_shown_beside_what_stands_now(editor: Client, at: Clock) -> None:
    at(0)
    concept = ConceptFactory(title="The old title")
    at(1)
    Concept.objects.get().save()
    concept.title = "The new title"
    concept.save()
    shown = editor.get(page(concept, versions(editor, concept)[-1]))
    assert shown.status_code == 200
    assert "Restore this version" in shown.content.decode()
    differing = [label for label, _text, difference in shown.context["lines"] if difference]
    assert differing == ["Title"]


def test_a_version_that_no_longer_fits_is_refused_with_the_reason(editor: Client, at: Clock) -> None:
    at(0)
    concept = ConceptFactory(slug="flow")
    at(1)
    concept.slug = "throughput"
    concept.save()
    at(2)
    ConceptFactory(slug="flow")
    response = editor.post(page(concept, versions(editor, concept)[-1]))
    assert response.status_code == 409
    assert "Not restored" in response.content.decode()
    concept.refresh_from_db()
    assert concept.slug == "throughput"


def test_restoring_a_measure_brings_back_its_inputs(editor: Client, at: Clock) -> None:
    at(0)
    metric = MetricFactory()
    units, hours = metric.inputs.all()
    at(1)
    units.default = 100
    units.save()
    hours.delete()
    MetricInput.objects.create(metric=metric, name="extra", label="Extra", default=1)
    at(2)
    history = versions(editor, metric)
    assert len(history) == 2
    assert editor.post(page(metric, history[-1])).status_code == 302
    assert [(row.name, row.default) for row in Metric.objects.get().inputs.all()] == [
        ("units", 5400),
        ("hours", 7.5),
    ]


def test_two_inputs_that_swapped_their_names_swap_them_back(editor: Client, at: Clock) -> None:
    at(0)
    metric = MetricFactory()
    units, hours = metric.inputs.all()
    at(1)
    units.name = "waiting"
    units.save()
    hours.name, units.name = "units", "hours"
    hours.save()
    units.save()
    at(2)
    editor.post(page(metric, versions(editor, metric)[-1]))
    assert {row.pk: row.name for row in metric.inputs.all()} == {units.pk: "units", hours.pk: "hours"}


def test_a_version_that_never_was_is_not_found(editor: Client) -> None:
    concept = ConceptFactory()
    assert editor.get(page(concept, 12345)).status_code == 404


def test_history_costs_the_same_however_much_has_happened(
    editor: Client, at: Clock, django_assert_max_num_queries: Callable[..., object]
) -> None:
    at(0)
    concept = ConceptFactory()
    for minute in range(1, 12):
        at(minute)
        concept.title = f"Title {minute}"
        concept.save()
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        editor.get(page(concept))
