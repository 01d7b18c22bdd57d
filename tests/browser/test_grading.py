"""Written answers: written by a learner, graded by an instructor, by mouse, by keys and without scripts."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from assessments.models import AttemptItem, HandGrade
from assessments.services.attempts import start_attempt
from tests.assessments.prose import BEST, HALF, NOW, TEXT, sat
from tests.browser.steps import press, tab_to
from tests.factories import CohortFactory, LearnerFactory, MembershipFactory, written_set

Look = Callable[[Page], None]


def test_answers_are_graded_by_mouse_and_by_keys(
    page: Page, sign_in: Callable[[User], None], look: Look
) -> None:
    cohort, teacher = CohortFactory(), LearnerFactory()
    MembershipFactory(cohort=cohort, learner=teacher, role="instructor")
    assessment = written_set(title="Written case")
    items = [sat(assessment, MembershipFactory(cohort=cohort).learner)[0] for _ in range(3)]
    sign_in(teacher.user)
    page.goto(reverse("assessments:grading", args=[cohort.pk]))
    expect(page.get_by_role("heading", level=1)).to_have_text("Three written answers wait for you")
    look(page)
    page.get_by_role("link", name="Written case").click()
    look(page)
    page.get_by_role("link", name="Grade the next one").click()
    look(page)

    total = page.locator("[data-total]")
    expect(total).to_have_text("0 of 10 points · 2 open")
    page.get_by_text("Says that they wait.").click()
    expect(total).to_have_text("3 of 10 points · 1 open")
    page.get_by_text("Nobody can.").click()
    expect(total).to_have_text("3 of 10 points")
    page.get_by_label("Comment to the learner").fill("12 jk: figures typed here tick nothing")
    expect(total).to_have_text("3 of 10 points")
    press(page, "Save and next")
    assert HandGrade.objects.get(item=items[0]).ticks == HALF

    page.keyboard.press("j")
    expect(page.get_by_text("3 of 3")).to_be_visible()
    page.keyboard.press("k")
    expect(page.get_by_text("2 of 3")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("1")
    expect(total).to_have_text("10 of 10 points")
    page.keyboard.press("c")
    page.keyboard.type("Just so.")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    graded = HandGrade.objects.get(item=items[1])
    assert (graded.ticks, graded.comment) == (BEST, "Just so.")

    page.get_by_text("By keyboard").click()
    page.get_by_label("Single keys do this").uncheck()
    page.keyboard.press("k")
    expect(page.get_by_text("3 of 3")).to_be_visible()


def test_answers_are_graded_without_scripts(visit: Callable[..., Page]) -> None:
    cohort, teacher = CohortFactory(), LearnerFactory()
    MembershipFactory(cohort=cohort, learner=teacher, role="instructor")
    item = sat(written_set(), MembershipFactory(cohort=cohort).learner)[0]
    page = visit(teacher.user, java_script_enabled=False)
    page.goto(reverse("assessments:grading_answer", args=[cohort.pk, item.pk]))
    page.get_by_role("radio").nth(0).check()
    page.get_by_role("radio").nth(3).check()
    press(page, "Save")
    expect(page.locator("[data-total]")).to_have_text("10 of 10 points")
    press(page, "Show the names")
    expect(page.get_by_role("heading", level=1)).to_have_text(item.attempt.learner.name)


def begun(learner: Any) -> AttemptItem:
    attempt = start_attempt(learner=learner, assessment=written_set(2, mode="practice"), now=NOW)
    item: AttemptItem = attempt.items.get(position=1)
    return item


def test_an_answer_is_counted_saved_while_it_is_written_and_handed_in(
    page: Page, sign_in: Callable[[User], None], look: Look, visit: Callable[..., Page]
) -> None:
    learner = LearnerFactory()
    item = begun(learner)
    sign_in(learner.user)
    page.goto(reverse("assessments:question", args=[item.attempt_id, 1]))
    field = page.get_by_role("textbox", name="Your answer")
    expect(page.locator("[data-counted]")).to_have_text("0 words")
    look(page)
    tab_to(page, field)
    page.keyboard.type("One two\n\nthree")
    expect(page.locator("[data-counted]")).to_have_text("3 words · 2 to go")
    expect(page.locator("[data-save-state]")).to_have_text(re.compile(r"^Saved at"))
    item.refresh_from_db()
    assert item.answer == {"text": "One two\n\nthree"}
    field.fill("word " * 30)
    expect(page.locator("[data-counted]")).to_have_text("30 words · 10 too many")
    expect(page.locator("[data-save-state]")).to_contain_text("at most 22 are taken")
    field.fill(TEXT)
    press(page, "Hand it in")
    expect(page.get_by_text("Handed in: a person will mark it")).to_be_visible()
    expect(page.get_by_text("The orders wait for something else.")).to_be_visible()
    look(page)

    plain = visit(learner.user, java_script_enabled=False)
    plain.goto(reverse("assessments:question", args=[item.attempt_id, 2]))
    expect(plain.get_by_text("5 to 20 words; more than 22 are not taken.")).to_be_visible()
    plain.get_by_role("textbox", name="Your answer").fill(TEXT)
    press(plain, "Hand it in")
    expect(plain.get_by_text("Handed in: a person will mark it")).to_be_visible()
    assert HandGrade.objects.count() == 2
