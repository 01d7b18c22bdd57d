"""Attempts, evidence, states and versions: to look at, never to change, administrators included."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import CaseMove
from tests.cases import make_run
from tests.factories import AttemptFactory, EvidenceFactory, ItemFactory, StateFactory, VersionFactory

pytestmark = pytest.mark.django_db

RECORDS = {
    "caserun": make_run,
    "casemove": lambda: CaseMove.objects.create(run=make_run(), position=1, stage="first"),
    "attempt": lambda: ItemFactory(answer="a", revision=1, saved_at="2026-11-01T10:00Z").attempt,
    "evidence": EvidenceFactory,
    "objectivestate": StateFactory,
    "questionversion": VersionFactory,
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_is_shown(administrator: Client, name: str) -> None:
    record: Any = RECORDS[name]()
    response = administrator.get(reverse(f"admin:assessments_{name}_change", args=[record.pk]))
    assert response.status_code == 200
    assert 'name="_save"' not in response.content.decode()


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("page", ["add", "change", "delete"])
def test_nobody_can_write_a_record(administrator: Client, name: str, page: str) -> None:
    record: Any = RECORDS[name]()
    arguments = [] if page == "add" else [record.pk]
    url = reverse(f"admin:assessments_{name}_{page}", args=arguments)
    assert administrator.post(url, {"post": "yes"}).status_code == 403
    record.refresh_from_db()


@pytest.mark.parametrize("name", RECORDS)
def test_a_list_of_records_offers_no_action(administrator: Client, name: str) -> None:
    record: Any = RECORDS[name]()
    url = reverse(f"admin:assessments_{name}_changelist")
    data = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
    administrator.post(url, data)
    record.refresh_from_db()


def test_an_attempt_shows_its_questions_with_the_answers_in_words(administrator: Client) -> None:
    attempt = RECORDS["attempt"]()
    shown = administrator.get(reverse("admin:assessments_attempt_change", args=[attempt.pk]))
    assert "It rises" in shown.content.decode()


def test_an_attempt_costs_the_same_for_twice_as_many_questions(
    administrator: Client, django_assert_num_queries: Any
) -> None:
    attempt = AttemptFactory()
    url = reverse("admin:assessments_attempt_change", args=[attempt.pk])
    ItemFactory.create_batch(2, attempt=attempt)
    administrator.get(url)
    with django_assert_num_queries(7):
        administrator.get(url)
    ItemFactory.create_batch(4, attempt=attempt)
    with django_assert_num_queries(7):
        administrator.get(url)


def test_a_version_shows_what_was_asked(editor: Client) -> None:
    version = VersionFactory()
    shown = editor.get(reverse("admin:assessments_questionversion_change", args=[version.pk]))
    assert "A press makes the same parts in less time" in shown.content.decode()
