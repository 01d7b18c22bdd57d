"""How a cohort decided in a case, stage by stage and role by role, with forecasts and checkpoints.

The first run of each person in each role counts, as in what learners see of others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Avg, Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import AttemptItem, CaseRun, Cohort
from assessments.models.casework import Role
from assessments.selectors.case_choices import Choices, choices_of, counted, first_runs
from assessments.selectors.cohort_cases import runs_of
from assessments.selectors.cohort_outcomes import MOST_REPLAYED, Expected, Tally, expected_of, tallies
from concepts.cases.document import Case, Decision, Stage
from concepts.models import CaseStudy

RIGHT = 1 - 1e-9  # from here on a score is full


@dataclass(frozen=True)
class Taken:
    """One decision as those in one role took it, and what it was worth on the whole."""

    role: str
    choices: Choices
    score: int | None  # the mean, in per cent

    @property
    def label(self) -> str:
        return str(Role(self.role).label)

    @property
    def people(self) -> str:
        total = self.choices.total
        return ngettext("%(total)s person", "%(total)s people", total) % {"total": total}


@dataclass(frozen=True)
class DecisionTaken:
    """One decision with how it was taken in each role that took it."""

    decision: Decision
    taken: list[Taken]


@dataclass(frozen=True)
class CheckpointTaken:
    """One checkpoint: how many answered it, how many rightly, and the mean of their marks."""

    title: str
    slug: str
    people: int
    right: int
    mean: int


@dataclass(frozen=True)
class StageTaken:
    """One stage of the case as the cohort went through it."""

    stage: Stage
    decisions: list[DecisionTaken]
    expected: list[Expected]
    checkpoints: list[CheckpointTaken]
    variable: str

    @property
    def is_empty(self) -> bool:
        return not (self.decisions or self.expected or self.checkpoints)


@dataclass(frozen=True)
class CohortChoices:
    """Everything on the page of decisions, and what the slides are made of."""

    cohort: Cohort
    study: CaseStudy
    case: Case
    role: str
    by_role: dict[str, list[Choices]]
    tally: dict[str, Tally]
    played: int
    marks: Sequence[CheckpointTaken]

    @cached_property
    def stages(self) -> list[StageTaken]:
        """The stages at which something was decided or answered, in the order of the case."""
        stages = [self._stage(stage) for stage in self.case.stages if not stage.is_ending]
        return [stage for stage in stages if not stage.is_empty]

    def _stage(self, stage: Stage) -> StageTaken:
        forecast = stage.forecast
        expected = [
            found
            for role, tally in self.tally.items()
            if (found := expected_of(self.case, stage.key, role, tally))
        ]
        checkpoints = [mark for mark in self.marks if mark.slug in stage.checkpoints]
        decisions = [taken for each in stage.decisions if (taken := self._decision(each)).taken]
        label = self.case.variable(forecast.variable).label if forecast else ""
        return StageTaken(stage, decisions, expected, checkpoints, label)

    def _decision(self, decision: Decision) -> DecisionTaken:
        taken = [
            Taken(role, choices, _percent(self.tally.get(role, _NONE).scores.get(decision.key)))
            for role, listed in self.by_role.items()
            for choices in listed
            if choices.decision.key == decision.key
        ]
        return DecisionTaken(decision, taken)

    @property
    def is_sampled(self) -> bool:
        """Whether there are more runs than were replayed."""
        return self.played > MOST_REPLAYED

    @property
    def replayed(self) -> int:
        return MOST_REPLAYED

    @property
    def heading(self) -> str:
        if not self.stages:
            return _("Nobody has decided anything in this case yet")
        words = ngettext(
            "How %(count)s run of this case went", "How %(count)s runs of this case went", self.played
        )
        return words % {"count": self.played}


_NONE = Tally()


def _percent(scores: Sequence[float] | None) -> int | None:
    return int(100 * sum(scores) / len(scores) + 1e-9) if scores else None


def cohort_choices(cohort: Cohort, study: CaseStudy, role: str = "") -> CohortChoices:
    """How the people of a cohort decided in a case: as many queries for ten thousand as for ten."""
    version = study.versions.first()
    assert version is not None  # noqa: S101 - playable() asks for one
    case = version.document
    runs = first_runs(runs_of(cohort).filter(case=study))
    runs = runs.filter(role=role) if role else runs
    roles = [each.key for each in case.roles if role in ("", each.key)]
    by_role = {each: choices_of(case, counted(runs.filter(role=each)), roles=[each]) for each in roles}
    tally, played = tallies(runs)
    ordered = {each: tally[each] for each in roles if each in tally}
    return CohortChoices(cohort, study, case, role, by_role, ordered, played, _marks(runs, case))


def _marks(runs: QuerySet[CaseRun], case: Case) -> list[CheckpointTaken]:
    """What was answered to the checkpoints. One query."""
    items = AttemptItem.objects.filter(
        attempt__in=runs.values("attempt"),  # a join of the runs would ask again for every one of them
        version__question__slug__in={slug for stage in case.stages for slug in stage.checkpoints},
        answer__isnull=False,
        score__isnull=False,
        void="",
    )
    rows = (
        items.order_by()
        .values_list("version__question__slug", "version__question__title")
        .annotate(people=Count("pk"), right=Count("pk", filter=Q(score__gte=RIGHT)), mean=Avg("score"))
    )
    return [
        CheckpointTaken(title, slug, people, right, int(100 * mean + 1e-9))
        for slug, title, people, right, mean in rows
    ]
