"""Previews: an assessment taken as a learner takes it, by somebody who writes or teaches, and never counted.

A preview is an attempt like any other, so that it is asked, marked and shown by the same code. It appends no
evidence, uses up no attempt and is left out of every count. The next one, and a real attempt, take its place.
"""

from datetime import datetime
from random import Random

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.models import Assessment, Attempt, AttemptItem, Learner
from assessments.models.terms import Terms
from assessments.services.attempts import discard_previews
from assessments.services.diagnostics import draw_first
from assessments.services.drawing import make_items
from assessments.services.errors import Refused

_KEY = "preview:"


@transaction.atomic
def start_preview(*, learner: Learner, assessment: Assessment, seed: int, now: datetime) -> Attempt:
    """Begin a preview afresh; equal seeds draw the same questions and figures while the bank is the same.

    Neither dates, nor the attempts allowed, nor an attempt of one's own that is going on stand in its way;
    the time limit holds. Raises Refused when nothing is asked.
    """
    learner = Learner.objects.select_for_update().get(pk=learner.pk)
    discard_previews(learner=learner, assessment=assessment)
    dice = Random(seed)  # noqa: S311 - reproducible on purpose, and worth nothing to anybody
    picked = draw_first(assessment, None, dice)
    if not picked:
        raise Refused(_("No question of this is published yet. Nothing was started."))
    past = Attempt.objects.filter(learner=learner, assessment=assessment)
    attempt = Attempt.objects.create(
        learner=learner,
        assessment=assessment,
        kind=assessment.mode,
        key=f"{_KEY}{learner.pk}:{assessment.pk}:{seed}",
        number=(past.aggregate(highest=Max("number"))["highest"] or 0) + 1,
        started_at=now,
        deadline=_deadline(assessment, now),
        is_preview=True,
    )
    AttemptItem.objects.bulk_create(make_items(attempt, picked, dice))
    return attempt


def _deadline(assessment: Assessment, now: datetime) -> datetime | None:
    """As for a learner without extra time; of something that has closed, by the time limit alone."""
    terms = Terms(assessment, extra_time_percent=0)
    if terms.closes_at is None or terms.closes_at > now:
        return terms.deadline(now)
    return now + terms.limit if terms.limit else None


def discard_old_previews(*, before: datetime) -> int:
    """Delete the previews begun before a moment, quick checks among them. Returns how many there were."""
    _all, counts = Attempt.objects.filter(is_preview=True, started_at__lt=before).delete()
    return counts.get(Attempt._meta.label, 0)


def seed_of(attempt: Attempt) -> int | None:
    """The seed that a preview was drawn with; None for anything else."""
    if not attempt.is_preview or not (attempt.key or "").startswith(_KEY):
        return None
    return int(str(attempt.key).rpartition(":")[2])
