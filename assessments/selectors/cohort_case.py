"""Where the people of a cohort stand in one case: who is at which stage, for how long, who is through, who
has not begun. Groups are counted by the database; of each only the first few names are fetched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet, Window
from django.db.models.functions import Coalesce, Lower, RowNumber
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assignment, CaseMove, CaseRun, Cohort, Membership
from assessments.models.casework import Role
from assessments.selectors.cohort_cases import Stand, runs_of, stands_of
from assessments.selectors.cohort_table import learners_of
from assessments.selectors.hand_grading import Waiting, handed_in_to
from assessments.wording import begin_sentence, count_word
from concepts.cases.document import Case
from concepts.models import CaseStudy

FIRST_FEW = 6
PER_PAGE = 50
STANDS, WROTE, ENDED = "at", "written", "end"  # how a place is told from others in an address
UNBEGUN = "unbegun"
_NAME = ("learner__user__last_name", "learner__user__first_name", "learner__user__email")


@dataclass(frozen=True)
class Somebody:
    """One person at a place, since when, and the run by which they came there."""

    learner: int
    name: str
    role: str = ""
    since: datetime | None = None
    run: int | None = None

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label) if self.role else ""


@dataclass(frozen=True)
class Place:
    """A stage, the recommendation or an ending with those who stand there; ``since`` is the longest."""

    key: str
    title: str
    count: int = 0
    since: datetime | None = None
    people: list[Somebody] = field(default_factory=list)

    @property
    def further(self) -> int:
        return self.count - len(self.people)

    def days(self, now: datetime) -> int:
        """For how many days somebody has stood here, as the reader's calendar counts them."""
        return (localtime(now).date() - localtime(self.since).date()).days if self.since else 0


@dataclass(frozen=True)
class CohortCase:
    """The page of one case of a cohort."""

    cohort: Cohort
    study: CaseStudy
    case: Case
    assignment: Assignment | None
    stand: Stand
    role: str
    stages: list[Place]  # of the case, in its order; those where nobody stands too
    written: Place
    endings: list[Place]
    unbegun: Place
    graded: Waiting
    now: datetime

    @property
    def standing(self) -> list[Place]:
        """Where somebody stands, the recommendation last."""
        return [place for place in [*self.stages, self.written] if place.count]

    @cached_property
    def heading(self) -> str:
        """Who is stuck where, in a sentence."""
        crowd = max(self.standing, key=lambda place: (place.count, place.days(self.now)), default=None)
        if crowd is not None:
            return _crowd(crowd, self.now)
        finished = sum(place.count for place in self.endings)
        if not finished:
            return _("Nobody has begun this case yet")
        if self.unbegun.count:
            return _("Nobody is in the middle of this case")
        return _("Everybody has finished this case")

    @property
    def pile(self) -> str:
        """The address of the pile in which its recommendations are graded."""
        return f"case-{self.study.slug}"

    @property
    def finished(self) -> int:
        return sum(place.count for place in self.endings)


def _crowd(place: Place, now: datetime) -> str:
    """“Three people are at ‘The first week’, one for nine days”."""
    words = {"who": begin_sentence(count_word(place.count)), "stage": place.title}
    if place.key == WROTE:
        said = ngettext(
            "%(who)s person has the recommendation still to write",
            "%(who)s people have the recommendation still to write",
            place.count,
        )
    else:
        said = ngettext("%(who)s person is at “%(stage)s”", "%(who)s people are at “%(stage)s”", place.count)
    days = place.days(now)
    if not days:
        return said % words
    long = ngettext("%(days)s day", "%(days)s days", days) % {"days": count_word(days)}
    tail = _(", one for %(long)s") if place.count > 1 else _(", for %(long)s")
    return said % words + tail % {"long": long}


def read_role(role: str) -> str:
    """The role asked for, if there is one of that name."""
    return role if role in Role.values else ""


def with_entry(runs: QuerySet[CaseRun], *order: str) -> Any:
    """Runs with the moment at which each came to where it stands, or finished."""
    last = CaseMove.objects.filter(run=OuterRef("pk"), submitted_at__isnull=False).order_by()
    entered = last.values("run").annotate(at=Max("submitted_at")).values("at")
    return runs.annotate(since=Coalesce("finished_at", entered, "started_at")).order_by(*order)


def groups(cohort: Cohort, study: CaseStudy, role: str) -> dict[str, QuerySet[CaseRun]]:
    """The runs of a cohort in a case by what goes on in them: at a stage, being written, ended.

    Of a learner who ended a case the same way several times only the last run counts.
    """
    runs = runs_of(cohort).filter(case=study, **({"role": role} if role else {}))
    going, through = runs.filter(finished_at__isnull=True), runs.filter(finished_at__isnull=False)
    latest = through.order_by().values("learner", "stage").annotate(run=Max("pk"))
    return {
        STANDS: going.filter(ended_at__isnull=True),
        WROTE: going.filter(ended_at__isnull=False),
        ENDED: through.filter(pk__in=latest.values("run")),
    }


