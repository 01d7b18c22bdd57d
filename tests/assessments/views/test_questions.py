"""The question page: shown, answered, saved while typing, varied, and refused without losing anything."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Attempt, AttemptItem, Evidence, Learner
from assessments.services.attempts import start_attempt
from assessments.services.finishing import finish
from concepts.formulas import evaluate
from tests.factories import PASSWORD, EvidenceFactory, LearnerFactory, practice_set

Begin = Callable[..., Attempt]


def url(attempt: Attempt, position: int = 1, name: str = "question") -> str:
    return reverse(f"assessments:{name}", args=[attempt.pk, position])


def text(response: HttpResponse) -> str:
    return re.sub(r"[ \n]+", " ", response.content.decode())


def right(item: AttemptItem) -> str:
    return f"{evaluate('units / hours', item.values):.6g}"


def item_of(attempt: Attempt, position: int = 1) -> AttemptItem:
    return attempt.items.get(position=position)


def test_a_question_is_asked_with_its_place_its_tolerance_and_nothing_of_the_answer(
    mine: Client, begin: Begin
) -> None:
    page = text(mine.get(url(begin(type="numeric"))))
    assert "question 1 of 2" in page
    assert "Within ±1\u202f% counts." in page
    assert "Nothing saved yet" in page
    assert 'data-autosave="' in page
    assert "You divided time by units" not in page


def test_the_first_sight_of_a_question_is_noted_once(mine: Client, begin: Begin) -> None:
    attempt = begin()
    mine.get(url(attempt))
    first = item_of(attempt).first_seen_at
    mine.get(url(attempt))
    assert first is not None
    assert item_of(attempt).first_seen_at == first
    assert item_of(attempt, 2).first_seen_at is None


def test_somebody_elses_question_and_a_position_outside_are_not_there(mine: Client, begin: Begin) -> None:
    own = begin()
    theirs = start_attempt(learner=LearnerFactory(), assessment=practice_set(), now=timezone.now())
    for name, method in (("question", mine.get), ("question", mine.post), ("save", mine.post)):
        assert method(url(theirs, 1, name)).status_code == 404
        assert method(url(own, 3, name)).status_code == 404
    assert mine.post(url(theirs, 1, "variant")).status_code == 404


def test_practice_marks_at_once_names_the_slip_and_leaves_the_last_step(mine: Client, begin: Begin) -> None:
    attempt = begin(type="numeric")
    item = item_of(attempt)
    slip = f"{item.values['hours'] / item.values['units']:.6g}"
    response = mine.post(url(attempt), {"answer": slip, "revision": 0, "certainty": 3})
    assert response.status_code == 302
    assert response["Location"] == url(attempt) + "#verdict"
    page = text(mine.get(url(attempt)))
    assert "Not right yet" in page
    assert "You divided time by units." in page
    assert "Try other figures" in page
    assert "<details" in page  # the solution waits until it is asked for
    assert "you were" in page
    item.refresh_from_db()
    assert (item.certainty, item.misconceptions) == (3, ["time-divided-by-units"])


def test_a_wrong_figure_that_no_slip_explains_says_so(mine: Client, begin: Begin) -> None:
    attempt = begin(type="numeric")
    mine.post(url(attempt), {"answer": "123456", "revision": 0})
    assert "None of the usual slips" in text(mine.get(url(attempt)))


def test_a_right_figure_says_how_near_it_was_and_what_it_changed(mine: Client, begin: Begin) -> None:
    attempt = begin(type="numeric")
    mine.post(url(attempt), {"answer": right(item_of(attempt)), "revision": 0})
    page = text(mine.get(url(attempt)))
    assert "Right, 1 of 1" in page
    assert "What it changed" in page
    assert "Familiar" in page
    assert "Next question" in page


def test_a_wrong_choice_is_told_the_right_one_with_its_reason(mine: Client, begin: Begin) -> None:
    attempt = begin()
    mine.post(url(attempt), {"answer": "b", "revision": 0})
    page = text(mine.get(url(attempt)))
    assert "That is the time for each part." in page
    assert "The right one" in page
    assert "The same count is divided by less time." in page
    assert "Try other figures" not in page


def test_giving_up_explains_and_counts_as_a_miss(mine: Client, begin: Begin) -> None:
    attempt = begin()
    mine.post(url(attempt), {"revision": 0, "gives_up": "1"})
    assert "You left this one open. This is how it goes." in text(mine.get(url(attempt)))
    assert Evidence.objects.get().score == 0


def test_checking_nothing_is_answered_at_the_field_and_costs_nothing(mine: Client, begin: Begin) -> None:
    attempt = begin()
    response = mine.post(url(attempt), {"revision": 0})
    assert response.status_code == 422
    assert "There is no answer yet." in text(response)
    assert not Evidence.objects.exists()


def test_an_unreadable_number_is_refused_at_the_field_with_what_was_typed(mine: Client, begin: Begin) -> None:
    attempt = begin(type="numeric")
    mine.post(url(attempt, 1, "save"), {"answer": "12", "revision": 0})
    response = mine.post(url(attempt), {"answer": "248 ish", "revision": 1})
    page = text(response)
    assert response.status_code == 422
    assert "“248 ish” is not a number. We read 248 and then “ish”." in page
    assert 'value="248 ish"' in page
    assert 'aria-invalid="true"' in page
    assert "the answer before this one" in page
    assert 'name="revision" value="1"' in page
    assert item_of(attempt).answer["text"] == "12"
    assert not Evidence.objects.exists()


def test_a_tampered_choice_and_a_tampered_certainty_are_refused(mine: Client, begin: Begin) -> None:
    attempt = begin()
    assert mine.post(url(attempt), {"answer": "z", "revision": 0}).status_code == 422
    assert mine.post(url(attempt), {"answer": "a", "revision": 0, "certainty": "9"}).status_code == 422
    assert mine.post(url(attempt, 1, "save"), {"answer": "a", "certainty": "9"}).status_code == 422
    assert item_of(attempt).answer is None


def test_a_double_click_marks_once(mine: Client, begin: Begin) -> None:
    attempt = begin()
    for _ in range(2):
        assert mine.post(url(attempt), {"answer": "a", "revision": 0}).status_code == 302
    assert Evidence.objects.count() == 1


def test_another_answer_after_marking_is_shown_beside_the_one_that_counts(mine: Client, begin: Begin) -> None:
    attempt = begin()
    mine.post(url(attempt), {"answer": "b", "revision": 0})
    response = mine.post(url(attempt), {"answer": "a", "revision": 0})
    page = text(response)
    assert response.status_code == 409
    assert "Marked already" in page
    assert "It falls" in page
    assert "It rises" in page
    assert "Use mine instead" not in page


def test_a_test_saves_and_goes_on_without_a_verdict(mine: Client, begin: Begin) -> None:
    attempt = begin(mode="test")
    response = mine.post(url(attempt), {"answer": "b", "revision": 0})
    assert response["Location"] == url(attempt, 2)
    page = text(mine.get(url(attempt)))
    assert "checked" in page
    assert "Saved at" in page
    assert "That is the time for each part." not in page
    assert "Where this stands" not in page
    assert mine.post(url(attempt, 2), {"answer": "a", "revision": 0})["Location"] == reverse(
        "assessments:submit", args=[attempt.pk]
    )
    assert not Evidence.objects.exists()


def test_nobody_gives_up_in_a_test(mine: Client, begin: Begin) -> None:
    attempt = begin(mode="test")
    mine.post(url(attempt), {"answer": "b", "revision": 0, "gives_up": "1"})
    assert item_of(attempt).answer == "b"


def test_a_stale_tab_is_told_both_answers_and_may_choose(mine: Client, begin: Begin) -> None:
    attempt = begin(mode="test", type="numeric")
    mine.post(url(attempt), {"answer": "12", "revision": 0})
    response = mine.post(url(attempt), {"answer": "34", "revision": 0, "certainty": "2"})
    page = text(response)
    assert response.status_code == 409
    assert "Answered in another tab" in page
    assert "12\u202fparts / h" in page
    assert "34\u202fparts / h" in page
    assert "Keep what is saved" in page
    assert '<input type="hidden" name="revision" value="1">' in page
    assert '<input type="hidden" name="answer" value="34">' in page
    assert item_of(attempt).answer["text"] == "12"
    answer = mine.post(url(attempt), {"answer": "34", "revision": 1, "certainty": "2"})
    assert answer.status_code == 302
    assert item_of(attempt).answer["text"] == "34"


@pytest.mark.parametrize("revision", ["", "many", "-1", "9" * 20])
def test_a_revision_that_cannot_be_read_counts_as_out_of_date(
    mine: Client, begin: Begin, revision: str
) -> None:
    attempt = begin(mode="test")
    mine.post(url(attempt), {"answer": "a", "revision": 0})
    assert mine.post(url(attempt), {"answer": "b", "revision": revision}).status_code == 409


def test_an_answer_after_the_deadline_is_refused_with_what_was_kept(
    mine: Client, begin: Begin, me: Learner
) -> None:
    attempt = begin(mode="test", type="numeric", time_limit=10)
    mine.post(url(attempt), {"answer": "12", "revision": 0})
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        mine.force_login(me.user)
        response = mine.post(url(attempt), {"answer": "34 or so", "revision": 1})
    page = text(response)
    assert response.status_code == 409
    assert "Time is up" in page
    assert "1 of 2 questions" in page
    assert "12\u202fparts / h" in page
    assert "34 or so" in page
    assert reverse("assessments:result", args=[attempt.pk]) in page
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.EXPIRED


def test_looking_at_a_question_after_the_deadline_leads_to_the_result(
    mine: Client, begin: Begin, me: Learner
) -> None:
    attempt = begin(mode="test", time_limit=10)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        mine.force_login(me.user)
        response = mine.get(url(attempt))
    assert response["Location"] == reverse("assessments:result", args=[attempt.pk])


def test_an_answer_after_handing_in_is_refused(mine: Client, begin: Begin) -> None:
    attempt = begin(mode="test")
    finish(attempt=attempt, now=timezone.now())
    response = mine.post(url(attempt), {"answer": "b", "revision": 0})
    assert response.status_code == 409
    assert "Handed in already" in text(response)


def test_a_question_of_a_finished_test_shows_its_verdict_and_takes_no_answer(
    mine: Client, begin: Begin
) -> None:
    attempt = begin(mode="test")
    mine.post(url(attempt), {"answer": "b", "revision": 0})
    finish(attempt=attempt, now=timezone.now())
    page = text(mine.get(url(attempt)))
    assert "Not right" in page
    assert "disabled" in page
    assert "data-autosave" not in page
    assert "Back to the result" in page


def test_what_the_settings_hide_is_not_on_the_page(mine: Client, begin: Begin) -> None:
    hidden = {f"show_{what}": "never" for what in ("marks", "own_answer", "right_answer", "feedback")}
    attempt = begin(mode="test", **hidden)
    mine.post(url(attempt), {"answer": "b", "revision": 0})
    finish(attempt=attempt, now=timezone.now())
    page = text(mine.get(url(attempt)))
    assert "not shown yet" in page
    for secret in ("checked", "The right one", "That is the time", "divided by less time", "Not right"):
        assert secret not in page


def test_other_figures_are_asked_at_the_end(mine: Client, begin: Begin) -> None:
    attempt = begin(type="numeric")
    mine.post(url(attempt), {"answer": "1", "revision": 0})
    response = mine.post(url(attempt, 1, "variant"))
    assert response["Location"] == url(attempt, 3)
    assert "Variant 2" in text(mine.get(url(attempt, 3)))


def test_other_figures_before_an_answer_are_refused_in_words(mine: Client, begin: Begin) -> None:
    response = mine.post(url(begin(type="numeric"), 1, "variant"))
    assert response.status_code == 409
    assert "Answer this one first" in text(response)


# --- Autosave ---------------------------------------------------------------------------------------------


def test_autosave_keeps_a_draft_without_marking_it(mine: Client, begin: Begin) -> None:
    attempt = begin()
    response = mine.post(url(attempt, 1, "save"), {"answer": "a", "revision": 0})
    data = response.json()
    assert (response.status_code, data["outcome"], data["revision"]) == (200, "saved", 1)
    assert data["message"].startswith("Saved at ")
    assert data["saved_at"] == item_of(attempt).saved_at.isoformat()
    assert item_of(attempt).score is None
    again = mine.post(url(attempt, 1, "save"), {"answer": "a", "revision": 1})
    assert again.json()["outcome"] == "unchanged"


def test_autosave_brings_the_time_that_is_left(mine: Client, begin: Begin) -> None:
    attempt = begin(mode="test", time_limit=10)
    data = mine.post(url(attempt, 1, "save"), {"answer": "a", "revision": 0}).json()
    assert 590 <= data["seconds_left"] <= 600


def test_autosave_of_a_stale_tab_and_of_a_finished_attempt_is_refused_in_words(
    mine: Client, begin: Begin
) -> None:
    attempt = begin(mode="test")
    mine.post(url(attempt, 1, "save"), {"answer": "a", "revision": 0})
    stale = mine.post(url(attempt, 1, "save"), {"answer": "b", "revision": 0})
    assert (stale.status_code, stale.json()["outcome"]) == (409, "stale")
    assert "Nothing was overwritten" in stale.json()["message"]
    finish(attempt=attempt, now=timezone.now())
    closed = mine.post(url(attempt, 1, "save"), {"answer": "b", "revision": 1})
    assert (closed.status_code, closed.json()["outcome"]) == (409, "closed")
    assert closed.json()["url"] == reverse("assessments:result", args=[attempt.pk])


def test_autosave_of_an_unreadable_number_says_why_and_changes_nothing(mine: Client, begin: Begin) -> None:
    attempt = begin(type="numeric")
    response = mine.post(url(attempt, 1, "save"), {"answer": "248 ish", "revision": 0})
    assert response.status_code == 422
    assert response.json()["field"] == "answer"
    assert "“248 ish” is not a number" in response.json()["message"]
    assert item_of(attempt).revision == 0


def test_a_draft_is_there_on_another_device(mine: Client, begin: Begin, me: Learner) -> None:
    attempt = begin(type="numeric")
    mine.post(url(attempt, 1, "save"), {"answer": "248,5", "revision": 0, "certainty": 2})
    other = Client()
    other.force_login(me.user)
    page = text(other.get(url(attempt)))
    assert 'value="248,5"' in page
    assert 'name="revision" value="1"' in page


def test_an_answer_sent_after_the_sign_in_ran_out_is_there_after_signing_in_again(
    begin: Begin, me: Learner
) -> None:
    attempt = begin(type="numeric")
    browser = Client()
    response = browser.post(url(attempt), {"answer": "248.5", "revision": 0})
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]
    browser.post(
        f"{reverse('account_login')}?next={url(attempt)}",
        {"login": me.user.email, "password": PASSWORD, "next": url(attempt)},
    )
    page = text(browser.get(url(attempt)))
    assert "You had been signed out" in page
    assert 'value="248.5"' in page
    assert "You had been signed out" not in text(browser.get(url(attempt)))
    assert item_of(attempt).answer is None


# --- What a page costs ------------------------------------------------------------------------------------


def crowd(learner: Learner) -> None:
    """A learner with a past, among others."""
    for _ in range(3):
        EvidenceFactory()
    for _ in range(6):
        attempt = start_attempt(learner=learner, assessment=practice_set(4), now=timezone.now())
        finish(attempt=attempt, now=timezone.now())


def test_a_question_page_costs_at_most_ten_queries(
    mine: Client, begin: Begin, me: Learner, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    attempt = begin(12)
    crowd(me)
    mine.post(url(attempt), {"answer": "b", "revision": 0})
    for position in (1, 2):  # marked, and seen for the first time
        with django_assert_max_num_queries(10):
            assert mine.get(url(attempt, position)).status_code == 200


@pytest.mark.parametrize("mode", ["practice", "test"])
def test_answering_costs_at_most_fifteen_queries(
    mine: Client,
    begin: Begin,
    me: Learner,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    mode: str,
) -> None:
    attempt = begin(12, mode=mode)
    crowd(me)
    for position in (1, 2):
        with django_assert_max_num_queries(15):
            response = mine.post(url(attempt, position), {"answer": "a", "revision": 0})
        assert response.status_code == 302
    with django_assert_max_num_queries(15):
        assert mine.post(url(attempt, 3, "save"), {"answer": "a", "revision": 0}).status_code == 200
