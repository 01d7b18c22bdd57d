"""Item analysis of many responses, in a process of its own: how long it takes and how much memory it needs.

python -m bench.analysis fill <responses> | ours | question | rows | naive   (DATABASE_URL names the database)

`rows` is the floor: the bare SELECT of the same responses, fetched and forgotten. `naive` is what one would
write first: model instances in lists, and the textbook formulas.
"""

import json
import math
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from assessments.models import (  # noqa: E402
    Assessment,
    AssessmentPart,
    Attempt,
    AttemptItem,
    Learner,
    Question,
)
from assessments.selectors.item_analysis import assessment_analysis  # noqa: E402
from assessments.selectors.item_scope import Scope  # noqa: E402
from assessments.selectors.question_analysis import question_analysis  # noqa: E402
from bench.people import Asked, asked_pool, item_of  # noqa: E402
from concepts.models import Concept  # noqa: E402

SLUG = "bench-analysis"
QUESTIONS = 20
AT_ONCE = 500
BEGIN = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)


def fill(responses: int) -> None:
    """First attempts at one test of 20 questions, so many responses in all, by learners of unlike skill."""
    dice = Random(11)
    test = Assessment.objects.create(
        slug=SLUG, title="Bench", mode="test", status="published", concept=Concept.objects.all()[0]
    )
    pools = _pools(dice)
    for place, draws in enumerate(pools, start=1):
        AssessmentPart.objects.create(assessment=test, position=place, question=draws[0].version.question)
    for start in range(0, responses // QUESTIONS, AT_ONCE):
        _sit(test, start, min(AT_ONCE, responses // QUESTIONS - start), pools, dice)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pools(dice: Random) -> list[list[Asked]]:
    """Twenty questions of all types, each with right and wrong answers."""
    by_question: dict[int, list[Asked]] = {}
    for asked in asked_pool(dice):
        by_question.setdefault(asked.version.question_id, []).append(asked)
    every = list(by_question.values())
    return every[:: max(1, len(every) // QUESTIONS)][:QUESTIONS]


@transaction.atomic
def _sit(test: Assessment, start: int, count: int, pools: list[list[Asked]], dice: Random) -> None:
    names = [f"sitter{n}" for n in range(start, start + count)]
    users = get_user_model().objects.bulk_create(
        [get_user_model()(username=name, email=f"{name}@example.org") for name in names]
    )
    learners = Learner.objects.bulk_create([Learner(user=user) for user in users])
    attempts, answers = [], []
    for learner in learners:
        skill = dice.random()
        asked = [dice.choice(draws[:1] if dice.random() < skill else draws[1:]) for draws in pools]
        score = sum(one.score for one in asked)
        done = BEGIN + timedelta(minutes=40)
        attempts.append(
            Attempt(
                learner=learner, assessment=test, kind="test", state="graded", started_at=BEGIN,
                finished_at=done, score=score, max_score=len(asked),
            )
        )  # fmt: skip
        answers.append(asked)
    items = []
    for attempt, asked in zip(Attempt.objects.bulk_create(attempts), answers, strict=True):
        for position, one in enumerate(asked, start=1):
            item = item_of(attempt, position, one, graded=True)
            item.first_seen_at = (item.saved_at or BEGIN) - timedelta(seconds=dice.randint(15, 200))
            items.append(item)
    AttemptItem.objects.bulk_create(items)


def ours() -> int:
    """The page of the assessment."""
    shown = assessment_analysis(Scope(Assessment.objects.get(slug=SLUG)))
    return sum(row.sums.n for row in shown.rows)


def question() -> int:
    """The page of one of its questions."""
    asked = Question.objects.filter(parts__assessment__slug=SLUG, type="numeric")[0]
    return question_analysis(asked, Scope(Assessment.objects.get(slug=SLUG))).sums.n


def rows() -> int:
    """The floor: the same responses, fetched and forgotten."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.attempt_id, v.question_id, i.score, i.marks, a.score FROM assessments_attemptitem i"
            " JOIN assessments_questionversion v ON v.id = i.version_id"
            " JOIN assessments_attempt a ON a.id = i.attempt_id"
            " JOIN assessments_assessment s ON s.id = a.assessment_id WHERE s.slug = %s",
            [SLUG],
        )
        return sum(1 for _ in cursor)


def naive() -> int:
    """Model instances in lists, and the textbook's two passes over them."""
    items = list(
        AttemptItem.objects.filter(attempt__assessment__slug=SLUG).select_related("version", "attempt")
    )
    by_question: dict[int, list[tuple[float, float]]] = {}
    for item in items:
        earned = item.earned or 0.0
        pair = (earned, (item.attempt.score or 0.0) - earned)
        by_question.setdefault(item.version.question_id, []).append(pair)
    for pairs in by_question.values():
        mean = [sum(column) / len(pairs) for column in zip(*pairs, strict=True)]
        products = [(x - mean[0], y - mean[1]) for x, y in pairs]
        covariance = sum(x * y for x, y in products)
        spread = math.sqrt(sum(x * x for x, _ in products) * sum(y * y for _, y in products))
        assert not spread or abs(covariance / spread) <= 1 + 1e-9  # noqa: S101 - it was computed
    return len(items)


def main(what: str, *sizes: str) -> None:
    if what == "fill":
        fill(*(int(size) for size in sizes))
        return
    kinds: dict[str, Callable[[], int]] = {"ours": ours, "question": question, "rows": rows, "naive": naive}
    connection.ensure_connection()
    begun = time.perf_counter()
    responses = kinds[what]()
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"responses": responses, "seconds": seconds, "megabytes": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
