"""Quick checks: one question at the end of a lesson, offered without a write and graded in one.

What is asked travels in the page as a signed token, so that reading a lesson stores nothing. Posting a token
twice finds the answer that was given first.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessments.models import Attempt, AttemptItem, Learner, QuestionVersion
from assessments.questions.base import AnswerError
from assessments.services.drawing import new_seed
from assessments.services.errors import Refused
from assessments.services.finishing import grade_item, record, sums
from assessments.services.standing import mark_as_corrected

LIFETIME = timedelta(days=3)
_SALT = "assessments.check:"


class Unreadable(Refused):
    """A token that was not made here, or not for this person."""

    status = 400


class TooOld(Refused):
    """A question that was left open for days."""

    status = 410


@dataclass(frozen=True)
class Offer:
    """A question that a page asks: which version, with which draw, of whom."""

    learner: int
    version: int
    seed: int
    nonce: str
    is_preview: bool


def make_offer(*, learner: Learner, version: QuestionVersion, is_preview: bool) -> Offer:
    """A fresh asking of a question. Stores nothing."""
    return Offer(learner.pk, version.pk, new_seed(), secrets.token_urlsafe(12), is_preview)


def sign_offer(offer: Offer, lesson: str) -> str:
    """The token that the page of a lesson carries."""
    values = [offer.learner, offer.version, offer.seed, offer.nonce, offer.is_preview]
    return signing.dumps(values, salt=_SALT + lesson)


def read_offer(token: str, learner: Learner, lesson: str) -> Offer:
    """What a token asks of this learner. Raises Unreadable or TooOld."""
    try:
        offer = Offer(*signing.loads(token, salt=_SALT + lesson, max_age=LIFETIME))
    except signing.SignatureExpired:
        raise TooOld(
            _("This question was open for more than three days. Nothing was graded; here is a fresh one.")
        ) from None
    except (signing.BadSignature, TypeError, ValueError):
        raise Unreadable(_("This answer came without its question. Nothing was graded.")) from None
    if offer.learner != learner.pk:
        raise Unreadable(_("This question was asked of somebody else. Nothing was graded."))
    return offer


def answer_check(
    *, learner: Learner, lesson: str, token: str, posted: Mapping[str, Sequence[str]], now: datetime
) -> AttemptItem:
    """Grade the answer to a quick check and append what it shows; the first answer to a token stands.

    ``lesson`` is the address of the lesson that asked. Raises Refused for a token that cannot be used and
    AnswerError for an answer that cannot be read; nothing is stored then.
    """
    offer = read_offer(token, learner, lesson)
    try:
        return _store(learner, offer, posted, now)
    except (AnswerError, IntegrityError):
        items = AttemptItem.objects.select_related("attempt", "version__objective")
        known = items.filter(attempt__key=_key(offer), attempt__learner=learner).first()
        if known is None:
            raise
        return known


@transaction.atomic
def _store(learner: Learner, offer: Offer, posted: Mapping[str, Sequence[str]], now: datetime) -> AttemptItem:
    learner = Learner.objects.select_for_update().get(pk=learner.pk)
    version = QuestionVersion.objects.select_related("objective").get(pk=offer.version)
    values = version.kind.draw(version.content, offer.seed)
    answer = version.kind.read(version.content, values, posted)
    if answer is None:
        raise AnswerError(_("There is no answer yet. Give one, then check it."))
    item = AttemptItem(position=1, version=version, seed=offer.seed, values=values, answer=answer)
    item.revision, item.saved_at = 1, now
    grade_item(item, now)
    item.attempt = Attempt.objects.create(
        learner=learner,
        kind=Attempt.Kind.CHECK,
        key=_key(offer),
        state=Attempt.State.GRADED,
        started_at=now,
        finished_at=now,
        score=item.earned,
        max_score=item.marks,
        is_preview=offer.is_preview,
    )
    item.save()
    if mark_as_corrected([item]):  # after the page with the question was made
        grade_item(item, now)
        item.save(update_fields=["score", "misconceptions"])
        Attempt.objects.filter(pk=item.attempt_id).update(**sums())
    record(item.attempt, learner, [item], now)
    return item


def _key(offer: Offer) -> str:
    return f"check:{offer.nonce}"