def cohort_case(cohort: Cohort, study: CaseStudy, role: str, now: datetime) -> CohortCase:
    """Where a cohort stands in a case: as many queries for ten thousand people as for ten."""
    version = study.versions.first()
    assert version is not None  # noqa: S101 - playable() asks for one
    case, assignment = version.document, Assignment.objects.filter(cohort=cohort, case=study).first()
    kinds = groups(cohort, study, role)
    titles = titles_of(study, case)
    at, written, ended = (_places(kind, runs, titles) for kind, runs in kinds.items())
    stages = [at.pop(f"{STANDS}-{one.key}", Place("", one.title)) for one in case.stages if not one.is_ending]
    endings = [ended.pop(f"{ENDED}-{one.key}", Place("", one.title)) for one in case.stages if one.is_ending]
    return CohortCase(
        cohort=cohort,
        study=study,
        case=case,
        assignment=assignment,
        stand=stands_of(cohort, {study.pk: assignment})[study.pk],
        role=role,
        stages=[*stages, *at.values()],  # a stage that the latest version no longer has comes last
        written=written.get(WROTE, Place("", _("The recommendation"))),
        endings=[*endings, *ended.values()],
        unbegun=_unbegun(cohort, study, role),
        graded=handed_in_to(cohort, study),
        now=now,
    )


def titles_of(study: CaseStudy, case: Case) -> dict[str, str]:
    """The title of every stage: as the latest version has it, and of what earlier ones had beside it."""
    titles = {stage.key: stage.title for stage in case.stages}
    used = CaseRun.objects.filter(case=study).order_by().values_list("stage", flat=True).distinct()
    missing = set(used) - set(titles)
    if missing:
        for version in study.versions.all():
            for stage in version.document.stages:
                if stage.key in missing:
                    titles.setdefault(stage.key, stage.title)
    return titles


def _places(kind: str, runs: QuerySet[CaseRun], titles: dict[str, str]) -> dict[str, Place]:
    """Where these runs stand, with the first few names of each place: two queries."""
    runs = with_entry(runs)
    by_stage = runs.order_by().values_list("stage").annotate(Count("learner", distinct=True), Min("since"))
    row = Window(RowNumber(), partition_by=[F("stage")], order_by=[F("since").asc(), F("pk").asc()])
    few: dict[str, list[Somebody]] = {}
    for stage, person in _people(runs.annotate(row=row).filter(row__lte=FIRST_FEW).order_by("stage", "row")):
        few.setdefault(stage, []).append(person)
    if kind == WROTE:
        total = list(by_stage)
        if not total:
            return {}
        since = min(since for _stage, _count, since in total)
        people = sorted(chain(*few.values()), key=lambda one: one.since or since)[:FIRST_FEW]
        count = sum(count for _stage, count, _since in total)
        return {WROTE: Place(WROTE, _("The recommendation"), count, since, people)}
    return {
        f"{kind}-{stage}": Place(
            f"{kind}-{stage}", titles.get(stage, stage), count, since, few.get(stage, [])
        )
        for stage, count, since in by_stage
    }


def _people(runs: QuerySet[CaseRun, Any]) -> Iterable[tuple[str, Somebody]]:
    for stage, learner, role, since, run, last, first, email in runs.values_list(
        "stage", "learner", "role", "since", "pk", *_NAME
    ):
        yield stage, Somebody(learner, _full(first, last, email), role, since, run)


def _full(first: str, last: str, email: str) -> str:
    return f"{first} {last}".strip() or email


def _members_without(cohort: Cohort, study: CaseStudy, role: str) -> QuerySet[Membership]:
    """Those who have not begun the case, in the role if one is asked for, by name."""
    runs = CaseRun.objects.filter(case=study, learner=OuterRef("learner"))
    runs = runs.filter(role=role) if role else runs
    return learners_of(cohort).exclude(Exists(runs)).order_by(*(Lower(name) for name in _NAME), "learner")


def _members(rows: Iterable[Any]) -> list[Somebody]:
    return [Somebody(learner, _full(first, last, email)) for learner, last, first, email in rows]


def _unbegun(cohort: Cohort, study: CaseStudy, role: str) -> Place:
    rows = _members_without(cohort, study, role)
    people = _members(rows.values_list("learner", *_NAME)[:FIRST_FEW])
    return Place(UNBEGUN, _("Not begun"), rows.count(), None, people)


@dataclass(frozen=True)
class People:
    """Everybody at one place, by the page."""

    title: str
    page: Page[Any]
    people: Sequence[Somebody]


def people_at(cohort: Cohort, study: CaseStudy, place: str, role: str, page: str) -> People | None:
    """Those who stand at a place, the longest first; None where there is no such place."""
    version = study.versions.first()
    titles = titles_of(study, version.document) if version else {}
    if place == UNBEGUN:
        rows = _members_without(cohort, study, role)
        shown = Paginator(rows.values_list("learner", *_NAME), PER_PAGE).get_page(page)
        return People(_("Not begun"), shown, _members(shown.object_list))
    kind, _dash, stage = place.partition("-")
    known = kind == WROTE if not stage else kind in (STANDS, ENDED) and stage in titles
    if not known:
        return None
    runs = groups(cohort, study, role)[kind]
    ordered = with_entry(runs.filter(stage=stage) if stage else runs, "since", "pk")
    shown = Paginator(ordered, PER_PAGE).get_page(page)
    people = [person for _stage, person in _people(shown.object_list)]  # type: ignore[arg-type]
    return People(titles.get(stage, _("The recommendation")), shown, people)
