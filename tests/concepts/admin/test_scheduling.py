"""Publishing on a date and a time, set on the form in the editor's own time zone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from concepts.models import Concept, PreparedChange
from concepts.publishing import publish_due
from tests.factories import ConceptFactory, MetricFactory, ModuleFactory, ObjectiveFactory, make_editor
from tests.forms import FormClient, change, fields_of, opened

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
THEN = {"publish_on_0": "2026-12-01", "publish_on_1": "08:00", "_schedule": "1"}
DUE = datetime(2026, 12, 1, 7, 1, tzinfo=UTC)  # a minute after 8:00 in Berlin


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def berlin(db: None) -> Client:
    """An editor in Berlin."""
    user = make_editor()
    user.learner.time_zone = "Europe/Berlin"
    user.learner.save()
    client = FormClient()
    client.force_login(user)
    return client


def test_a_draft_is_scheduled_in_the_editor_s_own_time(berlin: Client) -> None:
    concept = ConceptFactory(status="draft")
    response = berlin.post(change(concept), {**opened(berlin, concept), **THEN}, follow=True)
    assert "is published on 1 December 2026, 08:00." in response.content.decode()
    concept.refresh_from_db()
    assert (concept.status, concept.publish_at) == ("scheduled", datetime(2026, 12, 1, 7, 0, tzinfo=UTC))
    assert "Scheduled: only editors see it until 1 December 2026, 08:00." in response.content.decode()
    listed = berlin.get(reverse("admin:concepts_concept_changelist"), {"status__exact": "scheduled"})
    assert "Scheduled: 1 Dec, 08:00" in listed.content.decode()


def test_a_module_counts_what_is_scheduled_among_what_is_not_public(berlin: Client) -> None:
    ConceptFactory(status="scheduled", publish_at=DUE, module=ModuleFactory(title="Flow"))
    assert "1 concept, 1 in draft" in berlin.get(reverse("admin:concepts_module_changelist")).content.decode()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"publish_on_0": "2026-11-01", "publish_on_1": "08:00"}, "This moment has passed"),
        ({"publish_on_0": "", "publish_on_1": ""}, "Type a date and a time"),
        ({"publish_on_0": "soon", "publish_on_1": "08:00"}, "This is not a date"),
        ({"publish_on_0": "2026-12-01", "publish_on_1": "early"}, "This is not a time"),
        ({"publish_on_0": "2027-03-28", "publish_on_1": "02:30"}, "The clocks change at that hour"),
        ({"publish_on_0": "2027-10-31", "publish_on_1": "02:30"}, "comes twice or not at all"),
        ({"publish_on_0": "9999-12-31", "publish_on_1": "23:59"}, "more than a hundred years ahead"),
    ],
)
@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_moment_that_cannot_be_is_refused_at_its_field_and_nothing_is_lost(
    berlin: Client, typed: dict[str, str], reason: str, status: str
) -> None:
    concept = ConceptFactory(status=status)
    form = {**opened(berlin, concept), "title": "Typed just now", **typed, "_schedule": "1"}
    response = berlin.post(change(concept), form)
    assert response.status_code == 422
    assert reason in str(response.context["schedule"].errors)
    assert "Typed just now" in response.content.decode()
    assert "The moment was refused, and nothing is saved yet" in response.content.decode()
    again = berlin.post(change(concept), {**fields_of(response), **THEN})
    assert again.status_code == 302


def test_it_is_taken_off_the_schedule(berlin: Client) -> None:
    concept = ConceptFactory(status="draft")
    berlin.post(change(concept), {**opened(berlin, concept), **THEN})
    berlin.post(change(concept), {**opened(berlin, concept), "_unschedule": "1"})
    concept.refresh_from_db()
    assert (concept.status, concept.publish_at) == ("draft", None)


def test_saving_a_scheduled_draft_leaves_it_on_the_schedule(berlin: Client) -> None:
    concept = ConceptFactory(status="draft")
    berlin.post(change(concept), {**opened(berlin, concept), **THEN})
    berlin.post(change(concept), {**opened(berlin, concept), "title": "New", "_save": "1"})
    concept.refresh_from_db()
    assert (concept.status, concept.title) == ("scheduled", "New")


def test_prepared_changes_are_scheduled_published_and_signed_by_their_editor(
    berlin: Client, clock: Any
) -> None:
    metric = MetricFactory(name="Throughput")
    form = {**opened(berlin, metric), "name": "New name", "inputs-0-label": "Sound units", **THEN}
    response = berlin.post(change(metric), form, follow=True)
    assert "They are published on 1 December 2026, 08:00." in response.content.decode()
    publish_due(datetime(2026, 12, 1, 6, 59, tzinfo=UTC))
    metric.refresh_from_db()
    assert metric.name == "Throughput"
    clock.move_to(DUE)
    assert publish_due(DUE).published == ["Throughput"]
    metric.refresh_from_db()
    assert (metric.name, metric.status) == ("New name", "published")
    assert metric.inputs.first().label == "Sound units"
    assert not PreparedChange.objects.exists()
    newest = metric.history.first()
    assert newest.history_change_reason == "Published as scheduled."
    assert newest.history_user.first_name == "Maren"


def test_prepared_changes_that_are_not_valid_when_their_moment_comes_are_kept_with_the_reason(
    berlin: Client, clock: Any
) -> None:
    concept = ConceptFactory(title="Flow")
    berlin.post(change(concept), {**opened(berlin, concept), "title": "", **THEN})
    clock.move_to(DUE)
    outcome = publish_due(DUE)
    assert outcome.published == []
    kept = PreparedChange.objects.get()
    berlin.force_login(kept.updated_by)  # the session has ended since
    assert (kept.publish_at, kept.typed["fields"]["title"]) == (None, [""])
    shown = berlin.get(change(concept)).content.decode()
    assert "Not published as planned" in shown
    assert "This field is required." in shown
    listed = berlin.get(reverse("admin:concepts_concept_changelist")).content.decode()
    assert "Not published as planned" in listed
    assert publish_due(DUE).problems == []  # it is not tried for ever


def test_prepared_changes_over_a_version_that_is_live_no_more_are_kept_with_the_reason(
    berlin: Client, clock: Any
) -> None:
    concept = ConceptFactory(title="Flow")
    berlin.post(change(concept), {**opened(berlin, concept), "title": "New", **THEN})
    concept.summary = "Loaded since."
    concept.save()
    clock.move_to(DUE)
    assert "was changed after this was prepared" in publish_due(DUE).problems[0]
    assert Concept.objects.get().title == "Flow"
    assert PreparedChange.objects.get().typed["fields"]["title"] == ["New"]


def test_who_may_not_publish_any_more_publishes_nothing(berlin: Client, clock: Any) -> None:
    concept = ConceptFactory(title="Flow")
    berlin.post(change(concept), {**opened(berlin, concept), "title": "New", **THEN})
    PreparedChange.objects.get().updated_by.groups.clear()
    clock.move_to(DUE)
    assert "may not publish any more" in publish_due(DUE).problems[0]
    assert PreparedChange.objects.exists()


def test_a_moment_for_prepared_changes_can_be_taken_back(berlin: Client) -> None:
    concept = ConceptFactory(title="Flow")
    berlin.post(change(concept), {**opened(berlin, concept), "title": "New", **THEN})
    berlin.post(change(concept), {**opened(berlin, concept), "_unschedule": "1"})
    assert PreparedChange.objects.get().publish_at is None


def test_scheduling_what_is_not_right_yet_says_so_and_what_is_right_is_not_doubted(berlin: Client) -> None:
    objective = ObjectiveFactory()
    warned = "Something in it is missing or wrong."
    for typed, is_wrong in (
        ({"title": ""}, True),
        ({"title": "Flow"}, False),
        ({"objectives-0-code": "no code"}, True),
    ):
        form = {**opened(berlin, objective.concept), **typed, **THEN}
        said = berlin.post(change(objective.concept), form, follow=True).content.decode()
        assert (warned in said) == is_wrong
    assert Concept.objects.get().title != "Flow"
    objective.refresh_from_db()
    assert objective.code != "no code"


def test_the_moment_of_an_editor_at_the_end_of_the_calendar_is_refused_everywhere(berlin: Client) -> None:
    concept = ConceptFactory()
    learner = make_editor().learner
    for zone in ("Pacific/Honolulu", "Pacific/Kiritimati"):
        learner.time_zone = zone
        learner.save()
        berlin.force_login(learner.user)
        last = {"publish_on_0": "9999-12-31", "publish_on_1": "23:59", "_schedule": "1"}
        typed = {**opened(berlin, concept), "title": "Typed", **last}
        assert berlin.post(change(concept), typed).status_code == 422
        assert berlin.get(reverse("admin:concepts_concept_changelist")).status_code == 200
