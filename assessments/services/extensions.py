"""Accommodations: more time for a person, and what they are given beyond the conditions of one assessment.

Each holds at once, also for an attempt that is going on. What had been given is taken back no further than to
this moment: an attempt never ends earlier than it would have ended without, and never in the past, so nothing
that was saved in good faith is lost. What is over stays over; another attempt is given instead.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Assessment, Attempt, Extension, Learner
from assessments.models.terms import terms_for
from assessments.services.errors import Refused
from assessments.services.finishing import finish_overdue

MOST_PERCENT = 200
EXTRA_TIME = "extra_time_percent"


class Pointless(Refused):
    """Something that would change nothing; ``field`` names what was asked for."""

    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def refuse_pointless(
    assessment: Assessment,
    closes_at: datetime | None,
    extra_minutes: int,
    extra_attempts: int,
    now: datetime,
) -> list[Pointless]:
    """What of an extension would give nothing in this assessment, and why."""
    found = []
    if closes_at is not None and assessment.closes_at is None:
        found.append(Pointless("closes_at", _("It never closes. Leave this empty.")))
    elif closes_at is not None and assessment.closes_at and closes_at <= assessment.closes_at:
        found.append(Pointless("closes_at", _("It closes no sooner for everybody. Choose a later end.")))
    elif closes_at is not None and closes_at <= now:
        found.append(Pointless("closes_at", _("That is past. Choose an end that is still to come.")))
    if extra_minutes and not assessment.time_limit:
        found.append(Pointless("extra_minutes", _("It has no time limit. Leave this at 0.")))
    if extra_attempts and assessment.attempts_allowed is None:
        found.append(Pointless("extra_attempts", _("It allows any number already. Leave this at 0.")))
    if closes_at is None and not extra_minutes and not extra_attempts:
        found.append(Pointless("", _("Give a later end, minutes or attempts.")))
    return found


@transaction.atomic
def grant_extension(
    *,
    assessment: Assessment,
    learner: Learner,
    by: Any,
    now: datetime,
    closes_at: datetime | None = None,
    extra_minutes: int = 0,
    extra_attempts: int = 0,
    reason: str = "",
) -> Extension:
    """Give a learner more in one assessment, in place of what they had been given there before.

    Raises Pointless when it would change nothing.
    """
    for refused in refuse_pointless(assessment, closes_at, extra_minutes, extra_attempts, now):
        raise refused
    running = _hold(learner, assessment)
    extension = Extension.objects.filter(assessment=assessment, learner=learner).first()
    extension = extension or Extension(assessment=assessment, learner=learner)
    extension.closes_at, extension.reason, extension.by = closes_at, reason, by
    extension.extra_minutes, extension.extra_attempts = extra_minutes, extra_attempts
    _sign(extension, by)
    extension.save()
    _move_deadlines(running, now)
    return extension


@transaction.atomic
def withdraw_extension(*, extension: Extension, by: Any, now: datetime) -> None:
    """Take back what was given; its history stays. An attempt that is going on ends now at the earliest."""
    running = _hold(extension.learner, extension.assessment)
    _sign(extension, by)
    extension.delete()
    _move_deadlines(running, now)


@transaction.atomic
def set_extra_time(*, learner: Learner, percent: int, by: Any, now: datetime) -> None:
    """Give a person so much extra time in every time limit, per cent; who did so is written down.

    Raises Pointless for a share below 0 or above 200.
    """
    if not 0 <= percent <= MOST_PERCENT:
        raise Pointless(EXTRA_TIME, _("Give 0 to %(most)s per cent.") % {"most": MOST_PERCENT})
    running = _hold(learner)
    before = Learner.objects.values_list(EXTRA_TIME, flat=True).get(pk=learner.pk)
    learner.extra_time_percent = percent
    if percent == before:
        return
    learner.save(update_fields=[EXTRA_TIME])
    changed = {"fields": [EXTRA_TIME], "name": "extra time", "object": f"{before} % → {percent} %"}
    LogEntry.objects.create(
        user_id=by.pk,
        content_type=ContentType.objects.get_for_model(Learner),
        object_id=str(learner.pk),
        object_repr=str(learner)[:200],
        action_flag=CHANGE,
        change_message=json.dumps([{"changed": changed}]),
    )
    for attempt in running:
        attempt.learner.extra_time_percent = percent
    _move_deadlines(running, now)


def _sign(extension: Extension, by: Any) -> None:
    """Whose change the history writes down, also where no request told it."""
    extension._history_user = by  # type: ignore[attr-defined]


def _hold(learner: Learner, assessment: Assessment | None = None) -> list[Attempt]:
    """Lock a learner, then their attempts that are going on: in the order of whoever saves or starts."""
    locked = Learner.objects.select_for_update().get(pk=learner.pk)
    attempts = Attempt.objects.filter(learner=learner, assessment__isnull=False, is_preview=False).open()
    if assessment is not None:
        attempts = attempts.filter(assessment=assessment)
    running = list(attempts.select_for_update(of=("self",)).select_related("assessment"))
    for attempt in running:
        attempt.learner = locked
    return running


def _move_deadlines(running: Iterable[Attempt], now: datetime) -> None:
    """Work out anew when locked attempts end: never in the past, unless that is where they ended already."""
    for attempt in running:
        if finish_overdue(attempt=attempt, now=now) or attempt.assessment is None:
            continue
        deadline = terms_for(attempt.assessment, attempt.learner).deadline(attempt.started_at)
        if deadline is not None:
            deadline = max(deadline, min(attempt.deadline or now, now))
        if deadline != attempt.deadline:
            Attempt.objects.filter(pk=attempt.pk).update(deadline=deadline)
