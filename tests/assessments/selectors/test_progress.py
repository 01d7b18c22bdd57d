"""My progress: counts, history, memory, and that the advice given is what the rule would do."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments.mastery import Level, Mastery, Piece, fold
from assessments.models import Learner, ProgressDay
from assessments.selectors.answers import answers_of
from assessments.selectors.held import Held
from assessments.selectors.history import DAY, MONTH, MOST_DAYS, WEEK, history_of, kept_without_reviews
from assessments.selectors.objective import lowers, raises
from assessments.selectors.progress import Progress, progress_of
from assessments.selectors.rule import rule
from concepts.kept import KEPT
from concepts.models import Publishable
from tests.assessments.lives import answered, lesson, mastered
from tests.factories import LearnerFactory

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def me(db: None) -> Learner:
    learner: Learner = LearnerFactory()
    return learner


def progress(me: Learner) -> Progress:
    return progress_of(KEPT.shelf(), me, me.user, timezone.now())


def test_objectives_are_counted_at_their_level(me: Learner) -> None:
    _, questions = lesson(6)
    mastered(me, questions[0], days=3)
    mastered(me, questions[1], days=400)
    answered(me, questions[2], 1, 1)
    answered(me, questions[3], 1)
    answered(me, questions[4], 0.2)
    page = progress(me)
    assert page.counts == {4: 2, 3: 1, 2: 1, 1: 1, 0: 1}
    assert (page.tally.mastered, page.tally.fading, page.tally.total) == (2, 1, 6)
    assert [row.line.code for row in page.fading] == [questions[1].objective.code]
    assert page.answered == 10


def test_only_what_is_published_is_counted(me: Learner) -> None:
    concept, (question,) = lesson()
    answered(me, question, 1)
    concept.status = Publishable.Status.DRAFT
    concept.save()
    me.user.is_staff = me.user.is_superuser = True
    page = progress(me)
    assert page.tally.total == 0
    assert page.history is not None


def test_somebody_new_has_no_history(me: Learner) -> None:
    page = progress(me)
    assert (page.history, page.answers, page.since) == (None, [], "Before the first answer")


@pytest.mark.parametrize(
    ("days", "said"), [(1, "The first week"), (9, "One week in"), (70, "Ten weeks in"), (200, "28 weeks in")]
)
def test_it_says_how_long_it_has_been(me: Learner, days: int, said: str) -> None:
    _, (question,) = lesson()
    answered(me, question, 1, days=days)
    assert progress(me).since == said


def day(me: Learner, back: int, familiar: int, proficient: int = 0, mastered: int = 0) -> None:
    ProgressDay.objects.create(
        learner=me,
        day=TODAY - timedelta(days=back),
        familiar=familiar,
        proficient=proficient,
        mastered=mastered,
    )


def test_history_counts_each_level_or_above(me: Learner) -> None:
    day(me, 2, 3, 2, 1)
    points = history_of(me, TODAY).points
    assert points[-1][1:] == (6, 3, 1)


def test_history_begins_with_nothing_and_keeps_quiet_days(me: Learner) -> None:
    day(me, 3, 1)
    day(me, 1, 2)
    history = history_of(me, TODAY)
    assert history.step == DAY
    assert [point.familiar for point in history.points] == [0, 1, 1, 2, 2]
    assert history.points[0].start == TODAY - timedelta(days=4)
    assert [label for label, _ in history.rows] == ["21 Nov", "20 Nov", "19 Nov", "18 Nov", "17 Nov"]


@pytest.mark.parametrize(("back", "step"), [(20, DAY), (21, WEEK), (400, WEEK), (800, MONTH)])
def test_history_takes_longer_steps_for_a_longer_time(me: Learner, back: int, step: str) -> None:
    day(me, back, 1)
    history = history_of(me, TODAY)
    assert history.step == step
    assert len(history.points) <= 62


def test_a_week_ends_as_its_last_day_did(me: Learner) -> None:
    day(me, 40, 1)
    day(me, 5, 2)  # Monday
    day(me, 4, 7)
    history = history_of(me, TODAY)
    assert history.points[-1].start == date(2026, 11, 16)
    assert [point.familiar for point in history.points[-2:]] == [1, 7]


def test_a_history_too_long_to_draw_does_not_claim_to_begin_at_nothing(me: Learner) -> None:
    ProgressDay.objects.bulk_create(
        ProgressDay(learner=me, day=TODAY - timedelta(days=n), familiar=5) for n in range(MOST_DAYS + 5)
    )
    assert history_of(me, TODAY).points[0].familiar == 5


def test_what_stays_without_reviews_only_shrinks() -> None:
    held = [Held(level=Level.MASTERED, fades_at=NOON + timedelta(days=days)) for days in (-3, 2, 9, 300)] + [
        Held(level=Level.PROFICIENT, fades_at=NOON + timedelta(days=300))
    ]
    kept = kept_without_reviews(held, NOON)
    assert [point.known for point in kept if point.days % 7 == 0] == [3, 2, 1, 1, 1]
    assert [point.known for point in kept] == sorted((point.known for point in kept), reverse=True)


def test_answers_are_listed_newest_first_with_their_origin(me: Learner) -> None:
    _, (question,) = lesson()
    answered(me, question, 0.5, days=3)
    answered(me, question, 1, days=1, origin="review")
    newest, oldest = answers_of(me, timezone.now(), 10)
    assert (newest.origin, newest.percent, newest.succeeded) == ("Review", 100, True)
    assert (oldest.origin, oldest.percent, oldest.succeeded) == ("Practice", 50, False)
    assert len(answers_of(me, timezone.now(), 1)) == 1


def test_a_test_that_keeps_its_marks_to_itself_does_so_here_too(me: Learner) -> None:
    _, (question,) = lesson()
    answered(me, question, 0.5, origin="test")
    assessment = me.attempts.get().assessment
    for setting, closes_at, percent in (
        ("after", None, 50),
        ("never", None, None),
        ("closed", NOON + timedelta(days=1), None),
        ("closed", NOON - timedelta(days=1), 50),
    ):
        assessment.show_marks, assessment.closes_at = setting, closes_at
        assessment.save()
        assert answers_of(me, NOON, 1)[0].percent == percent


# What the page says would raise a level, and what the rule then does.
WORDS = {
    "makes it familiar": Level.FAMILIAR,
    "makes it proficient": Level.PROFICIENT,
    "makes it mastered": Level.MASTERED,
}
SCORES = st.lists(st.tuples(st.sampled_from([0.0, 0.5, 0.7, 1.0]), st.booleans()), max_size=9)


def state_after(scores: list[tuple[float, bool]]) -> Mastery:
    """The state after answers a day apart, each on other figures, some of them at reviews."""
    state = Mastery()
    for number, (score, is_review) in enumerate(scores):
        state = fold(state, Piece(score, str(number), NOON - timedelta(days=40 - number), is_review))
    return state


def held_as(state: Mastery) -> Held:
    return Held(
        level=state.level, streak=state.streak, since=state.since, next_review=NOON - timedelta(days=1)
    )


@given(SCORES)
def test_what_is_said_to_raise_a_level_raises_it(scores: list[tuple[float, bool]]) -> None:
    state = state_after(scores)
    said = raises(held_as(state), NOON)
    better = fold(state, Piece(1.0, "another", NOON, scheduled_review=True))
    if "Two successes in a row" in said:
        assert better.level == Level.FAMILIAR
        assert fold(better, Piece(1.0, "yet another", NOON, scheduled_review=False)).level == Level.PROFICIENT
    elif state.level < Level.MASTERED:
        (promised,) = [level for words, level in WORDS.items() if words in said]
        assert better.level == promised
    else:
        assert better.level == Level.MASTERED


@given(SCORES)
def test_what_is_said_of_a_miss_is_what_it_costs(scores: list[tuple[float, bool]]) -> None:
    state = state_after(scores)
    said = lowers(held_as(state))
    worse = fold(state, Piece(0.0, "another", NOON, scheduled_review=False))
    if worse.level >= state.level:
        assert said == ""
    else:
        names = {Level.ATTEMPTED: "attempted", Level.FAMILIAR: "familiar", Level.PROFICIENT: "proficient"}
        assert f"would be {names[worse.level]}" in said or f"make it {names[worse.level]}" in said


def test_before_the_review_is_due_the_day_is_named() -> None:
    held = Held(level=Level.PROFICIENT, streak=2, next_review=NOON + timedelta(days=3))
    assert raises(held, NOON) == (
        "A success at a review on or after Tue 24 Nov makes it mastered. Practice before then does not."
    )


def test_the_example_of_the_rule_is_worked_out_by_the_rule() -> None:
    page = rule()
    assert [moment.level for moment in page.story] == [1, 2, 3, 4, 3]
    assert [rung.level for rung in page.rungs] == [4, 3, 2, 1, 0]
    assert page.lasting == sorted(page.lasting)
    assert (page.threshold, page.fading, page.gap) == (70, 80, 3)
