"""Written answers, handed in as learners do it."""

from datetime import UTC, datetime, timedelta

from assessments.models import Assessment, AttemptItem, Learner
from assessments.services.answers import check_answer, save_answer
from assessments.services.attempts import start_attempt
from assessments.services.finishing import finish
from tests.factories import LearnerFactory, written_set

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
TEXT = "The orders wait for the vans, not for the press."
BEST = {"reason": "Complete", "words": "Plain"}
HALF = {"reason": "Partly", "words": "Dark"}  # 3 of 10 points


def sat(assessment: Assessment, learner: Learner, text: str = TEXT) -> list[AttemptItem]:
    """A test with this text as every answer, handed in at NOW."""
    attempt = start_attempt(learner=learner, assessment=assessment, now=NOW - timedelta(minutes=9))
    for item in attempt.items.all():
        if text:
            save_answer(item=item, posted={"answer": [text]}, revision=0, now=NOW - timedelta(minutes=2))
    finish(attempt=attempt, now=NOW)
    return list(attempt.items.select_related("attempt", "version").order_by("position"))


def handed_in(learner: Learner | None = None, **options: object) -> AttemptItem:
    """One written answer that waits, in a test of its own."""
    return sat(written_set(**options), learner or LearnerFactory())[0]


def practised(learner: Learner | None = None, questions: int = 1) -> AttemptItem:
    """One written answer that waits, handed in in a practice that is still open."""
    practice = written_set(questions, mode="practice")
    attempt = start_attempt(learner=learner or LearnerFactory(), assessment=practice, now=NOW)
    item = attempt.items.get(position=1)
    check_answer(item=item, posted={"answer": [TEXT]}, revision=0, now=NOW)
    return attempt.items.select_related("attempt", "version").get(position=1)
