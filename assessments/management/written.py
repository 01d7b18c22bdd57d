"""Written answers in the demonstration: some graded, some waiting for the instructor."""

from datetime import datetime, timedelta
from typing import Any

from assessments.management.prose import CASE, EVERYBODY, Prose
from assessments.models import Assessment, AttemptItem, Learner
from assessments.services.answers import save_answer
from assessments.services.attempts import start_attempt
from assessments.services.finishing import finish
from assessments.services.hand_grading import grade_by_hand

MINUTES_EACH = 11


def hand_in_written(learners: dict[str, Learner], grader: Any, now: datetime) -> None:
    """Let some people take the written case, a day apart, and the grader grade what was graded."""
    case = Assessment.objects.published().filter(slug=CASE).first()
    if case is None:
        return
    for days, (who, answers) in enumerate(EVERYBODY.items(), start=1):
        if who in learners:
            start = (now - timedelta(days=days)).replace(hour=14, minute=5)
            _sit(learners[who], case, answers, grader, start)


def _sit(
    learner: Learner, case: Assessment, answers: tuple[Prose, ...], grader: Any, start: datetime
) -> None:
    attempt = start_attempt(learner=learner, assessment=case, now=start)
    asked = attempt.items.select_related("version__question")
    items = {item.version.question.slug: item for item in asked}
    now = start
    for prose in answers:
        now += timedelta(minutes=MINUTES_EACH)
        _save(items[prose.question], prose, now)
    finish(attempt=attempt, now=now)
    for prose in answers:
        if prose.ticks:
            grade_by_hand(
                item=items[prose.question],
                ticks=prose.ticks,
                comment=prose.comment,
                revision=1,
                grader=grader,
                now=now + timedelta(hours=1),
            )


def _save(item: AttemptItem, prose: Prose, now: datetime) -> None:
    item.first_seen_at = now - timedelta(minutes=MINUTES_EACH)
    item.save(update_fields=["first_seen_at"])
    save_answer(item=item, posted={"answer": [prose.text]}, revision=0, now=now)
