"""Learning paths and the self-assessment in a browser: by keyboard, without JavaScript, read by axe."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from assessments.models import Learner, SkillRating
from concepts.models import LearningPath, Skill
from tests.assessments.lives import answered, lesson
from tests.browser.steps import press
from tests.factories import LearnerFactory, LearningPathFactory, PathStepFactory, SkillFactory, make_editor

SignIn = Callable[[User], None]
Look = Callable[[Page], None]
SKILLS, PATHS = reverse("assessments:skills"), reverse("concepts:paths")


@pytest.fixture
def me(transactional_db: None, sign_in: SignIn) -> Learner:
    """A learner who has begun, signed in; there are a path and two skills."""
    learner: Learner = LearnerFactory()
    first, (question,) = lesson(title="Counted first")
    second, _ = lesson(12, title="Floor first")
    answered(learner, question, 1, 1)
    path = LearningPathFactory(slug="floor", title="New production manager")
    PathStepFactory(path=path, module=second.module, position=1)
    PathStepFactory(path=path, module=first.module, position=2, emphasis="familiar")
    SkillFactory(slug="it-skill", name="IT skill", role="production", concept=first)
    SkillFactory(slug="leadership", name="Leadership", role="operations", concept=second)
    sign_in(learner.user)
    return learner


def test_every_page_is_accessible_and_fits(page: Page, me: Learner, look: Look) -> None:
    path = LearningPath.objects.get()
    for followed in (None, path):
        Learner.objects.filter(pk=me.pk).update(path=followed)
        for url in (
            PATHS,
            path.get_absolute_url(),
            reverse("concepts:course"),
            reverse("assessments:settings"),
        ):
            page.goto(url)
            look(page)
            page.set_viewport_size({"width": 320, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, url
            page.set_viewport_size({"width": 1280, "height": 800})


def test_a_path_is_followed_and_left_by_keyboard(page: Page, me: Learner) -> None:
    page.goto(reverse("concepts:course"))
    page.get_by_role("link", name="Choose a path that suits your role").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="New production manager").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Follow this path").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("You follow “New production manager”.")
    expect(page.get_by_role("link", name="Go on with Floor first")).to_be_visible()
    page.goto(reverse("concepts:course"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Floor first")
    page.goto(LearningPath.objects.get().get_absolute_url())
    page.get_by_role("button", name="Leave this path").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status")).to_contain_text("You follow no path now.")
    me.refresh_from_db()
    assert me.path is None


def test_skills_are_rated_by_keyboard_and_told_on_progress(page: Page, me: Learner, look: Look) -> None:
    page.goto("/progress/")
    look(page)
    page.get_by_role("link", name="Rate your skills").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page)
    skill = page.get_by_role("group", name="IT skill")
    skill.get_by_label("new to it").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Linked the scales on Monday.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("One rating is saved.")
    row = SkillRating.objects.get()
    assert (row.level, row.example) == (2, "Linked the scales on Monday.")
    look(page)
    page.get_by_role("link", name="See them on Progress").click()
    expect(page.get_by_text("0 of 1 on your own or better", exact=True)).to_be_visible()
    look(page)


def test_all_of_it_works_without_javascript(visit: Callable[..., Page], me: Learner, look: Look) -> None:
    plain = visit(me.user, java_script_enabled=False)
    plain.goto(LearningPath.objects.get().get_absolute_url())
    press(plain, "Follow this path")
    expect(plain.get_by_role("button", name="Leave this path")).to_be_visible()
    plain.goto(SKILLS)
    plain.get_by_role("group", name="Leadership").get_by_role("textbox").fill("Led the move.")
    press(plain, "Save your ratings")
    expect(plain.get_by_text("You gave an example. Choose the level that it shows.")).to_be_visible()
    leadership = plain.get_by_role("group", name="Leadership")
    expect(leadership.get_by_role("textbox")).to_have_value("Led the move.")
    leadership.get_by_label("on my own").check()
    press(plain, "Save your ratings")
    expect(plain.get_by_role("heading", level=1)).to_contain_text("1 of 2 skills on your own or better")


def test_what_was_refused_is_accessible(page: Page, me: Learner, look: Look) -> None:
    page.goto(SKILLS)
    press(page, "Save your ratings")
    expect(page.get_by_role("alert")).to_contain_text("No level is chosen yet.")
    look(page)
    page.get_by_role("group", name="IT skill").get_by_role("textbox").fill("On Monday.")
    press(page, "Save your ratings")
    look(page)


def test_the_editors_pages_are_accessible(
    visit: Callable[..., Page], me: Learner, check_accessible: Look
) -> None:
    desk = visit(make_editor())
    for kind, obj in (("learningpath", LearningPath.objects.get()), ("skill", Skill.objects.first())):
        desk.goto(reverse(f"admin:concepts_{kind}_change", args=[obj.pk]))
        check_accessible(desk)
        desk.goto(reverse(f"admin:concepts_{kind}_changelist"))
        check_accessible(desk)
