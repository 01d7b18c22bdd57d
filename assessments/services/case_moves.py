"""Moves in a case: the forecast before a stage, the draft while it is thought over, the decisions.

What was decided stands; the same decisions again change nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import CaseMove, CaseRun, Evidence
from assessments.services.answers import Outcome
from assessments.services.cases import Stale, finish_run, locked_run, recommendation_of, touch
from assessments.services.errors import Refused
from assessments.services.evidence import append_evidence
from concepts.cases.answering import misfits
from concepts.cases.document import Decision
from concepts.cases.playing import Answer, Step, advance
from concepts.models import Objective

MOST_REASON = 2_000  # characters


class Undecided(Refused):
    """Answers that cannot stand; ``problems`` are messages by (decision, name within it)."""

    status = 422

    def __init__(self, problems: Mapping[tuple[str, str], str]) -> None:
        super().__init__(_("Something is not decided yet. Look at the marked places."))
        self.problems = dict(problems)


@dataclass(frozen=True)
class Drafted:
    """What became of a draft: whether anything was written, and the move as it is saved."""

    outcome: Outcome
    move: CaseMove


@transaction.atomic
def record_forecast(*, run: CaseRun, position: int, value: float, reason: str, now: datetime) -> CaseMove:
    """Keep what a learner expects of a stage, and why, before anything is decided in it.

    Once made it stands. Raises Refused for another one, Stale for a stage that the run does not stand in.
    """
    run = locked_run(run)
    move = _move(run, position)
    if move.forecast is not None:
        if (move.forecast, move.reason) == (value, reason):
            return move
        raise Refused(_("Your forecast for this stage is made, and it stands. Compare it at the end."))
    if run.ended_at or position != run.stages_done + 1:
        raise Stale(move)
    move.forecast, move.reason, move.forecast_at = value, reason[:MOST_REASON], now
    move.save()
    touch(run, now)
    return move


@transaction.atomic
def save_draft(
    *, run: CaseRun, position: int, draft: Mapping[str, Sequence[str]], revision: int, now: datetime
) -> Drafted:
    """Keep what stands in the form of a stage. It may be incomplete; nothing follows from it."""
    run = locked_run(run)
    move = _move(run, position)
    kept = {name: list(values) for name, values in draft.items()}
    if move.submitted_at or position != run.stages_done + 1:
        return Drafted(Outcome.CLOSED, move)
    if move.draft == kept and move.revision:
        return Drafted(Outcome.UNCHANGED, move)
    if revision != move.revision:
        return Drafted(Outcome.STALE, move)
    _keep(move, kept, now)
    move.save()
    touch(run, now)
    return Drafted(Outcome.SAVED, move)


@transaction.atomic
def decide(
    *,
    run: CaseRun,
    position: int,
    answers: Mapping[str, Answer],
    draft: Mapping[str, Sequence[str]],
    revision: int,
    now: datetime,
) -> CaseRun:
    """Settle the decisions of the stage that a run stands in, and go where they lead.

    The evidence is appended in the same transaction. The same answers again change nothing. Raises Undecided
    for answers that cannot stand, Refused where a forecast is still to be made, Stale for a page that is out
    of date.
    """
    run = locked_run(run)
    move = _move(run, position)
    if move.submitted_at and move.answers == answers:
        return run
    if move.submitted_at or position != run.stages_done + 1 or revision != move.revision:
        raise Stale(move)
    case, play = run.version.document, run.play()
    if play.stage.forecast and move.forecast is None:
        raise Refused(_("Make your forecast first: what you expect, and why."))
    settled = _checked(play.stage.decisions_of(run.role), answers)
    after = advance(case, play, settled)
    _keep(move, {name: list(values) for name, values in draft.items()}, now)
    move.answers, move.submitted_at = settled, now
    move.save()
    run.stages_done, run.stage = position, after.stage.key
    run.ended_at = now if after.is_over else None
    touch(run, now)
    append_evidence(learner=run.learner, evidence=_evidence(run, move, after.steps[-1], now))
    if after.is_over and not recommendation_of(run):
        finish_run(run, now)
    return run


def _checked(decisions: Sequence[Decision], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers to these decisions. Raises Undecided unless each can stand."""
    problems = {
        (each.key, misfit.name): misfit.message
        for each in decisions
        for misfit in misfits(each, answers.get(each.key))
    }
    if problems:
        raise Undecided(problems)
    return {each.key: answers[each.key] for each in decisions}


def _keep(move: CaseMove, draft: dict[str, list[str]], now: datetime) -> None:
    """Put a draft into its move. Does not save."""
    move.draft = draft
    move.revision += 1
    move.saved_at = now


def _evidence(run: CaseRun, move: CaseMove, step: Step, now: datetime) -> list[Evidence]:
    """What the decisions of a stage show, each for its objective; one that is gone is passed over."""
    codes = {done.decision.objective for done in step.settled}
    known = dict(Objective.objects.filter(code__in=codes).values_list("code", "pk"))
    return [
        Evidence(
            learner=run.learner,
            objective_id=known[done.decision.objective],
            move=move,
            decision=done.decision.key,
            origin=Evidence.Origin.CASE,
            score=done.score,
            variant=f"case:{run.case_id}:{done.decision.key}"[:80],
            at=now,
        )
        for done in step.settled
        if done.decision.objective in known
    ]


def _move(run: CaseRun, position: int) -> CaseMove:
    """The move at a position: that of a stage that was played, or a new one for where the run stands.

    Raises Stale for any other position.
    """
    move = CaseMove.objects.filter(run=run, position=position).first()
    if move is None and (run.ended_at or position != run.stages_done + 1):
        raise Stale
    return move or CaseMove(run=run, position=position, stage=run.stage)
