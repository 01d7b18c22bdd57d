"""The diagnostic in a real browser: by mouse as it saves itself, and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from assessments.models import Evidence, Learner
from concepts.models import Module
from tests.assessments.diagnostics import course
from tests.browser.steps import follow, item_at, press
from tests.factories import LearnerFactory

SignIn = Callable[[User], None]
Look = Callable[[Page], None]
Visit = Callable[..., Page]
WAIT = {"timeout": 15_000}


@pytest.fixture
def me(transactional_db: None) -> Learner:
    course(3, 2, 1)
    learner: Learner = LearnerFactory()
    return learner


def go_through(page: Page, known: list[Module], look: Look | None = None, *, saves: bool = False) -> int:
    """Answer what belongs to some modules, leave the rest blank; returns how many questions there were."""
    count = 0
    while "/submit/" not in page.url:
        count += 1
        if item_at(page).version.objective.module in known:
            page.get_by_role("radio", name="It rises").check()
            if saves:
                expect(page.locator("[data-save-state]")).to_have_text(re.compile("^Saved at"), **WAIT)
        if look and count in (1, 4):
            look(page)
        press(page, "Save and go on")
    return count


def test_somebody_new_finds_out_what_to_skip_by_mouse(
    page: Page, me: Learner, sign_in: SignIn, look: Look
) -> None:
    sign_in(me.user)
    first, second, _ = Module.objects.order_by("position")
    page.goto(reverse("assessments:home"))
    look(page)
    follow(page, "Take the diagnostic first")
    look(page)
    press(page, "Begin")
    expect(page.get_by_text("Three questions so far; where you know a module, more follow.")).to_be_visible()
    assert go_through(page, [first], look, saves=True) == 5
    assert not Evidence.objects.exists()
    look(page)
    press(page, "Hand it in")
    lesson = second.concepts.order_by("position").first()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Begin with {lesson.title}")
    expect(page.get_by_text("You may skip three lessons.")).to_be_visible()
    look(page)
    follow(page, "Start reading")
    expect(page.get_by_role("heading", level=1)).to_have_text(lesson.title)
    page.goto(reverse("concepts:course"))
    expect(page.get_by_text("known from the diagnostic")).to_have_count(3)
    look(page)
    page.goto(reverse("assessments:home"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(lesson.title)


def test_whoever_goes_back_and_puts_in_an_answer_is_asked_on(
    page: Page, me: Learner, sign_in: SignIn
) -> None:
    sign_in(me.user)
    page.goto(reverse("concepts:course"))
    follow(page, "Know some of it? Find out what you can skip")
    press(page, "Begin")
    press(page, "Save and go on")
    press(page, "Save and go on")
    page.get_by_role("radio", name="It rises").check()
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("^Saved at"), **WAIT)
    follow(page, "Look it over and hand it in")  # the last module has but one lesson: nothing follows
    expect(page.get_by_text("Two questions are blank, which counts as not known.")).to_be_visible()
    page.get_by_role("link", name="Go to question 1").click()
    page.get_by_role("radio", name="It rises").check()
    press(page, "Save and go on")
    expect(page.get_by_text("Question 2 of 3 so far")).to_be_visible()  # still blank: asked for once more
    press(page, "Save and go on")
    expect(page.get_by_text("Question 4 of 5 so far")).to_be_visible()


def test_all_of_it_without_javascript(visit: Visit, me: Learner) -> None:
    page = visit(me.user, java_script_enabled=False)
    page.goto(reverse("assessments:home"))
    page.get_by_role("link", name="Take the diagnostic first").click()
    page.get_by_role("button", name="Begin").click()
    first = Module.objects.order_by("position").first()
    count = 0
    while "/submit/" not in page.url:
        count += 1
        number = page.url.rstrip("/").rsplit("/", 1)[-1]
        attempt = me.attempts.get()
        if attempt.items.get(position=number).version.objective.module == first:
            page.get_by_role("radio", name="It rises").check()
        page.get_by_role("button", name="Save and go on").click()
    assert count == 5
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("You may skip three lessons.")).to_be_visible()
    expect(page.get_by_text("Begin here:").first).to_be_visible()
