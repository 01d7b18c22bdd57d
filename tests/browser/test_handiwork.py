"""The editor's handiwork in a browser: order by mouse, keyboard, without JavaScript; duplicate; replace."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from assessments.models import Question
from concepts.models import Concept, Module
from tests.browser.steps import Look, Visit, follow, press, tab_to
from tests.factories import (
    AssessmentFactory,
    ConceptFactory,
    MetricFactory,
    ModuleFactory,
    ObjectiveFactory,
    PartFactory,
    QuestionFactory,
    make_editor,
    single_choice,
)

LONG = "A very long name of a lesson about the movement of pallets between halls and what it costs"


@pytest.fixture
def editor(transactional_db: None, sign_in: Callable[[User], None]) -> User:
    """An editor, signed in."""
    user: Any = make_editor()
    sign_in(user)
    return user


@pytest.fixture
def module(transactional_db: None) -> Module:
    made: Module = ModuleFactory(title="Measuring")
    for title in ("Alpha", "Beta", "Gamma"):
        ConceptFactory(module=made, title=title)
    return made


def order_of(kind: str, home: Any) -> str:
    return reverse("admin:order_of", args=[kind, home.pk])


def change(obj: Any) -> str:
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def stored(module: Module) -> list[str]:
    return list(Concept.objects.filter(module=module).order_by("position").values_list("title", flat=True))


def shown(page: Page) -> list[str]:
    return page.locator("[data-item] [data-text]").all_inner_texts()


def test_lessons_are_dragged_and_saved_together(page: Page, editor: User, module: Module) -> None:
    page.goto(change(module))
    follow(page, "Order of its lessons")
    grip = page.locator("[data-grip]").nth(2).bounding_box()
    top = page.locator("[data-item]").first.bounding_box()
    assert grip and top
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(grip["x"] + 5, top["y"] + 2, steps=8)
    page.mouse.up()
    assert shown(page) == ["Gamma", "Alpha", "Beta"]
    expect(page.locator("[data-announce]")).to_have_text("“Gamma” is now at place 1 of 3. Save to keep it.")
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    assert stored(module) == ["Alpha", "Beta", "Gamma"]
    press(page, "Save this order")
    expect(page.get_by_text("The new order is saved.")).to_be_visible()
    assert stored(module) == ["Gamma", "Alpha", "Beta"]


def test_lessons_are_moved_by_the_keyboard_alone(page: Page, editor: User, module: Module) -> None:
    page.goto(order_of("lessons", module))
    up = page.get_by_role("button", name="Move up: Gamma", exact=True)
    tab_to(page, up)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")
    assert shown(page) == ["Gamma", "Alpha", "Beta"]
    tab_to(page, page.get_by_role("button", name="Save this order"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert stored(module) == ["Gamma", "Alpha", "Beta"]


def test_without_javascript_each_button_moves_its_line_and_keeps_the_focus(
    visit: Visit, transactional_db: None, module: Module
) -> None:
    page = visit(make_editor(), java_script_enabled=False)
    page.goto(order_of("lessons", module))
    press(page, "Move up: Gamma")
    expect(page.get_by_text("“Gamma” is now at place 2 of 3.")).to_be_visible()
    assert stored(module) == ["Alpha", "Gamma", "Beta"]
    page.keyboard.press("Enter")  # the same button has the focus
    expect(page.get_by_text("“Gamma” is now at place 1 of 3.")).to_be_visible()
    assert stored(module) == ["Gamma", "Alpha", "Beta"]


def test_pages_of_order_are_accessible_empty_and_full(
    page: Page, editor: User, module: Module, look: Look
) -> None:
    for _ in range(30):
        ConceptFactory(module=module, title=LONG)
    part = PartFactory()
    for url in (
        order_of("lessons", module),
        order_of("lessons", ModuleFactory()),
        reverse("admin:order", args=["modules"]),
        order_of("inputs", MetricFactory()),
        order_of("parts", part.assessment),
    ):
        page.goto(url)
        look(page)
    page.goto(order_of("lessons", module))
    ConceptFactory(module=module)
    press(page, "Save this order")
    expect(page.get_by_text("Somebody added or removed something")).to_be_visible()
    look(page)


def test_a_lesson_is_duplicated_with_new_codes(page: Page, editor: User, look: Look) -> None:
    objective = ObjectiveFactory(code="THR-1", concept__title="Flow", concept__slug="flow")
    QuestionFactory(objective=objective)
    page.goto(change(objective.concept))
    follow(page, "Duplicate")
    look(page)
    page.get_by_label("New code for THR-1").fill("thr 2")
    press(page, "Make the copy")
    expect(page.get_by_text("Capitals, a hyphen and a number")).to_be_visible()
    look(page)
    page.get_by_label("New code for THR-1").fill("THR-2")
    page.get_by_label("Copy their questions too, as drafts").check()
    press(page, "Make the copy")
    expect(page.get_by_role("heading", level=1)).to_have_text("Copy of Flow")
    expect(page.get_by_text("1 question was copied with it.")).to_be_visible()
    assert Concept.objects.get(slug="copy-of-flow").status == "draft"


def test_an_assessment_and_a_question_are_duplicated(page: Page, editor: User) -> None:
    for obj in (QuestionFactory(title="How fast"), AssessmentFactory(title="How far")):
        page.goto(change(obj))
        follow(page, "Duplicate")
        press(page, "Make the copy")
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Copy of {obj.title}")


def test_words_are_found_looked_at_and_replaced(page: Page, editor: User, look: Look) -> None:
    concept = ConceptFactory(title="Flow", body="The customer pays. A customer waits. [x](concept:customer)")
    QuestionFactory(content=single_choice() | {"stem": "Does a customer wait?"}, title=LONG)
    page.goto(reverse("admin:index"))
    follow(page, "Find and replace")
    look(page)
    page.get_by_label("Find").fill("customer")
    page.get_by_label("Replace by").fill("client")
    press(page, "Show the hits")
    expect(page.get_by_role("heading", name="3 hits")).to_be_visible()
    look(page)
    page.get_by_label("Leave out hit 1 in Flow").check()
    press(page, "Replace them")
    expect(page.get_by_text("Replaced in 2 places of 2 objects.")).to_be_visible()
    concept.refresh_from_db()
    assert concept.body == "The customer pays. A client waits. [x](concept:customer)"
    page.goto(change(concept))
    follow(page, "History")
    expect(page.get_by_text("Replaced “customer” by “client”.")).to_be_visible()


def test_a_page_that_has_become_old_is_told_and_shown_anew(page: Page, editor: User, look: Look) -> None:
    concept = ConceptFactory(summary="The customer pays.")
    page.goto(f"{reverse('admin:replace')}?find=customer&by=client&kinds=concept&whole_words=on")
    Concept.objects.filter(pk=concept.pk).update(summary="Every customer pays.")
    press(page, "Replace them")
    expect(page.get_by_text("Somebody changed one of these texts since you looked.")).to_be_visible()
    look(page)
    press(page, "Replace them")
    expect(page.get_by_text("Replaced in 1 place of 1 object.")).to_be_visible()


def test_questions_are_tagged_and_moved_from_their_list(page: Page, editor: User, look: Look) -> None:
    objective = ObjectiveFactory(code="NEW-1", title="Elsewhere")
    question = QuestionFactory(title="How fast")
    QuestionFactory(title=LONG, content=single_choice() | {"tags": ["lean", "exam"]})
    page.goto(reverse("admin:assessments_question_changelist"))
    act(page, "tag_selected")
    look(page)
    add = page.get_by_label("Add tags")
    add.fill("flow, ")
    assert page.locator("#known-tags option").evaluate_all("all => all.map((one) => one.value)") == [
        "flow, exam",
        "flow, lean",
    ]
    add.fill("flow")
    page.get_by_label("exam (1)").check()
    press(page, "Change the tags")
    expect(page.get_by_text("2 questions changed.")).to_be_visible()
    assert Question.objects.get(pk=question.pk).content["tags"] == ["flow"]
    follow(page, "flow")
    act(page, "move_selected")
    look(page)
    page.get_by_label("Move to this objective").select_option(label=str(objective))
    page.get_by_label(re.compile("A very long name")).uncheck()
    press(page, "Move them")
    expect(page.get_by_text("1 moved to “NEW-1: Elsewhere”.")).to_be_visible()
    assert Question.objects.get(pk=question.pk).objective == objective


def act(page: Page, action: str) -> None:
    """Choose every row and an action."""
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(action)
    with page.expect_navigation():
        page.locator("button[name=index]").click()
