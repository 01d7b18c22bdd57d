"""Importing questions in a browser: choose a file, look, import."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from assessments.models import Question
from tests.factories import ObjectiveFactory, make_editor

GIFT = b"::One::A *line* of?{=b #Yes\n~%50%c}\n\nOnly words\n\n// [tag:flow]\n::Two::How many?{#3:1~#No}\n"


@pytest.fixture
def editor(transactional_db: None, sign_in: Callable[[User], None]) -> User:
    user: Any = make_editor()
    sign_in(user)
    return user


@pytest.mark.browser
def test_a_file_is_looked_at_and_then_imported(
    page: Page, look: Callable[[Page], None], editor: User
) -> None:
    ObjectiveFactory(code="THR-1", title="Throughput")
    page.goto(reverse("admin:assessments_question_import"))
    look(page)
    page.get_by_label("File:").set_input_files({"name": "a.gift", "mimeType": "text/plain", "buffer": GIFT})
    page.get_by_role("button", name="Show what is in it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 of 3 questions")
    look(page)
    page.get_by_label("Objective:").select_option("THR-1 · Throughput")
    page.get_by_role("button", name="Import 2 drafts").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 drafts are in the bank")
    assert Question.objects.count() == 2
    page.goto(reverse("admin:assessments_question_export"))
    look(page)
