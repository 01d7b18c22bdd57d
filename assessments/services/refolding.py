"""Folding an objective again after evidence was put right, for many learners at a time.

``rebuild_learner`` gives the same rows; it folds everything that a learner ever did, where here only the
objective that a correction touches is folded: before and after, and what differs is carried into the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from assessments.mastery import Level
from assessments.models import Evidence, Learner, ModuleState, ObjectiveState, ProgressDay
from assessments.services.evidence import add_level
from assessments.services.folding import STATE_FIELDS, advance
from assessments.services.superseding import Standing
from concepts.models import Objective

DAY_FIELDS = {
    Level.FAMILIAR.value: "familiar",
    Level.PROFICIENT.value: "proficient",
    Level.MASTERED.value: "mastered",
}


@dataclass
class Course:
    """What one fold went through: the state at its end, and the level and the number of answers by day."""

    state: ObjectiveState | None = None
    levels: dict[date, int] = field(default_factory=dict)
    counts: dict[date, int] = field(default_factory=dict)

    @property
    def level(self) -> int:
        return self.state.level if self.state else Level.NOT_STARTED.value


@dataclass(frozen=True)
class Refold:
    """One objective of one learner, as its evidence stood and as it will stand."""

    learner_id: int
    objective_id: int
    before: Course
    after: Course

    @property
    def recounts(self) -> bool:
        """Whether answers were taken back or counted in, so that more than the scores has changed."""
        return self.before.counts != self.after.counts


def refolds(standings: Sequence[Standing]) -> list[Refold]:
    """What superseding evidence makes of every learner and objective that it touches. Writes nothing."""
    by_objective: dict[int, list[Standing]] = {}
    for standing in standings:
        by_objective.setdefault(standing.after.objective_id, []).append(standing)
    return [refold for objective, group in by_objective.items() for refold in _of_objective(objective, group)]


def _of_objective(objective_id: int, standings: Sequence[Standing]) -> list[Refold]:
    learners = sorted({standing.after.learner_id for standing in standings})
    held: dict[int, list[Evidence]] = {learner: [] for learner in learners}
    known = Evidence.objects.filter(objective=objective_id, learner__in=learners)
    for piece in known.current().in_order():
        held[piece.learner_id].append(piece)
    replaced = {standing.before.pk for standing in standings if standing.before}
    fresh: dict[int, list[Evidence]] = {learner: [] for learner in learners}
    for standing in standings:
        if standing.after.counts:
            fresh[standing.after.learner_id].append(standing.after)
    return [
        Refold(
            learner,
            objective_id,
            _fold(learner, objective_id, held[learner]),
            _fold(
                learner,
                objective_id,
                sorted(
                    [*(piece for piece in held[learner] if piece.pk not in replaced), *fresh[learner]],
                    key=_order,
                ),
            ),
        )
        for learner in learners
    ]


def _order(piece: Evidence) -> tuple[datetime, float]:
    """As ``in_order`` has it; what is not stored yet and supersedes nothing will be the newest."""
    return piece.at, piece.first_id or piece.pk or float("inf")


def _fold(learner_id: int, objective_id: int, evidence: Iterable[Evidence]) -> Course:
    course = Course()
    for piece in evidence:
        if course.state is None:
            course.state = ObjectiveState(learner_id=learner_id, objective_id=objective_id)
        advance(course.state, piece)
        day = piece.at.date()
        course.levels[day] = course.state.level
        course.counts[day] = course.counts.get(day, 0) + 1
    return course


def store_refolds(made: Sequence[Refold]) -> None:
    """Write down the states, rollups and days after the new evidence was stored.

    Call it in that transaction, with the rows of the learners locked.
    """
    by_objective: dict[int, list[Refold]] = {}
    for refold in made:
        by_objective.setdefault(refold.objective_id, []).append(refold)
    for objective_id, group in by_objective.items():
        _store_states(objective_id, group)
        _store_days([refold for refold in group if _moved(refold)])
    _store_modules(made)
    recounted = {refold.learner_id for refold in made if refold.recounts}
    newest = Evidence.objects.filter(learner=OuterRef("pk")).current().order_by("-at").values("at")[:1]
    Learner.objects.filter(pk__in=recounted).update(last_active_at=Subquery(newest))


def _moved(refold: Refold) -> bool:
    """Whether the history chart is another now."""
    return refold.before.levels != refold.after.levels or refold.recounts


def _store_states(objective_id: int, group: Sequence[Refold]) -> None:
    gone = [refold.learner_id for refold in group if refold.after.state is None]
    ObjectiveState.objects.filter(objective=objective_id, learner__in=gone).delete()
    ObjectiveState.objects.bulk_create(
        [refold.after.state for refold in group if refold.after.state],
        update_conflicts=True,
        unique_fields=["learner", "objective"],
        update_fields=STATE_FIELDS,
    )


def _store_modules(made: Sequence[Refold]) -> None:
    """The rollups of every module touched, counted again from the states."""
    learners = {refold.learner_id for refold in made}
    home = Coalesce("objective__concept__module", "objective__comparison__module")
    states = ObjectiveState.objects.filter(learner__in=learners).order_by().annotate(module=home)
    touched = Objective.objects.filter(pk__in={refold.objective_id for refold in made})
    modules = set(touched.values_list(Coalesce("concept__module", "comparison__module"), flat=True))
    counts = states.filter(module__in=modules).values_list("learner", "module", "level")
    rows: dict[tuple[int, int], ModuleState] = {}
    for learner, module, level, count, newest in counts.annotate(Count("pk"), Max("last_at")):
        row = rows.setdefault((learner, module), ModuleState(learner_id=learner, module_id=module))
        add_level(row, level, count, newest)
    ModuleState.objects.filter(learner__in=learners, module__in=modules).delete()
    ModuleState.objects.bulk_create(rows.values())


def _store_days(group: Sequence[Refold]) -> None:
    """Carry what differs into the days of the learners' histories."""
    days: dict[int, dict[date, ProgressDay]] = {refold.learner_id: {} for refold in group}
    for row in ProgressDay.objects.filter(learner__in=days):
        days[row.learner_id][row.day] = row
    kept: list[ProgressDay] = []
    for refold in group:
        kept += [row for row in _days(refold, days[refold.learner_id]) if row.evidence_count > 0]
    ProgressDay.objects.filter(learner__in=days).delete()
    ProgressDay.objects.bulk_create(kept)


def _days(refold: Refold, known: Mapping[date, ProgressDay]) -> list[ProgressDay]:
    """The days as they are to be. A day that has no row yet begins as the one before it ended."""
    rows: list[ProgressDay] = []
    carried = dict.fromkeys(DAY_FIELDS.values(), 0)  # as the rows had it before the correction
    was = now = Level.NOT_STARTED.value
    before, after = refold.before, refold.after
    for day in sorted({*known, *after.counts}):
        there = known.get(day)
        if there:
            carried = {name: getattr(there, name) for name in carried}
        was, now = before.levels.get(day, was), after.levels.get(day, now)
        totals = dict(carried)
        for level, step in ((was, -1), (now, 1)):
            if level in DAY_FIELDS:
                totals[DAY_FIELDS[level]] += step
        count = (there.evidence_count if there else 0) - before.counts.get(day, 0) + after.counts.get(day, 0)
        rows.append(ProgressDay(learner_id=refold.learner_id, day=day, evidence_count=count, **totals))
    return rows
