"""Starting and resuming attempts."""

from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.models import Assessment, Attempt, AttemptItem, Learner
from assessments.services.drawing import draw_questions, make_item, make_items, new_seed
from assessments.services.errors import NotAllowed, Refused
from assessments.services.finishing import finish, finish_overdue


def deadline_for(assessment: Assessment, learner: Learner, start: datetime) -> datetime | None:
    """When an attempt ends: min(start + limit × (1 + extra time), close), or never."""
    ends = []
    if assessment.time_limit:
        share = 1 + learner.extra_time_percent / 100
        ends.append(start + timedelta(minutes=assessment.time_limit) * share)
    if assessment.closes_at:
        ends.append(assessment.closes_at)
    return min(ends, default=None)


def refuse_unless_allowed(assessment: Assessment, used: int, now: datetime) -> None:
    """Say why an attempt cannot begin now, if it cannot."""
    if assessment.opens_at and now < assessment.opens_at:
        raise NotAllowed(_("It opens on %(when)s. Come back then.") % {"when": _moment(assessment.opens_at)})
    if assessment.closes_at and now >= assessment.closes_at:
        raise NotAllowed(
            _("It closed on %(when)s. Ask your instructor for an extension.")
            % {"when": _moment(assessment.closes_at)}
        )
    if assessment.attempts_allowed is not None and used >= assessment.attempts_allowed:
        raise NotAllowed(_("You have used every attempt that is allowed. Your result still stands."))


def _moment(when: datetime) -> str:
    return date_format(localtime(when), "j F Y, H:i")


@transaction.atomic
def start_attempt(
    *, learner: Learner, assessment: Assessment, now: datetime, is_preview: bool = False
) -> Attempt:
    """Begin an attempt, or come back to the one that is open.

    Raises NotAllowed when the assessment is not open or no attempt is left, Refused when it asks nothing.
    """
    learner = Learner.objects.select_for_update().get(pk=learner.pk)
    current = _current(learner, assessment, now)
    if current is not None:
        return current
    past = Attempt.objects.filter(learner=learner, assessment=assessment)
    refuse_unless_allowed(assessment, past.filter(is_preview=False).count(), now)
    number = (past.aggregate(highest=Max("number"))["highest"] or 0) + 1
    attempt = Attempt(
        learner=learner,
        assessment=assessment,
        kind=assessment.mode,
        number=number,
        started_at=now,
        deadline=deadline_for(assessment, learner, now),
        is_preview=is_preview,
    )
    picked = draw_questions(assessment, learner, Random(new_seed()))  # noqa: S311 - order of questions, not a secret
    if not picked:
        raise Refused(_("No question of this is published yet. Nothing was started."))
    attempt.save()
    AttemptItem.objects.bulk_create(make_items(attempt, picked))
    return attempt


def _current(learner: Learner, assessment: Assessment, now: datetime) -> Attempt | None:
    """The open attempt, unless its time has run out or every answer in a practice has been given."""
    attempt = Attempt.objects.filter(learner=learner, assessment=assessment).open().first()
    if attempt is None or finish_overdue(attempt=attempt, now=now):
        return None
    if attempt.kind == Attempt.Kind.PRACTICE and not attempt.items.filter(score__isnull=True).exists():
        finish(attempt=attempt, now=now)
        return None
    return attempt


@transaction.atomic
def add_variant(*, attempt: Attempt, position: int, now: datetime) -> AttemptItem:
    """Ask the question of an answered item again with other figures, at the end of the attempt.

    Raises Refused where feedback waits for submission, where the item is not answered yet, or where the
    question has no figures to vary.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).select_related("learner").get(pk=attempt.pk)
    item = attempt.items.select_related("version").get(position=position)
    if not attempt.is_open:
        raise Refused(_("This practice is finished. Start a new one for other figures."))
    if attempt.kind != Attempt.Kind.PRACTICE or not item.is_graded:
        raise Refused(_("Answer this one first; other figures come after it."))
    if not item.version.kind.parametric:
        raise Refused(_("This question has no figures to vary."))
    waiting = attempt.items.filter(version=item.version, score__isnull=True).first()
    if waiting is not None:
        return waiting
    last = attempt.items.aggregate(last=Max("position"))["last"]
    variant = make_item(attempt, item.version, item.marks, last + 1)
    variant.save()
    return variant
