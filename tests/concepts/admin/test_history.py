"""History: what changed in words, an old version, and the way back."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concepts.models import Concept, Metric, MetricInput
from tests.factories import ConceptFactory, MetricFactory, ObjectiveFactory, SourceFactory
from tests.forms import restored

pytestmark = pytest.mark.django_db
Clock = Callable[[float], None]


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
    assert restored(editor, page(concept, first)).status_code == 302
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
    restored(editor, page(concept, versions(editor, concept)[-1]))
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
    response = restored(editor, page(concept, versions(editor, concept)[-1]))
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
    assert restored(editor, page(metric, history[-1])).status_code == 302
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
    restored(editor, page(metric, versions(editor, metric)[-1]))
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


def side_by_side(editor: Client, obj: object, left: int, right: int) -> dict[str, tuple[str, str]]:
    """What differs between two versions, by field: the texts of both sides."""
    name = obj._meta.model_name  # type: ignore[attr-defined]
    url = reverse(f"admin:concepts_{name}_compare", args=[obj.pk])  # type: ignore[attr-defined]
    pairs = editor.get(url, {"left": left, "right": right}).context["page"].pairs
    return {
        pair.label: ("".join(p.text for p in pair.left), "".join(p.text for p in pair.right))
        for pair in pairs
    }


def test_any_two_versions_are_compared_with_their_sources(editor: Client, at: Clock) -> None:
    at(0)
    concept, book = ConceptFactory(title="First"), SourceFactory(key="S1", title="Book")
    for minute, title in ((1, "Second"), (2, "Third")):
        at(minute)
        concept.title = title
        concept.save()
    at(3)
    concept.sources.add(book)
    newest, third, second, first = versions(editor, concept)
    assert side_by_side(editor, concept, first, third) == {"Title": ("First", "Third")}
    assert side_by_side(editor, concept, second, newest) == {
        "Title": ("Second", "Third"),
        "Sources": ("", str(book)),
    }
    assert side_by_side(editor, concept, newest, newest) == {}


def test_the_parts_of_a_lesson_are_compared_although_they_have_pages_of_their_own(
    editor: Client, at: Clock
) -> None:
    at(0)
    objective = ObjectiveFactory(statement="say it")
    concept = objective.concept
    at(1)
    objective.statement = "say it better"
    objective.save()
    at(2)
    concept.title = "New"
    concept.save()
    newest, first = versions(editor, concept)
    found = side_by_side(editor, concept, first, newest)
    assert found[f"Objective “{objective}”: Statement"] == ("say it", "say it better")


def test_the_list_offers_two_versions_without_a_script(editor: Client, at: Clock) -> None:
    at(0)
    concept = ConceptFactory()
    at(1)
    concept.save()
    shown = editor.get(page(concept)).content.decode()
    assert '<select name="left"' in shown
    assert reverse("admin:concepts_concept_compare", args=[concept.pk]) in shown


def test_two_versions_of_one_minute_are_told_apart(editor: Client, at: Clock) -> None:
    at(0)
    concept = ConceptFactory(title="First")
    at(0.1)
    concept.title = "Second"
    concept.save()
    shown = editor.get(reverse("admin:concepts_concept_compare", args=[concept.pk])).context["page"]
    assert shown.left != shown.right


@pytest.mark.parametrize("query", ["left=x&right=-1", "left=99999999999999999999", ""])
def test_a_choice_that_is_none_falls_back_to_the_last_two(editor: Client, at: Clock, query: str) -> None:
    at(0)
    concept = ConceptFactory()
    url = reverse("admin:concepts_concept_compare", args=[concept.pk])
    assert editor.get(f"{url}?{query}").status_code == 200


def test_what_somebody_saved_since_the_page_was_opened_is_not_restored_over(
    editor: Client, at: Clock
) -> None:
    at(0)
    concept = ConceptFactory(title="First")
    at(1)
    concept.title = "Second"
    concept.save()
    newest, first = versions(editor, concept)
    at(2)
    concept.title = "Third"
    concept.save()
    response = editor.post(page(concept, first), {"present": newest})
    assert response.status_code == 409
    assert "after you had opened this page" in response.content.decode()
    concept.refresh_from_db()
    assert concept.title == "Third"


def test_restoring_an_old_version_does_not_touch_the_schedule(editor: Client, at: Clock) -> None:
    at(0)
    concept = ConceptFactory(status="draft", title="First")
    at(1)
    concept.title = "Second"
    concept.schedule(timezone.now() + timedelta(days=1))
    concept.save()
    at(2)
    restored(editor, page(concept, versions(editor, concept)[-1]))
    concept.refresh_from_db()
    assert (concept.title, concept.status) == ("First", "scheduled")


def test_a_restore_that_does_not_say_what_it_was_compared_with_is_refused(editor: Client, at: Clock) -> None:
    at(0)
    concept = ConceptFactory(title="First")
    at(1)
    concept.title = "Second"
    concept.save()
    for posted in ({}, {"present": ""}, {"present": "x"}):
        response = editor.post(page(concept, versions(editor, concept)[-1]), posted)
        assert response.status_code == 409
        assert "Compare again" in response.content.decode()
    concept.refresh_from_db()
    assert concept.title == "Second"
