"""Queries compiled once: the same rows as the query itself, for whatever keys, in every thread."""

from datetime import UTC, datetime
from threading import Thread
from typing import Any

import pytest

from assessments.models import Evidence, ObjectiveState
from concepts.compiled import Compiled
from tests.factories import EvidenceFactory, LearnerFactory, StateFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def states(learner: int, *objectives: int) -> Any:
    rows = ObjectiveState.objects.filter(learner=learner)
    if objectives:
        rows = rows.filter(objective__in=objectives)
    return rows.order_by("pk").values_list("objective_id", "level", "last_at", "last_score")


def test_it_gives_what_the_query_gives_with_moments_as_moments() -> None:
    ours, theirs = StateFactory(last_at=NOW), StateFactory(last_at=NOW)
    compiled = Compiled(states)
    for state in (ours, theirs):
        assert compiled.rows(state.learner_id) == list(states(state.learner_id))
    assert compiled.rows(ours.learner_id)[0][2] == NOW


def test_several_keys_go_to_their_places_and_other_figures_stay() -> None:
    state = StateFactory()
    compiled = Compiled(lambda *keys: states(*keys).filter(level__lt=5)[:7], 3)
    assert compiled.rows(state.learner_id, state.objective_id, 0) == list(
        states(state.learner_id, state.objective_id)
    )
    assert compiled.rows(state.learner_id, 0, 0) == []


def test_it_is_one_query(django_assert_num_queries: Any) -> None:
    compiled = Compiled(states)
    for _ in range(2):
        with django_assert_num_queries(1):
            compiled.rows(1)


def test_it_sees_what_was_written_since() -> None:
    learner = LearnerFactory()
    compiled = Compiled(lambda learner: Evidence.objects.filter(learner=learner).values_list("pk"))
    assert compiled.rows(learner.pk) == []
    evidence = EvidenceFactory(learner=learner)
    assert compiled.rows(learner.pk) == [(evidence.pk,)]


def test_each_thread_compiles_for_its_own_connection() -> None:
    compiled = Compiled(states)
    built: list[int] = []
    compiled._build = lambda learner: built.append(learner) or states(learner)  # type: ignore[func-returns-value]
    compiled._compiled()
    thread = Thread(target=compiled._compiled)
    thread.start()
    thread.join()
    compiled._compiled()
    assert len(built) == 2


def test_among_no_keys_nothing_is_found_and_nothing_asked(django_assert_num_queries: Any) -> None:
    compiled = Compiled(lambda *keys: Evidence.objects.filter(pk__in=keys).values_list("pk"), 0)
    with django_assert_num_queries(0):
        assert compiled.rows() == []
