"""Answering in a real browser: a practice, a test that saves itself, the clock, and all without scripts."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Dialog, Page, Route, expect

from assessments.models import Assessment, Attempt, AttemptItem, Learner, Question
from assessments.services.attempts import start_attempt
from concepts.formulas import evaluate
from tests.factories import LearnerFactory, PartFactory, QuestionFactory, practice_set

SignIn = Callable[[User], None]
Check = Callable[[Page], None]
WAIT = {"timeout": 15_000}


@pytest.fixture
def me(transactional_db: None, sign_in: SignIn) -> Learner:
    learner: Learner = LearnerFactory()
    sign_in(learner.user)
    return learner


def right(item: AttemptItem) -> str:
    return f"{evaluate('units / hours', item.values):.6g}"


def slip(item: AttemptItem) -> str:
    return f"{item.values['hours'] / item.values['units']:.6g}"


def begin(me: Learner, **options: object) -> Attempt:
    assessment: Assessment = practice_set(**options)
    return start_attempt(learner=me, assessment=assessment, now=timezone.now())


def url(attempt: Attempt, position: int = 1) -> str:
    return reverse("assessments:question", args=[attempt.pk, position])


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_have_text(re.compile(r"^Saved at \d\d:\d\d:\d\d$"), **WAIT)


def test_a_practice_with_a_slip_and_then_other_figures(
    page: Page, me: Learner, check_accessible: Check
) -> None:
    practice = practice_set(1, type="numeric", title="Practice: throughput")
    page.goto(reverse("assessments:start", args=[practice.slug]))
    check_accessible(page)
    press(page, "Begin")
    item = AttemptItem.objects.get()
    check_accessible(page)
    page.get_by_role("textbox", name="Throughput").fill(slip(item))
    page.get_by_label("Fairly sure").check()
    press(page, "Check")
    expect(page.get_by_text("You divided time by units.")).to_be_in_viewport()
    expect(page.get_by_text("The right answer")).to_be_hidden()
    check_accessible(page)
    press(page, "Try other figures")
    fresh = AttemptItem.objects.get(position=2)
    expect(page.get_by_text("Variant 2")).to_be_visible()
    page.get_by_role("textbox", name="Throughput").fill(right(fresh))
    press(page, "Check")
    expect(page.get_by_text("Right, 1 of 1")).to_be_visible()
    expect(page.get_by_text("Attempted to Familiar")).to_be_attached()
    with page.expect_navigation():
        page.get_by_role("link", name="Finish").click()
    press(page, "Finish")
    expect(page.get_by_role("heading", level=1)).to_contain_text("One of two right.")
    check_accessible(page)


def test_a_test_saves_itself_survives_a_reload_and_refuses_a_stale_tab(
    page: Page, me: Learner, check_accessible: Check
) -> None:
    attempt = begin(me, mode="test", type="numeric", time_limit=20)
    page.goto(url(attempt))
    expect(page.get_by_text(re.compile(r"\d\d:\d\d left"))).to_be_visible()
    other = page.context.new_page()
    other.goto(url(attempt))
    page.get_by_role("textbox").fill("12,5")
    saved(page)
    page.reload()
    expect(page.get_by_role("textbox")).to_have_value("12,5")
    other.get_by_role("textbox").fill("99")
    expect(other.locator("[data-save-state]")).to_contain_text("Nothing was overwritten", **WAIT)
    check_accessible(other)
    press(other, "Save and go on")
    expect(other.get_by_role("heading", level=1)).to_have_text("Answered in another tab")
    check_accessible(other)
    press(other, "Use mine instead")
    assert attempt.items.get(position=1).answer["text"] == "99"
    other.goto(reverse("assessments:submit", args=[attempt.pk]))
    expect(other.get_by_role("heading", level=1)).to_have_text("One question is still open")
    check_accessible(other)
    press(other, "Hand it in as it is")
    expect(other.get_by_role("heading", level=1)).to_contain_text("0\u202f% this time")


def test_enter_while_a_save_is_under_way_is_not_taken_for_a_second_tab(page: Page, me: Learner) -> None:
    attempt = begin(me, type="numeric")

    def slowly(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/save/", slowly)
    page.goto(url(attempt))
    page.get_by_role("textbox").fill("1")
    with page.expect_request("**/save/"):
        page.keyboard.press("Tab")
    page.get_by_role("textbox").fill("12")
    with page.expect_navigation(url="**#verdict"):
        page.keyboard.press("Enter")
    assert attempt.items.get(position=1).answer["text"] == "12"


def test_without_a_connection_it_says_so_and_sends_it_again(page: Page, me: Learner) -> None:
    attempt = begin(me, mode="test", type="numeric")
    page.goto(url(attempt))
    page.context.set_offline(True)
    page.get_by_role("textbox").fill("12")
    expect(page.locator("[data-save-state]")).to_have_text(
        "Not saved yet: no connection. It will be sent again.", **WAIT
    )
    page.context.set_offline(False)
    saved(page)
    assert attempt.items.get(position=1).answer["text"] == "12"


def test_what_is_not_saved_asks_before_leaving_and_is_there_after_a_reload(page: Page, me: Learner) -> None:
    attempt = begin(me, mode="test", type="numeric")
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    page.goto(url(attempt))
    page.route("**/save/", lambda route: route.abort())
    page.get_by_role("textbox").press_sequentially("248")
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.get_by_role("textbox")).to_have_value("248")
    page.unroute("**/save/")
    saved(page)
    page.reload()
    assert asked == ["beforeunload"]


def test_a_link_waits_for_what_was_typed_just_before(page: Page, me: Learner) -> None:
    attempt = begin(me, mode="test", type="numeric")
    page.goto(url(attempt))
    page.get_by_role("textbox").fill("12")
    with page.expect_navigation(url=f"**{url(attempt, 2)}"):
        page.get_by_role("link", name="Question 2").click()
    assert attempt.items.get(position=1).answer["text"] == "12"


def test_who_was_signed_out_is_told_and_saves_after_signing_in(
    page: Page, me: Learner, sign_in: SignIn
) -> None:
    attempt = begin(me, mode="test", type="numeric")
    page.goto(url(attempt))
    Session.objects.all().delete()
    page.get_by_role("textbox").fill("12")
    expect(page.locator("[data-save-state]")).to_contain_text("you have been signed out", **WAIT)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    sign_in(me.user)
    saved(page)


def test_a_number_with_letters_is_refused_at_the_field_and_costs_nothing(
    page: Page, me: Learner, check_accessible: Check
) -> None:
    attempt = begin(me, type="numeric")
    page.goto(url(attempt))
    page.get_by_role("textbox").fill("248 ish")
    expect(page.locator("[data-save-state]")).to_contain_text("“248 ish” is not a number", **WAIT)
    expect(page.locator(".invalid-feedback")).to_have_count(0)  # not under the hands of who is typing
    page.keyboard.press("Tab")
    expect(page.locator(".invalid-feedback")).to_have_text(re.compile("“248 ish” is not a number"))
    check_accessible(page)
    press(page, "Check")
    expect(page.get_by_role("textbox")).to_have_value("248 ish")
    expect(page.locator("[data-save-state]")).to_contain_text("cost nothing")
    page.get_by_role("textbox").fill("248")
    saved(page)
    expect(page.locator(".invalid-feedback")).to_have_count(0)


def test_the_clock_hands_in_what_is_typed_when_the_time_is_up(page: Page, me: Learner) -> None:
    attempt = begin(me, mode="test", type="numeric", time_limit=10)
    Attempt.objects.update(deadline=timezone.now() + timedelta(seconds=4))
    page.goto(url(attempt))
    page.get_by_role("textbox").fill("12")
    page.wait_for_url("**/result/", **WAIT)
    attempt.refresh_from_db()
    assert attempt.finished_at == attempt.deadline
    assert attempt.items.get(position=1).answer["text"] == "12"


def test_everything_can_be_done_from_the_keyboard(page: Page, me: Learner) -> None:
    practice = practice_set(1, type="numeric")
    QuestionFactory(objective=practice.parts.get().objective, publish=True)
    practice.parts.update(count=2)
    page.goto(reverse("assessments:start", args=[practice.slug]))
    page.get_by_role("button", name="Begin").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for _ in range(2):
        if page.get_by_role("textbox").count():
            page.get_by_role("textbox").focus()
            page.keyboard.type("1")
        else:
            page.get_by_role("radio").first.focus()
            page.keyboard.press("ArrowDown")
            expect(page.get_by_role("radio").nth(1)).to_be_checked()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("#verdict")).to_be_in_viewport()
        onward = page.locator(".tk-onward a").last
        onward.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.get_by_role("button", name="Finish").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("right")


def sorting() -> dict[str, object]:
    items = [{"text": text, "bucket": bucket, "feedback": f"It is {bucket}."} for text, bucket in ITEMS]
    return {
        "stem": "Sort the parts of a laundry.",
        "explanation": "So.",
        "buckets": ["Input", "Output"],
        "items": items,
    }


ITEMS = (("Soiled sheets", "Input"), ("Steam", "Input"), ("Clean linen", "Output"), ("Waste water", "Output"))


def test_without_scripts_a_test_is_answered_and_handed_in(visit: Callable[..., Page]) -> None:
    learner = LearnerFactory()
    test = practice_set(1, mode="test", type="numeric", time_limit=20, shuffle=False)
    objective = test.parts.get().objective
    sort = QuestionFactory(objective=objective, type="classification", content=sorting(), publish=True)
    test.parts.all().delete()
    PartFactory(assessment=test, objective=None, question=Question.objects.exclude(pk=sort.pk).get())
    PartFactory(assessment=test, objective=None, question=sort)
    page = visit(learner.user, java_script_enabled=False)
    page.goto(reverse("assessments:start", args=[test.slug]))
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text(re.compile(r"^Ends at \d\d:\d\d:\d\d$"))).to_be_visible()
    page.get_by_role("textbox").fill("248 ish")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("“248 ish” is not a number.")).to_be_visible()
    page.get_by_role("textbox").fill(right(AttemptItem.objects.get(position=1)))
    page.get_by_role("button", name="Save and go on").click()
    for text, bucket in ITEMS:
        page.get_by_role("radiogroup", name=text).get_by_label(bucket).check()
    page.get_by_role("button", name="Save and look it over").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Every question is answered")
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Passed with 100\u202f%.")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_sorting_fits_every_width_and_is_accessible(
    page: Page, me: Learner, check_accessible: Check, width: int
) -> None:
    practice = practice_set(1)
    sort = QuestionFactory(
        objective=practice.parts.get().objective, type="classification", content=sorting(), publish=True
    )
    practice.parts.all().delete()
    PartFactory(assessment=practice, objective=None, question=sort)
    attempt = start_attempt(learner=me, assessment=practice, now=timezone.now())
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(url(attempt))
    for text, _ in ITEMS:
        page.get_by_role("radiogroup", name=text).locator("label").first.click()
    saved(page)
    if width == 390:
        check_accessible(page)
    press(page, "Check")
    expect(page.get_by_text("Belongs to: Output")).to_have_count(2)
    if width == 1280:
        check_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
