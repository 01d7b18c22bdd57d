"""The cases as a cohort meets them: which are assigned and how, and how far its people have come in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    OrderBy,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Assignment, CaseRun, Cohort
from assessments.models.casework import Role
from assessments.selectors.cohort_table import learners_of
from assessments.wording import moment
from concepts.models import CaseStudy, CaseVersion

PER_PAGE = 25


@dataclass(frozen=True)
class Stand:
    """How many of a cohort have not begun a case, are in it, wait at its recommendation, and are through.

    It counts what is asked: through is who has finished in the role, or both roles, of the assignment.
    """

    learners: int = 0
    in_it: int = 0
    writing: int = 0
    finished: int = 0

    @property
    def unbegun(self) -> int:
        return self.learners - self.in_it - self.writing - self.finished

    @property
    def unfinished(self) -> int:
        return self.learners - self.finished


@dataclass(frozen=True)
class CaseLine:
    """A case in the list of a cohort."""

    case: CaseStudy
    assignment: Assignment | None
    stand: Stand

    def late(self, now: datetime) -> int:
        """How many are not through although it was due."""
        due = self.assignment.due_at if self.assignment else None
        return self.stand.unfinished if due is not None and due < now else 0


@dataclass(frozen=True)
class CohortCases:
    """A page of the cases of a cohort, those that are assigned first, by when they are due."""

    cohort: Cohort
    page: Page[Any]
    lines: list[CaseLine]
    assigned: int
    now: datetime

    @property
    def late(self) -> list[tuple[CaseLine, int]]:
        """What is late on this page, and by how many people."""
        return [(line, late) for line in self.lines if (late := line.late(self.now))]


@dataclass(frozen=True)
class Change:
    """One entry of the history of an assignment."""

    at: datetime
    by: str
    kind: str  # "+", "~" or "-"
    asked: str


def playable(cohort: Cohort) -> QuerySet[CaseStudy]:
    """The cases that a cohort can meet: those that are published, and those that were when it was asked."""
    asked = Assignment.objects.filter(cohort=cohort).values("case")
    seen = Q(pk__in=CaseStudy.objects.published()) | Q(pk__in=asked)
    return CaseStudy.objects.filter(seen, Exists(CaseVersion.objects.filter(case=OuterRef("pk"))))


def runs_of(cohort: Cohort) -> QuerySet[CaseRun]:
    """Every run of those who learn in a cohort."""
    return CaseRun.objects.filter(learner__in=learners_of(cohort).values("learner"))


def cohort_cases(cohort: Cohort, page: str, now: datetime) -> CohortCases:
    """The cases of a cohort: six queries, whatever the number of cases, of people and of runs."""
    here = Prefetch("assignments", Assignment.objects.filter(cohort=cohort), to_attr="asked")
    asks = Assignment.objects.filter(case=OuterRef("pk"), cohort=cohort)
    cases = playable(cohort).defer("content").prefetch_related(here)
    due = Subquery(asks.values("due_at")[:1])
    ordered = cases.order_by(Exists(asks).desc(), OrderBy(due, nulls_last=True), "position", "title")
    shown = Paginator(ordered, PER_PAGE).get_page(page)
    listed: list[Any] = list(shown.object_list)
    asked = {case.pk: case.asked[0] if case.asked else None for case in listed}
    stands = stands_of(cohort, asked)
    lines = [CaseLine(case, asked[case.pk], stands[case.pk]) for case in listed]
    total = Assignment.objects.filter(cohort=cohort).count()
    return CohortCases(cohort, shown, lines, total, now)


def stands_of(cohort: Cohort, asked: dict[int, Assignment | None]) -> dict[int, Stand]:
    """By case: how a cohort stands in what is asked of it. Two queries, counted by the database."""
    learners = learners_of(cohort).count()
    in_role = {case: each.role for case, each in asked.items() if each is not None and each.role}
    both = [case for case, each in asked.items() if each is not None and each.both_roles]
    runs = runs_of(cohort).filter(case__in=asked).annotate(is_through=_through(list(in_role), both))
    for case, role in in_role.items():  # a run in the other role is none that was asked for
        runs = runs.exclude(Q(case=case) & ~Q(role=role))
    waits = Q(is_through=False, finished_at__isnull=True, ended_at__isnull=False)
    counts = (
        runs.order_by()
        .values("case")
        .annotate(
            begun=Count("learner", distinct=True),
            finished=Count("learner", distinct=True, filter=Q(is_through=True)),
            writing=Count("learner", distinct=True, filter=waits),
        )
    )
    found = {
        case: Stand(learners, begun - finished - writing, writing, finished)
        for case, begun, finished, writing in counts.values_list("case", "begun", "finished", "writing")
    }
    return {case: found.get(case, Stand(learners)) for case in asked}


def _through(in_role: list[int], both: list[int]) -> Case:
    """Whether the learner of a run has finished its case as it is asked for."""
    mine = CaseRun.objects.filter(learner=OuterRef("learner"), case=OuterRef("case")).finished()
    production, operations = (Exists(mine.filter(role=role)) for role in Role.values)
    return Case(
        When(Q(case__in=in_role), then=Exists(mine.filter(role=OuterRef("role")))),
        When(Q(case__in=both), then=Case(When(production & operations, then=True), default=False)),
        default=Exists(mine),
        output_field=BooleanField(),
    )


def asked_as(assignment: Assignment) -> str:
    """As whom a case is to be played, in words."""
    return str(_words(assignment.role, assignment.both_roles))


def _words(role: str, both: bool) -> Any:
    return ASKED["both" if both else role]


ASKED = {
    "": gettext_lazy("as they choose"),
    "both": gettext_lazy("in both roles"),
    Role.PRODUCTION.value: gettext_lazy("as production manager"),
    Role.OPERATIONS.value: gettext_lazy("as operations manager"),
}


def changes_of(cohort: Cohort, case: CaseStudy) -> Sequence[Change]:
    """What was assigned, changed and withdrawn, the newest first."""
    rows = Assignment.history.filter(cohort=cohort.pk, case=case.pk).select_related("history_user")
    return [
        Change(row.history_date, _name(row.history_user), row.history_type, _asked(row))
        for row in rows.order_by("-history_date", "-history_id")[:50]
    ]


def _name(user: Any) -> str:
    return (user.get_full_name() or user.email) if user else ""


def _asked(row: Any) -> str:
    said = [str(_words(row.role, row.both_roles))]
    if row.opens_at:
        said.append(_("from %(when)s") % {"when": moment(row.opens_at)})
    if row.due_at:
        said.append(_("due %(when)s") % {"when": moment(row.due_at)})
    return ", ".join([*said, *filter(None, [row.note])])
