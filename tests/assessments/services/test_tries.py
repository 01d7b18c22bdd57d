"""Trying again in practice: what a miss costs, what costs nothing, and what is kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assessments.models import Attempt, AttemptItem, Evidence
from assessments.questions.base import AnswerError
from assessments.services.answers import Outcome, Saved, check_answer, save_answer
from assessments.services.attempts import start_attempt
from assessments.services.finishing import finish
from tests.factories import (
    AssessmentFactory,
    LearnerFactory,
    PartFactory,
    QuestionFactory,
    numeric,
    single_choice,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
HINTS = ["Which is divided by which?", "It is units for each hour."]


def begin(mode: str = "practice", *, type: str = "single_choice", **extra: object) -> AttemptItem:
    """The one question of an attempt: two hints, so three tries."""
    content = numeric() if type == "numeric" else single_choice()
    content = content | {"hints": HINTS} | extra
    question = QuestionFactory(type=type, content=content, publish=True)
    assessment = AssessmentFactory(mode=mode, concept=question.objective.concept)
    PartFactory(assessment=assessment, objective=question.objective)
    attempt = start_attempt(learner=LearnerFactory(), assessment=assessment, now=NOW)
    return attempt.items.select_related("attempt", "version").get()


def choices_and(another: dict[str, Any]) -> list[Any]:
    """The choices of the question and one more."""
    content: dict[str, Any] = single_choice()
    return [*content["choices"], another]


def check(item: AttemptItem, answer: Any, revision: int | None = None, **options: Any) -> Saved:
    """Check an answer on a page that knows of every save, unless it is said which it knows of."""
    item.refresh_from_db()
    known = item.revision if revision is None else revision
    saved = check_answer(item=item, posted={"answer": [str(answer)]}, revision=known, now=NOW, **options)
    item.refresh_from_db()
    return saved


def test_a_miss_is_kept_and_not_graded_and_the_next_answer_may_be_right() -> None:
    item = begin()
    missed = check(item, "b")
    assert (missed.outcome, item.score, item.tries) == (Outcome.TRIED, None, [{"answer": "b", "score": 0.0}])
    assert not Evidence.objects.exists()
    check(item, "a")
    assert (item.score, item.answer, len(item.tries)) == (0.67, "a", 1)
    assert Evidence.objects.get().score == 0.67


def test_the_last_try_is_graded_whatever_it_is() -> None:
    item = begin()
    outcomes = [check(item, answer).outcome for answer in ("b", "c")]
    assert outcomes == [Outcome.TRIED, Outcome.TRIED]
    item = begin(choices=choices_and({"text": "It stops", "feedback": "No."}))
    for answer in ("b", "c", "d"):
        check(item, answer)
    assert (item.is_graded, item.score, len(item.tries)) == (True, 0.0, 2)
    assert Evidence.objects.count() == 1


def test_a_right_answer_after_two_misses_earns_34_per_cent_and_never_less_than_nothing() -> None:
    item, dear = begin(), begin(penalty=60)
    for answer in ("b", "c", "a"):
        check(item, answer)
        check(dear, answer)
    assert (item.score, dear.score) == (0.34, 0)


def test_the_same_answer_again_costs_no_try() -> None:
    item = begin()
    check(item, "b")
    again = check(item, "b")
    assert (again.outcome, again.is_again) == (Outcome.UNCHANGED, True)
    check(item, "c")
    assert check(item, "b").is_again
    assert (len(item.tries), item.answer, item.score) == (2, "c", None)


def test_a_figure_typed_in_another_way_is_the_same_answer() -> None:
    item = begin(type="numeric")
    check(item, "1 234,5")
    assert check(item, "1234.5").is_again
    assert len(item.tries) == 1


def test_a_format_error_costs_no_try() -> None:
    item = begin(type="numeric")
    with pytest.raises(AnswerError):
        check(item, "12 or so")
    item.refresh_from_db()
    assert (item.tries, item.revision) == ([], 0)


def test_a_request_that_comes_twice_counts_one_try() -> None:
    item = begin()
    assert check(item, "b", 0).outcome is Outcome.TRIED
    assert check(item, "b", 0).is_again
    assert len(item.tries) == 1


def test_a_page_from_before_a_try_is_out_of_date() -> None:
    item = begin()
    save_answer(item=item, posted={"answer": ["b"]}, revision=0, now=NOW)
    check(item, "b", 1)
    assert item.revision == 2
    assert check(item, "c", 1).outcome is Outcome.STALE
    assert check_answer(item=item, posted={}, revision=1, now=NOW, gives_up=True).outcome is Outcome.STALE
    assert save_answer(item=item, posted={"answer": ["c"]}, revision=1, now=NOW).outcome is Outcome.STALE
    item.refresh_from_db()
    assert (item.answer, len(item.tries), item.score) == ("b", 1, None)


def test_a_draft_between_tries_is_saved_and_costs_nothing() -> None:
    item = begin()
    check(item, "b")
    save_answer(item=item, posted={"answer": ["c"]}, revision=item.revision, now=NOW)
    item.refresh_from_db()
    assert (item.answer, len(item.tries)) == ("c", 1)
    check(item, "a")
    assert item.score == 0.67


def test_giving_up_leaves_the_last_try_as_the_answer() -> None:
    item = begin()
    check(item, "b")
    check(item, "c")
    save_answer(item=item, posted={"answer": ["a"]}, revision=item.revision, now=NOW)
    check(item, "", gives_up=True)
    assert (item.answer, item.score, Evidence.objects.get().score) == ("c", 0.0, 0.0)
    again = check(item, "", gives_up=True)
    assert (again.outcome, Evidence.objects.count()) == (Outcome.UNCHANGED, 1)


def test_a_partly_right_answer_is_a_miss_and_keeps_its_worth_on_giving_up() -> None:
    choices = choices_and({"text": "It is higher", "right": True})
    item = begin(type="multiple_choice", choices=choices)
    check_answer(item=item, posted={"answer": ["a"]}, revision=0, now=NOW)
    item.refresh_from_db()
    assert (item.score, item.tries) == (None, [{"answer": ["a"], "score": 0.5}])
    check(item, "", gives_up=True)
    assert item.score == 0.5


def test_the_slips_of_all_misses_are_kept_with_the_answer() -> None:
    item = begin(type="numeric")
    check(item, item.values["hours"] / item.values["units"])
    check(item, item.values["units"] / item.values["hours"])
    assert item.misconceptions == ["time-divided-by-units"]
    assert item.score == 0.67


@pytest.mark.parametrize("mode", ["test", "diagnostic"])
def test_a_test_keeps_to_one_answer_and_costs_nothing_for_changing_it(mode: str) -> None:
    item = begin(mode)
    for revision, answer in enumerate(("b", "c", "a")):
        save_answer(item=item, posted={"answer": [answer]}, revision=revision, now=NOW)
    finish(attempt=item.attempt, now=NOW)
    item.refresh_from_db()
    assert (item.score, item.tries) == (1.0, [])


def test_a_review_keeps_to_one_try() -> None:
    item = begin()
    Attempt.objects.filter(pk=item.attempt.pk).update(kind="review", assessment=None)
    check(item, "b")
    assert (item.score, item.tries) == (0.0, [])


@pytest.mark.parametrize(
    ("draft", "score"),
    [(None, 0.0), ("a", 0.67), ("b", 0.0), ("", 0.0)],
    ids=["nothing since", "a draft that is right", "the try again", "cleared"],
)
def test_finishing_grades_what_was_tried_by_the_answer_saved_last(draft: str | None, score: float) -> None:
    item = begin()
    check(item, "b")
    if draft is not None:
        save_answer(item=item, posted={"answer": [draft]}, revision=item.revision, now=NOW)
    for _ in range(2):
        finish(attempt=item.attempt, now=NOW + timedelta(minutes=1))
    item.refresh_from_db()
    assert (item.score, item.answer) == (score, "a" if draft == "a" else "b")
    assert Evidence.objects.get().score == score
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.max_score) == (score, 1)


def test_finishing_leaves_a_draft_that_was_never_checked() -> None:
    item = begin()
    save_answer(item=item, posted={"answer": ["a"]}, revision=0, now=NOW)
    finish(attempt=item.attempt, now=NOW)
    item.refresh_from_db()
    assert (item.score, Evidence.objects.exists()) == (None, False)


def test_time_that_runs_out_between_tries_grades_what_was_saved() -> None:
    item = begin()
    Attempt.objects.filter(pk=item.attempt.pk).update(deadline=NOW + timedelta(minutes=5))
    check(item, "b")
    late = check_answer(
        item=item,
        posted={"answer": ["a"]},
        revision=item.revision,
        now=NOW + timedelta(minutes=6),
    )
    assert (late.outcome, late.item.score) == (Outcome.CLOSED, 0.0)
    assert Evidence.objects.get().at == NOW + timedelta(minutes=5)
