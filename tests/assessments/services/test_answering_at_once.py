"""A hundred saves and submits of one attempt at the same moment: one grade, of the last answer acknowledged.

Each runs in a thread of its own, all let go at once; they share the eight connections of the pool, as the
threads of a server do.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from assessments.models import Attempt, AttemptItem, Evidence, Learner, ObjectiveState
from assessments.services.answers import Outcome, Saved, check_answer, save_answer
from assessments.services.attempts import start_attempt
from assessments.services.evidence import rebuild_learner
from assessments.services.finishing import finish
from tests.factories import AssessmentFactory, LearnerFactory, PartFactory, QuestionFactory, numeric

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
CROWD = 100
Act = Callable[[], Any]


def at_once(acts: Sequence[Act]) -> list[Any]:
    """What each gave; a deadlock, or anything else that goes wrong in one of them, is raised here."""
    start = Barrier(len(acts))

    def run(act: Act) -> Any:
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def begin(mode: str, hints: int = 0) -> tuple[Attempt, AttemptItem]:
    content = numeric() | ({"hints": ["Think of the time."] * hints} if hints else {})
    question = QuestionFactory(type="numeric", content=content, publish=True)
    assessment = AssessmentFactory(mode=mode, concept=question.objective.concept)
    PartFactory(assessment=assessment, objective=question.objective)
    attempt = start_attempt(learner=LearnerFactory(), assessment=assessment, now=NOW)
    return attempt, attempt.items.select_related("version").get()


def saving(item: AttemptItem, answer: int) -> Callable[[], Saved]:
    """A save by a page that was loaded just now, as often as another got in between, three times at most."""

    def act() -> Saved:
        saved = None
        for _ in range(3):
            known = AttemptItem.objects.values_list("revision", flat=True).get(pk=item.pk)
            saved = save_answer(item=item, posted={"answer": [str(answer)]}, revision=known, now=NOW)
            if saved.outcome is not Outcome.STALE:
                break
        assert saved is not None
        return saved

    return act


def right_answer(item: AttemptItem) -> str:
    return f"{item.values['units'] / item.values['hours']:.8g}"


def assert_one_of_everything(attempt: Attempt, item: AttemptItem) -> None:
    """One grade by the answer that is kept, one piece of evidence, and the states that follow from it."""
    version = item.version
    attempt.refresh_from_db()
    item.refresh_from_db()
    assert attempt.state == Attempt.State.GRADED
    assert attempt.score == item.score
    assert item.score == version.kind.grade(version.content, item.values, item.answer).score
    assert Evidence.objects.get().score == item.score
    folded = list(ObjectiveState.objects.values_list("objective", "level", "evidence_count"))
    rebuild_learner(learner=Learner.objects.get(pk=attempt.learner_id))
    assert list(ObjectiveState.objects.values_list("objective", "level", "evidence_count")) == folded


def test_a_hundred_saves_and_submits_of_a_test() -> None:
    attempt, item = begin("test")
    save_answer(item=item, posted={"answer": ["1000"]}, revision=0, now=NOW)
    submits = [lambda: finish(attempt=attempt, now=NOW)] * (CROWD // 5)
    saves = [saving(item, answer) for answer in range(CROWD - len(submits))]
    done = at_once([*saves, *submits])
    acknowledged = {
        saved.item.revision: saved.item.answer["text"]
        for saved in done
        if isinstance(saved, Saved) and saved.outcome is Outcome.SAVED
    }
    assert_one_of_everything(attempt, item)
    assert item.revision == 1 + len(acknowledged)
    assert sorted(acknowledged) == list(range(2, item.revision + 1))
    assert item.answer["text"] == acknowledged.get(item.revision, "1000")


def test_a_hundred_checks_of_one_answer_grade_it_once() -> None:
    attempt, item = begin("practice")
    posted = {"answer": [right_answer(item)]}
    done = at_once([lambda: check_answer(item=item, posted=posted, revision=0, now=NOW)] * CROWD)
    assert sorted(saved.outcome for saved in done) == [Outcome.SAVED] + [Outcome.UNCHANGED] * (CROWD - 1)
    finish(attempt=attempt, now=NOW)
    assert_one_of_everything(attempt, item)
    assert item.score == 1


def test_a_hundred_checks_of_one_wrong_answer_cost_one_try() -> None:
    _, item = begin("practice", hints=2)
    wrong = {"answer": ["7"]}
    done = at_once([lambda: check_answer(item=item, posted=wrong, revision=0, now=NOW)] * CROWD)
    item.refresh_from_db()
    assert [saved.outcome for saved in done].count(Outcome.TRIED) == 1
    assert (len(item.tries), item.is_graded, Evidence.objects.count()) == (1, False, 0)


def test_checking_saving_giving_up_and_finishing_at_once_end_in_one_grade() -> None:
    attempt, item = begin("practice", hints=1)
    check_answer(item=item, posted={"answer": ["7"]}, revision=0, now=NOW)

    def check(answer: str, **options: bool) -> Act:
        return lambda: check_answer(item=item, posted={"answer": [answer]}, revision=1, now=NOW, **options)

    acts = [
        *[check(str(answer)) for answer in range(8, 38)],
        *[saving(item, answer) for answer in range(40, 70)],
        *[check("", gives_up=True)] * 20,
        *[lambda: finish(attempt=attempt, now=NOW)] * 20,
    ]
    at_once(acts)
    finish(attempt=attempt, now=NOW)
    assert_one_of_everything(attempt, item)
    assert len(item.tries) == 1
