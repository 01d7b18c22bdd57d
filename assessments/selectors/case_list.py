"""The cases that a learner can play: which are assigned, begun and finished, and one before it begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from assessments.models import Assignment, CaseRun, Learner, Membership
from assessments.models.casework import Role as Roles
from assessments.selectors.open_work import SOON, Work
from assessments.wording import moment
from concepts.cases.document import Case, Role
from concepts.cases.reading import read_case
from concepts.kept import Shelf
from concepts.models import CaseStudy, CaseVersion, Publishable

Runs = Mapping[tuple[int, str, bool], CaseRun]  # by case, role and whether it is open


@dataclass(frozen=True)
class RoleLine:
    """A role of a case, the run that is open in it and the latest one that was finished."""

    role: Role
    current: CaseRun | None = None
    finished: CaseRun | None = None

    @property
    def is_open(self) -> bool:
        return self.current is not None

    @property
    def is_finished(self) -> bool:
        """Whether it has been played to its end, even if it is being played again."""
        return self.finished is not None


@dataclass(frozen=True)
class CaseLine:
    """A case in the list."""

    case: CaseStudy
    roles: Sequence[RoleLine]
    assignment: Assignment | None = None

    @property
    def is_done(self) -> bool:
        """Whether what is asked has been finished: the role of the assignment, both, or any."""
        finished = {line.role.key for line in self.roles if line.is_finished}
        wanted = self.assignment
        if wanted is not None and wanted.role:
            return wanted.role in finished
        if wanted is not None and wanted.both_roles:
            return len(finished) == len(self.roles)
        return bool(finished)

    @property
    def is_begun(self) -> bool:
        return any(line.is_open or line.is_finished for line in self.roles)

    @property
    def can_compare(self) -> bool:
        return len(self.roles) > 1 and all(line.is_finished for line in self.roles)

    def is_late(self, now: datetime) -> bool:
        due = self.assignment.due_at if self.assignment else None
        return due is not None and due < now and not self.is_done


@dataclass(frozen=True)
class CasesPage:
    """Every published case, those that are assigned first."""

    assigned: Sequence[CaseLine] = field(default_factory=tuple)
    others: Sequence[CaseLine] = field(default_factory=tuple)


def cases_page(shelf: Shelf, learner: Learner, now: datetime) -> CasesPage:
    """Three queries, whatever the number of cases; one of them for what is the same for everybody."""
    cases = shelf.get("cases", _published)
    runs = _runs_of(learner)
    assigned = assignments_of(learner, now)
    lines = [_line(case, document, runs, assigned.get(case.pk)) for case, document in cases]
    mine = [line for line in lines if line.assignment]
    mine.sort(key=lambda line: (line.is_done, *_due(line.assignment)))
    return CasesPage(mine, [line for line in lines if not line.assignment])


def _due(assignment: Assignment | None) -> tuple[bool, float]:
    due = assignment.due_at if assignment else None
    return due is None, due.timestamp() if due else 0.0


def _line(case: CaseStudy, document: Case, runs: Runs, assignment: Assignment | None) -> CaseLine:
    roles = [
        RoleLine(role, runs.get((case.pk, role.key, True)), runs.get((case.pk, role.key, False)))
        for role in document.roles
    ]
    return CaseLine(case, roles, assignment)


def _published() -> list[tuple[CaseStudy, Case]]:
    """Each published case with its latest version, read."""
    versions: dict[int, CaseVersion] = {}
    for version in CaseVersion.objects.filter(case__in=CaseStudy.objects.published()).order_by("number"):
        versions[version.case_id] = version
    cases = CaseStudy.objects.published().defer("content")
    return [(case, read_case(versions[case.pk].content)) for case in cases if case.pk in versions]


def _runs_of(learner: Learner, case: CaseStudy | None = None) -> Runs:
    """The run of somebody that is open, and the latest that is finished, in each case and role."""
    runs = CaseRun.objects.filter(learner=learner).defer("notes").order_by("pk")
    if case is not None:
        runs = runs.filter(case=case)
    return {(run.case_id, run.role, run.is_open): run for run in runs}


def _opened(now: datetime) -> Q:
    return Q(opens_at__isnull=True) | Q(opens_at__lte=now)


def assignments_of(learner: Learner, now: datetime) -> dict[int, Assignment]:
    """What the cohorts of a learner ask of them by now, by case; of two for one case, the one due first."""
    mine = Membership.objects.filter(learner=learner, role=Membership.Role.LEARNER).values("cohort")
    found: dict[int, Assignment] = {}
    rows = Assignment.objects.filter(_opened(now), cohort__in=mine).select_related("cohort")
    for each in sorted(rows, key=lambda row: (*_due(row), row.pk)):
        found.setdefault(each.case_id, each)
    return found


def case_work(learner: Learner, now: datetime) -> list[Work]:
    """The cases that a cohort asks for, neither finished nor begun, those due first. One query."""
    runs = CaseRun.objects.filter(learner=learner, case=OuterRef("case"))
    mine = Membership.objects.filter(learner=learner, role=Membership.Role.LEARNER).values("cohort")
    rows = (
        Assignment.objects.filter(_opened(now), cohort__in=mine, case__status=Publishable.Status.PUBLISHED)
        .annotate(
            production=Exists(runs.finished().filter(role=Roles.PRODUCTION)),
            operations=Exists(runs.finished().filter(role=Roles.OPERATIONS)),
        )
        .filter(~Exists(runs.open()))
        .select_related("case", "cohort")
    )
    waiting = [row for row in rows if not _is_satisfied(row, row.production, row.operations)]
    return [_work(row, now) for row in sorted(waiting, key=lambda row: (*_due(row), row.pk))]


def _is_satisfied(assignment: Assignment, production: bool, operations: bool) -> bool:
    if assignment.both_roles:
        return production and operations
    asked = {Roles.PRODUCTION.value: production, Roles.OPERATIONS.value: operations}
    return asked.get(assignment.role, production or operations)


def _work(assignment: Assignment, now: datetime) -> Work:
    due = assignment.due_at
    work = Work(
        assignment.case.title,
        assignment.case.get_absolute_url(),
        _("Case study · asked for by %(cohort)s") % {"cohort": assignment.cohort},
        _("Not begun"),
    )
    if due is None:
        return work
    if due < now:
        return replace(work, state=_("Was due %(when)s") % {"when": moment(due)}, andon="bad", icon="alert")
    work = replace(work, note=_("due %(when)s") % {"when": moment(due)})
    return replace(work, andon="warn", icon="clock") if due <= now + SOON else work


@dataclass(frozen=True)
class CasePage:
    """One case before it is begun."""

    line: CaseLine
    document: Case
    is_draft: bool

    @property
    def case(self) -> CaseStudy:
        return self.line.case

    @property
    def open_role(self) -> RoleLine | None:
        """The role in which a run is going on."""
        return next((line for line in self.line.roles if line.is_open), None)

    @property
    def stages(self) -> int:
        return sum(not stage.is_ending for stage in self.document.stages)


def case_page(case: CaseStudy, learner: Learner, now: datetime) -> CasePage:
    """A case as somebody who may see it finds it; of a draft, what stands in its form."""
    version = case.versions.first() if case.is_published else None
    document = version.document if version else read_case(case.content)
    runs = _runs_of(learner, case)
    line = _line(case, document, runs, assignments_of(learner, now).get(case.pk))
    return CasePage(
        replace(line, roles=[*line.roles, *_gone(document, runs)]), document, not case.is_published
    )


def _gone(document: Case, runs: Runs) -> list[RoleLine]:
    """The role of an open run that the case has no more: the run is finished as it was begun."""
    known = {role.key for role in document.roles}
    going = [run for (_case, role, is_open), run in runs.items() if is_open and role not in known]
    return [RoleLine(run.version.document.role(run.role), run) for run in going]


def visible_cases(user: Any) -> Any:
    """The cases that somebody may open: those that are published, and for editors the drafts."""
    return CaseStudy.objects.visible_to(user)
