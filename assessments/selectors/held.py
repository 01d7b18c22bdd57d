"""What a learner holds of every objective that they have met, memory included, in one query."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from assessments.mastery import Level
from assessments.models import Learner, ObjectiveState
from assessments.scheduling import Memory, recall
from assessments.selectors.standing import FADING, Shown, Stand, Standing
from assessments.wording import days_ago
from concepts.compiled import Compiled
from concepts.kept import Shelf
from concepts.models import can_preview
from concepts.selectors.outline import Line, Outline, outline_on

_BRIEF = ("level", "evidence_count", "fades_at", "last_at", "stability", "last_review")
_FIELDS = (*_BRIEF, "since", "streak", "next_review")


class Held(NamedTuple):
    """One objective of one learner: the level, what it rests on, and what memory says of it."""

    level: int = Level.NOT_STARTED.value
    evidence_count: int = 0
    fades_at: datetime | None = None
    last_at: datetime | None = None
    stability: float | None = None
    last_review: datetime | None = None
    since: datetime | None = None
    streak: int = 0
    next_review: datetime | None = None

    @property
    def is_mastered(self) -> bool:
        return self.level == Level.MASTERED

    def is_fading(self, now: datetime) -> bool:
        return self.is_mastered and self.fades_at is not None and self.fades_at <= now

    def shown(self, now: datetime) -> Shown:
        """The level as a mark shows it: fading is shown in place of mastered."""
        return FADING if self.is_fading(now) else self.level

    def recall(self, now: datetime) -> int | None:
        """The chance of recall in per cent, rounded down: what is below 80 % must not read 80 %."""
        chance = recall(Memory(stability=self.stability, last_review=self.last_review), now)
        return None if chance is None else math.floor(100 * chance + 1e-9)


UNMET = Held()


class Remembered(NamedTuple):
    """An objective in a list of what is known: when it was last met, or mastered, and its recall today."""

    line: Line
    when: str
    recall: int | None


def held_by(learner: Learner, objective: int | None = None, *, brief: bool = False) -> dict[int, Held]:
    """By objective; only of one, if it is named; if brief, without the last three, which cost the most."""
    if objective is None:
        rows = (_EVERY_BRIEF if brief else _EVERY).rows(learner.pk)
    else:
        states = ObjectiveState.objects.filter(learner=learner, objective=objective)
        rows = list(states.values_list("objective_id", *(_BRIEF if brief else _FIELDS)))
    return {pk: Held(*row) for pk, *row in rows}


def _states(learner: int, fields: Sequence[str]) -> QuerySet[ObjectiveState, tuple[Any, ...]]:
    return ObjectiveState.objects.filter(learner=learner).values_list("objective_id", *fields)


_EVERY = Compiled(lambda learner: _states(learner, _FIELDS))
_EVERY_BRIEF = Compiled(lambda learner: _states(learner, _BRIEF))


def standing_from(held: dict[int, Held], now: datetime) -> Standing:
    """The same, as far as marks and counts need it."""
    return Standing({pk: Stand(row.level, row.is_fading(now), row.last_at) for pk, row in held.items()})


def published_outline(shelf: Shelf, user: Any) -> Outline:
    """The course as learners see it, also for somebody who could see drafts."""
    outline = outline_on(shelf, user)
    if not can_preview(user):
        return outline
    chapters = (
        replace(chapter, lessons=tuple(lesson for lesson in chapter.lessons if not lesson.is_draft))
        for chapter in outline.chapters
        if not chapter.is_draft
    )
    return Outline(tuple(chapter for chapter in chapters if chapter.lessons))


def fading_of(outline: Outline, held: dict[int, Held], now: datetime) -> list[Remembered]:
    """What is fading, the least remembered first."""
    rows = [
        Remembered(line, days_ago(row.last_at, now) if row.last_at else "", row.recall(now))
        for line in outline.objectives
        if (row := held.get(line.pk)) and row.is_fading(now)
    ]
    return sorted(rows, key=lambda row: row.recall or 0)
