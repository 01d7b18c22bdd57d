"""Accommodations: extra time and extensions, at any moment, also while an attempt is going on."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from assessments.models import Assessment, Attempt, Extension, Learner
from assessments.services.answers import save_answer
from assessments.services.attempts import start_attempt
from assessments.services.errors import NotAllowed
from assessments.services.extensions import Pointless, grant_extension, set_extra_time, withdraw_extension
from assessments.services.finishing import finish, finish_overdue
from tests.factories import LearnerFactory, UserFactory, practice_set

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture
def teacher() -> User:
    return UserFactory()


@pytest.fixture
def me() -> Learner:
    return LearnerFactory()


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def begin(me: Learner, **options: object) -> Attempt:
    test = practice_set(mode="test", **options)
    return start_attempt(learner=me, assessment=test, now=NOW)


def deadline(attempt: Attempt) -> datetime | None:
    attempt.refresh_from_db()
    return attempt.deadline


def test_minutes_are_on_top_of_the_limit_and_of_the_extra_time(me: Learner, teacher: User) -> None:
    me.extra_time_percent = 25
    me.save()
    attempt = begin(me, time_limit=40)
    assert attempt.deadline == after(50)
    grant_extension(assessment=attempt.assessment, learner=me, by=teacher, now=after(5), extra_minutes=10)
    assert deadline(attempt) == after(60)


def test_a_later_end_moves_the_deadline_of_an_attempt_that_is_going_on(me: Learner, teacher: User) -> None:
    attempt = begin(me, closes_at=after(30))
    grant_extension(assessment=attempt.assessment, learner=me, by=teacher, now=NOW, closes_at=after(90))
    assert deadline(attempt) == after(90)


def test_an_end_that_others_get_as_well_is_never_sooner(me: Learner, teacher: User) -> None:
    test = practice_set(mode="test", closes_at=after(30))
    grant_extension(assessment=test, learner=me, by=teacher, now=NOW, closes_at=after(60))
    Assessment.objects.filter(pk=test.pk).update(closes_at=after(120))
    test.refresh_from_db()
    assert start_attempt(learner=me, assessment=test, now=NOW).deadline == after(120)


def test_withdrawing_puts_the_deadline_back_but_never_into_the_past(me: Learner, teacher: User) -> None:
    attempt = begin(me, time_limit=20)
    test = attempt.assessment
    extension = grant_extension(assessment=test, learner=me, by=teacher, now=NOW, extra_minutes=30)
    withdraw_extension(extension=extension, by=teacher, now=after(5))
    assert deadline(attempt) == after(20)
    extension = grant_extension(assessment=test, learner=me, by=teacher, now=after(6), extra_minutes=30)
    withdraw_extension(extension=extension, by=teacher, now=after(35))
    assert deadline(attempt) == after(35)  # what was saved after 20 minutes was acknowledged, and stays
    assert attempt.is_open


def test_what_was_saved_in_the_extra_minutes_is_graded_after_a_withdrawal(me: Learner, teacher: User) -> None:
    attempt = begin(me, time_limit=20)
    extension = grant_extension(
        assessment=attempt.assessment, learner=me, by=teacher, now=NOW, extra_minutes=30
    )
    for item in attempt.items.all():
        save_answer(item=item, posted={"answer": ["a"]}, revision=0, now=after(30))
    withdraw_extension(extension=extension, by=teacher, now=after(31))
    attempt.refresh_from_db()
    assert finish_overdue(attempt=attempt, now=after(40))
    assert (attempt.state, attempt.score, attempt.finished_at) == ("expired", 2, after(31))


def test_an_attempt_that_ran_out_is_not_opened_again(me: Learner, teacher: User) -> None:
    attempt = begin(me, time_limit=20, attempts_allowed=1)
    test = attempt.assessment
    grant_extension(assessment=test, learner=me, by=teacher, now=after(25), extra_minutes=30)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.finished_at) == ("expired", after(20))
    with pytest.raises(NotAllowed):
        start_attempt(learner=me, assessment=test, now=after(26))
    grant_extension(
        assessment=test, learner=me, by=teacher, now=after(27), extra_minutes=30, extra_attempts=1
    )
    again = start_attempt(learner=me, assessment=test, now=after(28))
    assert (again.number, again.deadline) == (2, after(78))


def test_who_was_given_a_later_end_may_begin_after_the_others_closed(me: Learner, teacher: User) -> None:
    test = practice_set(mode="test", closes_at=after(30))
    grant_extension(assessment=test, learner=me, by=teacher, now=NOW, closes_at=after(90))
    assert start_attempt(learner=me, assessment=test, now=after(45)).deadline == after(90)
    with pytest.raises(NotAllowed):
        start_attempt(learner=LearnerFactory(), assessment=test, now=after(45))


def test_giving_again_takes_the_place_of_what_was_given_and_the_record_keeps_both(
    me: Learner, teacher: User
) -> None:
    test = practice_set(mode="test", time_limit=20, attempts_allowed=1)
    grant_extension(assessment=test, learner=me, by=teacher, now=NOW, extra_minutes=5)
    extension = grant_extension(
        assessment=test, learner=me, by=teacher, now=NOW, extra_attempts=2, reason="ill"
    )
    assert (extension.extra_minutes, extension.extra_attempts, extension.by) == (0, 2, teacher)
    withdraw_extension(extension=extension, by=teacher, now=NOW)
    assert not Extension.objects.exists()
    record = list(Extension.history.order_by("history_id").values_list("history_type", "history_user"))
    assert record == [("+", teacher.pk), ("~", teacher.pk), ("-", teacher.pk)]


@pytest.mark.parametrize(
    ("options", "given", "field"),
    [
        ({"time_limit": 20}, {}, ""),
        ({}, {"extra_minutes": 5}, "extra_minutes"),
        ({"time_limit": 20}, {"closes_at": after(60)}, "closes_at"),
        ({"closes_at": after(60)}, {"closes_at": after(60)}, "closes_at"),
        ({"closes_at": after(-60)}, {"closes_at": after(-30)}, "closes_at"),
        ({"time_limit": 20}, {"extra_attempts": 1}, "extra_attempts"),
    ],
)
def test_what_would_give_nothing_is_refused_at_its_field(
    me: Learner, teacher: User, options: dict[str, object], given: dict[str, object], field: str
) -> None:
    with pytest.raises(Pointless) as refused:
        grant_extension(
            assessment=practice_set(mode="test", **options), learner=me, by=teacher, now=NOW, **given
        )
    assert refused.value.field == field
    assert not Extension.objects.exists()


def test_extra_time_holds_at_once_and_who_set_it_is_written_down(me: Learner, teacher: User) -> None:
    attempt = begin(me, time_limit=20)
    untimed = begin(me)
    set_extra_time(learner=me, percent=50, by=teacher, now=after(5))
    assert (deadline(attempt), deadline(untimed)) == (after(30), None)
    set_extra_time(learner=me, percent=0, by=teacher, now=after(25))
    assert deadline(attempt) == after(25)
    entries = LogEntry.objects.order_by("pk")
    assert [entry.user for entry in entries] == [teacher, teacher]
    assert "0 % → 50 %" in entries[0].get_change_message()


def test_extra_time_that_stays_as_it_was_is_not_written_down(me: Learner, teacher: User) -> None:
    set_extra_time(learner=me, percent=0, by=teacher, now=NOW)
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("percent", [-1, 201])
def test_extra_time_has_bounds(me: Learner, teacher: User, percent: int) -> None:
    with pytest.raises(Pointless):
        set_extra_time(learner=me, percent=percent, by=teacher, now=NOW)


def test_an_attempt_in_its_grace_gets_the_time_that_is_given(me: Learner, teacher: User) -> None:
    attempt = begin(me, time_limit=20)
    grant_extension(assessment=attempt.assessment, learner=me, by=teacher, now=after(20.2), extra_minutes=10)
    assert deadline(attempt) == after(30)


def test_what_is_finished_stays_as_it_is(me: Learner, teacher: User) -> None:
    attempt = finish(attempt=begin(me, time_limit=20), now=after(1))
    grant_extension(assessment=attempt.assessment, learner=me, by=teacher, now=after(2), extra_minutes=10)
    assert deadline(attempt) == after(20)
