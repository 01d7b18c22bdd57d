"""Two tabs, double clicks and a hundred requests at the same moment: one round follows, once, or none."""

import pytest
from django.utils import timezone

from assessments.models import Attempt, Evidence
from assessments.services.answers import save_answer
from assessments.services.attempts import start_attempt
from assessments.services.diagnostics import extend
from assessments.services.finishing import finish
from tests.assessments.diagnostics import course
from tests.assessments.services.test_answering_at_once import Act, at_once
from tests.factories import LearnerFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CROWD = 40


def answered(*sizes: int) -> Attempt:
    """A diagnostic whose first round has been answered rightly, and is not followed by another yet."""
    attempt = start_attempt(learner=LearnerFactory(), assessment=course(*sizes), now=timezone.now())
    for item in attempt.items.all():
        save_answer(item=item, posted={"answer": ["a"]}, revision=0, now=timezone.now())
    return attempt


def test_a_crowd_of_requests_adds_the_next_round_once() -> None:
    attempt = answered(3, 3)
    added = at_once([lambda: extend(attempt=attempt, now=timezone.now())] * CROWD)
    assert sorted(added) == [0] * (CROWD - 1) + [4]
    items = attempt.items.order_by("position")
    assert [item.position for item in items] == [1, 2, 3, 4, 5, 6]
    assert len({item.version.question_id for item in items}) == 6


def test_saving_going_on_and_handing_in_at_once_leave_one_whole_attempt() -> None:
    attempt = answered(3, 3)

    def save(position: int, answer: str) -> Act:
        item = attempt.items.get(position=position)
        return lambda: (
            save_answer(item=item, posted={"answer": [answer]}, revision=1, now=timezone.now()),
            extend(attempt=attempt, after=position, now=timezone.now()),
        )

    acts: list[Act] = [save(1 + i % 2, "ab"[i % 3 > 1]) for i in range(CROWD)]
    at_once([*acts, *[lambda: finish(attempt=attempt, now=timezone.now())] * 4])
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.GRADED
    items = list(attempt.items.order_by("position"))
    assert [item.position for item in items] == list(range(1, len(items) + 1))
    assert all(item.is_graded for item in items)
    assert attempt.max_score == len(items)
    assert Evidence.objects.count() == sum(item.answer is not None for item in items)
