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
from tests.factories import AssessmentFactory, ConceptFactory, LearnerFactory, TermFactory

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


def test_a_page_that_is_read_publishes_what_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    concept = ConceptFactory(status="scheduled", publish_at=AT)
    learner = Client()
    user = LearnerFactory().user
    learner.force_login(user)
    KEPT.shelf()
    assert learner.get(concept.get_absolute_url()).status_code == 404
    monkeypatch.setattr(KEPT, "_looked", KEPT._looked - LONGEST - 1)
    assert learner.get(concept.get_absolute_url()).status_code == 200
    assert Concept.objects.get().history.first().history_user is None  # the reader did not do it


def test_looking_for_what_is_due_costs_one_query_every_half_minute(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ConceptFactory()
    KEPT.shelf()
    with django_assert_num_queries(1):
        KEPT.shelf()
    monkeypatch.setattr(KEPT, "_looked", KEPT._looked - LONGEST - 1)
    with django_assert_num_queries(2):
        KEPT.shelf()
    with django_assert_num_queries(1):
        KEPT.shelf()


def test_a_failure_does_not_reach_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(now: datetime) -> Any:
        raise RuntimeError

    monkeypatch.setattr("concepts.kept.publish_due", fail)
    monkeypatch.setattr(KEPT, "_looked", KEPT._looked - LONGEST - 1)
    assert KEPT.shelf() is not None


def test_what_waits_beside_something_deleted_is_passed_over() -> None:
    kind = ContentType.objects.get_for_model(Concept)
    PreparedChange.objects.create(content_type=kind, object_id=999, stamp="", publish_at=AT)
    assert publish_due(AT).published == []
