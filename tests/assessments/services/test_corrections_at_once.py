"""A correction while learners start, answer and submit: everything ends up marked by the corrected key."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from assessments.models import Assessment, AttemptItem, Evidence, Learner, Question, QuestionVersion
from assessments.services.answers import save_answer
from assessments.services.attempts import start_attempt
from assessments.services.checks import answer_check, make_offer, sign_offer
from assessments.services.corrections import correct_question
from assessments.services.effects import Effects
from assessments.services.evidence import rebuild_learner
from assessments.services.finishing import finish
from tests.assessments.corrections import corrected, states_of
from tests.factories import LearnerFactory, practice_set

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
PEOPLE, ROUNDS = 4, 3


def answer_on_and_on(
    learner: Learner, assessment: Assessment, asked: QuestionVersion, start: Barrier
) -> None:
    """Tests with a second save, and checks of a page that was open from the beginning."""
    try:
        start.wait()
        for turn in range(ROUNDS):
            now = NOW + timedelta(minutes=turn)
            attempt = start_attempt(learner=learner, assessment=assessment, now=now)
            item = attempt.items.get()
            save_answer(item=item, posted={"answer": ["a"]}, revision=0, now=now)
            save_answer(item=item, posted={"answer": ["b"]}, revision=1, now=now)
            finish(attempt=attempt, now=now)
            offer = make_offer(learner=learner, version=asked, is_preview=False)
            answer_check(
                learner=learner, lesson="x", token=sign_offer(offer, "x"), posted={"answer": ["b"]}, now=now
            )
    finally:
        connection.close()


def test_every_answer_is_marked_by_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assessment = practice_set(1, mode="test")
    question = Question.objects.select_related("live").get()
    people = LearnerFactory.create_batch(PEOPLE)
    assert question.live is not None
    monkeypatch.setattr(Effects, "token", lambda *_: "agreed")  # whatever it is by then
    start = Barrier(PEOPLE + 1)
    with ThreadPoolExecutor(PEOPLE) as pool:
        runs = [pool.submit(answer_on_and_on, one, assessment, question.live, start) for one in people]
        start.wait()
        made = correct_question(
            question=question,
            content=corrected(question, right=1),
            reason="Wrong.",
            by=None,
            now=NOW,
            expected="agreed",
        )
        for run in runs:
            run.result()

    items = AttemptItem.objects.all()
    assert items.count() == 2 * PEOPLE * ROUNDS
    assert {item.marking for item in items} == {made.version}
    assert {item.score for item in items} == {1.0}
    assert set(Evidence.objects.current().values_list("score", flat=True)) == {1.0}
    assert Evidence.objects.current().count() == items.count()
    for learner in people:
        kept = states_of(learner)
        rebuild_learner(learner=learner)
        assert states_of(learner) == kept
