"""Appending evidence and folding it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.management.commands.rebuild_progress import snapshot
from assessments.mastery import Level
from assessments.models import Evidence, Learner, ModuleState, ObjectiveState, ProgressDay
from assessments.services.evidence import append_evidence, rebuild_learner
from concepts.models import FrozenError, Objective
from tests.factories import EvidenceFactory, ItemFactory, LearnerFactory, ObjectiveFactory, QuestionFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, 10, 0, tzinfo=UTC)


def piece(
    learner: Learner, objective: Objective, score: float = 1, hours: float = 0, *, origin: str = "practice"
) -> Evidence:
    item = ItemFactory(attempt__learner=learner, version__question=QuestionFactory(objective=objective))
    return EvidenceFactory.build(
        item=item,
        learner=learner,
        question=item.version.question,
        objective=objective,
        score=score,
        origin=origin,
        scheduled_review=origin == "review",
        at=NOW + timedelta(hours=hours),
    )


def test_one_success_makes_an_objective_familiar_and_counts_in_its_module() -> None:
    learner, objective = LearnerFactory(), ObjectiveFactory()
    append_evidence(learner=learner, evidence=[piece(learner, objective)])
    state, module = ObjectiveState.objects.get(), ModuleState.objects.get()
    assert (state.level, state.last_at, state.evidence_count) == (Level.FAMILIAR, NOW, 1)
    assert (module.module, module.familiar, module.points) == (objective.module, 1, 2)
    assert learner.last_active_at == NOW


def test_a_success_at_a_review_three_days_after_proficient_makes_it_mastered() -> None:
    learner, objective = LearnerFactory(), ObjectiveFactory()
    for hours, origin in ((0, "practice"), (1, "practice"), (74, "review")):
        append_evidence(learner=learner, evidence=[piece(learner, objective, hours=hours, origin=origin)])
    assert ObjectiveState.objects.get().level == Level.MASTERED
    assert list(ProgressDay.objects.values_list("proficient", "mastered")) == [(1, 0), (0, 1)]


def test_the_history_has_one_row_a_day_and_counts_its_evidence() -> None:
    learner, objective = LearnerFactory(), ObjectiveFactory()
    for hours in (0, 1, 30):
        append_evidence(learner=learner, evidence=[piece(learner, objective, hours=hours)])
    assert list(ProgressDay.objects.values_list("evidence_count", flat=True)) == [2, 1]


def test_evidence_that_happened_earlier_refolds_in_the_order_of_time() -> None:
    learner, objective = LearnerFactory(), ObjectiveFactory()
    append_evidence(learner=learner, evidence=[piece(learner, objective, score=0, hours=5)])
    append_evidence(learner=learner, evidence=[piece(learner, objective, score=1, hours=1)])
    state = ObjectiveState.objects.get()
    assert (state.level, state.last_at) == (Level.ATTEMPTED, NOW + timedelta(hours=5))


def test_evidence_is_never_changed_or_deleted() -> None:
    evidence = EvidenceFactory()
    with pytest.raises(FrozenError):
        evidence.save()
    with pytest.raises(FrozenError):
        evidence.delete()


step = st.tuples(
    st.integers(0, 2),  # which objective
    st.sampled_from([0.0, 0.5, 0.7, 1.0]),
    st.integers(-200, 400),  # hours; late arrivals included
    st.sampled_from(["practice", "test", "review"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.lists(step, min_size=1, max_size=4), max_size=8))
def test_rebuilding_from_evidence_gives_exactly_the_rows_that_came_about_step_by_step(
    steps: list[list[tuple[int, float, int, str]]],
) -> None:
    learner = LearnerFactory()
    objectives = ObjectiveFactory.create_batch(3)
    for batch in steps:
        append_evidence(
            learner=learner,
            evidence=[piece(learner, objectives[n], score, hours, origin=o) for n, score, hours, o in batch],
        )
    before = snapshot(learner)
    rebuild_learner(learner=learner)
    assert snapshot(learner) == before
