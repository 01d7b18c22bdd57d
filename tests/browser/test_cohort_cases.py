"""Case studies of a cohort: assigned, watched, looked through, replayed and debriefed by its instructor."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Assignment, Cohort
from tests.browser.conftest import DESK, PHONE
from tests.browser.steps import follow, press, tab_to
from tests.cases import make_case
from tests.cohort_cases import QUIT, THROUGH, played
from tests.factories import CohortFactory, LearnerFactory, MembershipFactory

Look = Callable[[Page], None]


def taught() -> tuple[Cohort, User]:
    """A cohort of four who play a case, and its instructor."""
    cohort, teacher = CohortFactory(), LearnerFactory()
    MembershipFactory(cohort=cohort, learner=teacher, role="instructor")
    case, now = make_case(title="The late shop", slug="late-shop"), timezone.now()
    played(cohort, case, [], name="Ada Early", at=now - timedelta(days=9))
    played(cohort, case, [], name="Bo Second", at=now)
    played(cohort, case, QUIT, name="Cy Done", writes=True, at=now - timedelta(days=2))
    played(
        cohort, case, THROUGH, role="operations", name="Di Through", writes=True, at=now - timedelta(days=1)
    )
    return cohort, teacher.user


def test_a_case_is_assigned_watched_replayed_and_debriefed(
    page: Page, sign_in: Callable[[User], None], look: Look
) -> None:
    cohort, teacher = taught()
    sign_in(teacher)
    page.goto(cohort.get_absolute_url())
    follow(page, "Case studies")
    expect(page.get_by_role("heading", level=1)).to_have_text("No case is assigned yet")
    look(page)
    follow(page, "Assign The late shop")
    page.get_by_label("Due").fill("2020-01-01T10:00")
    page.get_by_label("Note").fill("Play it before Friday.")
    press(page, "Assign it")
    expect(page.get_by_text("is past. Choose a moment")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("Play it before Friday.")
    look(page)
    page.get_by_label("Due").fill("2099-01-01T10:00")
    page.get_by_label("Both roles").check()
    press(page, "Assign it")
    assert Assignment.objects.get().both_roles

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Two people are at “The first week”, one for nine days"
    )
    expect(page.get_by_role("link", name="Grade 2 recommendations")).to_be_visible()
    look(page)
    follow(page, "Decisions")
    expect(page.get_by_role("heading", name="Overtime")).to_be_visible()
    page.get_by_text("The figures").first.click()
    look(page)
    follow(page, "Teaching note")
    look(page)
    follow(page, "Where people stand")
    follow(page, "Di Through")
    follow(page, "First")
    expect(page.get_by_text("It rose before.")).to_be_visible()
    look(page)
    tab_to(page, page.get_by_role("link", name="Next"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The second week")).to_be_visible()
    follow(page, "Last")
    page.get_by_role("link", name="[E1]").click()
    expect(page.locator("#exhibit-orders")).to_have_attribute("open", "")
    look(page)


def test_slides_go_by_the_arrows_and_fit_a_phone(
    page: Page, sign_in: Callable[[User], None], look: Look
) -> None:
    cohort, teacher = taught()
    sign_in(teacher)
    page.goto(reverse("assessments:cohort_slides", args=[cohort.pk, "late-shop"]))
    look(page)
    for number in (2, 3):
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile(f"#slide-{number}$"))
        expect(page.locator(f"#slide-{number}")).to_be_in_viewport()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("#slide-2$"))
    page.keyboard.press("End")
    expect(page.get_by_role("heading", name="The two roles compared")).to_be_in_viewport()
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        heights = page.locator(".tk-slide").evaluate_all("all => all.map(one => one.offsetHeight)")
        assert min(heights) >= size["height"]


def test_slides_go_by_links_without_scripts(visit: Callable[..., Page]) -> None:
    cohort, teacher = taught()
    page = visit(teacher, java_script_enabled=False)
    page.goto(reverse("assessments:cohort_slides", args=[cohort.pk, "late-shop"]))
    page.get_by_role("link", name="Next").first.click()
    expect(page).to_have_url(re.compile("#slide-2$"))
    expect(page.get_by_role("heading", name="The first week")).to_be_in_viewport()


def test_the_figures_of_a_replay_stay_within_a_phone(page: Page, sign_in: Callable[[User], None]) -> None:
    cohort, teacher = CohortFactory(), LearnerFactory()
    MembershipFactory(cohort=cohort, learner=teacher, role="instructor")
    case = make_case(title="The long shop", slug="long-shop")
    version = case.versions.get()
    version.content["variables"][0] |= {"label": "Extracostandincomelost", "unit": "thousand euros a week"}
    type(version).objects.filter(pk=version.pk).update(content=version.content)
    run = played(cohort, case, THROUGH, name="Ed Wide")
    sign_in(teacher.user)
    page.set_viewport_size(PHONE)
    page.goto(reverse("assessments:cohort_replay", args=[cohort.pk, run.pk]) + "?step=last")
    expect(page.get_by_role("region", name="The figures before and after")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
