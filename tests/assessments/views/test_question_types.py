"""Matching, ordering and short text on the pages that know nothing of types."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Attempt, AttemptItem, Learner
from assessments.services.attempts import start_attempt
from tests.assessments.questions import test_matching, test_ordering, test_short_text
from tests.factories import ObjectiveFactory, PartFactory, QuestionFactory, practice_set

CONTENTS = {
    "matching": test_matching.CONTENT,
    "ordering": test_ordering.CONTENT,
    "short_text": test_short_text.CONTENT,
}
KEYS = test_ordering.KEYS


def ask(learner: Learner, *types: str) -> Attempt:
    """A test that asks one question of each type, in this order."""
    test = practice_set(1, mode="test", shuffle=False)
    objective = test.parts.get().objective
    test.parts.all().delete()
    for position, type_ in enumerate(types, 1):
        question = QuestionFactory(objective=objective, type=type_, content=CONTENTS[type_], publish=True)
        PartFactory(assessment=test, objective=None, question=question, position=position)
    return start_attempt(learner=learner, assessment=test, now=timezone.now())


def post(client: Client, attempt: Attempt, number: int, **posted: Any) -> HttpResponse:
    url = reverse("assessments:question", args=[attempt.pk, number])
    response: Any = client.post(url, {"revision": 0, **posted})
    return response


def words(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_result_says_of_many_things_how_many_are_right(me: Learner, mine: Client) -> None:
    attempt = ask(me, "matching", "ordering", "short_text")
    post(mine, attempt, 1, **test_matching.POSTED)
    post(mine, attempt, 2, **test_ordering.posted([KEYS[1], KEYS[0], *KEYS[2:]]))
    post(mine, attempt, 3, answer="*Takt*")
    mine.post(reverse("assessments:submit", args=[attempt.pk]))
    page = words(mine.get(reverse("assessments:result", args=[attempt.pk])))
    assert "4 of 4 placed right" in page
    assert "5 of 6 pairs in order" in page
    assert "*Takt*" in page


def test_places_taken_twice_are_refused_at_the_second_and_stay_on_the_page(me: Learner, mine: Client) -> None:
    attempt = ask(me, "ordering")
    response = post(mine, attempt, 1, **test_ordering.posted(KEYS) | {KEYS[2]: "2"})
    assert response.status_code == 422
    assert response.content.decode().count('<option value="2" selected>') == 2
    assert "Place 2 is taken twice." in words(response)
    assert AttemptItem.objects.get(attempt=attempt).answer is None


@pytest.mark.parametrize(
    ("type_", "kept", "typed", "shown"),
    [
        (
            "ordering",
            test_ordering.posted(KEYS),
            test_ordering.posted(KEYS[::-1]),
            [
                "Routing → Scheduling → Dispatching → Follow-up",
                "Follow-up → Dispatching → Scheduling → Routing",
            ],
        ),
        ("short_text", {"answer": "*Takt*"}, {"answer": "[here](/x)"}, ["*Takt*", "[here](/x)"]),
    ],
)
def test_a_stale_tab_is_told_both_answers_in_words(
    me: Learner, mine: Client, type_: str, kept: dict[str, str], typed: dict[str, str], shown: list[str]
) -> None:
    attempt = ask(me, type_)
    post(mine, attempt, 1, **kept)
    response = post(mine, attempt, 1, **typed)
    assert response.status_code == 409
    assert all(text in words(response) for text in shown)


@pytest.mark.parametrize("type_", CONTENTS)
def test_the_quick_check_of_a_lesson_asks_and_refuses_in_the_same_way(mine: Client, type_: str) -> None:
    objective = ObjectiveFactory()
    QuestionFactory(objective=objective, type=type_, content=CONTENTS[type_], publish=True)
    page = mine.get(objective.home.get_absolute_url()).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    assert ("js/ordering.js" in page) is (type_ == "ordering")
    refused = {"matching": {test_matching.LEFTS[0]: "x"}, "ordering": {KEYS[0]: "9"}}
    posted = refused.get(type_, {"answer": "x" * 300})
    url = reverse("assessments:check", args=[objective.home.slug])
    response = mine.post(url, {"token": token[1], **posted})
    assert response.status_code == 422
    assert "invalid-feedback" in response.content.decode()
