"""Appending evidence and folding it: the only way in which anything learns about anybody.

``append_evidence`` and ``rebuild_learner`` give the same rows, whichever way evidence came in.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, F, Max
from django.db.models.functions import Coalesce

from assessments.mastery import Level
from assessments.models import Evidence, Learner, ModuleState, ObjectiveState, ProgressDay
from assessments.services.folding import STATE_FIELDS, advance, fold_all
from concepts.compiled import Compiled

COUNTED = {
    Level.ATTEMPTED.value: "attempted",
    Level.FAMILIAR.value: "familiar",
    Level.PROFICIENT.value: "proficient",
    Level.MASTERED.value: "mastered",
}
MODULE_FIELDS = [*COUNTED.values(), "points", "last_at"]


def append_evidence(*, learner: Learner, evidence: Sequence[Evidence]) -> None:
    """Store new evidence of one learner and fold it into their states, rollups and history.

    Call it inside the transaction that stored the answer, with the learner's row locked. Evidence from before
    what is already known (a test that expired meanwhile) refolds the learner from the beginning.
    """
    if not evidence:
        return
    ordered = Evidence.objects.bulk_create(sorted(evidence, key=lambda piece: piece.at))
    known = learner.last_active_at
    if known is not None and ordered[0].at < known:
        rebuild_learner(learner=learner)
        return
    _fold_new(learner, ordered)
    _write_rollups(learner, ordered)
    learner.last_active_at = ordered[-1].at
    learner.save(update_fields=["last_active_at"])


def _fold_new(learner: Learner, ordered: Sequence[Evidence]) -> None:
    states = {
        state.objective_id: state
        for state in ObjectiveState.objects.filter(
            learner=learner, objective__in={piece.objective_id for piece in ordered}
        )
    }
    for piece in ordered:
        state = states.setdefault(
            piece.objective_id, ObjectiveState(learner=learner, objective_id=piece.objective_id)
        )
        advance(state, piece)
    _save_states(states.values())


def _save_states(states: Iterable[ObjectiveState]) -> None:
    rows = [_without_key(state) for state in states]
    ObjectiveState.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["learner", "objective"], update_fields=STATE_FIELDS
    )


def _without_key(state: ObjectiveState) -> ObjectiveState:
    """The same row without its key, so that one statement inserts the new ones and updates the rest."""
    state.pk = None
    return state


def _write_rollups(learner: Learner, ordered: Sequence[Evidence]) -> None:
    modules = module_states(learner)
    ModuleState.objects.bulk_create(
        modules, update_conflicts=True, unique_fields=["learner", "module"], update_fields=MODULE_FIELDS
    )
    totals = {
        name: sum(getattr(row, name) for row in modules) for name in ("familiar", "proficient", "mastered")
    }
    by_day: dict[date, int] = {}
    for piece in ordered:
        by_day[piece.at.date()] = by_day.get(piece.at.date(), 0) + 1
    if len(by_day) > 1:  # one submit never spans days, but the fold must not depend on that
        rebuild_days(learner)
        return
    for day, count in by_day.items():
        _count_day(learner, ProgressDay(learner=learner, day=day, evidence_count=count, **totals))


def _count_day(learner: Learner, row: ProgressDay) -> None:
    """Add to the row of a day, or make it, in one statement: the last answer tells whether there is one."""
    known = learner.last_active_at
    totals = {name: getattr(row, name) for name in ("familiar", "proficient", "mastered")}
    there = ProgressDay.objects.filter(learner=learner, day=row.day)
    is_begun = known is not None and known.date() == row.day
    if is_begun and there.update(evidence_count=F("evidence_count") + row.evidence_count, **totals):
        return
    ProgressDay.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["learner", "day"],
        update_fields=["evidence_count", *totals],
    )


_COUNTS = Compiled(
    lambda learner: (
        ObjectiveState.objects.filter(learner=learner)
        .order_by()
        .annotate(module=Coalesce("objective__concept__module", "objective__comparison__module"))
        .values_list("module", "level")
        .annotate(Count("pk"), Max("last_at"))
    )
)


def module_states(learner: Learner) -> list[ModuleState]:
    """The rollups as the states have them, counted in one query."""
    rows: dict[int, ModuleState] = {}
    for module, level, count, newest in _COUNTS.rows(learner.pk):
        row = rows.setdefault(module, ModuleState(learner=learner, module_id=module))
        add_level(row, level, count, newest)
    return list(rows.values())


def add_level(row: ModuleState, level: int, count: int, newest: datetime | None) -> None:
    """Add so many states at one level, the last met then, to a rollup that is being counted."""
    row.points += level * count
    row.last_at = max(filter(None, (row.last_at, newest)), default=None)
    if level in COUNTED:
        setattr(row, COUNTED[level], count)


@transaction.atomic
def rebuild_learner(*, learner: Learner) -> None:
    """Forget every state of a learner and fold all their evidence again: the same rows as before."""
    evidence = list(Evidence.objects.filter(learner=learner).current().in_order())
    states, days = fold_all(learner, evidence)
    ObjectiveState.objects.filter(learner=learner).delete()
    ModuleState.objects.filter(learner=learner).delete()
    ProgressDay.objects.filter(learner=learner).delete()
    ObjectiveState.objects.bulk_create(states)
    ModuleState.objects.bulk_create(module_states(learner))
    ProgressDay.objects.bulk_create(days)
    learner.last_active_at = evidence[-1].at if evidence else None
    learner.save(update_fields=["last_active_at"])


def rebuild_days(learner: Learner) -> None:
    """Make the history of a learner again from the evidence."""
    _, days = fold_all(learner, Evidence.objects.filter(learner=learner).current().in_order())
    ProgressDay.objects.filter(learner=learner).delete()
    ProgressDay.objects.bulk_create(days)
