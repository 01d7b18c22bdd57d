"""Answers that could not be kept: why, what is saved, and what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Attempt, AttemptItem
from assessments.questions.base import AnswerError, is_by_hand
from assessments.questions.common import as_typed
from assessments.selectors.attempts import slots_of
from assessments.selectors.ways import Way
from assessments.services.answers import Outcome
from assessments.wording import time_of_day


@dataclass(frozen=True)
class Conflict:
    """Why an answer was not kept, and both answers side by side (Markdown)."""

    item: AttemptItem
    outcome: Outcome
    title: str
    why: str
    kept: str
    typed: str
    way: Way
    can_replace: bool

    @property
    def is_prose(self) -> bool:
        """Whether the answers are plain text in paragraphs."""
        return is_by_hand(self.item.version.kind)

    @property
    def in_short(self) -> str:
        """The same in the line that says what is saved."""
        return f"{self.title}. {self.why}"


def conflict_of(
    item: AttemptItem, outcome: Outcome, posted: Mapping[str, Sequence[str]], now: datetime
) -> Conflict:
    """What to say of an answer with this outcome; `item` as the database now has it."""
    title, why = _said(item, outcome)
    version = item.version
    kept = version.kind.summary(version.content, item.values, item.answer)
    return Conflict(
        item=item,
        outcome=outcome,
        title=title,
        why=why,
        kept=kept,
        typed=_typed(item, posted),
        way=_way(item),
        can_replace=outcome is Outcome.STALE,
    )


def _said(item: AttemptItem, outcome: Outcome) -> tuple[str, str]:
    saved = time_of_day(item.saved_at) if item.saved_at else ""
    if outcome is Outcome.STALE:
        why = _("This question was saved at %(time)s from another tab or device. Nothing was overwritten.")
        return _("Answered in another tab"), why % {"time": saved}
    if outcome is Outcome.GRADED and not item.is_graded:
        why = _("This answer was handed in with what was saved at %(time)s. A person will mark that one.")
        return _("Handed in already"), why % {"time": saved}
    if outcome is Outcome.GRADED:
        why = _("This question was marked at %(time)s, with the answer given then. That one counts.")
        marked = time_of_day(item.graded_at) if item.graded_at else saved
        return _("Marked already"), why % {"time": marked}
    return _over(item.attempt)


def _over(attempt: Attempt) -> tuple[str, str]:
    ended = time_of_day(attempt.finished_at) if attempt.finished_at else ""
    if attempt.state != Attempt.State.EXPIRED:
        why = _("It was handed in at %(time)s. What was saved until then has been marked.")
        return _("Handed in already"), why % {"time": ended}
    slots = slots_of(attempt)
    why = _(
        "It ended at %(time)s. What was saved until then has been marked: %(answered)s of %(count)s "
        "questions."
    )
    answered = sum(slot.is_answered for slot in slots)
    return _("Time is up"), why % {"time": ended, "answered": answered, "count": len(slots)}


def _typed(item: AttemptItem, posted: Mapping[str, Sequence[str]]) -> str:
    """What was posted, in words; what cannot be read, as it was typed."""
    version = item.version
    try:
        answer = version.kind.read(version.content, item.values, posted)
    except AnswerError:
        typed = ", ".join(value for values in posted.values() for value in values)
        return typed if is_by_hand(version.kind) else as_typed(typed)
    return version.kind.summary(version.content, item.values, answer)


def _way(item: AttemptItem) -> Way:
    attempt = item.attempt
    if attempt.is_open:
        return Way(
            item_url(item), _("Keep what is saved") if not item.is_graded else _("See how it was marked")
        )
    return Way(reverse("assessments:result", args=[attempt.pk]), _("See the result"))


def item_url(item: AttemptItem) -> str:
    """The page of a question."""
    return reverse("assessments:question", args=[item.attempt_id, item.position])
