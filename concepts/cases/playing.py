"""Playing a case: the state after decisions is a function of (document, role, seed, decisions), nothing else.

An answer to a decision is JSON: ``{"option": key}`` for a choice, ``{"figures": {name: number}}`` for numbers
and allocations, ``{"order": [names]}`` for an order.
"""

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concepts.cases.document import CHOOSE, ORDER, Case, Chance, Decision, Outcome, Stage
from concepts.cases.marking import score_of
from concepts.formulas import evaluate, holds

Answer = Mapping[str, Any]
State = Mapping[str, float]
MOST_STAGES = 60  # a case leads in circles if nobody has reached an ending by then


class NotPlayable(Exception):
    """An answer that this document cannot take, or a path that leads nowhere."""


@dataclass(frozen=True)
class Settled:
    """One decision with its answer, what came of it, and what it is worth (0 to 1)."""

    decision: Decision
    answer: Answer
    outcome: Outcome
    score: float
    before: State
    after: State


@dataclass(frozen=True)
class Step:
    """One stage that was played: the state on entering it, each decision, and where it led."""

    stage: Stage
    before: State
    settled: tuple[Settled, ...]
    to: str

    @property
    def after(self) -> State:
        return self.settled[-1].after if self.settled else self.before


@dataclass(frozen=True)
class Play:
    """A run as far as it has come: the steps, the state now, and the stage or ending that it stands in."""

    role: str
    chances: State
    steps: tuple[Step, ...]
    state: State
    stage: Stage

    @property
    def is_over(self) -> bool:
        return self.stage.is_ending


def draw(chances: Sequence[Chance], seed: int) -> dict[str, float]:
    """The figures that a seed gives; each depends on its name and the seed alone."""
    drawn = {}
    for chance in chances:
        digest = hashlib.sha256(f"{seed}:{chance.name}".encode()).digest()
        dice = random.Random(int.from_bytes(digest[:8], "big"))  # noqa: S311 - to be drawn again, not a secret
        steps = int((chance.maximum - chance.minimum) / chance.step + 1e-9)
        value = chance.minimum + chance.step * dice.randint(0, max(0, steps))
        drawn[chance.name] = float(f"{value:.12g}")  # without binary noise
    return drawn


def begin(case: Case, role: str, seed: int) -> Play:
    """A run on which nothing has been decided. Raises NotPlayable for a role that the case does not have."""
    if role not in case.start:
        raise NotPlayable(f"no role {role}")
    state = {variable.name: variable.initial for variable in case.variables}
    return Play(role, draw(case.chances, seed), (), state, _stage(case, case.start[role]))


def replay(case: Case, role: str, seed: int, moves: Sequence[Mapping[str, Answer]]) -> Play:
    """The run that these moves give: each move is the answers of one stage, by the key of the decision.

    Raises NotPlayable.
    """
    play = begin(case, role, seed)
    for answers in moves:
        play = advance(case, play, answers)
    return play


def advance(case: Case, play: Play, answers: Mapping[str, Answer]) -> Play:
    """The run after the decisions of the stage that it stands in. Raises NotPlayable."""
    if play.is_over or len(play.steps) >= MOST_STAGES:
        raise NotPlayable("the run is over")
    stage, state, settled, to = play.stage, play.state, [], ""
    for decision in stage.decisions_of(play.role):
        if decision.key not in answers:
            raise NotPlayable(f"nothing decided for {decision.key}")
        done = settle(case, decision, answers[decision.key], state, play.chances)
        settled.append(done)
        state, to = done.after, done.outcome.to or to
    to = to or _next(stage, {**play.chances, **state})
    step = Step(stage, play.state, tuple(settled), to)
    return Play(play.role, play.chances, (*play.steps, step), state, _stage(case, to))


def settle(case: Case, decision: Decision, answer: Answer, state: State, chances: State) -> Settled:
    """What one decision comes to in a state. Raises NotPlayable for an answer that does not fit."""
    names = {**chances, **state, **figures_of(decision, answer)}
    outcome = outcome_of(decision, answer, names)
    after = dict(state)
    for name, expression in outcome.effects.items():  # all of them from the state before
        after[name] = case.variable(name).kept(evaluate(expression, names))
    score = score_of(decision, answer, outcome, names)
    return Settled(decision, answer, outcome, score, state, after)


def figures_of(decision: Decision, answer: Answer) -> dict[str, float]:
    """The figures that an answer brings into the expressions of its decision. Raises NotPlayable."""
    try:
        if decision.kind == CHOOSE:
            return {}
        if decision.kind == ORDER:
            places = {name: float(i) for i, name in enumerate(answer["order"], start=1)}
            return {item.name: places[item.name] for item in decision.items}
        return {each.name: float(answer["figures"][each.name]) for each in decision.figures}
    except (KeyError, TypeError, ValueError) as error:
        raise NotPlayable(f"no answer to {decision.key}") from error


def outcome_of(decision: Decision, answer: Answer, names: State) -> Outcome:
    """What comes of an answer, whose figures are among the names. Raises NotPlayable."""
    if decision.kind == CHOOSE:
        for option in decision.options:
            if option.key == answer.get("option"):
                return option.outcome
        raise NotPlayable(f"no such option in {decision.key}")
    for outcome in decision.outcomes:
        if not outcome.when or holds(outcome.when, names):
            return outcome
    raise NotPlayable(f"nothing follows from {decision.key}")


def _next(stage: Stage, names: State) -> str:
    for way in stage.ways:
        if not way.when or holds(way.when, names):
            return way.to
    raise NotPlayable(f"{stage.key} leads nowhere")


def _stage(case: Case, key: str) -> Stage:
    for stage in case.stages:
        if stage.key == key:
            return stage
    raise NotPlayable(f"no stage {key}")
