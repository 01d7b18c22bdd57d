"""The end of a case: the path taken, forecasts beside what came, how others chose, the roles compared."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.models import AttemptItem, CaseRun
from assessments.models.casework import Role as Roles
from assessments.selectors.case_choices import Choices, choices_of, counted, first_runs
from assessments.selectors.case_exhibits import ExhibitView
from assessments.selectors.case_runs import Past, RunPage, answer_words, with_moves
from concepts.cases.document import Role
from concepts.cases.playing import Settled
from concepts.models import CaseStudy

FEWEST_OTHERS = 5  # fewer could be told apart


@dataclass(frozen=True)
class Decided:
    """One decision of a run at its end: what was decided, what came of it, what the reasoning is worth."""

    settled: Settled

    @property
    def words(self) -> str:
        return answer_words(self.settled.decision, self.settled)

    @property
    def percent(self) -> int:
        return int(100 * self.settled.score + 1e-9)

    @property
    def state(self) -> str:
        """How the reasoning holds, as the andon has it."""
        return "good" if self.percent >= 70 else "warn" if self.percent >= 40 else "poor"


@dataclass(frozen=True)
class StageTold:
    """One stage of the path with its decisions."""

    past: Past

    @property
    def decided(self) -> list[Decided]:
        return [Decided(each) for each in self.past.step.settled]


@dataclass(frozen=True)
class Debrief:
    """Everything on the debrief of a run."""

    page: RunPage

    @property
    def run(self) -> CaseRun:
        return self.page.run

    @property
    def told(self) -> list[StageTold]:
        return [StageTold(past) for past in self.page.past]

    @cached_property
    def score(self) -> int | None:
        """The mean of the decisions, in per cent."""
        scores = [done.score for step in self.page.play.steps for done in step.settled]
        return int(100 * sum(scores) / len(scores) + 1e-9) if scores else None

    @property
    def views(self) -> list[tuple[Role, str]]:
        """The reasoning of each role, one's own first."""
        roles = sorted(self.page.case.roles, key=lambda role: role.key != self.run.role)
        return [
            (role, self.page.case.views[role.key]) for role in roles if self.page.case.views.get(role.key)
        ]

    @property
    def recommendation(self) -> AttemptItem | None:
        return self.page.recommendation

    @cached_property
    def other_role(self) -> Role | None:
        """The role that has not been played to its end yet, if the case has another."""
        return next((role for role in self.page.case.roles if role.key not in self._played), None)

    @cached_property
    def _played(self) -> set[str]:
        mine = CaseRun.objects.filter(learner=self.run.learner_id, case=self.run.case_id).finished()
        return set(mine.values_list("role", flat=True))

    @cached_property
    def others(self) -> list[Choices]:
        """How others in this role decided; nothing while they are too few."""
        runs = CaseRun.objects.filter(case=self.run.case_id, role=self.run.role).finished()
        others = first_runs(runs.exclude(learner=self.run.learner_id))
        if others.count() < FEWEST_OTHERS:
            return []
        taken = {done.decision.key: done.answer for step in self.page.play.steps for done in step.settled}
        listed = choices_of(self.page.case, counted(others), mine=taken)
        return [each for each in listed if each.decision.key in taken and each.total >= FEWEST_OTHERS]


@dataclass(frozen=True)
class Side:
    """One of the two runs that are compared."""

    page: RunPage
    only: list[ExhibitView]

    @property
    def label(self) -> str:
        return str(Roles(self.page.run.role).label)

    @property
    def told(self) -> list[StageTold]:
        return [StageTold(past) for past in self.page.past]


@dataclass(frozen=True)
class Comparison:
    """What the two roles saw and decided, side by side."""

    case: CaseStudy
    sides: list[Side]

    @property
    def text(self) -> str:
        """What the author says of the two."""
        return self.sides[-1].page.case.compared


def has_both_roles(case: CaseStudy) -> bool:
    """Whether there is anything to compare: the case can be played as either manager."""
    version = case.versions.first()
    return version is not None and set(version.document.start) == set(Roles.values)


def comparison_of(case: CaseStudy, user: Any, now: Any) -> Comparison | None:
    """The latest finished run in each role; None until both have been played to their end."""
    mine = CaseRun.objects.filter(case=case, learner=user.pk).finished().order_by("finished_at", "pk")
    latest = {run.role: run for run in with_moves(mine)}
    if set(latest) != set(Roles.values):
        return None
    sides = []
    for role in Roles.values:
        page = RunPage(latest[role], now)
        sides.append(Side(page, [view for view in page.exhibits if view.exhibit.roles == (role,)]))
    return Comparison(case, sides)
