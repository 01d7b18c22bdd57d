"""Today: which headline the facts lead to, and that what it says is true."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Assessment, Learner, ObjectiveState
from assessments.selectors.today import Today, today_for
from assessments.services.attempts import start_attempt
from assessments.services.reviews import due_states, start_reviews
from concepts.kept import KEPT
from concepts.models import Concept, Publishable
from tests.assessments.lives import answered, lesson, mastered
from tests.factories import AssessmentFactory, LearnerFactory, PartFactory, practice_set

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def me() -> Learner:
    learner: Learner = LearnerFactory()
    return learner


def today(me: Learner) -> Today:
    return today_for(KEPT.shelf(), me, me.user, timezone.now())


def test_for_somebody_new(me: Learner) -> None:
    concept, _ = lesson(title="Throughput and flow", minutes=9)
    page = today(me)
    assert page.step.title == "Begin with Throughput and flow"
    assert "about nine minutes to read" in page.step.reason
    assert page.step.action.url == concept.get_absolute_url()
    assert [(part.label, part.minutes) for part in page.plan.parts] == [
        ("Throughput and flow", 9),
        ("Free", 11),
    ]
    assert (page.work, page.fading, page.mastered) == ((), (), ())


def test_without_a_course(me: Learner) -> None:
    page = today(me)
    assert page.step.title == "There is nothing to learn here yet"
    assert page.step.action is None
    assert page.reading == ()


def test_drafts_are_not_recommended_even_to_their_editors(me: Learner) -> None:
    lesson(title="A draft", status=Publishable.Status.DRAFT)
    me.user.is_staff = me.user.is_superuser = True
    assert today(me).step.title == "There is nothing to learn here yet"


def due_now(me: Learner, count: int = 8, fading: int = 0) -> None:
    """So many objectives that two answers made familiar or better and that are due; some have faded."""
    _, questions = lesson(count)
    for question in questions[:fading]:
        mastered(me, question, days=400)
    for question in questions[fading:]:
        answered(me, question, 1, 1, days=40)


def test_reviews_that_are_due_come_first(me: Learner) -> None:
    due_now(me, 8, fading=3)
    step = today(me).step
    assert step.title == "Eight reviews, about six minutes"
    assert "Three of them are fading" in step.reason
    assert "Five of them are proficient: a success today makes them mastered." in step.reason
    assert step.action.posts


def test_the_number_of_reviews_is_that_of_the_review_itself(me: Learner) -> None:
    due_now(me, 5)
    me.reviews_a_day = 3
    page = today(me)
    assert page.step.title.startswith("Three reviews")
    assert "Two more wait for tomorrow, as you review at most three a day." in page.step.reason
    assert len(due_states(me, timezone.now())) == 3
    assert start_reviews(learner=me, now=timezone.now()).items.count() == 5  # the cap above was not saved


def test_what_no_question_can_ask_is_not_counted(me: Learner) -> None:
    due_now(me, 2)
    state = ObjectiveState.objects.first()
    question = state.objective.questions.get()
    question.unpublish()
    question.save()
    assert today(me).step.title == "One review, about one minute"


def test_reviews_in_the_middle_say_how_many_are_to_go(me: Learner) -> None:
    due_now(me, 3)
    attempt = start_reviews(learner=me, now=timezone.now())
    item = attempt.items.first()
    item.score, item.graded_at = 1.0, timezone.now()
    item.save()
    step = today(me).step
    assert step.title == "Two reviews to go, about two minutes"
    assert step.action.label == "Go on with the reviews"


def test_when_the_cap_is_used_up_the_rest_waits(me: Learner) -> None:
    due_now(me, 2)
    _, (question,) = lesson()
    answered(me, question, 1, days=0, origin="review")
    me.reviews_a_day = 1
    page = today(me)
    assert "You have done your reviews for today; two more wait for tomorrow." in page.step.reason


def test_a_test_whose_time_is_running_comes_before_everything(me: Learner) -> None:
    due_now(me, 2)
    test = practice_set(9, mode="test", title="Flow and time, check 1", time_limit=25)
    attempt = start_attempt(learner=me, assessment=test, now=timezone.now() - timedelta(minutes=20))
    page = today(me)
    assert page.step.title == "Flow and time, check 1 ends at 12:05"
    assert "Nine of its nine questions have no answer yet." in page.step.reason
    assert page.step.action.url == attempt.get_absolute_url()
    assert page.plan.parts[0].minutes == 5
    assert page.work[0].state == "Ends at 12:05"


def test_the_end_is_told_in_the_readers_zone(me: Learner) -> None:
    test = practice_set(2, mode="test", title="A check", time_limit=25)
    start_attempt(learner=me, assessment=test, now=timezone.now())
    with timezone.override("Asia/Tokyo"):
        assert today(me).step.title == "A check ends at 21:25"


def test_time_that_has_run_out_is_told_but_runs_nothing(me: Learner) -> None:
    test = practice_set(2, mode="test", time_limit=25)
    start_attempt(learner=me, assessment=test, now=timezone.now() - timedelta(hours=1))
    page = today(me)
    assert "ends" not in page.step.title
    assert page.work[0].state == "Time ran out"


def test_a_test_that_closes_within_two_days_comes_before_reviews(me: Learner) -> None:
    due_now(me, 2)
    practice_set(
        4, mode="test", title="The check", attempts_allowed=2, closes_at=timezone.now() + timedelta(hours=21)
    )
    page = today(me)
    assert page.step.title == "The check closes on Sun 22 Nov, 09:00"
    assert "none of two attempts used" in page.step.reason
    assert (page.work[0].state, page.work[0].andon) == ("Closes tomorrow", "warn")


def test_a_test_that_closes_later_is_only_listed(me: Learner) -> None:
    due_now(me, 2)
    practice_set(4, mode="test", closes_at=timezone.now() + timedelta(days=9))
    page = today(me)
    assert page.step.title.startswith("Two reviews")
    assert page.work[0].note == "closes Mon 30 Nov, 12:00"
    assert page.work[0].andon == ""


@pytest.mark.parametrize("days", [-1, 1])
def test_a_test_is_not_offered_outside_its_dates(me: Learner, days: int) -> None:
    moment = timezone.now() + timedelta(days=days)
    dates = {"opens_at": moment} if days > 0 else {"closes_at": moment}
    practice_set(4, mode="test", title="Not now", **dates)
    assert "Not now" not in today(me).step.title


def test_extra_time_is_counted_in(me: Learner) -> None:
    concept, (question,) = lesson()
    answered(me, question, 1)
    test: Assessment = AssessmentFactory(concept=concept, mode="test", time_limit=20)
    PartFactory(assessment=test, objective=question.objective)
    me.extra_time_percent = 25
    assert "25 minutes with your extra time" in today(me).work[0].detail


@pytest.mark.parametrize(("setting", "state"), [("never", "Taken"), ("after", "25 % so far")])
def test_marks_that_are_kept_back_are_not_told(me: Learner, setting: str, state: str) -> None:
    concept, (question,) = lesson()
    answered(me, question, 1)
    test: Assessment = AssessmentFactory(concept=concept, mode="test", show_marks=setting)
    PartFactory(assessment=test, objective=question.objective)
    attempt = start_attempt(learner=me, assessment=test, now=timezone.now())
    attempt.state, attempt.finished_at, attempt.score, attempt.max_score = "graded", timezone.now(), 1, 4
    attempt.save()
    assert today(me).work[0].state == state


def test_a_practice_left_in_the_middle_is_gone_on_with(me: Learner) -> None:
    practice = practice_set(4, title="Practice: throughput")
    attempt = start_attempt(learner=me, assessment=practice, now=timezone.now())
    page = today(me)
    assert page.step.title == "Practice: throughput, four of four to go"
    assert page.step.action.url == attempt.get_absolute_url()
    assert (page.plan.parts[0].label, page.plan.parts[0].minutes) == ("Practice", 6)
    assert page.plan.parts[0].kind == "first"


def practised(me: Learner, *scores: float) -> tuple[Concept, Assessment]:
    """A lesson of two objectives with a practice, of which the first has been answered."""
    concept, (question, other) = lesson(2, title="Throughput and flow")
    practice: Assessment = AssessmentFactory(concept=concept, title="Practice: throughput")
    for objective in (question.objective, other.objective):
        PartFactory(assessment=practice, objective=objective, count=2)
    answered(me, question, *scores, days=0.01)
    return concept, practice


def test_a_miss_is_the_reason_to_practise(me: Learner) -> None:
    _, practice = practised(me, 0.4)
    step = today(me).step
    assert step.title == "Throughput and flow: four questions, about six minutes"
    assert "Your latest answer on “Throughput” scored below 70 %." in step.reason
    assert step.action.url == practice.get_absolute_url()


def test_so_is_what_has_no_answer(me: Learner) -> None:
    practised(me, 1, 1)
    assert "One of its objectives has no answer yet." in today(me).step.reason


def test_the_next_lesson_follows_when_the_last_is_proficient(me: Learner) -> None:
    _, (question,) = lesson(title="First")
    following, _ = lesson(title="Second", minutes=7, module=question.objective.concept.module)
    answered(me, question, 1, 1, days=0.01)
    page = today(me)
    assert page.step.title == "Second, about seven minutes"
    assert page.step.action.url == following.get_absolute_url()
    assert page.reading[0].place.endswith(", 2 of 2")


def test_when_nothing_is_left_it_says_until_when(me: Learner) -> None:
    _, (question,) = lesson()
    answered(me, question, 1, 1, days=0.01)
    step = today(me).step
    assert step.title == "Nothing to do until Tuesday 24 November"
    assert step.action.label == "See your progress"


def test_newly_mastered_and_fading_are_listed(me: Learner) -> None:
    _, (new, old) = lesson(2)
    mastered(me, new, days=2)
    mastered(me, old, days=400)
    page = today(me)
    assert [row.line.code for row in page.mastered] == [new.objective.code]
    assert page.mastered[0].when == "2 days ago"
    assert [row.line.code for row in page.fading] == [old.objective.code]
    assert page.fading[0].recall < 80
    assert (page.tally.mastered, page.tally.fading) == (2, 1)


def queries(me: Learner) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        today(me)
    return len(captured)


def test_the_number_of_queries_does_not_grow(me: Learner) -> None:
    def live() -> None:
        due_now(me, 3, fading=1)
        concept, _ = practised(me, 1)
        test: Assessment = AssessmentFactory(concept=concept, mode="test", time_limit=20)
        PartFactory(assessment=test, objective=concept.objectives.first())
        start_attempt(learner=me, assessment=practice_set(2), now=timezone.now())

    live()
    today(me)
    before = queries(me)
    live()
    today(me)
    assert queries(me) == before
