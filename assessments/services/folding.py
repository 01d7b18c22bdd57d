"""Between the rows and the pure rules: one piece of evidence moves one state on."""

from collections.abc import Iterable

from assessments import mastery, scheduling
from assessments.mastery import Level
from assessments.models import Evidence, Learner, ObjectiveState, ProgressDay

STATE_FIELDS = [
    "level",
    "evidence_count",
    "last_score",
    "last_at",
    "last_variant",
    "streak",
    "since",
    "stability",
    "difficulty",
    "due",
    "last_review",
    "scheduler",
    "next_review",
    "fades_at",
]


def mastery_of(state: ObjectiveState) -> mastery.Mastery:
    """The mastery that a row holds."""
    return mastery.Mastery(
        level=Level(state.level),
        count=state.evidence_count,
        last_score=state.last_score,
        last_at=state.last_at,
        last_variant=state.last_variant,
        streak=state.streak,
        since=state.since,
    )


def memory_of(state: ObjectiveState) -> scheduling.Memory:
    """The memory that a row holds."""
    return scheduling.Memory(
        stability=state.stability,
        difficulty=state.difficulty,
        due=state.due,
        last_review=state.last_review,
        scheduler=state.scheduler,
    )


def piece_of(evidence: Evidence) -> mastery.Piece:
    """What the rule needs to know of a piece of evidence."""
    return mastery.Piece(
        score=evidence.score,
        variant=evidence.variant,
        at=evidence.at,
        scheduled_review=evidence.scheduled_review,
    )


def advance(state: ObjectiveState, evidence: Evidence) -> None:
    """Fold one piece of evidence into a state. Does not save."""
    level = mastery.fold(mastery_of(state), piece_of(evidence))
    memory = scheduling.review(memory_of(state), evidence.score, evidence.at)
    state.level = level.level.value
    state.evidence_count = level.count
    state.last_score = level.last_score
    state.last_at = level.last_at
    state.last_variant = level.last_variant
    state.streak = level.streak
    state.since = level.since
    state.stability = memory.stability
    state.difficulty = memory.difficulty
    state.due = memory.due
    state.last_review = memory.last_review
    state.scheduler = memory.scheduler
    state.next_review = scheduling.next_review(memory, level.level, level.since)
    state.fades_at = scheduling.fades_at(memory)


def fold_all(
    learner: Learner, evidence: Iterable[Evidence]
) -> tuple[list[ObjectiveState], list[ProgressDay]]:
    """Every state and every day of a learner's history, from evidence in order. Nothing is saved."""
    states: dict[int, ObjectiveState] = {}
    days: dict[object, ProgressDay] = {}
    for piece in evidence:
        state = states.setdefault(
            piece.objective_id, ObjectiveState(learner=learner, objective_id=piece.objective_id)
        )
        advance(state, piece)
        day = days.setdefault(piece.at.date(), ProgressDay(learner=learner, day=piece.at.date()))
        day.evidence_count += 1
        _count_levels(day, states.values())
    return list(states.values()), list(days.values())


def _count_levels(day: ProgressDay, states: Iterable[ObjectiveState]) -> None:
    levels = [state.level for state in states]
    day.familiar = levels.count(Level.FAMILIAR.value)
    day.proficient = levels.count(Level.PROFICIENT.value)
    day.mastered = levels.count(Level.MASTERED.value)
