"""Questions in steps as learners meet them: asked, saved half done, refused at a step, marked."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import Attempt, AttemptItem, Evidence, Learner
from assessments.services.attempts import start_attempt
from tests.assessments.questions.test_multi_step import CONTENT, chain
from tests.factories import PartFactory, QuestionFactory, practice_set

pytestmark = pytest.mark.django_db


def start(learner: Learner, mode: str = "practice") -> Attempt:
    """An attempt that asks one question in steps."""
    assessment = practice_set(1, mode=mode)
    part = assessment.parts.get()
    question = QuestionFactory(objective=part.objective, type="multi_step", content=CONTENT, publish=True)
    part.delete()
    PartFactory(assessment=assessment, objective=None, question=question)
    return start_attempt(learner=learner, assessment=assessment, now=timezone.now())


@pytest.fixture
def attempt(me: Learner) -> Attempt:
    return start(me)


def url(attempt: Attempt, name: str = "question") -> str:
    return reverse(f"assessments:{name}", args=[attempt.pk, 1])


def text(response: HttpResponse) -> str:
    return re.sub(r"[ \n]+", " ", response.content.decode())


def item_of(attempt: Attempt) -> AttemptItem:
    return attempt.items.get()


def posted(revision: int = 0, **typed: str) -> dict[str, Any]:
    return {"revision": revision, **{f"step-{name}": figure for name, figure in typed.items()}}


def test_the_steps_are_asked_with_their_tolerances_and_nothing_of_the_answers(
    mine: Client, attempt: Attempt
) -> None:
    page = text(mine.get(url(attempt)))
    assert "Net available time" in page
    assert "Within ±0.5\u202f% counts. Counts 2 of 4." in page
    assert "1,234 is read as 1234" in page
    assert "still hold the breaks" not in page


def test_steps_are_saved_half_done(mine: Client, attempt: Attempt) -> None:
    saved = mine.post(url(attempt, "save"), posted(takt="3,5", net=""))
    assert saved.status_code == 200
    assert item_of(attempt).answer == {"takt": {"text": "3,5", "value": 3.5}}
    page = text(mine.get(url(attempt)))
    assert 'value="3,5"' in page


def test_a_step_that_cannot_be_read_changes_nothing_and_costs_no_try(mine: Client, attempt: Attempt) -> None:
    mine.post(url(attempt, "save"), posted(net="820"))
    before = item_of(attempt)
    saved = mine.post(url(attempt, "save"), posted(1, net="821", takt="10 or 11"))
    assert (saved.status_code, saved.json()["field"]) == (422, "step-takt")
    assert "We read 10 and then “or 11”." in saved.json()["message"]
    response = mine.post(url(attempt), posted(1, net="821", takt="10 or 11"))
    assert response.status_code == 422
    page = text(response)
    assert 'value="10 or 11"' in page
    assert 'value="821"' in page
    assert page.count('aria-invalid="true"') == 1
    after = item_of(attempt)
    assert (after.answer, after.revision, after.score) == (before.answer, 1, None)
    assert not Evidence.objects.exists()


def test_following_on_is_marked_and_told_step_by_step_and_the_slip_is_kept(
    mine: Client, attempt: Attempt
) -> None:
    values = item_of(attempt).values
    mine.post(url(attempt), posted(**chain(values, start=values["gross"])))
    item = item_of(attempt)
    assert item.score == 0.5
    assert item.misconceptions == ["breaks-left-in"]
    assert Evidence.objects.get().score == 0.5
    page = text(mine.get(url(attempt)))
    assert "Partly right, 0.5 of 1" in page
    assert "The first wrong step is step 1, Net available time." in page
    assert page.count("Right, following on from your step 1") == 2
    assert "min still hold the breaks." in page
    assert "With the right figures it is" in page


def test_the_result_says_how_many_steps_were_right(mine: Client, me: Learner) -> None:
    attempt = start(me, mode="test")
    values = item_of(attempt).values
    mine.post(url(attempt), posted(**chain(values, start=values["gross"])))
    mine.post(reverse("assessments:submit", args=[attempt.pk]))
    assert "2 of 3 steps right" in text(mine.get(reverse("assessments:result", args=[attempt.pk])))


# The fixtures may be shared between the examples because nothing of them may change.
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("abdgxyz?!", min_size=1, max_size=8), st.sampled_from(["", "12 ", "1,5.2 ", "1 234 "]))
def test_no_format_error_whatever_it_is_changes_anything(
    mine: Client, attempt: Attempt, rest: str, before: str
) -> None:
    for name in ("save", "question"):
        response = mine.post(url(attempt, name), posted(net="820", takt=f"{before}{rest}"))
        assert response.status_code == 422
        item = item_of(attempt)
        assert (item.answer, item.revision, item.graded_at) == (None, 0, None)
    assert not Evidence.objects.exists()
