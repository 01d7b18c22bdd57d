"""Hints and tries on the pages of a practice."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Attempt, AttemptItem, Learner
from assessments.services.attempts import start_attempt
from tests.factories import AssessmentFactory, PartFactory, QuestionFactory, numeric, single_choice

HINTS = ["Which is divided by **which**?", "You have {units} parts."]
Tried = Callable[..., AttemptItem]


@pytest.fixture
def ask(me: Learner) -> Tried:
    """One question with two hints in a practice of mine: ``ask("numeric", penalty=50)``."""

    def ask(type: str = "single_choice", mode: str = "practice", **extra: object) -> AttemptItem:
        content = (numeric() if type == "numeric" else single_choice()) | {"hints": HINTS} | extra
        question = QuestionFactory(type=type, content=content, publish=True)
        practice = AssessmentFactory(mode=mode, concept=question.objective.concept)
        PartFactory(assessment=practice, objective=question.objective)
        attempt = start_attempt(learner=me, assessment=practice, now=timezone.now())
        item: AttemptItem = attempt.items.select_related("attempt").get()
        return item

    return ask


def url(item: AttemptItem) -> str:
    return reverse("assessments:question", args=[item.attempt_id, item.position])


def text(response: HttpResponse) -> str:
    """The words of a page, one space between them, narrow ones included."""
    page = response.content.decode().replace("\u202f", " ")
    return re.sub(r"\s+", " ", re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.S))


def post(mine: Client, item: AttemptItem, answer: object, **more: object) -> HttpResponse:
    item.refresh_from_db()
    response: Any = mine.post(url(item), {"answer": str(answer), "revision": item.revision, **more})
    return response


def test_the_cost_of_a_miss_is_said_before_answering_and_no_hint_is_there_yet(
    mine: Client, ask: Tried
) -> None:
    item = ask("numeric")
    page = text(mine.get(url(item)))
    assert "Try 1 of 3. A miss takes 33 % off and brings a hint." in page
    assert "divided by" not in page


def test_a_miss_shows_its_slip_and_a_hint_and_not_the_answer(mine: Client, ask: Tried) -> None:
    item = ask("numeric")
    slip = item.values["hours"] / item.values["units"]
    response = post(mine, item, slip)
    assert (response.status_code, response["Location"]) == (302, f"{url(item)}#verdict")
    page = text(mine.get(url(item)))
    assert "Not right yet" in page
    assert "You divided time by units." in page
    assert "Hint 1 Which is divided by which ?" in page
    assert "You have" not in page
    assert "Try 2 of 3. A right answer earns 67 % now; another miss takes 33 % off and brings a hint." in page
    assert "off;" not in page
    assert f"{item.values['units'] / item.values['hours']:.6g}" not in page
    assert "Tolerance" not in page


def test_every_hint_and_every_try_is_there_on_another_device_and_the_last_try_says_so(
    mine: Client, me: Learner, ask: Tried
) -> None:
    item = ask("numeric")
    for answer in ("7", "8"):
        post(mine, item, answer)
    other = Client()
    other.force_login(me.user)
    page = text(other.get(url(item)))
    assert "Hint 1" in page
    assert f"Hint 2 You have {item.values['units']:,} parts." in page
    assert "Try 3 of 3, the last. A right answer earns 34 % now." in page
    assert re.search(r"You tried: 7 parts / h · 8 parts / h", page)


def test_after_marking_the_score_is_accounted_for(mine: Client, ask: Tried) -> None:
    item = ask()
    for answer in ("b", "c", "a"):
        post(mine, item, answer)
    page = text(mine.get(url(item)))
    assert "Right, 0.34 of 1" in page
    assert "Try 3: 100 % − 2 × 33 % = 34 % of the marks." in page
    assert "You tried before: It falls · It stays" in page
    mine.post(reverse("assessments:submit", args=[item.attempt_id]))
    result = text(mine.get(reverse("assessments:result", args=[item.attempt_id])))
    assert "Right at try 3" in result
    assert "One was right after a miss." in result


def test_a_score_that_is_used_up_is_accounted_for_too(mine: Client, ask: Tried) -> None:
    item = ask(penalty=50)
    for answer in ("b", "c", "a"):
        post(mine, item, answer)
    page = text(mine.get(url(item)))
    assert "Right, 0 of 1" in page
    assert "Try 3: 100 % − 2 × 50 % leaves nothing; never less than 0." in page


def test_the_same_answer_again_is_answered_at_the_field_and_keeps_it(mine: Client, ask: Tried) -> None:
    item = ask("numeric")
    post(mine, item, "7.50")
    response = post(mine, item, "7,5")
    page = text(response)
    assert response.status_code == 422
    assert "You have tried this one already. That cost no try; give another answer." in page
    assert "Try 2 of 3." in page
    assert 'value="7,5"' in response.content.decode()


def test_a_request_that_comes_twice_is_answered_as_the_first(mine: Client, ask: Tried) -> None:
    item = ask()
    answers = [mine.post(url(item), {"answer": "b", "revision": 0}) for _ in range(2)]
    assert [response.status_code for response in answers] == [302, 302]
    assert len(AttemptItem.objects.get().tries) == 1


def test_what_cannot_be_read_costs_no_try_and_says_so(mine: Client, ask: Tried) -> None:
    item = ask("numeric")
    response = post(mine, item, "248 ish")
    assert response.status_code == 422
    assert "Try 1 of 3." in text(response)
    assert "cost nothing" in text(response)
    item.refresh_from_db()
    assert item.tries == []


def test_giving_up_after_a_miss_shows_the_answer(mine: Client, ask: Tried) -> None:
    item = ask("numeric")
    post(mine, item, "7")
    post(mine, item, "", gives_up="1")
    page = text(mine.get(url(item)))
    assert "Show the solution with these figures" in page
    assert "Try 2" not in page


def test_a_question_without_hints_says_nothing_of_tries(mine: Client, ask: Tried) -> None:
    item = ask(hints=[])
    assert "Try 1" not in text(mine.get(url(item)))
    post(mine, item, "b")
    page = text(mine.get(url(item)))
    assert "Not right" in page
    assert "Try 1" not in page


def test_a_test_shows_neither_hints_nor_tries(mine: Client, ask: Tried) -> None:
    item = ask(mode="test")
    page = text(mine.get(url(item)))
    assert "Try 1" not in page
    assert "Which is divided" not in page


def test_the_start_page_says_that_a_miss_may_bring_a_hint(mine: Client, ask: Tried) -> None:
    item = ask()
    start = text(mine.get(reverse("assessments:start", args=[Attempt.objects.get().assessment.slug])))
    assert "Where a question has hints, a miss brings one and leaves you another try" in start
    assert item.attempt.is_open


@pytest.mark.parametrize(
    ("type", "posted", "told"),
    [
        ("multiple_choice", {"answer": ["a", "c"]}, "It falls is no reason."),
        ("classification", {"item-0": "bucket-0", "item-1": "bucket-0"}, "1 of 4 are right so far."),
    ],
)
def test_a_partly_right_answer_is_told_without_what_it_missed(
    mine: Client, type: str, posted: dict[str, object], told: str
) -> None:
    places = {"Flour": "In", "Bread": "Out", "Yeast": "In", "Crumbs": "Out"}
    parts: dict[str, dict[str, Any]] = {
        "classification": {
            "buckets": ["In", "Out"],
            "items": [
                {"text": name, "bucket": place, "feedback": f"{name} belongs to {place}."}
                for name, place in places.items()
            ],
        },
        "multiple_choice": {
            "choices": [
                {"text": "One", "right": True},
                {"text": "Two", "right": True, "feedback": "Two was missed."},
                {"text": "Three", "feedback": "It falls is no reason."},
                {"text": "Four", "feedback": "Nor is this."},
                {"text": "Five", "feedback": "Nor this."},
            ],
        },
    }
    content = {"stem": "Which?", "explanation": "So.", "hints": HINTS[:1], **parts[type]}
    question = QuestionFactory(type=type, content=content, publish=True)
    practice = AssessmentFactory(concept=question.objective.concept)
    PartFactory(assessment=practice, objective=question.objective)
    mine.post(practice.get_absolute_url())
    item = AttemptItem.objects.select_related("attempt").get()
    mine.post(url(item), {**posted, "revision": 0})
    page = text(mine.get(url(item)))
    assert "Partly right, not yet all of it" in page
    assert told in page
    assert "was missed" not in page
    assert "belongs to" not in page


def test_trying_again_keeps_to_the_ceilings_of_queries(
    mine: Client, ask: Tried, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    item = ask()
    mine.get(url(item))
    for answer in ("b", "c", "a"):
        item.refresh_from_db()
        with django_assert_max_num_queries(15):
            mine.post(url(item), {"answer": answer, "revision": item.revision})
        with django_assert_max_num_queries(10 if answer != "a" else 15):
            mine.get(url(item))
