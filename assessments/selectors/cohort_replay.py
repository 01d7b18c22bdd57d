"""A run of a learner, played again step by step for those who teach them. Notes are the learner's alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse

from assessments.models import Attempt, AttemptItem, CaseRun, Cohort
from assessments.selectors.attempts import Step as Tick
from assessments.selectors.case_debrief import Decided
from assessments.selectors.case_exhibits import ExhibitView, exhibits_of
from assessments.selectors.case_runs import Checkpoint, Past, RunPage, with_moves
from assessments.selectors.case_variables import VariableView
from assessments.selectors.cohort_cases import runs_of
from concepts.cases.document import Stage

LAST = "last"


def replayable(cohort: Cohort) -> QuerySet[CaseRun]:
    """The runs that the instructors of a cohort may replay, without what their learners noted."""
    return with_moves(runs_of(cohort)).defer("notes")


@dataclass(frozen=True)
class Replay:
    """One step of a run: 1 for the first stage, and one more than were decided for where it stands.

    ``who`` is the learner's name, or what stands for it while names are hidden.
    """

    page: RunPage
    who: str
    number: int

    @property
    def run(self) -> CaseRun:
        return self.page.run

    @property
    def last(self) -> int:
        return len(self.page.past) + 1

    @property
    def past(self) -> Past | None:
        """The stage of this step, if it was decided; None at the end, which is where the run stands."""
        return self.page.past[self.number - 1] if self.number < self.last else None

    @property
    def stage(self) -> Stage:
        return self.past.step.stage if self.past else self.page.stage

    @property
    def role_text(self) -> str:
        """What this role alone was told."""
        return self.stage.texts.get(self.run.role, "")

    @property
    def decided(self) -> list[Decided]:
        return [Decided(each) for each in self.past.step.settled] if self.past else []

    @cached_property
    def figures(self) -> list[VariableView]:
        """Each variable before the decisions of this step and after them."""
        steps = self.page.play.steps
        if self.past:
            step = steps[self.number - 1]
            return [
                VariableView(each, [step.before[each.name], step.after[each.name]])
                for each in self.page.case.variables
            ]
        first = steps[0].before if steps else self.page.play.state
        state = self.page.play.state
        return [VariableView(each, [first[each.name], state[each.name]]) for each in self.page.case.variables]

    @property
    def chances(self) -> list[tuple[str, float]]:
        """What the seed drew for this run."""
        return [(each.label, self.page.play.chances[each.name]) for each in self.page.case.chances]

    @property
    def exhibits(self) -> list[ExhibitView]:
        """What the learner could see at this step."""
        seen = self.page.visited[: self.number]
        return exhibits_of(
            self.page.case, self.run.role, seen, asked_for=self.stage.exhibits, sort=self.page.sort
        )

    @property
    def checkpoints(self) -> list[Checkpoint]:
        """The questions of this stage, or none at the end."""
        named = self.stage.checkpoints
        return [Checkpoint(self.page.items[slug]) for slug in named if slug in self.page.items]

    @property
    def recommendation(self) -> AttemptItem | None:
        """What was handed in at the end; not what is still being written."""
        item = self.page.recommendation
        is_out = item is not None and (item.is_graded or item.is_handed_in) and not self.past
        return item if is_out and item is not None and item.answer else None

    @property
    def ticks(self) -> list[Tick]:
        """The stepper."""
        return [
            Tick(
                number,
                "" if number == self.number else f"?step={number}",
                number < self.last,
                number == self.number,
            )
            for number in range(1, self.last + 1)
        ]


def replay_of(run: CaseRun, who: str, step: str, sort: str, now: datetime) -> Replay:
    """A run at a step; at the first where the step is none, at the nearest where it has none such."""
    page = RunPage(run, now, sort)
    last = len(page.past) + 1
    if step == LAST:
        return Replay(page, who, last)
    number = int(step) if step.isascii() and step.isdigit() and len(step) < 6 else 1
    return Replay(page, who, min(max(1, number), last))


@dataclass(frozen=True)
class Behind:
    """The run behind a recommendation: where it is replayed without a name, and what can be cited."""

    run: CaseRun
    address: str
    exhibits: Sequence[ExhibitView]


def run_behind(cohort: Cohort, item: AttemptItem) -> Behind | None:
    """The run of a case to which a written answer belongs; None for any other answer, without a query."""
    if item.attempt.kind != Attempt.Kind.CASE:
        return None
    run = replayable(cohort).filter(attempt=item.attempt_id).first()
    if run is None:
        return None
    page, address = (
        RunPage(run, run.last_at),
        reverse("assessments:grading_replay", args=[cohort.pk, item.pk]),
    )
    seen = exhibits_of(page.case, run.role, page.visited)
    return Behind(run, address, [replace(view, page=f"{address}?step={LAST}") for view in seen])
