"""What a page of a case is told of what it sent while somebody typed: JSON, in words that it can show."""

from datetime import datetime

from django.forms import Form
from django.http import JsonResponse
from django.utils.translation import gettext as _

from assessments.models import CaseRun
from assessments.services.answers import Outcome
from assessments.services.case_moves import Drafted
from assessments.services.errors import Refused
from assessments.wording import time_of_day


def draft_answer(run: CaseRun, drafted: Drafted) -> JsonResponse:
    """What became of a draft of decisions: saved, or refused with the way to what stands."""
    move = drafted.move
    answer = {
        "outcome": drafted.outcome,
        "revision": move.revision,
        "saved_at": move.saved_at.isoformat() if move.saved_at else None,
    }
    if drafted.outcome in (Outcome.SAVED, Outcome.UNCHANGED):
        time = time_of_day(move.saved_at) if move.saved_at else ""
        return JsonResponse({**answer, "message": _("Saved at %(time)s, not decided yet") % {"time": time}})
    message = _("This stage stands otherwise in another tab. Nothing was overwritten.")
    return JsonResponse({**answer, "message": message, "url": run.get_absolute_url()}, status=409)


def notes_saved(run: CaseRun, now: datetime) -> JsonResponse:
    """The notes as they were sent are kept."""
    message = _("Saved at %(time)s") % {"time": time_of_day(now)}
    answer = {"outcome": Outcome.SAVED, "revision": run.notes_revision, "saved_at": now.isoformat()}
    return JsonResponse({**answer, "message": message})


def notes_refused(run: CaseRun, refused: Refused) -> JsonResponse:
    """Another tab has saved other notes."""
    answer = {"outcome": Outcome.STALE, "message": refused.message, "url": f"{run.get_absolute_url()}#notes"}
    return JsonResponse(answer, status=refused.status)


def unreadable(form: Form) -> JsonResponse:
    """What was sent cannot be kept as it is: the first reason, and the field that it is about."""
    field, errors = next(iter(form.errors.items()))
    return JsonResponse({"outcome": "unreadable", "field": field, "message": str(errors[0])}, status=422)
