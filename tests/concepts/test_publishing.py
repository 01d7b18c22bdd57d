"""What is due is published: by the command, and by pages that are read."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from concepts.kept import KEPT, LONGEST
from concepts.models import Concept, PreparedChange
from concepts.publishing import publish_due
from tests.factories import (
    AssessmentFactory,
    ComparisonFactory,
    ConceptFactory,
    LearnerFactory,
    LearningPathFactory,
    MetricFactory,
    ModuleFactory,
    PreparedChangeFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


def test_everything_due_is_published_and_nothing_else() -> None:
    due = [
        make(status="scheduled", publish_at=AT) for make in (ConceptFactory, TermFactory, AssessmentFactory)
    ]
    later = ConceptFactory(status="scheduled", publish_at=AT + timedelta(seconds=1))
    assert len(publish_due(AT).published) == 3
    for obj in [*due, later]:
        obj.refresh_from_db()
    assert [obj.status for obj in due] == ["published"] * 3
    assert due[0].published_at == AT
    assert later.status == "scheduled"


def test_a_draft_that_is_not_sound_is_kept_with_the_reason_and_stops_no_other() -> None:
    broken = ConceptFactory(status="scheduled", publish_at=AT, title="")
    sound = ConceptFactory(status="scheduled", publish_at=AT)
    outcome = publish_due(AT)
    assert (len(outcome.published), len(outcome.problems)) == (1, 1)
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (broken.status, broken.publish_at, sound.status) == ("draft", None, "published")
    assert PreparedChange.objects.get().content == broken
    assert "cannot be blank" in PreparedChange.objects.get().problem


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    ConceptFactory(status="scheduled", publish_at=AT, title="Flow")
    ConceptFactory(status="scheduled", publish_at=AT, title="")
    call_command("publish_scheduled")
    said = capsys.readouterr()
    assert "Published: Flow" in said.out
    assert "Not published, and kept" in said.err


BEFORE, AFTER = AT - timedelta(seconds=1), AT + timedelta(milliseconds=1)


@pytest.fixture
def learner() -> Client:
    client = Client()
    client.force_login(LearnerFactory().user)
    return client


@pytest.mark.parametrize(
    "factory",
    [
        ConceptFactory,
        ModuleFactory,
        ComparisonFactory,
        MetricFactory,
        LearningPathFactory,
        AssessmentFactory,
    ],
    ids=lambda factory: factory.__name__,
)
def test_a_page_is_there_from_its_moment_on(learner: Client, factory: Any) -> None:
    thing = factory(status="scheduled", publish_at=AT)
    with time_machine.travel(BEFORE, tick=False):
        assert learner.get(thing.get_absolute_url()).status_code == 404
    with time_machine.travel(AFTER, tick=False):
        assert learner.get(thing.get_absolute_url()).status_code == 200
    thing.refresh_from_db()
    assert thing.is_published
    assert thing.history.first().history_user is None  # the reader did not do it


def test_what_is_scheduled_while_pages_are_read_appears_at_its_moment_too(learner: Client) -> None:
    concept = ConceptFactory(status="draft")
    with time_machine.travel(BEFORE, tick=False):
        assert learner.get(concept.get_absolute_url()).status_code == 404
        concept.schedule(AT)
        concept.save()
        assert learner.get(concept.get_absolute_url()).status_code == 404
    with time_machine.travel(AFTER, tick=False):
        assert learner.get(concept.get_absolute_url()).status_code == 200


def test_the_moment_of_what_is_prepared_is_seen_though_it_leaves_no_history(learner: Client) -> None:
    concept = ConceptFactory()
    with time_machine.travel(BEFORE, tick=False):
        learner.get(concept.get_absolute_url())
        change = PreparedChangeFactory(content=concept)
        assert KEPT.shelf().due is None
        PreparedChange.objects.filter(pk=change.pk).update(publish_at=AT)  # as another process does it
        KEPT.shelf()
        assert KEPT.shelf().due == AT


def test_looking_for_what_is_due_costs_nothing_while_nothing_changes(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ConceptFactory(status="scheduled", publish_at=AT)
    with time_machine.travel(BEFORE, tick=False):
        for _page in range(2):
            with django_assert_num_queries(1):
                KEPT.shelf()
    with time_machine.travel(AFTER, tick=False):
        KEPT.shelf()
        with django_assert_num_queries(1):
            KEPT.shelf()


def test_what_cannot_be_published_is_not_tried_on_every_page(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kind = ContentType.objects.get_for_model(Concept)
    PreparedChange.objects.create(content_type=kind, object_id=999, stamp="", publish_at=AT)
    with time_machine.travel(AFTER, tick=False):
        shelf = KEPT.shelf()
        with django_assert_num_queries(1):
            KEPT.shelf()
        tried: list[object] = []
        monkeypatch.setattr("concepts.kept.publish_due", tried.append)
        monkeypatch.setattr("time.monotonic", lambda: shelf.made + LONGEST + 60)
        KEPT.shelf()
        assert len(tried) == 1


def test_a_failure_does_not_reach_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def fail(now: datetime) -> Any:
        tried.append(now)
        raise RuntimeError

    monkeypatch.setattr("concepts.kept.publish_due", fail)
    ConceptFactory(status="scheduled", publish_at=AT)
    with time_machine.travel(AFTER, tick=False):
        assert KEPT.shelf() is not None
        assert KEPT.shelf() is not None
    assert len(tried) == 1


def test_what_waits_beside_something_deleted_is_passed_over() -> None:
    kind = ContentType.objects.get_for_model(Concept)
    PreparedChange.objects.create(content_type=kind, object_id=999, stamp="", publish_at=AT)
    assert publish_due(AT).published == []
