"""Quick checks: one question at the end of a lesson, offered without a write and graded in one.

What is asked travels in the page as a signed token, so that reading a lesson stores nothing. Posting a token
twice finds the answer that was given first.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import mastery
from assessments.models import Attempt, AttemptItem, Evidence, Learner, QuestionVersion
from assessments.questions.base import AnswerError
from assessments.services.errors import Refused
from assessments.services.finishing import grade_item, record
from assessments.services.folding import piece_of

LIFETIME = timedelta(days=3)
_SALT = "assessments.check"


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
    is_preview: bool = False


@dataclass(frozen=True)
class Checked:
    """A graded quick check, and the level of its objective before it; None where nothing counted."""

    attempt: Attempt
    before: int | None


def new_nonce() -> str:
    """Names one asking of a question."""
    return secrets.token_urlsafe(12)


def sign_offer(offer: Offer) -> str:
    """The token that a page carries."""
    values = [offer.learner, offer.version, offer.seed, offer.nonce, offer.is_preview]
    return signing.dumps(values, salt=_SALT)


def read_offer(token: str, learner: Learner) -> Offer:
    """What a token asks of this learner. Raises Unreadable or TooOld."""
    try:
        offer = Offer(*signing.loads(token, salt=_SALT, max_age=LIFETIME))
    except signing.SignatureExpired:
        raise TooOld(
            _("This question has been open for more than three days. Nothing was graded; here is a fresh one.")
        ) from None
    except (signing.BadSignature, TypeError, ValueError):
        raise Unreadable(_("This answer came without its question. Nothing was graded.")) from None
    if offer.learner != learner.pk:
        raise Unreadable(_("This question was asked of somebody else. Nothing was graded."))
    return offer


@transaction.atomic
def answer_check(
    *, learner: Learner, token: str, posted: Mapping[str, Sequence[str]], now: datetime
) -> Checked:
    """Grade the answer to a quick check and append what it shows; the first answer to a token stands.

    Raises Refused for a token that cannot be used and AnswerError for an answer that cannot be read.
    """
    offer = read_offer(token, learner)
    learner = Learner.objects.select_for_update().get(pk=learner.pk)
    known = Attempt.objects.filter(key=_key(offer), learner=learner).first()
    if known is not None:
        return Checked(known, _level_before(known))
    version = QuestionVersion.objects.get(pk=offer.version)
    values = version.kind.draw(version.content, offer.seed)
    answer = version.kind.read(version.content, values, posted)
    if answer is None:
        raise AnswerError(_("There is no answer yet. Give one, then check it."))
    attempt = Attempt.objects.create(
        learner=learner,
        kind=Attempt.Kind.CHECK,
        key=_key(offer),
        state=Attempt.State.GRADED,
        started_at=now,
        finished_at=now,
        is_preview=offer.is_preview,
    )
    item = AttemptItem(
        attempt=attempt,
        position=1,
        version=version,
        seed=offer.seed,
        values=values,
        answer=answer,
        revision=1,
        saved_at=now,
    )
    _grade(attempt, item, now)
    record(attempt, learner, [item], now)
    return Checked(attempt, _level_before(attempt))


def _grade(attempt: Attempt, item: AttemptItem, now: datetime) -> None:
    grade_item(item, now)
    item.save()
    attempt.score, attempt.max_score = item.earned, item.marks
    attempt.save(update_fields=["score", "max_score"])


def _key(offer: Offer) -> str:
    return f"check:{offer.nonce}"


def _level_before(attempt: Attempt) -> int | None:
    """The level that the objective had before this answer, folded from what had been shown until then."""
    shown = Evidence.objects.filter(item__attempt=attempt).first()
    if shown is None:
        return None
    state = mastery.Mastery()
    earlier = Evidence.objects.filter(learner=shown.learner_id, objective=shown.objective_id).in_order()
    for piece in earlier:
        if piece.pk == shown.pk:
            break
        state = mastery.fold(state, piece_of(piece))
    return state.level.value
