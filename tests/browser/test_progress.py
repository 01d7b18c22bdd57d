"""Today, progress and settings in a browser: read by axe in light and dark, on a desk and on a phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Learner
from assessments.services.attempts import start_attempt
from tests.assessments.lives import answered, lesson, mastered
from tests.factories import LearnerFactory, practice_set

SignIn = Callable[[User], None]
Check = Callable[[Page], None]
PAGES = [
    "/",
    "/progress/",
    "/progress/?view=table",
    "/progress/?view=answers",
    "/progress/how/",
    "/settings/",
]


@pytest.fixture
def me(transactional_db: None) -> Learner:
    """Somebody with something in every section of every page."""
    learner: Learner = LearnerFactory()
    _, questions = lesson(5, title="Throughput and flow")
    answered(learner, questions[0], 1, 1, days=40)
    mastered(learner, questions[1], days=3)
    mastered(learner, questions[2], days=400)
    answered(learner, questions[3], 0.3)
    start_attempt(learner=learner, assessment=practice_set(2), now=timezone.now())
    practice_set(2, mode="test", time_limit=20, closes_at=timezone.now() + timedelta(days=1))
    return learner


@pytest.fixture
def newcomer(transactional_db: None) -> Learner:
    """Somebody with nothing, and with a name that goes on."""
    lesson(3)
    user = {"user__first_name": "Wilhelmina", "user__last_name": "van der Straten-Oppenheimer-Schwarzenberg"}
    learner: Learner = LearnerFactory(**user)
    return learner


def scrolls_sideways(page: Page) -> bool:
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width > 0


def look(page: Page, check: Check, addresses: list[str]) -> None:
    for address in addresses:
        page.goto(address)
        check(page)
        page.set_viewport_size({"width": 320, "height": 640})
        assert not scrolls_sideways(page), address
        page.set_viewport_size({"width": 1280, "height": 800})


def test_a_full_life_is_accessible(page: Page, sign_in: SignIn, check_accessible: Check, me: Learner) -> None:
    sign_in(me.user)
    objective = me.states.order_by("-level").first().objective
    look(page, check_accessible, [*PAGES, f"/progress/objectives/{objective.code}/"])


def test_so_is_an_empty_one(page: Page, sign_in: SignIn, check_accessible: Check, newcomer: Learner) -> None:
    sign_in(newcomer.user)
    look(page, check_accessible, PAGES[:4])


def test_from_today_to_an_objective_by_keyboard(page: Page, sign_in: SignIn, me: Learner) -> None:
    sign_in(me.user)
    page.goto("/")
    page.get_by_role("link", name="objectives mastered").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("objectives mastered")
    page.get_by_role("link", name="Fading").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is mastered, but recall has slipped below 80 %.")).to_be_visible()


def test_the_figures_behind_a_chart_open(page: Page, sign_in: SignIn, me: Learner) -> None:
    sign_in(me.user)
    page.goto("/progress/")
    expect(page.get_by_role("img", name="over time")).to_be_visible()
    page.get_by_text("The figures").first.click()
    expect(page.get_by_role("columnheader", name="Proficient")).to_be_visible()


def test_on_a_phone_the_names_stay_beside_what_is_scrolled_to(
    page: Page, sign_in: SignIn, me: Learner
) -> None:
    sign_in(me.user)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/progress/?view=table")
    name = page.locator(".tk-standing th[scope=row]").first
    page.locator(".tk-scroll").first.evaluate("box => box.scrollLeft = box.scrollWidth")
    before = page.locator(".tk-scroll").first.bounding_box()
    after, last = name.bounding_box(), page.get_by_role("columnheader", name="Next review").bounding_box()
    assert before and after and last
    assert abs(after["x"] - before["x"]) <= 1
    assert after["x"] + after["width"] <= last["x"]


def test_the_zone_of_the_device_is_offered(page: Page, sign_in: SignIn, me: Learner) -> None:
    sign_in(me.user)
    page.add_init_script("Intl.DateTimeFormat.prototype.resolvedOptions = () => ({timeZone: 'Asia/Tokyo'})")
    page.goto("/settings/")
    page.get_by_role("button", name="Use that zone").click()
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    expect(page.get_by_role("button", name="Use that zone")).to_be_hidden()
    page.get_by_role("button", name="Save the settings").click()
    expect(page.get_by_text("Your settings are saved.")).to_be_visible()
    me.refresh_from_db()
    assert me.time_zone == "Asia/Tokyo"
