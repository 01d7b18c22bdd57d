"""Which questions somebody is asked: what they have not seen first, then what they saw longest ago."""

import secrets
from collections.abc import Iterable, Sequence
from random import Random

from django.db.models import Max

from assessments.models import Assessment, Attempt, AttemptItem, Learner, Question, QuestionVersion

SEED_BITS = 48
Picked = list[tuple[int, int]]  # (id of the live version, marks)


def new_seed() -> int:
    """A seed that nobody can guess and every database can hold."""
    return secrets.randbits(SEED_BITS)


def last_seen(learner: Learner, question_ids: Iterable[int]) -> dict[int, int]:
    """When a learner last saw each question, as the key of the item: larger is later."""
    rows = (
        AttemptItem.objects.filter(
            attempt__learner=learner, attempt__is_preview=False, version__question__in=list(question_ids)
        )
        .order_by()
        .values_list("version__question")
        .annotate(Max("pk"))
    )
    return dict(rows)


def by_freshness(candidates: Sequence[tuple[int, int]], seen: dict[int, int], dice: Random) -> list[int]:
    """Live versions of (question, version) pairs, unseen first in random order, then least recently seen."""
    shuffled = list(candidates)
    dice.shuffle(shuffled)
    return [version for question, version in sorted(shuffled, key=lambda pair: seen.get(pair[0], 0))]


def draw_questions(assessment: Assessment, learner: Learner | None, dice: Random) -> Picked:
    """The live versions that one attempt will ask, with their marks, in the order in which it asks them.

    Without a learner nobody has seen anything, and equal dice draw the same.
    """
    parts = list(assessment.parts.all())
    objectives = {part.objective_id for part in parts if part.objective_id}
    named = {part.question_id for part in parts if part.question_id}
    pool: dict[int, list[tuple[int, int]]] = {}
    by_name: dict[int, int] = {}
    drawable = Question.objects.drawable().filter(objective__in=objectives).order_by("pk")
    for pk, objective, version in drawable.values_list("pk", "objective", "live"):
        pool.setdefault(objective, []).append((pk, version))
    if named:
        by_name = dict(Question.objects.published().filter(pk__in=named).values_list("pk", "live"))
    seen = last_seen(learner, [pk for pairs in pool.values() for pk, _ in pairs]) if learner else {}
    picked: Picked = []
    for part in parts:
        if part.question_id:
            chosen = [by_name[part.question_id]] if part.question_id in by_name else []
        else:
            taken = {version for version, _ in picked}
            fresh = by_freshness(pool.get(part.objective_id or 0, []), seen, dice)
            chosen = [version for version in fresh if version not in taken][: part.count]
        picked += [(version, part.marks) for version in chosen]
    if assessment.shuffle:
        dice.shuffle(picked)
    return picked


def make_items(
    attempt: Attempt, picked: Picked, dice: Random | None = None, *, first: int = 1
) -> list[AttemptItem]:
    """The items that ask these versions, each with a seed and the values drawn from it. Nothing is saved.

    They stand from the `first` position on. The seeds come from the dice, if there are any; else nobody can
    guess them.
    """
    versions = QuestionVersion.objects.in_bulk([version for version, _ in picked])
    return [
        make_item(attempt, versions[version], marks, position, dice.getrandbits(SEED_BITS) if dice else None)
        for position, (version, marks) in enumerate(picked, start=first)
    ]


def make_item(
    attempt: Attempt, version: QuestionVersion, marks: int, position: int, seed: int | None = None
) -> AttemptItem:
    """One item with figures of its own, or with those of a given seed. Not saved."""
    seed = new_seed() if seed is None else seed
    return AttemptItem(
        attempt=attempt,
        version=version,
        position=position,
        marks=marks,
        seed=seed,
        values=version.kind.draw(version.content, seed),
    )
