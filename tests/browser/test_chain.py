"""The whole chain of a lesson, looked at: rich, empty, and with names that do not fit."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from assessments.models import Question
from tests.assessments.admin.test_chain import rich
from tests.browser.steps import follow, press
from tests.factories import ConceptFactory, ObjectiveFactory, QuestionFactory, make_editor

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz and what follows from it"


def test_an_editor_sees_what_is_missing_and_goes_where_it_is_mended(
    page: Page, sign_in: Callable[[User], None], look: Callable[[Page], None]
) -> None:
    lesson = rich()
    sign_in(make_editor())
    page.goto(reverse("admin:concepts_concept_change", args=[lesson.pk]))
    follow(page, "Whole chain")
    expect(page.get_by_role("heading", name="things are missing")).to_be_visible()
    look(page)
    code = lesson.objectives.order_by("position")[0].code
    follow(page, f"Write a question for {code}")
    page.get_by_role("link", name="True or false").first.click()
    page.get_by_label("Title").first.fill("The pace of the line")
    press(page, "Save draft")
    assert Question.objects.get(title="The pace of the line").objective.code == code


def test_a_page_without_anything_and_one_with_names_that_do_not_fit(
    page: Page, sign_in: Callable[[User], None], look: Callable[[Page], None]
) -> None:
    sign_in(make_editor())
    empty = ConceptFactory(status="draft", title="Nothing yet")
    long = ConceptFactory(title=LONG)
    QuestionFactory(objective=ObjectiveFactory(concept=long, title=LONG[:80]), title=LONG)
    for lesson in (empty, long):
        page.goto(reverse("admin:concepts_concept_chain", args=[lesson.pk]))
        expect(page.get_by_role("heading", level=1)).to_have_text(lesson.title)
        look(page)
