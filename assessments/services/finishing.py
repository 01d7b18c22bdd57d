"""Grading answers and ending attempts; each appends evidence in the transaction that it runs in."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, Exists, F, FloatField, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from assessments.models import Attempt, AttemptItem, Evidence, Learner
from assessments.questions import tries
from assessments.services.evidence import append_evidence
from assessments.services.handing_in import hand_in, needs_a_person

GRACE = timedelta(seconds=30)  # for a save that was posted in time over a slow network


def grade_item(item: AttemptItem, at: datetime) -> None:
    """Grade one item from the version that marks it, its drawn values, its answer and what it was tried with.

    Does not save.
    """
    version = item.marking
    penalty = tries.penalty_of(item.version.content)
    _, grade = tries.marked(
        version.kind, version.content, item.marking_values, item.tries, item.answer, penalty
    )
    item.score = 1.0 if item.void == AttemptItem.Void.FULL else grade.score
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


def shows_something(item: AttemptItem, attempt: Attempt) -> bool:
    """Whether a graded item is evidence: not of a preview, not left out, and not left blank in a test."""
    if attempt.is_preview or item.void == AttemptItem.Void.OUT:
        return False
    return item.answer is not None or attempt.gives_feedback_at_once


def record(attempt: Attempt, learner: Learner, items: list[AttemptItem], at: datetime) -> None:
    """Append what graded items show."""
    shown = [item for item in items if shows_something(item, attempt)]
    append_evidence(learner=learner, evidence=[evidence_of(item, attempt, at) for item in shown])


@transaction.atomic
def finish(*, attempt: Attempt, now: datetime, state: str = Attempt.State.GRADED) -> Attempt:
    """End an open attempt: grade what is saved and append the evidence. A second call changes nothing.

    In a test a question left blank earns no marks; it appends no evidence, because it shows nothing. In
    practice and reviews only what was checked counts. A question that was tried and has tries left is graded
    by the answer saved last, less the misses before it. Written answers wait for a person.
    """
    attempt = _lock(attempt)
    if not attempt.is_open:
        return attempt
    at = min(now, attempt.deadline) if attempt.deadline else now
    _grade_all(attempt, at)
    close(attempt, at, state)
    attempt.refresh_from_db(fields=["score", "max_score", "state", "finished_at"])
    return attempt


def _grade_all(attempt: Attempt, at: datetime) -> None:
    items = list(attempt.items.filter(score__isnull=True).select_related("version", "key_version"))
    if attempt.gives_feedback_at_once:
        items = [item for item in items if item.tries]
    by_hand = [item for item in items if needs_a_person(item)]
    hand_in(by_hand, at)
    items = [item for item in items if item not in by_hand]
    for item in items:
        if item.tries and item.answer is None:  # cleared after the last try, which then is the answer
            item.answer = item.tries[-1]["answer"]
        grade_item(item, at)
    AttemptItem.objects.bulk_update(items, ["answer", "score", "misconceptions", "graded_at"])
    record(attempt, attempt.learner, items, at)


def close(attempt: Attempt, at: datetime, state: str) -> None:
    """Write down the end of a locked attempt and what its graded items add up to, in one statement."""
    Attempt.objects.filter(pk=attempt.pk).update(state=settled_state(state), finished_at=at, **sums())


def settled_state(state: str) -> Case:
    """The state of an attempt that has ended, for an update: while an answer waits it is not graded yet.

    One whose time ran out says so for ever.
    """
    waiting = Attempt.State.EXPIRED if state == Attempt.State.EXPIRED else Attempt.State.SUBMITTED
    return Case(When(_waits(), then=Value(waiting)), default=Value(state))


def _waits() -> Exists:
    """Whether an answer of an attempt waits for a person; one that is left out of the marks need not."""
    handed_in = AttemptItem.objects.filter(
        attempt=OuterRef("pk"), score__isnull=True, hand_grade__isnull=False
    )
    return Exists(handed_in.exclude(void=AttemptItem.Void.OUT))


def sums() -> dict[str, Case]:
    """What the items of an attempt add up to, for an update; one left out counts on neither side.

    Nothing while an answer waits for a person: a part of the sum would read as a result.
    """
    graded = (
        AttemptItem.objects.filter(attempt=OuterRef("pk"), score__isnull=False)
        .exclude(void=AttemptItem.Void.OUT)
        .order_by()
        .values("attempt")
    )
    totals = {"score": Sum(F("score") * F("marks")), "max_score": Sum("marks")}
    return {
        name: Case(
            When(_waits(), then=None),
            default=Coalesce(
                Subquery(graded.annotate(sum=total).values("sum")), 0, output_field=FloatField()
            ),
        )
        for name, total in totals.items()
    }


def _lock(attempt: Attempt) -> Attempt:
    """The attempt and its learner, locked until the transaction ends, the learner first as everywhere."""
    rows = Attempt.objects.select_for_update(of=("learner", "self")).select_related("learner", "assessment")
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
