"""Ways of answering beyond ticking: by mouse, by the keyboard alone, and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Attempt, AttemptItem, Learner
from assessments.services.attempts import start_attempt
from tests.assessments.questions import test_matching, test_multi_step, test_ordering, test_short_text
from tests.browser.steps import Look, Visit, press, tab_to
from tests.factories import LearnerFactory, PartFactory, QuestionFactory, practice_set

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = [(pair["left"], pair["right"]) for pair in test_matching.CONTENT["pairs"]]
STEPS = [item["text"] for item in test_ordering.CONTENT["items"]]
CONTENTS = {
    "matching": test_matching.CONTENT,
    "ordering": test_ordering.CONTENT,
    "short_text": test_short_text.CONTENT,
    "multi_step": test_multi_step.CONTENT,
}


@pytest.fixture
def me(sign_in: Callable[[User], None]) -> Learner:
    learner: Learner = LearnerFactory()
    sign_in(learner.user)
    return learner


def begin(learner: Learner, *types: str, mode: str = "practice") -> Attempt:
    """An attempt that asks one question of each type, in this order."""
    practice = practice_set(1, mode=mode, shuffle=False)
    objective = practice.parts.get().objective
    practice.parts.all().delete()
    for position, type_ in enumerate(types, 1):
        question = QuestionFactory(objective=objective, type=type_, content=CONTENTS[type_], publish=True)
        PartFactory(assessment=practice, objective=None, question=question, position=position)
    return start_attempt(learner=learner, assessment=practice, now=timezone.now())


def show(page: Page, attempt: Attempt, number: int = 1) -> None:
    page.goto(reverse("assessments:question", args=[attempt.pk, number]))


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_contain_text(re.compile(r"Saved at \d\d:\d\d"))


def marked_right(page: Page) -> None:
    press(page, "Check")
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^\s*Right, "))).to_be_visible()


def lines(page: Page) -> list[str]:
    """The things to order as they stand on the page."""
    return page.locator("[data-item] [data-text]").all_inner_texts()


def drag(page: Page, text: str, target: int) -> None:
    """Take a line by its words and let it go over the line at another place."""
    there = page.locator("[data-item]").nth(target).bounding_box()
    assert there
    edge = 0.2 if lines(page).index(text) > target else 0.8
    page.get_by_text(text, exact=True).hover()
    page.mouse.down()
    page.mouse.move(there["x"] + 200, there["y"] + there["height"] * edge, steps=6)
    page.mouse.up()


def test_matching_and_a_word_by_mouse(page: Page, me: Learner, look: Look) -> None:
    attempt = begin(me, "matching", "short_text")
    show(page, attempt)
    for left, right in PAIRS:
        page.get_by_label(left).select_option(label=right)
    saved(page)
    look(page)
    page.get_by_label(PAIRS[0][0]).select_option(label="Scrap rate")
    saved(page)
    press(page, "Check")
    expect(page.get_by_text("Should be: Throughput")).to_be_visible()
    show(page, attempt, 2)
    page.get_by_label("Your answer").fill("cycle time")
    press(page, "Check")
    expect(page.get_by_text("Cycle time is what is.")).to_be_visible()


def test_lines_are_dragged_into_order_and_an_untouched_order_is_no_answer(
    page: Page, me: Learner, look: Look
) -> None:
    attempt = begin(me, "ordering")
    show(page, attempt)
    expect(page.get_by_text("Nothing is put in order yet")).to_be_visible()
    press(page, "Check")
    expect(page.get_by_role("alert")).to_contain_text("There is no answer yet.")
    for place, text in enumerate(STEPS):
        if lines(page).index(text) != place:
            drag(page, text, place)
    assert lines(page) == STEPS
    saved(page)
    look(page)
    show(page, attempt)
    assert lines(page) == STEPS
    drag(page, STEPS[3], 0)
    expect(page.locator("[data-announce]")).to_have_text("“Follow-up” is now at place 1 of 4.")
    press(page, "Check")
    expect(page.get_by_text("3 of 6 pairs stand in the right order.")).to_be_visible()
    expect(page.get_by_text("Should be: place 4")).to_be_visible()
    look(page)


def test_every_way_of_answering_has_a_way_by_keyboard(page: Page, me: Learner) -> None:
    attempt = begin(me, "matching", "ordering", "short_text")
    show(page, attempt)
    for left, right in PAIRS:
        tab_to(page, page.get_by_label(left))
        page.keyboard.type(right)
    marked_right(page)
    show(page, attempt, 2)
    for place, text in enumerate(STEPS):
        up = page.get_by_role("button", name=f"Move up: {text}")
        for _ in range(lines(page).index(text) - place):
            up.focus()
            page.keyboard.press("Enter")
            expect(up).to_be_focused()
    assert lines(page) == STEPS
    expect(page.get_by_role("button", name=f"Move up: {STEPS[0]}")).to_have_attribute("aria-disabled", "true")
    marked_right(page)
    show(page, attempt, 3)
    tab_to(page, page.get_by_label("Your answer"))
    page.keyboard.type("takt time")
    marked_right(page)


def test_every_way_of_answering_works_without_scripts(visit: Visit) -> None:
    learner: Learner = LearnerFactory()
    attempt = begin(learner, "matching", "ordering", "short_text", mode="test")
    page = visit(learner.user, java_script_enabled=False)
    show(page, attempt)
    for left, right in PAIRS:
        page.get_by_label(left).select_option(label=right)
    press(page, "Save and go on")
    for text, place in zip(STEPS, "1224", strict=True):
        page.get_by_label(f"Place of: {text}").select_option(place)
    press(page, "Save and go on")
    expect(page.get_by_text("Place 2 is taken twice.")).to_be_visible()
    page.get_by_label(f"Place of: {STEPS[2]}").select_option("3")
    press(page, "Save and go on")
    page.get_by_label("Your answer").fill("Takt")
    press(page, "Save and look it over")
    press(page, "Hand it in")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Passed with 100\u202f%.")
    answers = (
        AttemptItem.objects.filter(attempt=attempt).order_by("position").values_list("answer", flat=True)
    )
    assert list(answers) == [test_matching.RIGHT, test_ordering.KEYS, "Takt"]


def following_on(attempt: Attempt) -> dict[str, str]:
    """Every step's figure by its label: the first with the breaks left in, the others worked out from it."""
    values = AttemptItem.objects.get(attempt=attempt).values
    figures = test_multi_step.chain(values, start=values["gross"])
    labels = {step["name"]: step["label"] for step in test_multi_step.CONTENT["steps"]}
    return {labels[name]: text for name, text in figures.items()}


