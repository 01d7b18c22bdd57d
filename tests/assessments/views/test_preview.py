"""Previewing an assessment: for those who write or teach, with a draw to choose."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, Attempt, Evidence, Learner
from assessments.services.attempts import start_attempt
from assessments.services.previews import start_preview
from tests.factories import MembershipFactory, make_editor, practice_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make_editor())
    return client


def url(assessment: Assessment) -> str:
    return reverse("assessments:preview", args=[assessment.slug])


def text(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.mark.parametrize("status", ["draft", "published"])
def test_an_editor_walks_through_a_draft_as_through_anything_else(editor: Client, status: str) -> None:
    test = practice_set(mode="test", status=status, time_limit=20)
    assert "Preview: leaves no evidence." in text(editor.get(url(test)))
    page = text(editor.post(url(test), {"seed": "7"}, follow=True))
    assert "Draw 7." in page
    assert "data-clock" in page
    attempt = Attempt.objects.get()
    submit = reverse("assessments:submit", args=[attempt.pk])
    assert "Preview: leaves no evidence." in text(editor.get(submit))
    result = text(editor.post(submit, follow=True))
    assert "Nothing: it was a preview" in result
    assert "Preview another draw" in result
    assert not Evidence.objects.exists()


def test_a_preview_that_was_left_is_gone_on_with(editor: Client) -> None:
    test = practice_set(mode="test")
    editor.post(url(test), {"seed": "7"})
    page = text(editor.get(url(test)))
    assert "Go to question 1" in page
    assert "Preview from the start" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Type a number"), ("x", "“x” is not a whole number."), ("0", "0 is out of range.")],
)
def test_a_draw_that_cannot_be_is_answered_at_the_field(editor: Client, typed: str, said: str) -> None:
    response = editor.post(url(practice_set()), {"seed": typed})
    assert response.status_code == 422
    assert said in text(response)
    assert not Attempt.objects.exists()


def test_an_instructor_previews_what_is_published_and_no_draft(mine: Client, me: Learner) -> None:
    test, draft = practice_set(), practice_set(status="draft")
    assert mine.get(url(test)).status_code == 404
    MembershipFactory(learner=me, role="instructor")
    assert mine.get(url(test)).status_code == 200
    assert mine.get(url(draft)).status_code == 404
    assert url(test) in text(mine.get(test.get_absolute_url()))


def test_an_attempt_of_ones_own_goes_on_beside_it(mine: Client, me: Learner) -> None:
    MembershipFactory(learner=me, role="instructor")
    test = practice_set()
    own = start_attempt(learner=me, assessment=test, now=timezone.now())
    assert mine.post(url(test), {"seed": "1"}).status_code == 302
    own.refresh_from_db()
    assert (own.is_open, own.number) == (True, 1)
    assert Attempt.objects.filter(is_preview=True).count() == 1


def test_a_preview_whose_time_ran_out_is_over(mine: Client, me: Learner) -> None:
    MembershipFactory(learner=me, role="instructor")
    test = practice_set(mode="test", time_limit=5)
    start_preview(learner=me, assessment=test, seed=1, now=timezone.now() - timedelta(hours=1))
    assert "The result of your last preview" in text(mine.get(url(test)))


def test_the_start_page_knows_nothing_of_a_preview(mine: Client, me: Learner) -> None:
    MembershipFactory(learner=me, role="instructor")
    test = practice_set(mode="test", attempts_allowed=1)
    start_preview(learner=me, assessment=test, seed=1, now=timezone.now())
    page = text(mine.get(test.get_absolute_url()))
    assert "Begin" in page
    assert "Your attempts" not in page
    assert "Go to question" not in page
