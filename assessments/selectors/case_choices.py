"""What people decided in a case: for learners once they are through, for instructors of their cohort.

The first run of each person in each role counts, so that nobody counts twice; runs of staff are left out.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from assessments.models import CaseMove, CaseRun
from concepts.cases.document import CHOOSE, ORDER, Case, Decision, Stage
from concepts.figures import format_number, with_unit

MOST_ORDERS = 4


@dataclass(frozen=True)
class Share:
    """One way to decide and how many took it."""

    label: str
    count: int
    total: int
    is_mine: bool = False

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.total) if self.total else 0


@dataclass(frozen=True)
class Spread:
    """What was set for one figure, from the lowest to the highest."""

    label: str
    low: str
    middle: str
    high: str
    mine: str = ""


@dataclass(frozen=True)
class Choices:
    """How one decision was taken by so many."""

    decision: Decision
    stage: Stage
    total: int
    shares: list[Share] = field(default_factory=list)
    spreads: list[Spread] = field(default_factory=list)


def first_runs(runs: QuerySet[CaseRun]) -> QuerySet[CaseRun]:
    """The first run of each learner in each role, without those of staff."""
    earlier = CaseRun.objects.filter(
        learner=OuterRef("learner"), case=OuterRef("case"), role=OuterRef("role"), pk__lt=OuterRef("pk")
    )
    staff = Q(learner__user__is_staff=True) | Q(learner__user__is_superuser=True)
    return runs.filter(~Exists(earlier)).exclude(staff)


def counted(runs: QuerySet[CaseRun]) -> dict[str, Counter[str]]:
    """How often each answer was given, by decision; answers as text. One query, grouped in the database."""
    moves = CaseMove.objects.filter(run__in=runs, submitted_at__isnull=False)
    tally: dict[str, Counter[str]] = {}
    for answers, count in moves.order_by().values_list("answers").annotate(Count("pk")):
        for key, answer in answers.items():
            tally.setdefault(key, Counter())[_key(answer)] += count
    return tally


def _key(answer: Any) -> str:
    """An answer as something to count."""
    if "option" in answer:
        return str(answer["option"])
    if "order" in answer:
        return ",".join(answer["order"])
    return ",".join(f"{name}={value}" for name, value in sorted(answer["figures"].items()))


def choices_of(
    case: Case,
    tally: dict[str, Counter[str]],
    *,
    mine: dict[str, Any] | None = None,
    roles: Iterable[str] = (),
) -> list[Choices]:
    """Every decision that somebody took, in the order of the case; of these roles, if some are named."""
    wanted = set(roles)
    found = []
    for stage in case.stages:
        for decision in stage.decisions:
            if wanted and decision.roles and not wanted & set(decision.roles):
                continue
            given = tally.get(decision.key)
            if given:
                found.append(_choices(decision, stage, given, (mine or {}).get(decision.key)))
    return found


def _choices(decision: Decision, stage: Stage, given: Counter[str], mine: Any) -> Choices:
    total = given.total()
    own = _key(mine) if mine else ""
    if decision.kind == CHOOSE:
        shares = [Share(one.label, given[one.key], total, one.key == own) for one in decision.options]
        return Choices(decision, stage, total, shares=shares)
    if decision.kind == ORDER:
        labels = {item.name: item.label for item in decision.items}
        orders = [
            Share(" → ".join(labels.get(name, name) for name in key.split(",")), count, total, key == own)
            for key, count in given.most_common(MOST_ORDERS)
        ]
        return Choices(decision, stage, total, shares=orders)
    return Choices(decision, stage, total, spreads=_spreads(decision, given, mine))


def _spreads(decision: Decision, given: Counter[str], mine: Any) -> list[Spread]:
    spreads = []
    for figure in decision.figures:
        values = [value for key, count in given.items() for value in _values(key, figure.name) * count]
        if not values:
            continue
        unit = figure.unit or decision.unit
        low, middle, high = (_said(value, unit) for value in (min(values), median(values), max(values)))
        own = mine["figures"].get(figure.name) if mine else None
        spreads.append(Spread(figure.label, low, middle, high, "" if own is None else _said(own, unit)))
    return spreads


def _values(key: str, name: str) -> list[float]:
    pairs = (part.partition("=") for part in key.split(","))
    return [float(value) for found, _sign, value in pairs if found == name]


def _said(value: float, unit: str) -> str:
    return with_unit(format_number(value), unit) if unit else format_number(value)
