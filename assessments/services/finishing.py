"""Grading answers and ending attempts; each appends evidence in the transaction that it runs in."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, FloatField, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from assessments.models import Attempt, AttemptItem, Evidence, Learner
from assessments.services.evidence import append_evidence

GRACE = timedelta(seconds=30)  # for a save that was posted in time over a slow network


def grade_item(item: AttemptItem, at: datetime) -> None:
    """Grade one item from its frozen version, its drawn values and its answer. Does not save."""
    grade = item.version.kind.grade(item.version.content, item.values, item.answer)
    item.score = grade.score
    item.misconceptions = list(grade.misconceptions)
    item.graded_at = at


def evidence_of(item: AttemptItem, attempt: Attempt, at: datetime) -> Evidence:
    """What a graded item shows. Not saved."""
    version = item.version
    assert item.score is not None  # noqa: S101 - grade_item has run
    return Evidence(
        learner_id=attempt.learner_id,
        objective_id=version.objective_id,
        question_id=version.question_id,
        item=item,
        origin=attempt.kind,
        score=item.score,
        variant=f"{version.question_id}:{version.kind.variant_key(version.content, item.values)}"[:80],
        scheduled_review=attempt.kind == Attempt.Kind.REVIEW,
        at=at,
    )


def record(attempt: Attempt, learner: Learner, items: list[AttemptItem], at: datetime) -> None:
    """Append what graded items show, unless the attempt is a preview."""
    if not attempt.is_preview:
        append_evidence(learner=learner, evidence=[evidence_of(item, attempt, at) for item in items])


@transaction.atomic
def finish(*, attempt: Attempt, now: datetime, state: str = Attempt.State.GRADED) -> Attempt:
    """End an open attempt: grade what is saved and append the evidence. A second call changes nothing.

    In a test a question left blank earns no marks; it appends no evidence, because it shows nothing. In
    practice and reviews only what was answered counts.
    """
    attempt = _lock(attempt)
    if not attempt.is_open:
        return attempt
    at = min(now, attempt.deadline) if attempt.deadline else now
    if not attempt.gives_feedback_at_once:
        _grade_all(attempt, at)
    close(attempt, at, state)
    attempt.refresh_from_db(fields=["score", "max_score", "state", "finished_at"])
    return attempt


def _grade_all(attempt: Attempt, at: datetime) -> None:
    items = list(attempt.items.filter(score__isnull=True).select_related("version"))
    for item in items:
        grade_item(item, at)
    AttemptItem.objects.bulk_update(items, ["score", "misconceptions", "graded_at"])
    record(attempt, attempt.learner, [item for item in items if item.answer is not None], at)


def close(attempt: Attempt, at: datetime, state: str) -> None:
    """Write down the end of a locked attempt and what its graded items add up to, in one statement."""
    graded = (
        AttemptItem.objects.filter(attempt=OuterRef("pk"), score__isnull=False).order_by().values("attempt")
    )
    sums = {"score": Sum(F("score") * F("marks")), "max_score": Sum("marks")}
    Attempt.objects.filter(pk=attempt.pk).update(
        state=state,
        finished_at=at,
        **{
            name: Coalesce(Subquery(graded.annotate(sum=total).values("sum")), 0, output_field=FloatField())
            for name, total in sums.items()
        },
    )


def _lock(attempt: Attempt) -> Attempt:
    """The attempt and its learner, locked until the transaction ends."""
    rows = Attempt.objects.select_for_update(of=("self", "learner")).select_related("learner", "assessment")
    return rows.get(pk=attempt.pk)


def finish_overdue(*, attempt: Attempt, now: datetime) -> bool:
    """End an attempt whose time, grace included, has run out; the deadline is its finish time.

    Returns whether it did. Called on every touch, and by the command for those who never come back.
    """
    if not attempt.is_open or attempt.deadline is None or now <= attempt.deadline + GRACE:
        return False
    finish(attempt=attempt, now=attempt.deadline, state=Attempt.State.EXPIRED)
    attempt.refresh_from_db()
    return True
