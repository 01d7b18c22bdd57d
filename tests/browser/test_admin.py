"""The editor's admin in a browser: what its scripts add, its width on a phone, and axe on its pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Question
from concepts.models import Concept
from tests.factories import (
    AssessmentFactory,
    CaseStudyFactory,
    ComparisonRowFactory,
    ConceptFactory,
    MetricFactory,
    MisconceptionFactory,
    ObjectiveFactory,
    PartFactory,
    QuestionFactory,
    SourceFactory,
    TermFactory,
    make_editor,
)

Look = Callable[[str], None]


@pytest.fixture
def editor(transactional_db: None, sign_in: Callable[[User], None]) -> User:
    """An editor, signed in."""
    user: Any = make_editor()
    sign_in(user)
    return user


def change(obj: Any) -> str:
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


@pytest.fixture
def look_at(page: Page, look: Callable[[Page], None]) -> Callable[[str], None]:
    """Open an address and look at it: ``look_at(url)``."""

    def look_at(url: str) -> None:
        page.goto(url)
        look(page)

    return look_at


def test_lists_and_the_front_page_are_accessible(look_at: Look, editor: User) -> None:
    ObjectiveFactory()
    QuestionFactory()
    PartFactory()
    CaseStudyFactory()
    look_at(reverse("admin:index"))
    for name in (
        "concepts_concept",
        "concepts_casestudy",
        "concepts_objective",
        "assessments_question",
        "assessments_assessment",
    ):
        look_at(reverse(f"admin:{name}_changelist"))


def test_the_forms_of_the_course_are_accessible(look_at: Look, editor: User) -> None:
    objective = ObjectiveFactory()
    objective.concept.sources.add(SourceFactory())
    row = ComparisonRowFactory()
    for obj in (
        objective.concept,
        objective,
        row,
        row.comparison,
        MetricFactory(),
        TermFactory(),
        SourceFactory(),
    ):
        look_at(change(obj))
    look_at(reverse("admin:concepts_module_add"))


@pytest.mark.parametrize("kind", ["single_choice", "true_false", "numeric", "classification"])
def test_the_form_of_each_type_of_question_is_accessible(look_at: Look, editor: User, kind: str) -> None:
    MisconceptionFactory(slug="time-divided-by-units")
    question = QuestionFactory(type=kind)
    if kind in ("true_false", "classification"):
        question.content = {"stem": "What?"}  # incomplete, so that the page says what is missing
        question.save()
    look_at(change(question))


def test_the_other_pages_of_an_editor_are_accessible(page: Page, look_at: Look, editor: User) -> None:
    question = QuestionFactory(publish=True)
    question.history.update(history_date=timezone.now() - timedelta(days=1))
    question.content["stem"] = "Asked anew?"
    question.save()
    PartFactory(assessment=AssessmentFactory(), objective=question.objective)
    for url in (
        reverse("admin:assessments_question_add"),
        reverse("admin:assessments_question_preview", args=[question.pk]),
        reverse("admin:assessments_question_history", args=[question.pk]),
        reverse("admin:assessments_question_delete", args=[question.pk]),
        change(question.parts.model.objects.get().assessment),
        change(question.live),
        change(MisconceptionFactory()),
    ):
        look_at(url)
    page.goto(reverse("admin:assessments_question_history", args=[question.pk]))
    page.get_by_role("link", name="Look at the version of").first.click()
    look_at(page.url)


def test_the_toolbar_writes_markdown_and_the_preview_follows(page: Page, editor: User) -> None:
    concept = ConceptFactory(body="Throughput counts good units.")
    page.goto(change(concept))
    field = page.get_by_label("Lesson:")
    field.evaluate("field => field.setSelectionRange(18, 28)")
    bold = page.get_by_role("toolbar", name="Formatting").get_by_role("button", name="Bold")
    bold.focus()
    page.keyboard.press("Enter")  # by keyboard, and once only
    expect(field).to_have_value("Throughput counts **good units**.")
    page.get_by_role("button", name="Show the preview").click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview.locator("strong")).to_have_text("good units")
    page.get_by_role("button", name="Example").click()
    expect(preview.locator(".tk-callout")).to_contain_text("Example")
    page.get_by_role("button", name="Publish changes").first.click()
    expect(page.locator(".messagelist")).to_contain_text("is published")
    assert "::: example" in Concept.objects.get().body


def test_rows_are_added_and_removed_and_the_draws_follow(page: Page, editor: User) -> None:
    MisconceptionFactory(slug="time-divided-by-units", name="Time divided by units")
    question = QuestionFactory(type="numeric")
    page.goto(change(question))
    checks = page.locator(".tk-checks")
    expect(checks).to_contain_text("No slip within ±1")
    page.get_by_label("Tolerance:").fill("2 %")
    expect(checks).to_contain_text("No slip within ±2")
    rows = page.locator(".tk-rows[data-prefix=q-parameters] tbody tr")
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Add another parameter").click()
    expect(rows).to_have_count(3)
    page.get_by_label("Name, row 3").fill("spare")
    page.get_by_label("Or one of these, row 3").fill("1, 2")
    page.get_by_role("button", name="Remove, row 3").click()
    expect(rows.nth(2)).to_be_hidden()
    page.get_by_role("button", name="Add another slip").click()
    page.get_by_label("Its answer, row 2").fill("units * hours")
    page.get_by_label("What the learner reads, row 2").fill("You multiplied.")
    page.get_by_label("Misconception, row 2").select_option("Time divided by units")
    page.get_by_role("button", name="Save and publish version 1").click()
    expect(page.locator(".messagelist")).to_contain_text("Version 1 is live")
    question.refresh_from_db()
    assert set(question.content["parameters"]) == {"units", "hours"}
    assert len(question.content["slips"]) == 2


def test_a_bucket_is_called_in_every_row_what_it_is_called_above(page: Page, editor: User) -> None:
    page.goto(f"{reverse('admin:assessments_question_add')}?type=classification")
    page.get_by_label("First bucket:").fill("Input")
    expect(page.get_by_label("Belongs to, row 1").locator("option").nth(1)).to_have_text("Input")
    page.get_by_role("button", name="Add another item").click()
    expect(page.get_by_label("Belongs to, row 2").locator("option").nth(1)).to_have_text("Input")


def test_a_new_question_without_javascript(editor: User, visit: Callable[..., Page]) -> None:
    objective = ObjectiveFactory(code="THR-1")
    page = visit(editor, java_script_enabled=False)
    page.goto(f"{reverse('admin:assessments_question_add')}?objective={objective.pk}")
    page.get_by_role("link", name="Single choice").click()
    page.get_by_label("Title:").fill("Throughput of a press")
    page.get_by_label("Address:").fill("throughput-of-a-press")
    page.get_by_label("Question:").fill("A press is faster. What becomes of its throughput?")
    for row, text in enumerate(("It rises", "It falls", "It stays"), 1):
        page.get_by_label(f"Choice, row {row}").fill(text)
        page.get_by_label(f"Feedback if picked, row {row}").fill("Because the time is shorter.")
    page.get_by_label("Right, row 1").check()
    page.get_by_label("Explanation:").fill("The same count in less time.")
    page.get_by_role("button", name="Save and publish version 1").click()
    expect(page.locator(".messagelist")).to_contain_text("Version 1 is live")
    question = Question.objects.get()
    assert question.is_published
    assert [choice["text"] for choice in question.content["choices"]] == ["It rises", "It falls", "It stays"]
