"""Starting and resuming attempts."""

from datetime import datetime
from random import Random

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.models import Assessment, Attempt, AttemptItem, Learner
from assessments.models.terms import Terms, terms_for
from assessments.services.diagnostics import draw_first
from assessments.services.drawing import make_item, make_items, new_seed
from assessments.services.errors import NotAllowed, Refused
from assessments.services.finishing import finish, finish_overdue
from assessments.services.standing import mark_as_corrected


def refuse_unless_allowed(terms: Terms, used: int, now: datetime) -> None:
    """Say why an attempt cannot begin now, if it cannot."""
    opens_at, closes_at = terms.assessment.opens_at, terms.closes_at
    if opens_at and now < opens_at:
        raise NotAllowed(_("It opens on %(when)s. Come back then.") % {"when": _moment(opens_at)})
    if closes_at and now >= closes_at:
        raise NotAllowed(
            _("It closed on %(when)s. Ask your instructor for an extension.") % {"when": _moment(closes_at)}
        )
    if terms.attempts_allowed is not None and used >= terms.attempts_allowed:
        raise NotAllowed(_("You have used every attempt that is allowed. Your result still stands."))


def _moment(when: datetime) -> str:
    return date_format(localtime(when), "j F Y, H:i")


@transaction.atomic
def start_attempt(*, learner: Learner, assessment: Assessment, now: datetime) -> Attempt:
    """Begin an attempt, or come back to the one that is open. Previews of it that one had begun go.

    Raises NotAllowed when the assessment is not open or no attempt is left, Refused when it asks nothing.
    """
    learner = Learner.objects.select_for_update().get(pk=learner.pk)
    discard_previews(learner=learner, assessment=assessment)
    current = current_attempt(learner, assessment, now)
    if current is not None:
        return current
    past = Attempt.objects.filter(learner=learner, assessment=assessment)
    terms = terms_for(assessment, learner)
    refuse_unless_allowed(terms, past.count(), now)
    number = (past.aggregate(highest=Max("number"))["highest"] or 0) + 1
    attempt = Attempt(
        learner=learner,
        assessment=assessment,
        kind=assessment.mode,
        number=number,
        started_at=now,
        deadline=terms.deadline(now),
    )
    picked = draw_first(assessment, learner, Random(new_seed()))  # noqa: S311 - order of questions, not a secret
    if not picked:
        raise Refused(_("No question of this is published yet. Nothing was started."))
    attempt.save()
    mark_as_corrected(AttemptItem.objects.bulk_create(make_items(attempt, picked)))
    return attempt


def discard_previews(*, learner: Learner, assessment: Assessment) -> None:
    """Delete what somebody has previewed of an assessment: it is not worth keeping, and it holds a number."""
    Attempt.objects.filter(learner=learner, assessment=assessment, is_preview=True).delete()


def open_attempt(
    *, learner: Learner, assessment: Assessment, now: datetime, is_preview: bool = False
) -> Attempt | None:
    """The attempt or preview that is open; one whose time has run out is ended by looking for it."""
    mine = Attempt.objects.filter(learner=learner, assessment=assessment, is_preview=is_preview)
    attempt = mine.open().first()
    return None if attempt is None or finish_overdue(attempt=attempt, now=now) else attempt


def current_attempt(learner: Learner, assessment: Assessment, now: datetime) -> Attempt | None:
    """The open attempt, unless its time has run out or every answer in a practice has been given."""
    attempt = open_attempt(learner=learner, assessment=assessment, now=now)
    if attempt is None:
        return None
    waiting = attempt.items.filter(score__isnull=True, hand_grade__isnull=True)
    if attempt.kind == Attempt.Kind.PRACTICE and not waiting.exists():
        finish(attempt=attempt, now=now)
        return None
    return attempt


@transaction.atomic
def add_variant(*, attempt: Attempt, position: int, now: datetime) -> AttemptItem:
    """Ask the question of an answered item again with other figures, at the end of the attempt.

    Raises Refused where feedback waits for submission, where the item is not answered yet, or where the
    question has no figures to vary.
    """
    rows = Attempt.objects.select_for_update(of=("learner", "self")).select_related("learner")
    attempt = rows.get(pk=attempt.pk)
    item = attempt.items.select_related("version").get(position=position)
    if not attempt.is_open:
        raise Refused(_("This practice is finished. Start a new one for other figures."))
    if attempt.kind != Attempt.Kind.PRACTICE or not item.is_graded:
        raise Refused(_("Answer this one first; other figures come after it."))
    if not item.version.kind.parametric:
        raise Refused(_("This question has no figures to vary."))
    if item.void:
        raise Refused(_("This question has been withdrawn, so there is nothing more to practise here."))
    waiting = attempt.items.filter(version__question=item.version.question_id, score__isnull=True).first()
    if waiting is not None:
        return waiting
    last = attempt.items.aggregate(last=Max("position"))["last"]
    variant = make_item(attempt, item.marking, item.marks, last + 1)  # as it was corrected, if it was
    variant.save()
    mark_as_corrected([variant])
    return variant
