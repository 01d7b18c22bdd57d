"""The learner, from a join link to mastered on the course that is shipped; without scripts; by keyboard."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Assessment, AttemptItem, Learner, Question
from assessments.services.bank import unpublish_question
from tests.browser import steps
from tests.browser.steps import follow, press
from tests.factories import JoinLinkFactory, LearnerFactory, QuestionFactory, practice_set

SignIn = Callable[[User], None]
FIRST = "The transformation process"
NUMBER = "trf-1-joinery-value-added"
SORT = "trf-1-hotel-laundry"


@pytest.fixture
def course(transactional_db: None) -> None:
    """The shipped course; of its first objective a sorting and a number alone, so that both are asked."""
    call_command("load_course", verbosity=0)
    for question in Question.objects.filter(objective__code="TRF-1").exclude(slug__in=[NUMBER, SORT]):
        unpublish_question(question=question)


def test_a_learner_from_the_join_link_to_mastered(page: Page, course: None, look: steps.Look) -> None:
    join_and_begin(page, look)
    learner = Learner.objects.get(user__email="ada@example.org")
    read_and_check(page, learner, look)
    practise(page, look)
    see_progress(page, "Proficient")
    look(page)
    follow(page, "As a map")
    look(page)
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        review(page, look)
        see_progress(page, "Mastered")


def join_and_begin(page: Page, look: steps.Look) -> None:
    """From the link to Today, which says where to begin."""
    link = JoinLinkFactory(cohort__name="Plant supervisors")
    page.goto(link.get_absolute_url())
    look(page)
    follow(page, "Make an account")
    look(page)
    steps.sign_up(page, "Ada", "Lund")
    look(page)
    press(page, "Join Plant supervisors")
    expect(page.get_by_text("You are in Plant supervisors now.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Begin with {FIRST}")
    look(page)


def read_and_check(page: Page, learner: Learner, look: steps.Look) -> None:
    """The first lesson and the question at its end."""
    follow(page, "Start reading")
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST)
    look(page)
    check = page.get_by_role("region", name="Quick check")
    steps.answer_rightly(check, *steps.checked_at(page, learner))
    press(page, "Check")
    expect(check.get_by_role("status")).to_contain_text("Right")
    expect(check).to_contain_text("Familiar")
    look(page)


def practise(page: Page, look: steps.Look) -> None:
    """The practice set of the lesson: a figure that is none, a slip, other figures, and the rest right."""
    follow(page, re.compile("^Four questions, about"))
    look(page)
    press(page, "Begin")
    slipped = False
    for _ in range(6):
        item = steps.item_at(page)
        if item.version.question.slug == NUMBER and not slipped:
            slip(page, item, look)
            slipped = True
        steps.check_rightly(page)
        onward = page.get_by_role("link", name=re.compile("^(Next question|Finish)$"))
        is_last = onward.inner_text() == "Finish"
        with page.expect_navigation():
            onward.click()
        if is_last:
            break
    look(page)
    press(page, "Finish")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Four of five right.")
    changed = page.get_by_role("region", name="What it changed").get_by_role("listitem")
    expect(changed.filter(has_text="TRF-2")).to_contain_text("to Proficient")
    expect(page.get_by_role("heading", name="A slip worth knowing")).to_be_visible()
    look(page)


def slip(page: Page, item: AttemptItem, look: steps.Look) -> None:
    """What is no figure is refused and kept; the slip is named, with a hint; then there are other figures."""
    field = page.get_by_role("textbox", name="Value added")
    look(page)
    field.fill("248 ish")
    press(page, "Check")
    expect(field).to_have_value("248 ish")
    expect(field).to_have_accessible_description(re.compile("“248 ish” is not a number"))
    look(page)
    field.fill(steps.figure(item.version, item.values, slip=0))
    press(page, "Check")
    expect(page.get_by_role("status").filter(has_text="Not right yet")).to_contain_text(
        "You took the wages off too."
    )
    expect(page.get_by_text("Hint 1")).to_be_visible()
    look(page)
    press(page, "I do not know")
    press(page, "Try other figures")
    expect(page.get_by_text("Variant 2")).to_be_visible()


def see_progress(page: Page, level: str) -> None:
    """The level stands in the table of Progress."""
    follow(page, "Progress")
    follow(page, "As a table")
    expect(page.get_by_role("row", name="TRF-2")).to_contain_text(level)


def review(page: Page, look: steps.Look) -> None:
    """Ten days on: what is due stands on Today, and doing it makes an objective mastered."""
    follow(page, "Today")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Two reviews, about")
    look(page)
    press(page, "Start the reviews")
    look(page)
    steps.check_rightly(page)
    follow(page, "Next review")
    steps.check_rightly(page)
    follow(page, "See what they changed")
    expect(page.get_by_role("heading", level=1)).to_have_text("Both recalled")
    changed = page.get_by_role("region", name="What it changed").get_by_role("listitem")
    expect(changed.filter(has_text="TRF-2")).to_contain_text("Mastered")
    look(page)


@pytest.fixture
def small(transactional_db: None) -> Assessment:
    """A lesson with a practice of one question with numbers."""
    practice: Assessment = practice_set(1, type="numeric", title="Practice: throughput")
    return practice


def test_without_scripts_the_core_of_it_works(visit: steps.Visit, small: Assessment) -> None:
    learner = LearnerFactory()
    page = visit(learner.user, java_script_enabled=False)
    page.goto(small.concept.get_absolute_url())
    check = page.get_by_role("region", name="Quick check")
    check.get_by_role("textbox").fill("many")
    check.get_by_role("button", name="Check").click()
    expect(check).to_contain_text("“many” is not a number.")
    token = check.locator("input[name=token]").input_value()
    version, values = steps.offered(token, learner, small.concept.slug)
    steps.answer_rightly(check, version, values)
    check.get_by_role("button", name="Check").click()
    expect(check.get_by_role("status")).to_contain_text("Right")
    page.get_by_role("link", name="One question, about").click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("textbox").fill("1")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status")).to_contain_text("Not right yet")
    page.get_by_role("button", name="Try other figures").click()
    item = AttemptItem.objects.get(position=2)
    steps.answer_rightly(page.get_by_role("main"), item.version, item.values)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status")).to_contain_text("Right, 1 of 1")
    page.get_by_role("link", name="Finish").click()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("One of two right.")


def test_the_keyboard_alone_will_do(page: Page, sign_in: SignIn, small: Assessment) -> None:
    QuestionFactory(objective=small.parts.get().objective, publish=True)
    small.parts.update(count=2)
    sign_in(LearnerFactory().user)
    page.goto(small.concept.get_absolute_url())
    check = page.get_by_role("region", name="Quick check")
    steps.answer_by_keys(page, check)
    steps.key(page, check.get_by_role("button", name="Check"))
    expect(check.get_by_role("status")).to_be_in_viewport()
    steps.key(page, page.get_by_role("link", name="Two questions, about"))
    steps.key(page, page.get_by_role("button", name="Begin"))
    for onward in ("Next question", "Finish"):
        steps.answer_by_keys(page, page.get_by_role("main"))
        steps.key(page, page.get_by_role("button", name="Check"))
        expect(page.locator("#verdict")).to_be_in_viewport()
        steps.key(page, page.get_by_role("link", name=onward))
    steps.key(page, page.get_by_role("button", name="Finish"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("right")
