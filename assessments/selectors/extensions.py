"""What a learner was given beyond the conditions for everybody: now, by whom, and what it comes to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assessment, Attempt, Extension, Learner
from assessments.models.terms import terms_for
from assessments.services.extensions import EXTRA_TIME
from assessments.wording import count_word, in_series, minutes, moment

LISTED = 12  # changes that are told


@dataclass(frozen=True)
class Given:
    """One extension in words, with who gave it and when."""

    pk: int
    assessment: Assessment
    what: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Was:
    """One change of the record: given, changed or withdrawn."""

    title: str
    what: str
    word: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Accommodations:
    """All that a person was given. `set_by` and `set_at` tell who last set the extra time, if it is known."""

    percent: int
    set_by: str
    set_at: datetime | None
    given: tuple[Given, ...]
    record: tuple[Was, ...]


def accommodations_of(learner: Learner) -> Accommodations:
    """What holds for a learner, and the latest changes of it; three queries."""
    rows = Extension.objects.filter(learner=learner).select_related("assessment", "by")
    changes = Extension.history.filter(learner=learner).select_related("assessment", "history_user")
    logs = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Learner),
        object_id=str(learner.pk),
        change_message__contains=f'"{EXTRA_TIME}"',
    )
    last = logs.select_related("user").first()
    return Accommodations(
        learner.extra_time_percent,
        _named(last.user) if last else "",
        last.action_time if last else None,
        tuple(_given(row) for row in rows.order_by("-updated_at", "-pk")),
        tuple(_was(row) for row in changes.order_by("-history_date", "-history_id")[:LISTED]),
    )


def _given(row: Extension) -> Given:
    return Given(row.pk, row.assessment, in_words(row), row.reason, _named(row.by), row.updated_at)


def _was(row: Any) -> Was:
    words = {"+": _("given"), "~": _("changed"), "-": _("withdrawn")}
    title = row.assessment.title if row.assessment else _("a test that is no more")
    return Was(title, in_words(row), words[row.history_type], _named(row.history_user), row.history_date)


def _named(user: Any) -> str:
    return (user.get_full_name() or user.email or user.get_username()) if user else _("somebody")


def in_words(row: Any) -> str:
    """What an extension gives: `closes Mon 23 Nov, 09:00, 10 minutes extra and one attempt more`."""
    parts = []
    if row.closes_at:
        parts.append(_("closes %(when)s") % {"when": moment(row.closes_at)})
    if row.extra_minutes:
        extra = minutes(timedelta(minutes=row.extra_minutes))
        parts.append(_("%(extra)s extra") % {"extra": extra})
    if row.extra_attempts:
        more = ngettext("%(count)s attempt more", "%(count)s attempts more", row.extra_attempts)
        parts.append(more % {"count": count_word(row.extra_attempts)})
    return in_series(parts)


@dataclass(frozen=True)
class Effect:
    """What an extension comes to, for whoever gave it. `is_enough` is False where it does not help yet."""

    text: str
    is_enough: bool = True


def effect_of(assessment: Assessment, learner: Learner, now: datetime) -> Effect:
    """How it stands with a learner in one assessment, now that the terms are as they are."""
    terms = terms_for(assessment, learner)
    attempts = Attempt.objects.filter(learner=learner, assessment=assessment, is_preview=False)
    last = attempts.order_by("-number").first()
    if last is None:
        return Effect(_("It holds from the beginning of their first attempt."))
    if last.is_open:
        if last.deadline is None:
            return Effect(_("Their attempt is going on, without an end."))
        return Effect(_("Their attempt is going on and ends on %(when)s.") % {"when": moment(last.deadline)})
    ended = _("Their last attempt ended on %(when)s and is not opened again.")
    ended %= {"when": moment(last.finished_at or now)}
    if terms.closes_at and terms.closes_at <= now:
        return Effect(_("%(ended)s It is closed for them; give a later end.") % {"ended": ended}, False)
    if terms.attempts_allowed is None:
        return Effect(_("%(ended)s They can begin another.") % {"ended": ended})
    left = terms.attempts_allowed - attempts.count()
    if left <= 0:
        text = _("%(ended)s No attempt is left, so they cannot begin another: give an extra attempt.")
        return Effect(text % {"ended": ended}, False)
    text = ngettext(
        "%(ended)s They can begin another: %(left)s attempt is left.",
        "%(ended)s They can begin another: %(left)s attempts are left.",
        left,
    )
    return Effect(text % {"ended": ended, "left": left})
