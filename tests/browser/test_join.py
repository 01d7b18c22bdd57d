"""The instructor's journey: from a join link, through a new learner in another browser, to the export."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessments.models import Cohort, ModuleState
from tests.factories import (
    PASSWORD,
    CohortFactory,
    ConceptFactory,
    JoinLinkFactory,
    LearnerFactory,
    MembershipFactory,
    ModuleFactory,
    ObjectiveFactory,
    UserFactory,
)

Check = Callable[[Page], None]


@pytest.fixture
def cohort(transactional_db: None) -> Cohort:
    made: Cohort = CohortFactory(name="Plant supervisors, autumn 2026")
    return made


@pytest.fixture
def teacher(cohort: Cohort, sign_in: Callable[[User], None]) -> User:
    """The instructor, signed in in the browser."""
    user: User = UserFactory(first_name="Tomasz", last_name="Wilk")
    MembershipFactory(cohort=cohort, learner=LearnerFactory(user=user), role="instructor")
    sign_in(user)
    return user


@pytest.fixture
def newcomer(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A phone elsewhere, on which nobody has been before."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def fits(page: Page) -> bool:
    """Whether nothing makes the page itself scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def sign_up(page: Page) -> None:
    page.get_by_label("First name").fill("Ada")
    page.get_by_label("Last name").fill("Lund")
    page.get_by_label("E-mail address").fill("ada@example.org")
    for password in page.locator("input[type=password]").all():
        password.fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()


def test_from_a_join_link_to_the_export(
    page: Page, newcomer: Page, cohort: Cohort, teacher: User, check_accessible: Check
) -> None:
    ObjectiveFactory(concept=ConceptFactory(module=ModuleFactory(title="Foundations")))
    page.goto(reverse("assessments:cohorts"))
    check_accessible(page)
    page.get_by_role("link", name=cohort.name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody has joined yet")
    check_accessible(page)
    page.get_by_role("link", name="Make a join link").click()
    page.get_by_label("Places").fill("3")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Three more people can join")
    check_accessible(page)

    newcomer.goto(page.get_by_label("0 of 3 places taken").input_value())
    expect(newcomer.get_by_role("heading", level=1)).to_have_text(f"Tomasz Wilk invites you to {cohort.name}")
    check_accessible(newcomer)
    assert fits(newcomer)
    newcomer.get_by_role("link", name="Make an account").click()
    sign_up(newcomer)
    check_accessible(newcomer)
    newcomer.get_by_role("button", name=f"Join {cohort.name}").click()
    expect(newcomer.get_by_text(f"You are in {cohort.name} now.")).to_be_visible()
    assert newcomer.url.endswith(reverse("assessments:home"))

    page.goto(cohort.get_absolute_url())
    expect(page.get_by_role("row", name="Ada Lund")).to_contain_text("no answer yet")
    check_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download 1 row (CSV)").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert [row[:2] for row in csv.reader(io.StringIO(text))][1] == ["Ada Lund", "ada@example.org"]
    page.get_by_role("link", name="Ada Lund").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Lund has mastered 0 of 1 objectives")
    check_accessible(page)


def test_a_link_is_copied_and_withdrawn(page: Page, cohort: Cohort, teacher: User) -> None:
    link = JoinLinkFactory(cohort=cohort, created_by=teacher)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(reverse("assessments:cohort_links", args=[cohort.pk]))
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_attached()
    assert page.evaluate("navigator.clipboard.readText()").endswith(link.get_absolute_url())
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody can join now: no link is open")
    page.goto(link.get_absolute_url())
    page.context.clear_cookies()
    response = page.goto(link.get_absolute_url())
    assert response is not None
    assert response.status == 410
    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody can join by this link any more")


def test_the_table_is_searched_sorted_and_read_on_a_phone(
    page: Page, cohort: Cohort, teacher: User, check_accessible: Check
) -> None:
    module = ModuleFactory(title="Foundations")
    ObjectiveFactory.create_batch(4, concept=ConceptFactory(module=module))
    for mastered, name in enumerate(("Ash", "Birch", "Cedar")):
        learner = LearnerFactory(user=UserFactory(first_name="Maren", last_name=name))
        MembershipFactory(cohort=cohort, learner=learner)
        ModuleState.objects.create(learner=learner, module=module, mastered=mastered, points=4 * mastered)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(cohort.get_absolute_url())
    assert fits(page)
    check_accessible(page)
    page.get_by_role("columnheader", name="Mastered").get_by_role("link").click()
    expect(page.locator("tbody th a").first).to_have_text("Maren Cedar")
    page.get_by_label("Name or e-mail address").fill("birch")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "sort=-mastered" in page.url
    table = page.get_by_role("region", name="Table of learners and modules")
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.tk-overview').parentElement.scrollLeft > 0")
    box = page.locator("tbody th").first.bounding_box()
    assert box is not None
    assert box["x"] >= 0  # it stays while the rest scrolls
