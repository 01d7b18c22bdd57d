"""A run of a case as its learner sees it while it is played: where it stands and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import AttemptItem, CaseMove, CaseRun
from assessments.selectors.attempts import Step as Tick
from assessments.selectors.case_exhibits import ExhibitView, exhibits_of
from assessments.selectors.case_variables import VariableView
from concepts.cases.document import Case, Decision, Role, Stage, Variable
from concepts.cases.mixing import mixed
from concepts.cases.playing import Play, Settled, Step
from concepts.figures import format_number, with_unit


def own_runs(user: Any) -> QuerySet[CaseRun]:
    """A person's runs, each with all that replaying it needs."""
    return with_moves(CaseRun.objects.visible_to(user))


def with_moves(runs: QuerySet[CaseRun]) -> QuerySet[CaseRun]:
    """Runs with their case, version, attempt and moves."""
    moves = Prefetch("moves", CaseMove.objects.order_by("position"))
    return runs.select_related("case", "version", "attempt", "learner__user").prefetch_related(moves)


@dataclass(frozen=True)
class Checkpoint:
    """A question over the exhibits that belongs to a stage."""

    item: AttemptItem

    @property
    def title(self) -> str:
        return self.item.version.title

    @property
    def url(self) -> str:
        return reverse("assessments:question", args=[self.item.attempt_id, self.item.position])

    @property
    def percent(self) -> int | None:
        return None if self.item.score is None else int(100 * self.item.score + 1e-9)


@dataclass(frozen=True)
class Past:
    """A stage that was played: what was forecast, what was decided, what came of it."""

    number: int
    step: Step
    move: CaseMove
    case: Case

    @property
    def forecast(self) -> str:
        """What was expected of the variable, in words; empty where nothing was asked."""
        return self._figure(self.move.forecast)

    @property
    def came_out(self) -> str:
        stage = self.step.stage
        return self._figure(self.step.after[stage.forecast.variable]) if stage.forecast else ""

    @property
    def missed_by(self) -> str:
        """How far the forecast was off, a share in points; empty where it was exact or none was made."""
        stage = self.step.stage
        if stage.forecast is None or self.move.forecast is None:
            return ""
        gap = self.move.forecast - self.step.after[stage.forecast.variable]
        if not round(gap, 9):
            return ""
        said = self._figure(abs(gap))
        points = _("%(figure)s percentage points")
        return points % {"figure": said.removesuffix("%").rstrip()} if said.endswith("%") else said

    @property
    def variable(self) -> Variable | None:
        stage = self.step.stage
        return self.case.variable(stage.forecast.variable) if stage.forecast else None

    def _figure(self, value: float | None) -> str:
        variable = self.variable
        if value is None or variable is None:
            return ""
        decimals = max(variable.decimals, 0 if float(value).is_integer() else 1)
        figure = format_number(value, decimals=decimals, trim=False)
        return with_unit(figure, variable.unit) if variable.unit else figure


def answer_words(decision: Decision, settled: Settled) -> str:
    """What was decided, in a line."""
    answer = settled.answer
    if "option" in answer:
        return next((each.label for each in decision.options if each.key == answer["option"]), "")
    if "order" in answer:
        labels = {item.name: item.label for item in decision.items}
        return " → ".join(labels.get(name, name) for name in answer["order"])
    figures = [
        f"{each.label}: {with_unit(format_number(answer['figures'][each.name]), each.unit or decision.unit)}"
        for each in decision.figures
    ]
    return " · ".join(figures)


@dataclass(frozen=True)
class HistoryRow:
    """The figures after one stage."""

    title: str
    figures: list[str]


@dataclass(frozen=True)
class RunPage:
    """Everything that the workspace of a run shows besides its forms."""

    run: CaseRun
    now: datetime
    sort: str = ""

    @cached_property
    def case(self) -> Case:
        return self.run.version.document

    @cached_property
    def play(self) -> Play:
        return self.run.play()

    @property
    def role(self) -> Role:
        return self.case.role(self.run.role)

    @property
    def stage(self) -> Stage:
        return self.play.stage

    @property
    def role_text(self) -> str:
        """What this role alone is told of the stage."""
        return self.stage.texts.get(self.run.role, "")

    @property
    def position(self) -> int:
        """The number of the stage, from 1."""
        return len(self.play.steps) + 1

    @property
    def is_over(self) -> bool:
        return self.play.is_over

    @cached_property
    def moves(self) -> dict[int, CaseMove]:
        return {move.position: move for move in self.run.moves.all()}

    @property
    def move(self) -> CaseMove:
        """The move that is being thought over; a new one, unsaved, at first."""
        return self.moves.get(self.position) or CaseMove(run=self.run, position=self.position)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What is decided here, options and items in the order of this run."""
        return tuple(mixed(each, self.run.seed) for each in self.stage.decisions_of(self.run.role))

    @property
    def needs_forecast(self) -> bool:
        return self.stage.forecast is not None and self.move.forecast is None and not self.is_over

    @property
    def forecast_variable(self) -> Variable | None:
        forecast = self.stage.forecast
        return self.case.variable(forecast.variable) if forecast else None

    @cached_property
    def past(self) -> list[Past]:
        """The stages that were played, first to last."""
        return [
            Past(number, step, self.moves[number], self.case)
            for number, step in enumerate(self.play.steps, start=1)
        ]

    @property
    def last(self) -> Past | None:
        """The stage before this one: what came of it stands above what is next."""
        return self.past[-1] if self.past else None

    @property
    def ticks(self) -> list[Tick]:
        """The stepper: the stages so far. How many follow depends on what is decided."""
        done = [Tick(past.number, f"#stage-{past.number}", True, False) for past in self.past]
        return done if self.is_over else [*done, Tick(self.position, "", False, True)]

    @cached_property
    def variables(self) -> list[VariableView]:
        states = [self.play.steps[0].before if self.play.steps else self.play.state]
        states += [step.after for step in self.play.steps]
        return [VariableView(each, [state[each.name] for state in states]) for each in self.case.variables]

    @property
    def history(self) -> list[HistoryRow]:
        """The figures stage by stage, for the table behind the small charts."""
        said = [view.history[1:] for view in self.variables]
        return [
            HistoryRow(past.step.stage.title, [figures[i] for figures in said])
            for i, past in enumerate(self.past)
        ]

    @property
    def visited(self) -> list[str]:
        return [*(step.stage.key for step in self.play.steps), self.stage.key]

    @cached_property
    def exhibits(self) -> list[ExhibitView]:
        return exhibits_of(
            self.case, self.run.role, self.visited, asked_for=self.stage.exhibits, sort=self.sort
        )

    @cached_property
    def items(self) -> dict[str, AttemptItem]:
        """The questions of the run by their addresses: one query."""
        rows = AttemptItem.objects.filter(attempt=self.run.attempt_id).select_related(
            "version__question", "hand_grade"
        )
        return {item.version.question.slug: item for item in rows.order_by("position")}

    @property
    def checkpoints(self) -> list[Checkpoint]:
        """The questions of the stage that is played, or of all that were, once it is over."""
        stages = [step.stage for step in self.play.steps] if self.is_over else [self.stage]
        named = dict.fromkeys(slug for stage in stages for slug in stage.checkpoints)
        return [Checkpoint(self.items[slug]) for slug in named if slug in self.items]

    @property
    def recommendation(self) -> AttemptItem | None:
        return self.items.get(self.case.recommendation)
