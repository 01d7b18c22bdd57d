"""What answers changed: the level before and after, and the reason."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from assessments.mastery import Level
from assessments.models import AttemptItem, Learner
from assessments.selectors.changes import Change, changes_of
from concepts.models import Objective
from tests.factories import (
    AttemptFactory,
    EvidenceFactory,
    ItemFactory,
    LearnerFactory,
    ObjectiveFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


class Story:
    """A learner's evidence of one objective, an answer at a time."""

    def __init__(self) -> None:
        self.learner: Learner = LearnerFactory()
        self.objective: Objective = ObjectiveFactory()
        self.items: list[AttemptItem] = []

    def tell(self, score: float, variant: str, days: float = 0, *, review: bool = False) -> None:
        version = VersionFactory(question__objective=self.objective)
        item = ItemFactory(attempt=AttemptFactory(learner=self.learner), version=version)
        EvidenceFactory(
            item=item, score=score, variant=variant, at=NOW + timedelta(days=days), scheduled_review=review
        )
        self.items.append(item)

    def change(self, *which: int) -> Change:
        """What these answers changed."""
        return changes_of(self.learner.pk, [self.items[index] for index in which])[0]


def test_a_first_success_makes_it_familiar() -> None:
    story = Story()
    story.tell(1, "1:a")
    change = story.change(0)
    assert (change.before, change.after) == (Level.NOT_STARTED, Level.FAMILIAR)
    assert change.reason == "100\u202f% on 1 question"


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ("1:b", "second success in a row, on other figures"),
        ("2:", "second success in a row, on another question"),
    ],
)
def test_a_second_success_makes_it_proficient_and_says_on_what(second: str, reason: str) -> None:
    story = Story()
    story.tell(1, "1:a")
    story.tell(1, second)
    change = story.change(1)
    assert (change.before, change.after, change.reason) == (Level.FAMILIAR, Level.PROFICIENT, reason)
    assert story.change(0, 1).reason == reason


def test_the_same_figures_again_change_nothing_and_say_what_would() -> None:
    story = Story()
    story.tell(1, "1:a")
    story.tell(1, "1:a")
    change = story.change(1)
    assert not change.moved
    assert change.reason == "one more success, on other figures or another question, makes it proficient"


def test_a_review_days_later_makes_it_mastered_and_says_when_it_comes_back() -> None:
    story = Story()
    story.tell(1, "1:a")
    story.tell(1, "1:b")
    story.tell(1, "2:", days=5, review=True)
    change = story.change(2)
    assert (change.before, change.after) == (Level.PROFICIENT, Level.MASTERED)
    assert change.next_review is not None
    assert change.next_review > NOW + timedelta(days=6)


@pytest.mark.parametrize(
    ("score", "reason"),
    [
        (0, "a miss costs one level"),
        (0.5, "50\u202f% is below 70 %, and a miss costs one level"),
        (0.699, "69.9\u202f% is below 70 %, and a miss costs one level"),
    ],
)
def test_a_miss_drops_one_level_and_says_why(score: float, reason: str) -> None:
    story = Story()
    story.tell(1, "1:a")
    story.tell(1, "1:b")
    story.tell(score, "2:")
    change = story.change(2)
    assert (change.before, change.after, change.reason) == (Level.PROFICIENT, Level.FAMILIAR, reason)


def test_the_level_before_is_the_one_that_stood_then_whatever_came_later() -> None:
    story = Story()
    for variant in ("1:a", "1:b"):
        story.tell(1, variant)
    story.tell(0, "2:", days=1)
    story.tell(0, "3:", days=2)
    assert (story.change(1).before, story.change(1).after) == (Level.FAMILIAR, Level.PROFICIENT)


def test_what_moved_comes_first_and_what_left_no_evidence_is_not_listed() -> None:
    learner = LearnerFactory()
    items = []
    for scores in ((1, 1), (1,), ()):
        version = VersionFactory(question__objective=ObjectiveFactory())
        for day, score in enumerate(scores):
            item = ItemFactory(attempt=AttemptFactory(learner=learner), version=version)
            EvidenceFactory(item=item, score=score, variant="1:a", at=NOW + timedelta(days=day))
        if not scores:
            item = ItemFactory(attempt=AttemptFactory(learner=learner), version=version)
        items.append(item)
    changes = changes_of(learner.pk, items)
    assert [change.moved for change in changes] == [True, False]


def test_any_number_of_objectives_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    story = Story()
    for n in range(6):
        story.objective = ObjectiveFactory()
        story.tell(1, f"{n}:a")
    with django_assert_num_queries(1):
        assert len(changes_of(story.learner.pk, story.items)) == 6
