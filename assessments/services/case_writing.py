"""What is written in a case: notes for oneself, and the recommendation that a person grades."""

from datetime import datetime

from django.db import transaction

from assessments.models import Attempt, CaseRun
from assessments.services.cases import Stale, finish_run, locked_run, recommendation_of, touch

MOST_NOTES = 20_000  # characters


@transaction.atomic
def save_notes(*, run: CaseRun, text: str, revision: int, now: datetime) -> CaseRun:
    """Keep the notes of a run, which are for its learner alone. Raises Stale where another tab has saved."""
    run = locked_run(run)
    text = text.replace("\x00", "").replace("\r\n", "\n")[:MOST_NOTES]
    if run.notes == text:
        return run
    if revision != run.notes_revision:
        raise Stale
    run.notes, run.notes_revision = text, run.notes_revision + 1
    touch(run, now)
    return run


def finish_if_written(*, attempt: Attempt, now: datetime) -> bool:
    """Finish the run of an attempt once its recommendation has been handed in, or given up, after the end.

    Returns whether the run is finished. For an attempt that belongs to no case nothing happens; a second call
    changes nothing.
    """
    return attempt.kind == Attempt.Kind.CASE and _finish_if_written(attempt, now)


@transaction.atomic
def _finish_if_written(attempt: Attempt, now: datetime) -> bool:
    run = locked_run(CaseRun.objects.get(attempt=attempt.pk))
    if run.ended_at is None or not run.is_open:
        return not run.is_open
    item = recommendation_of(run)
    if item is not None and not (item.is_graded or item.is_handed_in):
        return False
    finish_run(run, now)
    return True
