"""Diagnostics: which questions one begins with, and which follow from the answers saved so far.

Nothing is shown and nothing counts before it is handed in: the answers are looked at to see where to go on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Q

from assessments.diagnostic import MOST, Asked, Spot, first_round, next_round
from assessments.models import Assessment, AssessmentPart, Attempt, AttemptItem, Learner, Question
from assessments.questions.tries import FULL
from assessments.services.drawing import Picked, draw_questions, last_seen, make_items, new_seed
from assessments.services.standing import mark_as_corrected
from concepts.models import Objective

Pair = tuple[int, int, bool]  # (question, its live version, whether it asks to apply something)


@dataclass
class Map:
    """What a diagnostic may ask, in the order of its parts: the spots, their questions and their marks."""

    spots: list[Spot] = field(default_factory=list)
    questions: dict[Any, list[Pair]] = field(default_factory=dict)
    marks: dict[Any, int] = field(default_factory=dict)

    @property
    def at_first(self) -> int:
        """How many questions it begins with."""
        return len(first_round(self.spots))

    @property
    def at_most(self) -> int:
        """How many it asks of somebody who knows everything."""
        return min(MOST, len(self.spots))


def map_of(assessment: Assessment) -> Map:
    """What there is to ask of lessons that learners can see, as far as no person has to mark it."""
    parts = list(assessment.parts.select_related("question"))
    named = {part.question_id for part in parts if part.question_id}
    about = {_about(part) for part in parts}
    objectives = {one.pk: one for one in Objective.objects.published().with_home().filter(pk__in=about)}
    drawable = Question.objects.drawable().filter(Q(objective__in=objectives) | Q(pk__in=named))
    by_objective: dict[int, list[Pair]] = {}
    by_name: dict[int, Pair] = {}
    for pk, objective_id, live, thinking in drawable.order_by("pk").values_list(
        "pk", "objective", "live", "thinking"
    ):
        pair = (pk, live, thinking == Question.Thinking.APPLY)
        by_objective.setdefault(objective_id, []).append(pair)
        by_name[pk] = pair
    found = Map()
    for part in parts:
        objective = objectives.get(_about(part))
        name = ("question", part.question_id) if part.question_id else ("objective", part.objective_id)
        pairs = by_objective.get(part.objective_id or 0, [])
        if part.question_id:
            pairs = [by_name[part.question_id]] if part.question_id in by_name else []
        if objective is None or not pairs:
            continue
        spot = Spot(name, objective.module.pk, lesson_of(objective), any(applies for *_, applies in pairs))
        taken = sum(one.name == name for one in found.spots)
        found.spots += [spot] * min(part.count, len(pairs) - taken)
        found.questions[name], found.marks[name] = pairs, part.marks
    return found


def _about(part: AssessmentPart) -> int:
    """The objective of a part: its own, or that of the question it names."""
    return part.objective_id or (part.question.objective_id if part.question else 0)


def lesson_of(objective: Objective) -> tuple[str, int]:
    """The lesson or comparison of an objective, as the outline of the course names it."""
    if objective.concept_id:
        return "concept", objective.concept_id
    return "comparison", objective.comparison_id or 0


def draw_first(assessment: Assessment, learner: Learner | None, dice: Random) -> Picked:
    """What an attempt begins with: of a diagnostic the first round, of anything else all that it asks."""
    if assessment.mode != Assessment.Mode.DIAGNOSTIC:
        return draw_questions(assessment, learner, dice)
    found = map_of(assessment)
    return _draw(assessment, found, first_round(found.spots), learner, dice)


def _draw(
    assessment: Assessment,
    found: Map,
    spots: Iterable[Spot],
    learner: Learner | None,
    dice: Random,
    had: Iterable[int] = (),
) -> Picked:
    """A question for each spot, none twice: first those not seen before, and of those one to apply."""
    spots = list(spots)
    pairs = {name: list(found.questions[name]) for name in dict.fromkeys(spot.name for spot in spots)}
    seen = last_seen(learner, {pk for one in pairs.values() for pk, *_ in one}) if learner else {}
    taken = set(had)
    picked: Picked = []
    for spot in spots:
        left = [pair for pair in pairs[spot.name] if pair[0] not in taken]
        dice.shuffle(left)
        left.sort(key=lambda pair: (seen.get(pair[0], 0), not pair[2]))
        if left:
            question, version, _applies = left[0]
            taken.add(question)
            picked.append((version, found.marks[spot.name]))
    if assessment.shuffle:
        dice.shuffle(picked)
    return picked


def extend(*, attempt: Attempt, now: datetime, after: int | None = None) -> int:
    """Add the next round to a diagnostic whose round is over; returns how many questions it added.

    A round is over when no question after the one just dealt with waits for an answer; one that was passed
    over and left blank counts as not known. Asked a second time it adds nothing, as the new ones then wait.
    """
    if attempt.kind != Attempt.Kind.DIAGNOSTIC or not attempt.is_open:
        return 0
    with transaction.atomic():
        return _extend(_lock(attempt), now, after)


def _extend(attempt: Attempt, now: datetime, after: int | None) -> int:
    """The same for an attempt that is locked."""
    assessment = attempt.assessment
    if not attempt.is_open or assessment is None or (attempt.deadline and now >= attempt.deadline):
        return 0
    items = _items(attempt)
    if after is None:
        after = max((item.position for item in items if item.answer is not None), default=0)
    if any(item.answer is None and item.position > after for item in items):
        return 0
    found = map_of(assessment)
    spots = next_round(found.spots, [_asked(item) for item in items])
    learner = None if attempt.is_preview else attempt.learner
    dice = Random(f"{attempt.key}:{len(items)}" if attempt.is_preview else new_seed())  # noqa: S311 - order only
    picked = _draw(assessment, found, spots, learner, dice, {item.version.question_id for item in items})
    last = max((item.position for item in items), default=0)
    fresh = make_items(attempt, picked, dice if attempt.is_preview else None, first=last + 1)
    if fresh:
        mark_as_corrected(AttemptItem.objects.bulk_create(fresh))
    return len(fresh)


def _lock(attempt: Attempt) -> Attempt:
    """The attempt and its learner, the learner first as everywhere; every save of an answer waits for it."""
    rows = Attempt.objects.select_for_update(of=("learner", "self"))
    return rows.select_related("learner", "assessment").get(pk=attempt.pk)


def _items(attempt: Attempt) -> list[AttemptItem]:
    """What was asked, in order, with all that looking at the answers needs."""
    items = attempt.items.order_by("position").select_related(
        "version__objective__concept__module", "version__objective__comparison__module", "key_version"
    )
    return list(items)


def _asked(item: AttemptItem) -> Asked:
    version = item.version
    objective = version.objective
    names = (("question", version.question_id), ("objective", objective.pk))
    return Asked(names, objective.module.pk, lesson_of(objective), _is_right(item))


def _is_right(item: AttemptItem) -> bool:
    """Whether an answer is right as it stands; a question that was withdrawn ends nothing."""
    if item.void:
        return True
    if item.answer is None:
        return False
    version = item.marking
    return version.kind.grade(version.content, item.marking_values, item.answer).score >= FULL


__all__ = ["MOST", "draw_first", "extend", "lesson_of", "map_of"]
