"""The answers that count, as a learner reads them: what was asked, how it scored, where and when."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR
from django.utils.timezone import localtime

from assessments.mastery import is_success
from assessments.models import Evidence, Extension, Learner
from assessments.selectors.open_work import may_show_marks
from concepts.compiled import Compiled

PER_PAGE = 25
_ORIGINS = dict(Evidence.Origin.choices)
_FIELDS = (
    *("objective__code", "item__version__title", "origin", "score", "at"),
    *("item__attempt_id", "item__position"),
    *("item__attempt__assessment__show_marks", "closing"),
    *("move__run_id", "move__run__case__title"),
)


class Answer(NamedTuple):
    """One answer, or one decision in a case, which has a run instead of an attempt.

    ``percent`` is None as long as its test keeps the marks to itself.
    """

    code: str
    title: str
    origin: str
    percent: int | None
    succeeded: bool
    at: datetime
    attempt: int
    position: int
    run: int | None = None

    @property
    def when(self) -> str:
        """`Mon 9 Nov 2026, 16:15`: what `date_format` writes, which takes ten times as long."""
        at = localtime(self.at)
        month = str(MONTHS_3[at.month]).title()
        return f"{WEEKDAYS_ABBR[at.weekday()]} {at.day} {month} {at.year}, {at:%H:%M}"

    @property
    def url(self) -> str:
        """The question as it was asked and answered; the run in which it was decided."""
        if self.run is not None:
            return reverse("assessments:case_run", args=[self.run])
        return reverse("assessments:question", args=[self.attempt, self.position])


def evidence_rows(learner: Learner, objective: int | None = None) -> QuerySet[Evidence, tuple[Any, ...]]:
    """What `answer_from` reads, the newest first."""
    rows = _everybodys_rows().filter(learner=learner)
    return rows if objective is None else rows.filter(objective=objective)


@cache
def _everybodys_rows() -> QuerySet[Evidence, tuple[Any, ...]]:
    """The rows of all learners, never fetched: to put this query together takes longer than to run it."""
    rows = Evidence.objects.current().annotate(closing=_closing())
    return rows.order_by("-at", "-pk").values_list(*_FIELDS)


def _closing() -> Greatest:
    """When the assessment of an answer closes for its learner, who may have been given a later end."""
    closes_at = F("item__attempt__assessment__closes_at")
    given = Extension.objects.filter(
        learner=OuterRef("learner"), assessment=OuterRef("item__attempt__assessment")
    )
    return Greatest(Coalesce(Subquery(given.values("closes_at")[:1]), closes_at), closes_at)


def answer_from(row: tuple[Any, ...], now: datetime) -> Answer:
    code, title, origin, score, at, attempt, position, setting, closes_at, run, case = row
    shows = setting is None or may_show_marks(setting, closes_at, now)
    return Answer(
        code,
        title or case,
        str(_ORIGINS[origin]),
        int(100 * score + 1e-9) if shows else None,
        is_success(score),
        at,
        attempt,
        position,
        run,
    )


def answers_of(learner: Learner, now: datetime, most: int) -> list[Answer]:
    """The latest answers of somebody."""
    return [answer_from(row, now) for row in _latest(most).rows(learner.pk)]


@cache
def _latest(most: int) -> Compiled:
    """So many rows, the newest first."""
    return Compiled(lambda learner: _everybodys_rows().filter(learner=learner)[:most])


@dataclass(frozen=True)
class AnswersPage:
    """All answers of somebody, so many at a time."""

    page: Page[Any]
    now: datetime

    @property
    def listed(self) -> list[Answer]:
        return [answer_from(row, self.now) for row in self.page]


def answers_page(
    learner: Learner, number: str | None, now: datetime, objective: int | None = None
) -> AnswersPage:
    """One page of all answers, or of those on one objective."""
    return AnswersPage(Paginator(evidence_rows(learner, objective), PER_PAGE).get_page(number), now)
