"""Trying again in a real browser: with the mouse, with the keyboard alone, and without scripts."""

import re
from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import AttemptItem, Learner
from assessments.services.attempts import start_attempt
from tests.browser.steps import key, tab_to
from tests.factories import AssessmentFactory, LearnerFactory, PartFactory, QuestionFactory, numeric

Look = Callable[[Page], None]
HINTS = ["Which is divided by which?", "It is parts for each hour."]


def ask(learner: Learner) -> tuple[AttemptItem, str]:
    """A question with two hints in a practice, and its address."""
    question = QuestionFactory(type="numeric", content=numeric() | {"hints": HINTS}, publish=True)
    practice = AssessmentFactory(concept=question.objective.concept)
    PartFactory(assessment=practice, objective=question.objective)
    attempt = start_attempt(learner=learner, assessment=practice, now=timezone.now())
    item: AttemptItem = attempt.items.get()
    return item, reverse("assessments:question", args=[attempt.pk, 1])


def check(page: Page, figure: object) -> None:
    """Type a figure and check it with the mouse."""
    page.get_by_role("textbox").fill(str(figure))
    with page.expect_navigation():
        page.get_by_role("button", name="Check").click()


def right(item: AttemptItem) -> str:
    return f"{item.values['units'] / item.values['hours']:.6g}"


def test_misses_bring_hints_the_same_figure_costs_nothing_and_the_score_is_explained(
    visit: Callable[..., Page], look: Look
) -> None:
    me = LearnerFactory()
    item, url = ask(me)
    page = visit(me.user)
    page.goto(url)
    expect(page.get_by_text("Try 1 of 3. A miss takes")).to_be_visible()
    check(page, f"{item.values['hours'] / item.values['units']:.5g}")
    expect(page.get_by_text("You divided time by units.")).to_be_in_viewport()
    expect(page.get_by_text(HINTS[0])).to_be_visible()
    expect(page.get_by_text(HINTS[1])).to_be_hidden()
    look(page)
    check(page, f"{item.values['hours'] / item.values['units']:.5g}")
    expect(page.get_by_text("You have tried this one already.")).to_be_visible()
    expect(page.get_by_text("Try 2 of 3.")).to_be_visible()
    # The second miss by keyboard alone, after a reload as on another device.
    page.goto(url)
    tab_to(page, page.get_by_role("textbox"))
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("7")
    key(page, page.get_by_role("button", name="Check"))
    expect(page.get_by_text("Try 3 of 3, the last.")).to_be_visible()
    expect(page.get_by_text(HINTS[1])).to_be_visible()
    check(page, right(item))
    expect(page.get_by_text("Right, 0.34 of 1")).to_be_visible()
    expect(page.get_by_text(re.compile(r"100\s%\s−\s2 × 33\s%\s=\s34\s%"))).to_be_visible()


def test_without_scripts_a_question_is_tried_again_and_given_up(visit: Callable[..., Page]) -> None:
    me = LearnerFactory()
    item, url = ask(me)
    page = visit(me.user, java_script_enabled=False)
    page.goto(url)
    check(page, "7")
    expect(page.get_by_text(HINTS[0])).to_be_visible()
    check(page, "7 or so")
    expect(page.get_by_text("“7 or so” is not a number.")).to_be_visible()
    expect(page.get_by_text("Try 2 of 3.")).to_be_visible()
    page.get_by_role("button", name="I do not know").click()
    expect(page.get_by_text("Show the solution with these figures")).to_be_visible()
    item.refresh_from_db()
    assert (item.score, item.answer["text"], len(item.tries)) == (0, "7", 1)
