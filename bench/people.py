"""Learners with a history, made in bulk but true to the rules.

States are folded from the evidence by the product's own fold, so that pages read what they would read.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from assessments.management.made_up import form_for
from assessments.management.simulation import write_folds
from assessments.models import (
    Assessment,
    Attempt,
    AttemptItem,
    Cohort,
    Evidence,
    Learner,
    Membership,
    Question,
    QuestionVersion,
)

BEGIN = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
ITEMS_AN_ATTEMPT = 20
TO_ANSWER = 40  # open questions of each learner who answers under load


@dataclass(frozen=True)
class Asked:
    """A version with figures and an answer that was worked out once, to be used by many learners."""

    version: QuestionVersion
    values: dict[str, Any]
    answer: Any
    score: float
    variant: str


def asked_pool(dice: Random, draws: int = 4) -> list[Asked]:
    """Every live version that needs no person to mark it, right and wrong, with a few draws of figures."""
    pool = []
    for version in QuestionVersion.objects.filter(live_for__in=Question.objects.drawable()):
        kind, content = version.kind, version.content
        for seed in range(draws):
            item = AttemptItem(version=version, seed=seed, values=kind.draw(content, seed))
            posted = form_for(item, right=seed != 0, dice=dice)
            answer = kind.read(content, item.values, posted)
            score = kind.grade(content, item.values, answer).score
            key = f"{version.question_id}:{kind.variant_key(content, item.values)}"[:80]
            pool.append(Asked(version, item.values, answer, score, key))
    return pool


def make_people(learners: int, items: int, answering: int) -> None:
    """So many learners in one cohort, ``items`` answers in all, and open questions for some to answer."""
    dice = Random(7)
    users = get_user_model().objects.bulk_create(
        [
            get_user_model()(
                username=f"bench{n}", email=f"bench{n}@example.org", first_name="Bench", last_name=f"{n:05}"
            )
            for n in range(learners)
        ]
    )
    people = Learner.objects.bulk_create([Learner(user=user) for user in users])
    cohort = Cohort.objects.create(name="Bench")
    Membership.objects.bulk_create([Membership(cohort=cohort, learner=person) for person in people])
    teacher = get_user_model().objects.create_user("teacher", "teacher@example.org")
    boss = Learner.objects.create(user=teacher)
    Membership.objects.create(cohort=cohort, learner=boss, role=Membership.Role.INSTRUCTOR)
    pool = asked_pool(dice)
    for start in range(0, learners, 50):
        make_history(people[start : start + 50], items // learners, pool, dice)
    open_practices(people[:answering], pool, dice)


@transaction.atomic
def make_history(people: list[Learner], items: int, pool: list[Asked], dice: Random) -> None:
    """Finished attempts of some learners with their items, evidence, states and rollups."""
    practice = Assessment.objects.filter(mode="practice")[0]
    attempts = Attempt.objects.bulk_create(
        [
            Attempt(
                learner=person,
                assessment=practice,
                kind="practice",
                number=n + 1,
                state=Attempt.State.GRADED,
                started_at=BEGIN + timedelta(days=8 * n),
                finished_at=BEGIN + timedelta(days=8 * n, minutes=30),
                score=ITEMS_AN_ATTEMPT / 2,
                max_score=ITEMS_AN_ATTEMPT,
            )
            for person in people
            for n in range(items // ITEMS_AN_ATTEMPT)
        ]
    )
    rows = AttemptItem.objects.bulk_create(
        [
            item_of(attempt, position, dice.choice(pool), graded=True)
            for attempt in attempts
            for position in range(1, ITEMS_AN_ATTEMPT + 1)
        ]
    )
    by_learner: dict[int, list[Evidence]] = {}
    for row in rows:
        by_learner.setdefault(row.attempt.learner_id, []).append(evidence_of(row))
    Evidence.objects.bulk_create([piece for pieces in by_learner.values() for piece in pieces])
    write_folds({person: by_learner[person.pk] for person in people})


def item_of(attempt: Attempt, position: int, asked: Asked, *, graded: bool) -> AttemptItem:
    at = attempt.started_at + timedelta(minutes=position)
    done = {"answer": asked.answer, "revision": 1, "saved_at": at, "score": asked.score, "graded_at": at}
    return AttemptItem(
        attempt=attempt,
        position=position,
        version=asked.version,
        seed=1,
        values=asked.values,
        **(done if graded else {}),
    )


def evidence_of(row: AttemptItem) -> Evidence:
    version = row.version
    return Evidence(
        learner_id=row.attempt.learner_id,
        objective_id=version.objective_id,
        question_id=version.question_id,
        item=row,
        origin="practice",
        score=row.score or 0,
        variant=f"{version.question_id}:{version.kind.variant_key(version.content, row.values)}"[:80],
        at=row.graded_at or BEGIN,
    )


def open_practices(people: list[Learner], pool: list[Asked], dice: Random) -> None:
    """An open practice for each of these learners, with questions that wait for their answer."""
    practice = Assessment.objects.filter(mode="practice")[1]
    attempts = Attempt.objects.bulk_create(
        [
            Attempt(
                learner=person, assessment=practice, kind="practice", started_at=BEGIN + timedelta(days=80)
            )
            for person in people
        ]
    )
    choices = [asked for asked in pool if asked.version.type == "single_choice"]
    AttemptItem.objects.bulk_create(
        [
            item_of(attempt, position, dice.choice(choices), graded=False)
            for attempt in attempts
            for position in range(1, TO_ANSWER + 1)
        ]
    )
