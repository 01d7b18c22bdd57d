"""Learners × modules: the rows that the overview shows by the page and that its file gives in full.

Screen and file read the same filter, order and figures from here, so they cannot differ. Figures come from
the rollups and are sorted by the database: a page of fifty costs the same in a cohort of one or of 10,000.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Lower

from assessments.mastery import Level
from assessments.models import Cohort, Membership, ModuleState, ObjectiveState
from assessments.models.evidence import LEVELS
from concepts.kept import KEPT
from concepts.models import Module, Objective

LONGEST_SEARCH = 100
CHUNK = 500
QUIETEST_FIRST = "last"
_WORDS = dict(LEVELS)
_NAME = (Lower("learner__user__last_name"), Lower("learner__user__first_name"))
_SEARCHED = ("learner__user__first_name", "learner__user__last_name", "learner__user__email")


class Column(NamedTuple):
    """A published module and how many objectives learners can reach in it."""

    pk: int
    slug: str
    title: str
    objectives: int

    @property
    def field(self) -> str:
        """What the address calls it when the table is sorted by it."""
        return f"m-{self.slug}"


class Cell(NamedTuple):
    """One module of one learner: how many objectives are mastered, and the mean level, rounded down."""

    mastered: int
    level: int

    @property
    def word(self) -> str:
        return str(_WORDS[self.level])


@dataclass(frozen=True)
class Row:
    """One learner."""

    learner_id: int
    name: str
    email: str
    cells: tuple[Cell, ...]
    fading: int
    last: datetime | None

    @property
    def mastered(self) -> int:
        return sum(cell.mastered for cell in self.cells)


class Person(NamedTuple):
    """What a row needs to know of a member."""

    pk: int
    first_name: str
    last_name: str
    email: str
    last: datetime | None


class Wanted(NamedTuple):
    """What the reader asked for: words to search for, and the column to sort by, "-" for downwards."""

    q: str = ""
    sort: str = QUIETEST_FIRST


def columns() -> list[Column]:
    """The published modules that have objectives, in course order; the same for everybody, so kept."""
    return KEPT.shelf().get("cohort columns", _columns)


def _columns() -> list[Column]:
    def count(path: str) -> Coalesce:
        here = Objective.objects.published().filter(**{path: OuterRef("pk")}).order_by()
        return Coalesce(Subquery(here.values(path).annotate(n=Count("pk")).values("n")), 0)

    modules = Module.objects.published().annotate(
        objectives=count("concept__module") + count("comparison__module")
    )
    fields = ("pk", "slug", "title", "objectives")
    return [Column(*row) for row in modules.filter(objectives__gt=0).values_list(*fields)]


def read_wanted(q: str, sort: str, modules: Sequence[Column]) -> Wanted:
    """What was asked for, as far as it can be understood; the quietest first if the order cannot be."""
    known = {"name", "mastered", "last", *(column.field for column in modules)}
    words = " ".join(q.replace("\x00", "").split())[:LONGEST_SEARCH]
    return Wanted(words, sort if sort.removeprefix("-") in known else QUIETEST_FIRST)


def learners_of(cohort: Cohort) -> QuerySet[Membership]:
    """Those who learn in a cohort; who teaches it is not a row."""
    return Membership.objects.filter(cohort=cohort, role=Membership.Role.LEARNER)


def found(cohort: Cohort, wanted: Wanted) -> QuerySet[Membership]:
    """The learners in whose name or address every word that was searched for occurs."""
    people = learners_of(cohort)
    for word in wanted.q.split():
        people = people.filter(Q(*((f"{field}__icontains", word) for field in _SEARCHED), _connector=Q.OR))
    return people


def in_order(
    people: QuerySet[Membership], wanted: Wanted, modules: Sequence[Column]
) -> QuerySet[Membership, Any]:
    """Sorted as asked, equals by name; the key last of all, so that no page repeats or misses anybody."""
    field, down = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    by_name: list[Any] = [*_NAME, Lower("learner__user__email"), F("learner")]
    if field == "name":
        keys = [key.desc() if down else key.asc() for key in by_name]
        return people.order_by(*keys)
    if field == "last":
        last = F("learner__last_active_at")
        key = last.desc(nulls_last=True) if down else last.asc(nulls_first=True)
        return people.order_by(key, *by_name)
    if field == "mastered":
        rollups = ModuleState.objects.filter(
            learner=OuterRef("learner"), module__in=[column.pk for column in modules]
        )
        sums = rollups.order_by().values("learner")
        people = people.annotate(
            by_mastered=Coalesce(Subquery(sums.annotate(n=Sum("mastered")).values("n")), 0),
            by_points=Coalesce(Subquery(sums.annotate(n=Sum("points")).values("n")), 0),
        )
    else:
        module = next(column.pk for column in modules if column.field == field)
        people = people.annotate(
            there=FilteredRelation(
                "learner__module_states", condition=Q(learner__module_states__module=module)
            ),
            by_mastered=Coalesce(F("there__mastered"), Value(0)),
            by_points=Coalesce(F("there__points"), Value(0)),
        )
    keys = [F(name).desc() if down else F(name).asc() for name in ("by_mastered", "by_points")]
    return people.order_by(*keys, *by_name)


def persons(people: QuerySet[Membership, Any]) -> QuerySet[Membership, tuple[Any, ...]]:
    """What rows need of members, in the order that the members have."""
    user = ("first_name", "last_name", "email")
    fields = ("learner", *(f"learner__user__{name}" for name in user), "learner__last_active_at")
    return people.values_list(*fields)


def rows_of(people: Sequence[Person], modules: Sequence[Column], now: datetime) -> list[Row]:
    """The rows of some learners, in their order: two queries however many they are."""
    keys = [person.pk for person in people]
    states = {
        (learner, module): (mastered, points)
        for learner, module, mastered, points in ModuleState.objects.filter(
            learner__in=keys, module__in=[column.pk for column in modules]
        ).values_list("learner", "module", "mastered", "points")
    }
    fading = dict(
        ObjectiveState.objects.fading(now)
        .filter(learner__in=keys, objective__in=Objective.objects.published().values("pk"))
        .order_by()
        .values_list("learner")
        .annotate(Count("pk"))
    )
    return [
        Row(
            learner_id=person.pk,
            name=f"{person.first_name} {person.last_name}".strip() or person.email,
            email=person.email,
            cells=tuple(_cell(states.get((person.pk, column.pk)), column) for column in modules),
            fading=fading.get(person.pk, 0),
            last=person.last,
        )
        for person in people
    ]


def _cell(state: tuple[int, int] | None, column: Column) -> Cell:
    """A rollup counts lessons that have been withdrawn since; what is shown never exceeds what is taught."""
    mastered, points = state or (0, 0)
    mean = min(points // column.objectives, Level.MASTERED.value)
    return Cell(min(mastered, column.objectives), max(mean, int(points > 0)))


def all_rows(cohort: Cohort, wanted: Wanted, modules: Sequence[Column], now: datetime) -> Iterator[Row]:
    """Every row of a filter and order, read in chunks; who joins meanwhile is not in it."""
    keys = list(in_order(found(cohort, wanted), wanted, modules).values_list("learner", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        people = {row[0]: Person(*row) for row in persons(learners_of(cohort).filter(learner__in=chunk))}
        yield from rows_of([people[key] for key in chunk if key in people], modules, now)
