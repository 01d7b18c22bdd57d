"""Starting, resuming and varying attempts."""

from datetime import UTC, datetime, timedelta

import pytest

from assessments.models import Attempt, Question
from assessments.services.answers import check_answer
from assessments.services.attempts import add_variant, start_attempt
from assessments.services.errors import NotAllowed, Refused
from assessments.services.finishing import finish
from tests.factories import AssessmentFactory, LearnerFactory, PartFactory, QuestionFactory, practice_set

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def test_starting_again_comes_back_to_the_open_attempt() -> None:
    learner, assessment = LearnerFactory(), practice_set()
    first = start_attempt(learner=learner, assessment=assessment, now=NOW)
    assert start_attempt(learner=learner, assessment=assessment, now=NOW) == first


def test_the_end_is_the_limit_with_extra_time_but_never_after_closing() -> None:
    learner = LearnerFactory(extra_time_percent=50)
    test = practice_set(mode="test", time_limit=20)
    assert start_attempt(learner=learner, assessment=test, now=NOW).deadline == NOW + timedelta(minutes=30)
    closing = practice_set(mode="test", time_limit=20, closes_at=NOW + timedelta(minutes=25))
    assert start_attempt(learner=learner, assessment=closing, now=NOW).deadline == NOW + timedelta(minutes=25)


def test_an_attempt_without_limit_has_no_end() -> None:
    assert start_attempt(learner=LearnerFactory(), assessment=practice_set(), now=NOW).deadline is None


def test_no_more_attempts_begin_than_are_allowed() -> None:
    learner, test = LearnerFactory(), practice_set(mode="test", attempts_allowed=1)
    finish(attempt=start_attempt(learner=learner, assessment=test, now=NOW), now=NOW)
    with pytest.raises(NotAllowed, match="every attempt"):
        start_attempt(learner=learner, assessment=test, now=NOW)


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [(1, 2, "opens on 22 November 2026"), (-2, -1, "closed on 20 November 2026")],
)
def test_it_begins_only_while_it_is_open(opens: int, closes: int, words: str) -> None:
    test = practice_set(opens_at=NOW + timedelta(days=opens), closes_at=NOW + timedelta(days=closes))
    with pytest.raises(NotAllowed, match=words):
        start_attempt(learner=LearnerFactory(), assessment=test, now=NOW)


def test_an_assessment_without_live_questions_starts_nothing() -> None:
    with pytest.raises(Refused, match="Nothing was started"):
        start_attempt(learner=LearnerFactory(), assessment=AssessmentFactory(), now=NOW)
    assert not Attempt.objects.exists()


def test_unseen_questions_come_first_then_those_seen_longest_ago() -> None:
    learner, assessment = LearnerFactory(), practice_set(questions=3)
    part = assessment.parts.get()
    part.count = 1
    part.save()
    asked = []
    for day in range(6):
        attempt = start_attempt(learner=learner, assessment=assessment, now=NOW + timedelta(days=day))
        asked.append(attempt.items.get().version.question_id)
        finish(attempt=attempt, now=NOW + timedelta(days=day))
    assert set(asked[:3]) == set(Question.objects.values_list("pk", flat=True))
    assert asked[3:] == asked[:3]


def test_no_question_is_drawn_twice_in_one_attempt() -> None:
    assessment = practice_set(questions=3)
    PartFactory(assessment=assessment, objective=assessment.parts.get().objective, count=3)
    attempt = start_attempt(learner=LearnerFactory(), assessment=assessment, now=NOW)
    versions = list(attempt.items.values_list("version", flat=True))
    assert len(versions) == len(set(versions)) == 3


def test_a_question_asked_by_name_is_asked() -> None:
    assessment = practice_set()
    named = QuestionFactory(publish=True)
    PartFactory(assessment=assessment, objective=None, question=named, marks=3)
    attempt = start_attempt(learner=LearnerFactory(), assessment=assessment, now=NOW)
    assert attempt.items.get(version__question=named).marks == 3


def test_another_variant_asks_the_same_version_with_other_figures_at_the_end() -> None:
    attempt = start_attempt(learner=LearnerFactory(), assessment=practice_set(type="numeric"), now=NOW)
    item = attempt.items.first()
    check_answer(item=item, posted={"answer": ["1"]}, revision=0, now=NOW)
    variant = add_variant(attempt=attempt, position=item.position, now=NOW)
    assert (variant.position, variant.version_id) == (3, item.version_id)
    assert add_variant(attempt=attempt, position=item.position, now=NOW) == variant


@pytest.mark.parametrize(("mode", "type_"), [("test", "numeric"), ("practice", "single_choice")])
def test_a_variant_is_refused_where_it_makes_no_sense(mode: str, type_: str) -> None:
    attempt = start_attempt(learner=LearnerFactory(), assessment=practice_set(mode=mode, type=type_), now=NOW)
    with pytest.raises(Refused):
        add_variant(attempt=attempt, position=1, now=NOW)


def test_a_practice_whose_answers_are_all_given_makes_room_for_a_new_one() -> None:
    learner, assessment = LearnerFactory(), practice_set()
    first = start_attempt(learner=learner, assessment=assessment, now=NOW)
    for item in first.items.all():
        check_answer(item=item, posted={"answer": ["a"]}, revision=0, now=NOW)
    second = start_attempt(learner=learner, assessment=assessment, now=NOW)
    first.refresh_from_db()
    assert (first.state, first.percent, second.number) == (Attempt.State.GRADED, 100, 2)
