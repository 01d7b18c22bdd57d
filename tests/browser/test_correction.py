"""An editor puts a live question right in a browser, and the learner reads it on the result."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.assessments.corrections import answered_test
from tests.factories import make_editor


def test_an_editor_puts_a_live_question_right(
    page: Page,
    transactional_db: None,
    sign_in: Callable[[User], None],
    look: Callable[[Page], None],
    visit: Callable[..., Page],
) -> None:
    question, attempts = answered_test("a", "b", "b", "c", None)
    sign_in(make_editor())
    page.goto(reverse("admin:assessments_question_change", args=[question.pk]))
    page.get_by_role("link", name="Correct this live question").click()
    look(page)
    page.locator("[name=q-choices-0-right]").uncheck()
    page.locator("[name=q-choices-0-feedback]").fill("That is the other way round.")
    page.locator("[name=q-choices-1-right]").check()
    page.get_by_role("button", name="See what it would change").click()
    expect(page.get_by_text("Say why.")).to_be_visible()
    page.get_by_label("Reason").fill("The key had the wrong choice.")
    page.get_by_role("button", name="See what it would change").click()
    expect(page.get_by_role("row", name="It falls")).to_contain_text("2")
    look(page)
    page.get_by_role("button", name="Correct the question and mark again").click()
    expect(page.get_by_text("marks changed: 3")).to_be_visible()
    page.get_by_role("link", name="Withdraw it").click()
    look(page)

    learner = visit(attempts[1].learner.user)
    learner.goto(f"{attempts[1].get_absolute_url()}result/")
    expect(learner.get_by_text("Your mark went from 0 to 1.")).to_be_visible()
    look(learner)
