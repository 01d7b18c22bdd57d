"""A cohort in the browser: empty, its join links, and its table on a phone. The journey is elsewhere."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from assessments.models import Cohort, ModuleState
from tests.browser.steps import until
from tests.factories import (
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


def fits(page: Page) -> bool:
    """Whether nothing makes the page itself scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_an_empty_cohort_says_what_to_do(
    page: Page, cohort: Cohort, teacher: User, check_accessible: Check
) -> None:
    page.goto(reverse("assessments:cohorts"))
    check_accessible(page)
    page.get_by_role("link", name=cohort.name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nobody has joined yet")
    check_accessible(page)
    page.get_by_role("link", name="Make a join link").click()
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
    until(page, lambda: table.evaluate("region => region.scrollLeft") > 0)
    box = page.locator("tbody th").first.bounding_box()
    assert box is not None
    assert box["x"] >= 0  # it stays while the rest scrolls
