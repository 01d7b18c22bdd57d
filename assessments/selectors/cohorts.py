"""Cohorts as those who teach them see them: the list, the overview of one, and its join links."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from assessments.models import Cohort, JoinLink, Learner, Membership
from assessments.selectors.cohort_table import (
    Column,
    Person,
    Row,
    Wanted,
    columns,
    found,
    in_order,
    learners_of,
    persons,
    rows_of,
)
from assessments.selectors.hand_grading import Waiting, waiting_in

PER_PAGE = 50
QUIET = timedelta(days=7)


@dataclass(frozen=True)
class Summary:
    """How a cohort stands: how many answered lately, how many have been quiet, how much is mastered.

    Somebody who has not answered yet is quiet a week after joining, not at once.
    """

    learners: int = 0
    active: int = 0
    quiet: int = 0
    unbegun: int = 0
    mastered: int = 0
    reachable: int = 0

    @property
    def share(self) -> int:
        """Mastered, in per cent of what all learners together can master; rounded down, so 100 means all."""
        return 100 * self.mastered // self.reachable if self.reachable else 0


@dataclass(frozen=True)
class Line:
    """A cohort in the list."""

    cohort: Cohort
    summary: Summary


@dataclass(frozen=True)
class CohortList:
    """A page of cohorts. The totals are those of this page."""

    page: Page[Any]
    lines: list[Line]

    @property
    def learners(self) -> int:
        return sum(line.summary.learners for line in self.lines)

    @property
    def active(self) -> int:
        return sum(line.summary.active for line in self.lines)


@dataclass(frozen=True)
class Overview:
    """The page of a cohort."""

    cohort: Cohort
    summary: Summary
    columns: list[Column]
    wanted: Wanted
    page: Page[Any]
    rows: list[Row]
    written: Waiting

    @property
    def objectives(self) -> int:
        """How many objectives one learner can master."""
        return sum(column.objectives for column in self.columns)


@dataclass(frozen=True)
class LinkLine:
    """A join link and what has become of it: open, full, expired or withdrawn."""

    link: JoinLink
    state: str

    @property
    def maker(self) -> str:
        by = self.link.created_by
        return (by.get_full_name() or by.email) if by else ""


@dataclass(frozen=True)
class JoinLinks:
    """A page of a cohort's join links, and how many more may join by all of them."""

    page: Page[Any]
    lines: list[LinkLine]
    places: int


def counts_of(people: QuerySet[Membership], now: datetime) -> dict[int, Summary]:
    """By cohort: how many learners, how many active, quiet and not begun. One query."""
    since = now - QUIET
    rows = (
        people.annotate(seen=Coalesce("learner__last_active_at", "joined_at"))
        .order_by()
        .values("cohort")
        .annotate(
            learners=Count("pk"),
            active=Count("pk", filter=Q(learner__last_active_at__gt=since)),
            quiet=Count("pk", filter=Q(seen__lte=since)),
            unbegun=Count("pk", filter=Q(learner__last_active_at=None)),
        )
    )
    fields = ("cohort", "learners", "active", "quiet", "unbegun")
    return {cohort: Summary(*counts) for cohort, *counts in rows.values_list(*fields)}


def mastered_of(people: QuerySet[Membership], modules: Sequence[Column]) -> dict[int, int]:
    """By cohort: how many objectives its learners have mastered together, from the rollups. One query."""
    rows = people.filter(learner__module_states__module__in=[column.pk for column in modules])
    sums = rows.order_by().values_list("cohort").annotate(Sum("learner__module_states__mastered"))
    return dict(sums)


def summaries(people: QuerySet[Membership], modules: Sequence[Column], now: datetime) -> dict[int, Summary]:
    """By cohort: its summary. A cohort without learners has none."""
    each = sum(column.objectives for column in modules)
    mastered = mastered_of(people, modules)
    return {
        cohort: replace(counts, mastered=mastered.get(cohort, 0), reachable=each * counts.learners)
        for cohort, counts in counts_of(people, now).items()
    }


def cohort_list(user: Any, page: str, now: datetime) -> CohortList:
    """The cohorts that a person teaches, the newest first; administrators see all."""
    cohorts = Cohort.objects.taught_by(user).order_by(F("starts_on").desc(nulls_last=True), "name")
    shown = Paginator(cohorts, PER_PAGE).get_page(page)
    here = list(shown.object_list)
    people = Membership.objects.filter(cohort__in=here, role=Membership.Role.LEARNER)
    known = summaries(people, columns(), now)
    return CohortList(shown, [Line(cohort, known.get(cohort.pk, Summary())) for cohort in here])


def overview_of(cohort: Cohort, wanted: Wanted, modules: list[Column], page: str, now: datetime) -> Overview:
    """A cohort's summary, and one page of its learners as they were asked for."""
    summary = summaries(learners_of(cohort), modules, now).get(cohort.pk, Summary())
    people = persons(in_order(found(cohort, wanted), wanted, modules))
    paginator = Paginator(people, PER_PAGE)
    if not wanted.q:
        paginator.count = summary.learners  # known already
    shown = paginator.get_page(page)
    rows = rows_of([Person(*row) for row in shown.object_list], modules, now)
    return Overview(cohort, summary, modules, wanted, shown, rows, waiting_in(cohort))


def join_links(cohort: Cohort, page: str, now: datetime) -> JoinLinks:
    """The join links of a cohort, the newest first."""
    links = JoinLink.objects.filter(cohort=cohort)
    usable = links.filter(revoked_at=None, expires_at__gt=now)
    places = usable.aggregate(n=Sum(F("cap") - F("uses")))["n"] or 0
    shown = Paginator(links.select_related("created_by"), PER_PAGE).get_page(page)
    return JoinLinks(shown, [LinkLine(link, _state(link, now)) for link in shown.object_list], places)


def _state(link: JoinLink, now: datetime) -> str:
    if link.revoked_at is not None:
        return "withdrawn"
    if link.expires_at <= now:
        return "expired"
    return "open" if link.uses < link.cap else "full"


def membership_by(token: str, learner: Learner) -> Membership | None:
    """The learner's place in the cohort that a link leads to, whatever has become of the link."""
    return (
        Membership.objects.filter(cohort__join_links__token=token, learner=learner)
        .select_related("cohort")
        .first()
    )
