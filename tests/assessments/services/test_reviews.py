"""The reviews of the day."""

from datetime import UTC, datetime, timedelta

import pytest

from assessments.mastery import Level
from assessments.models import Attempt, Evidence, Learner, ObjectiveState
from assessments.services.answers import check_answer
from assessments.services.errors import Refused
from assessments.services.reviews import interleave, start_reviews
from concepts.models import Objective
from tests.factories import ConceptFactory, LearnerFactory, ObjectiveFactory, QuestionFactory, StateFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def due(learner: Learner, hours: float = -1, **options: object) -> ObjectiveState:
    objective: Objective = ObjectiveFactory(**options)
    QuestionFactory.create_batch(2, objective=objective, publish=True)
    state: ObjectiveState = StateFactory(
        learner=learner, objective=objective, level=Level.FAMILIAR, next_review=NOW + timedelta(hours=hours)
    )
    return state


def test_what_is_due_is_asked_once_each_and_what_is_not_due_waits() -> None:
    learner = LearnerFactory()
    asked = {due(learner).objective, due(learner, -30).objective}
    due(learner, 5)
    attempt = start_reviews(learner=learner, now=NOW)
    assert {item.version.objective for item in attempt.items.all()} == asked


def test_the_learners_own_cap_holds_for_the_whole_day() -> None:
    learner = LearnerFactory(reviews_a_day=2)
    for hours in (-1, -2, -3):
        due(learner, hours)
    attempt = start_reviews(learner=learner, now=NOW)
    assert attempt.items.count() == 2
    for item in attempt.items.all():
        check_answer(item=item, posted={"answer": ["a"]}, revision=0, now=NOW)
    with pytest.raises(Refused, match="Nothing is due"):
        start_reviews(learner=learner, now=NOW + timedelta(hours=1))
    assert start_reviews(learner=learner, now=NOW + timedelta(days=1)).items.exists()


def test_the_last_answer_ends_the_session_and_every_answer_is_evidence_of_a_scheduled_review() -> None:
    learner = LearnerFactory()
    due(learner)
    attempt = start_reviews(learner=learner, now=NOW)
    check_answer(item=attempt.items.get(), posted={"answer": ["a"]}, revision=0, now=NOW)
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.GRADED
    assert Evidence.objects.get().scheduled_review


def test_coming_back_on_the_same_day_resumes_and_on_the_next_day_begins_afresh() -> None:
    learner = LearnerFactory()
    due(learner)
    first = start_reviews(learner=learner, now=NOW)
    assert start_reviews(learner=learner, now=NOW + timedelta(hours=2)) == first
    assert start_reviews(learner=learner, now=NOW + timedelta(days=1)) != first


def test_nothing_due_is_said_and_starts_nothing() -> None:
    with pytest.raises(Refused):
        start_reviews(learner=LearnerFactory(), now=NOW)
    assert not Attempt.objects.exists()


def test_objectives_of_unpublished_lessons_are_not_asked() -> None:
    learner = LearnerFactory()
    due(learner, concept=ConceptFactory(status="draft"))
    with pytest.raises(Refused):
        start_reviews(learner=learner, now=NOW)


def test_neighbours_come_from_different_lessons_where_that_can_be_done() -> None:
    learner = LearnerFactory()
    one, other = ConceptFactory(), ConceptFactory()
    states = [due(learner, concept=concept) for concept in (one, one, other, other)]
    lessons = [state.objective.concept_id for state in interleave(states)]
    assert lessons == [one.pk, other.pk, one.pk, other.pk]
