"""The learner's clock learns of more time by itself; the pages of accommodations, previews and advice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Attempt, Learner
from assessments.services.attempts import start_attempt
from assessments.services.extensions import grant_extension
from tests.browser.steps import press
from tests.factories import (
    LearnerFactory,
    MembershipFactory,
    QuestionFactory,
    UserFactory,
    make_editor,
    practice_set,
)

SignIn = Callable[[User], None]
Look = Callable[[Page], None]
# Sets what the clock is to wait between two questions before its module runs.
ASK_OFTEN = """document.addEventListener("readystatechange", () => {
  document.querySelector("[data-clock]")?.setAttribute("data-ask-every", "0.2");
});"""


@pytest.fixture
def me(transactional_db: None, sign_in: SignIn) -> Learner:
    learner: Learner = LearnerFactory()
    sign_in(learner.user)
    return learner


def begin(me: Learner) -> Attempt:
    test = practice_set(mode="test", time_limit=20)
    return start_attempt(learner=me, assessment=test, now=timezone.now())


def give(attempt: Attempt, minutes: int) -> None:
    grant_extension(
        assessment=attempt.assessment,
        learner=attempt.learner,
        by=UserFactory(),
        now=timezone.now(),
        extra_minutes=minutes,
    )


def test_the_clock_grows_while_the_test_goes_on(page: Page, me: Learner) -> None:
    attempt = begin(me)
    page.add_init_script(ASK_OFTEN)
    page.goto(reverse("assessments:question", args=[attempt.pk, 1]))
    clock = page.locator("[data-clock-shown]")
    expect(clock).to_contain_text("19:")
    give(attempt, 30)
    expect(clock).to_contain_text("49:")
    expect(page.locator("[data-clock-words]")).to_contain_text("You were given more time: 49:")
    attempt.refresh_from_db()
    assert attempt.deadline
    expect(page.locator("[data-clock-ends]")).to_have_text(f"{attempt.deadline:%H:%M:%S}")


def test_at_zero_it_asks_before_it_hands_in(page: Page, me: Learner) -> None:
    attempt = begin(me)
    Attempt.objects.update(started_at=timezone.now() - timedelta(minutes=20, seconds=-3))
    Attempt.objects.update(deadline=timezone.now() + timedelta(seconds=3))
    page.goto(reverse("assessments:question", args=[attempt.pk, 1]))
    give(attempt, 10)
    expect(page.locator("[data-clock-shown]")).to_contain_text("9:5", timeout=15_000)
    assert Attempt.objects.get().is_open


def test_extra_time_and_minutes_are_given_on_the_page_of_a_learner(
    page: Page, me: Learner, look: Look
) -> None:
    teaching = MembershipFactory(learner=me, role="instructor")
    attempt = begin(LearnerFactory())
    MembershipFactory(cohort=teaching.cohort, learner=attempt.learner)
    page.goto(reverse("assessments:cohort_learner", args=[teaching.cohort_id, attempt.learner_id]))
    page.get_by_label("Extra time, per cent").fill("50")
    press(page, "Set the extra time")
    page.get_by_label("Test or practice").select_option(index=1)
    page.get_by_label("Extra minutes").fill("5")
    press(page, "Give it")
    expect(page.get_by_text("Their attempt is going on and ends on")).to_be_visible()
    look(page)
    attempt.refresh_from_db()
    assert attempt.deadline == attempt.started_at + timedelta(minutes=35)


def test_an_editor_previews_a_test_and_a_question_and_reads_the_advice(
    page: Page, transactional_db: None, sign_in: SignIn, look: Look
) -> None:
    sign_in(make_editor())
    test = practice_set(1, mode="test", type="numeric", status="draft", time_limit=20)
    page.goto(reverse("admin:assessments_assessment_change", args=[test.pk]))
    with page.expect_navigation():
        page.get_by_role("link", name="View as learner").click()
    page.get_by_label("Draw").fill("7")
    look(page)
    press(page, "Begin the preview")
    expect(page.get_by_text("Preview: leaves no evidence.")).to_be_visible()
    look(page)
    question = QuestionFactory(content={"stem": "Which is not right?", "choices": []})
    page.goto(
        reverse("admin:assessments_question_preview", args=[test.parts.get().objective.questions.get().pk])
    )
    page.get_by_role("textbox", name="Throughput").fill("1")
    press(page, "Check")
    expect(page.get_by_role("heading", name="How it was marked")).to_be_visible()
    look(page)
    page.goto(reverse("admin:assessments_question_lint"))
    expect(page.get_by_role("link", name=question.title)).to_be_visible()
    look(page)
