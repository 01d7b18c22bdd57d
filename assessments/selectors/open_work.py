"""What a learner has begun and what is open to them: attempts in progress, tests with their conditions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assessment, Attempt, Learner
from assessments.models.terms import later_of
from assessments.selectors.sets import AssessmentLine, Home, assessments_at, with_runs
from assessments.selectors.standing import Standing
from assessments.wording import count_word, day_ahead, days_ago, moment
from concepts.kept import Shelf
from concepts.models import can_preview
from concepts.selectors.outline import Outline

SOON = timedelta(hours=48)
_OPEN_FIELDS = ("pk", "kind", "assessment_id", "assessment__title", "started_at", "deadline")


@dataclass(frozen=True)
class OpenAttempt:
    """An attempt in progress and how far it has come."""

    pk: int
    kind: str
    assessment: int | None
    title: str | None
    started_at: datetime
    deadline: datetime | None
    total: int
    answered: int

    @property
    def url(self) -> str:
        return reverse("assessments:attempt", args=[self.pk])

    @property
    def left(self) -> int:
        return self.total - self.answered

    def is_running(self, now: datetime) -> bool:
        """Whether its clock is ticking."""
        return self.deadline is not None and self.deadline > now


@dataclass(frozen=True)
class Test:
    """A test that is neither passed nor used up, with the dates between which it can be taken."""

    line: AssessmentLine
    opens_at: datetime | None
    closes_at: datetime | None
    shows_marks: bool

    def can_start(self, now: datetime) -> bool:
        return not (self.opens_at and self.opens_at > now) and not (self.closes_at and self.closes_at <= now)

    def closes_soon(self, now: datetime) -> bool:
        return self.closes_at is not None and now < self.closes_at <= now + SOON


@dataclass(frozen=True)
class Work:
    """One line of what is open: what it is, under which conditions, and how it stands."""

    title: str
    url: str
    detail: str
    state: str
    andon: str = ""
    icon: str = ""
    note: str = ""


def open_attempts(learner: Learner) -> list[OpenAttempt]:
    """Everything in progress but quick checks, the newest first."""
    given = Q(items__score__isnull=False) | Q(items__answer__isnull=False)
    rows = (
        Attempt.objects.filter(learner=learner, is_preview=False)
        .open()
        .exclude(kind=Attempt.Kind.CHECK)
        .order_by("-started_at", "-pk")
        .annotate(total=Count("items"), answered=Count("items", filter=given))
    )
    return [OpenAttempt(*row) for row in rows.values_list(*_OPEN_FIELDS, "total", "answered")]


def sets_on(shelf: Shelf, homes: Iterable[Home], user: Any) -> tuple[AssessmentLine, ...]:
    """What is published at these places; the same on every page, so it is kept."""
    places = tuple(homes)
    return shelf.get(("sets", places, can_preview(user)), lambda: tuple(assessments_at(places, user)))


def tests_among(shelf: Shelf, learner: Learner, lines: Iterable[AssessmentLine], now: datetime) -> list[Test]:
    """The tests of these sets that wait to be taken: those that close first, then in the order given."""
    settings = shelf.get("settings of tests", _settings)
    tests = [line for line in lines if line.pk in settings]  # an editor also sees drafts, which nobody takes
    found = []
    for line in with_runs(learner, tests, now):
        opens_at, closes_at, setting = settings[line.pk]
        closes_at = later_of(closes_at, line.extension.closes_at if line.extension else None)
        shows = may_show_marks(setting, closes_at, now)
        is_done = line.is_done and (shows or line.is_diagnostic)
        if not (line.run.is_open or line.is_used_up or is_done):
            found.append(Test(line, opens_at, closes_at, shows))
    return sorted(
        (test for test in found if test.closes_at is None or test.closes_at > now),
        key=lambda test: (test.closes_at is None, test.closes_at or now),
    )


def _settings() -> dict[int, tuple[datetime | None, datetime | None, str]]:
    """When each published test opens and closes, and whether it shows its marks."""
    rows = Assessment.objects.published().exclude(mode=Assessment.Mode.PRACTICE)
    return {pk: tuple(row) for pk, *row in rows.values_list("pk", "opens_at", "closes_at", "show_marks")}


def may_show_marks(setting: str, closes_at: datetime | None, now: datetime) -> bool:
    """Whether the marks of a finished attempt may be seen now."""
    if setting == Assessment.Reveal.CLOSED:
        return closes_at is not None and now >= closes_at
    return setting != Assessment.Reveal.NEVER


def is_met(line: AssessmentLine, outline: Outline, standing: Standing) -> bool:
    """Whether the learner has answered anything where a set belongs: of the whole course, in every module.

    A diagnostic of the whole course comes before all that.
    """
    if line.is_course_wide:
        if line.is_diagnostic:
            return standing.is_empty
        chapters = [chapter for chapter in outline.chapters if chapter.objectives]
        return bool(chapters) and all(standing.tally(chapter.objectives).started for chapter in chapters)
    return any(
        standing.tally(lesson.objectives).started
        for chapter in outline.chapters
        for lesson in chapter.lessons
        if line.home in (("module", chapter.pk), (lesson.kind, lesson.pk))
    )


def work_of(
    attempts: Sequence[OpenAttempt], tests: Iterable[Test], learner: Learner, now: datetime
) -> list[Work]:
    """What is in progress, then what can be begun. Reviews are told of elsewhere, and a practice with an
    answer to everything is done, although nobody has closed it.
    """
    done = (one for one in attempts if one.kind == Attempt.Kind.PRACTICE and not one.left)
    left_out = {one.pk for one in attempts if one.kind == Attempt.Kind.REVIEW} | {one.pk for one in done}
    begun = [_begun(attempt, now) for attempt in attempts if attempt.pk not in left_out]
    return begun + [_waiting(test, learner, now) for test in tests]


def _begun(attempt: OpenAttempt, now: datetime) -> Work:
    kind = Attempt.Kind(attempt.kind).label
    answered = _("%(answered)s of %(total)s answered") % {
        "answered": attempt.answered,
        "total": attempt.total,
    }
    detail = str(kind) if attempt.kind == Attempt.Kind.CASE else f"{kind} · {answered}"
    work = Work(str(attempt.title), attempt.url, detail, _("In progress"))
    if attempt.deadline is None:
        return replace(work, note=_("begun %(day)s") % {"day": days_ago(attempt.started_at, now)})
    if not attempt.is_running(now):
        return replace(
            work, state=_("Time ran out"), andon="warn", icon="alert", note=_("what you saved counts")
        )
    return replace(
        work,
        state=_("Ends %(when)s") % {"when": by(attempt.deadline, now)},
        andon="warn" if attempt.deadline <= now + SOON else "",
        icon="clock",
    )


def _waiting(test: Test, learner: Learner, now: datetime) -> Work:
    line = test.line
    work = Work(line.title, line.url, conditions(line, learner), _("Not taken yet"))
    if line.run.used:
        work = replace(work, state=_("Taken"))
    if test.shows_marks and line.run.percent is not None:
        work = replace(work, state=_("%(percent)s %% so far") % {"percent": int(line.run.percent)})
    if not test.can_start(now) and test.opens_at:
        return replace(
            work, state=_("Not open yet"), note=_("opens %(when)s") % {"when": moment(test.opens_at)}
        )
    if test.closes_at is None and line.is_diagnostic:
        return replace(work, note=_("says what you can skip"))
    if test.closes_at is None:
        return replace(work, note=_("pass mark %(percent)s %%") % {"percent": line.pass_mark})
    if not test.closes_soon(now):
        return replace(work, note=_("closes %(when)s") % {"when": moment(test.closes_at)})
    return replace(
        work,
        state=_("Closes %(day)s") % {"day": day_ahead(test.closes_at, now)},
        andon="warn",
        icon="clock",
        note=moment(test.closes_at),
    )


def conditions(line: AssessmentLine, learner: Learner) -> str:
    """What one is told before starting: kind, questions, time, attempts."""
    parts = [
        Assessment.Mode(line.mode).label,
        how_many(line),
    ]
    if line.time_limit:
        more = line.extension.extra_minutes if line.extension else 0
        minutes = round(line.time_limit * (1 + learner.extra_time_percent / 100)) + more
        time = ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
        extra = learner.extra_time_percent or more
        parts.append(_("%(time)s with your extra time") % {"time": time} if extra else time)
    if line.attempts_allowed:
        text = ngettext(
            "%(used)s of %(allowed)s attempt used",
            "%(used)s of %(allowed)s attempts used",
            line.attempts_allowed,
        )
        used = count_word(line.run.used) if line.run.used else _("none")
        parts.append(text % {"used": used, "allowed": count_word(line.attempts_allowed)})
    return " · ".join(str(part) for part in parts)


def how_many(line: AssessmentLine) -> str:
    """Its length; of a diagnostic the most that it can come to."""
    if line.is_diagnostic:
        text = ngettext("at most %(count)s question", "at most %(count)s questions", line.at_most)
    else:
        text = ngettext("%(count)s question", "%(count)s questions", line.questions)
    return text % {"count": line.at_most}


def by(when: datetime, now: datetime) -> str:
    """Until when, as short as it can be said: `at 11:05`, else with the day."""
    if localtime(when).date() == localtime(now).date():
        return _("at %(time)s") % {"time": date_format(localtime(when), "H:i")}
    return _("on %(moment)s") % {"moment": moment(when)}