def test_steps_are_typed_by_keyboard_refused_one_by_one_and_marked_with_what_follows(
    page: Page, me: Learner, look: Look
) -> None:
    attempt = begin(me, "multi_step")
    show(page, attempt)
    figures = following_on(attempt)
    first, second = page.get_by_label("Net available time"), page.get_by_label("Takt time")
    tab_to(page, first)
    page.keyboard.type("12 or so")
    page.keyboard.press("Tab")
    expect(first).to_have_accessible_description(re.compile("We read 12 and then “or so”"))
    expect(second).to_be_focused()
    expect(second).to_have_accessible_description("Within ±1\u202f% counts. Counts 1 of 4.")
    look(page)
    first.fill("")
    for label, text in figures.items():
        tab_to(page, page.get_by_label(label))
        page.keyboard.type(text)
    saved(page)
    press(page, "Check")
    expect(page.get_by_text("The first wrong step is step 1, Net available time.")).to_be_visible()
    expect(page.get_by_text("Right, following on from your step 1")).to_have_count(2)
    look(page)


def test_steps_work_without_scripts(visit: Visit) -> None:
    learner: Learner = LearnerFactory()
    attempt = begin(learner, "multi_step")
    page = visit(learner.user, java_script_enabled=False)
    show(page, attempt)
    figures = following_on(attempt)
    for label, text in figures.items():
        page.get_by_label(label).fill(f"{text} or so" if label == "Takt time" else text)
    press(page, "Check")
    expect(page.get_by_label("Takt time")).to_have_accessible_description(re.compile("and then “or so”"))
    expect(page.get_by_label("Net available time")).to_have_value(figures["Net available time"])
    page.get_by_label("Takt time").fill(figures["Takt time"])
    press(page, "Check")
    expect(page.get_by_text("Partly right, 0.5 of 1")).to_be_visible()
