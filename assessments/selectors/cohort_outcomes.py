"""What came of a cohort's runs of a case: forecasts beside what came, what each decision led to, the ends.

None of this is stored, because a run is worked out from its moves; so the latest runs are replayed, a few
hundred at most, which takes a tenth of a second. How many of how many is said beside the figures.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from assessments.models import CaseMove, CaseRun
from concepts.cases.document import Case, Decision, Variable
from concepts.cases.playing import NotPlayable, Play, Step, replay
from concepts.figures import format_number, with_unit
from concepts.models import CaseVersion

MOST_REPLAYED = 400


class Came(NamedTuple):
    """What followed from a decision, as its author wrote it."""

    text: str
    reasoning: str


@dataclass
class Tally:
    """What the replayed runs in one role come to, gathered step by step."""

    forecasts: dict[str, list[tuple[float, float]]] = field(default_factory=dict)  # expected, came; by stage
    outcomes: dict[str, Counter[Came]] = field(default_factory=dict)  # by decision
    scores: dict[str, list[float]] = field(default_factory=dict)  # by decision
    endings: Counter[str] = field(default_factory=Counter)
    ends: dict[str, list[float]] = field(default_factory=dict)  # of runs that ended, by variable
    runs: int = 0

    def add(self, play: Play, forecasts: Mapping[int, float]) -> None:
        """Count one run; forecasts by position."""
        self.runs += 1
        for position, step in enumerate(play.steps, start=1):
            self._add_step(step, forecasts.get(position))
        if play.is_over:
            self.endings[play.stage.key] += 1
            for name, value in play.state.items():
                self.ends.setdefault(name, []).append(value)

    def _add_step(self, step: Step, expected: float | None) -> None:
        if step.stage.forecast and expected is not None:
            came = step.after.get(step.stage.forecast.variable)
            if came is not None:
                self.forecasts.setdefault(step.stage.key, []).append((expected, came))
        for done in step.settled:
            self.outcomes.setdefault(done.decision.key, Counter())[
                Came(done.outcome.text, done.outcome.reasoning)
            ] += 1
            self.scores.setdefault(done.decision.key, []).append(done.score)

    @property
    def score(self) -> int | None:
        """The mean of all decisions, in per cent, rounded down."""
        scores = [score for each in self.scores.values() for score in each]
        return int(100 * sum(scores) / len(scores) + 1e-9) if scores else None

    def commonest(self, decision: Decision) -> tuple[Came, int] | None:
        """What most came to in a decision, and how many did; None where nobody took it."""
        found = self.outcomes.get(decision.key)
        if not found:
            return None
        return max(found.items(), key=lambda pair: pair[1])


def tallies(runs: QuerySet[CaseRun]) -> tuple[dict[str, Tally], int]:
    """By role: what the latest of these runs come to; and how many there are in all. Four queries."""
    moves = Prefetch("moves", CaseMove.objects.filter(submitted_at__isnull=False).order_by("position"))
    begun = runs.filter(stages_done__gt=0)
    latest = list(begun.order_by("-pk").prefetch_related(moves)[:MOST_REPLAYED])
    documents = _documents(latest)
    found: dict[str, Tally] = {}
    for run in latest:
        submitted = list(run.moves.all())
        try:
            play = replay(documents[run.version_id], run.role, run.seed, [move.answers for move in submitted])
        except NotPlayable:  # pragma: no cover - a version that was written past the product
            continue
        forecasts = {move.position: move.forecast for move in submitted if move.forecast is not None}
        found.setdefault(run.role, Tally()).add(play, forecasts)
    total = begun.count() if len(latest) == MOST_REPLAYED else len(latest)
    return found, total


def _documents(runs: Iterable[CaseRun]) -> dict[int, Case]:
    """Each version that was played, read once."""
    versions = CaseVersion.objects.filter(pk__in={run.version_id for run in runs})
    return {version.pk: version.document for version in versions}


@dataclass(frozen=True)
class Expected:
    """Forecasts of one stage in one role beside what came: medians, in words."""

    role: str
    people: int
    forecast: str
    came: str
    missed_by: str


def expected_of(case: Case, stage: str, role: str, tally: Tally) -> Expected | None:
    """What people in a role expected of a stage, beside what came of it; None where nobody forecast it."""
    pairs = tally.forecasts.get(stage)
    forecast = case.stage(stage).forecast
    if not pairs or forecast is None:
        return None
    variable = case.variable(forecast.variable)
    expected, came = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    off = median(abs(pair[0] - pair[1]) for pair in pairs)
    return Expected(role, len(pairs), *(said(variable, value) for value in (expected, came, off)))


def said(variable: Variable, value: float) -> str:
    """A figure with the decimals and the unit of its variable; one more decimal where a median needs it."""
    decimals = variable.decimals
    if round(value, decimals) != round(value, decimals + 1):
        decimals += 1
    figure = format_number(value, decimals=decimals)
    return with_unit(figure, variable.unit) if variable.unit else figure
