"""The editor's forms for those who hear them or have no scripts: rows say which they are, lists are there."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from concepts.models import Concept
from tests.factories import ConceptFactory, MetricFactory, ModuleFactory, ObjectiveFactory, make_editor
from tests.forms import change


@pytest.fixture
def editor(transactional_db: None, sign_in: Callable[[User], None]) -> User:
    """An editor, signed in."""
    user: Any = make_editor()
    sign_in(user)
    return user


def test_a_row_that_is_added_says_which_it_is(page: Page, editor: User) -> None:
    concept = ObjectiveFactory(concept__status="draft").concept
    page.goto(change(concept))
    add = page.get_by_role("button", name="Add another Objective")
    add.click()
    add.click()
    for row, code in enumerate(("ADD-1", "ADD-2"), 2):
        page.get_by_role("textbox", name=f"Objective {row}: Code", exact=True).fill(code)
        expect(page.get_by_role("combobox", name=f"Objective {row}: Level", exact=True)).to_have_count(1)
    expect(page.locator("[name=objectives-2-code]")).to_have_value("ADD-2")
    expect(page.get_by_role("textbox", name="Objective __row__")).to_have_count(0)


def test_rows_are_counted_anew_when_one_goes(page: Page, editor: User) -> None:
    metric = MetricFactory(status="draft")
    page.goto(change(metric))
    before = page.get_by_role("textbox", name=re.compile(r"^Input \d+: Name$")).count()
    assert before >= metric.inputs.count() == 2
    add = page.get_by_role("button", name="Add another Input")
    for name in ("first", "second"):
        add.click()
        page.locator("[name$='-name'][name^='inputs-']:visible").last.fill(name)
    page.locator("#inputs-group").get_by_role(
        "button", name=f"Remove: Input {before + 1}", exact=True
    ).click()
    left = page.get_by_role("textbox", name=f"Input {before + 1}: Name", exact=True)
    expect(left).to_have_value("second")
    expect(page.get_by_role("textbox", name=f"Input {before + 2}: Name", exact=True)).to_have_count(0)


def test_a_lesson_is_begun_without_javascript(editor: User, visit: Callable[..., Page]) -> None:
    module, before = ModuleFactory(title="Measuring"), ConceptFactory(title="Read first")
    page = visit(editor, java_script_enabled=False)
    page.goto(reverse("admin:concepts_concept_add"))
    page.get_by_role("link", name="Choose from plain lists").click()
    page.get_by_label("Title:").fill("Lead time")
    page.get_by_label("Address:").fill("lead time")
    page.get_by_label("Module:").select_option("Measuring")
    page.get_by_label("Read before:").select_option("Read first")
    page.get_by_label("Lede:").fill("The lede.")
    page.get_by_label("Lesson:").fill("Words.")
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator("#content")).to_contain_text("An address takes small letters, digits and hyphens")
    page.get_by_label("Address:").fill("lead-time")
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".messagelist")).to_contain_text("Lead time")
    lesson = Concept.objects.get(slug="lead-time")
    assert (lesson.module, list(lesson.prerequisites.all())) == (module, [before])
    page.get_by_label("Read before:").select_option([])  # the lists are still there
    page.get_by_label("Title:").fill("Lead time anew")
    page.get_by_role("button", name="Save and continue editing").first.click()
    lesson.refresh_from_db()
    assert (lesson.title, list(lesson.prerequisites.all())) == ("Lead time anew", [])
