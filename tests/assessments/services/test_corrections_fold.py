"""After any answers and any corrections the states are those that folding all evidence again gives."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import Assessment, Attempt, Evidence, Learner, Question
from assessments.services.answers import save_answer
from assessments.services.attempts import start_attempt
from assessments.services.evidence import rebuild_learner
from assessments.services.finishing import finish
from tests.assessments.corrections import correct, corrected, states_of, void
from tests.factories import LearnerFactory, practice_set

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
QUESTIONS, PEOPLE = 2, 2

answers = st.lists(st.sampled_from("abc-"), min_size=QUESTIONS, max_size=QUESTIONS)
answer = st.tuples(st.just("answer"), st.integers(0, PEOPLE - 1), answers)
correction = st.tuples(st.just("correct"), st.integers(0, QUESTIONS - 1), st.integers(0, 2))
voiding = st.tuples(st.just("void"), st.integers(0, QUESTIONS - 1), st.sampled_from(["full", "out"]))
events = st.lists(st.tuples(st.integers(0, 60), st.one_of(answer, answer, correction, voiding)), max_size=8)


def take(assessment: Assessment, learner: Learner, answers: list[str], now: datetime) -> None:
    attempt = start_attempt(learner=learner, assessment=assessment, now=now)
    for item, given_answer in zip(attempt.items.all(), answers, strict=False):
        if given_answer != "-":
            save_answer(item=item, posted={"answer": [given_answer]}, revision=0, now=now)
    finish(attempt=attempt, now=now)


def happen(event: tuple[Any, ...], assessment: Assessment, people: list[Learner], now: datetime) -> None:
    kind, whom, what = event
    asked = Question.objects.filter(objective=assessment.parts.get().objective).order_by("pk")
    if kind == "answer":
        if asked.published().exists():
            take(assessment, people[whom], what, now)
    elif kind == "void":
        void(asked[whom], what)
    elif corrected(asked[whom], right=what) != asked[whom].content:
        correct(asked[whom], corrected(asked[whom], right=what))


def agree(attempt: Attempt) -> bool:
    """Whether an attempt adds up, and every answer given stands as evidence with its mark, or left out."""
    items = list(attempt.items.all())
    counted = [item for item in items if item.void != "out"]
    stands = {row.item_id: row.score for row in Evidence.objects.filter(item__in=items).current()}
    return attempt.score == sum(item.score or 0 for item in counted) and stands == {
        item.pk: item.score for item in counted if item.answer is not None
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=events)
def test_any_order_of_answers_and_corrections_gives_what_a_rebuild_gives(events: list[Any]) -> None:
    assessment = practice_set(QUESTIONS, mode="test")
    people = [LearnerFactory() for _ in range(PEOPLE)]
    now = NOW
    for days, event in events:
        now += timedelta(days=days, minutes=1)
        happen(event, assessment, people, now)
    for learner in people:
        kept = states_of(learner)
        rebuild_learner(learner=learner)
        assert states_of(learner) == kept
    assert all(agree(attempt) for attempt in assessment.attempts.all())
