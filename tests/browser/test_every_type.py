"""Every type of question, answered rightly: by mouse, by the keyboard alone, and without JavaScript."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page

from assessments.models import Attempt, AttemptItem, Learner
from assessments.questions import TYPES
from assessments.questions.base import is_by_hand
from assessments.services.attempts import start_attempt
from tests.assessments.prose import TEXT
from tests.assessments.questions.test_types import QUESTIONS, key_of
from tests.browser.steps import Visit, key, press, put_in_order, tab_to
from tests.factories import AssessmentFactory, LearnerFactory, PartFactory, QuestionFactory, written

pytestmark = pytest.mark.django_db(transaction=True)

Answer = Callable[[Page, AttemptItem], None]


@pytest.fixture
def attempt(transactional_db: None) -> Attempt:
    """A practice that asks one question of each type."""
    practice = AssessmentFactory(mode="practice", shuffle=False)
    for position, type_ in enumerate(TYPES, 1):
        content = QUESTIONS[type_][0] if type_ in QUESTIONS else written()
        question = QuestionFactory(type=type_, content=content, publish=True)
        PartFactory(assessment=practice, objective=None, question=question, position=position)
    learner: Learner = LearnerFactory()
    return start_attempt(learner=learner, assessment=practice, now=timezone.now())


def posted(item: AttemptItem) -> dict[str, list[str]]:
    """What answers a question rightly, field by field."""
    type_ = item.version.type
    return key_of(type_, item.values) if type_ in QUESTIONS else {"answer": [TEXT]}


def go_through(page: Page, attempt: Attempt, answer: Answer, send: Callable[[Page], None]) -> None:
    """Answer every question and see that each is worth the full mark, or waits for a person."""
    for item in attempt.items.select_related("version").order_by("position"):
        page.goto(reverse("assessments:question", args=[attempt.pk, item.position]))
        answer(page, item)
        send(page)
        item.refresh_from_db()
        if is_by_hand(item.version.kind):
            assert item.is_handed_in, item.version.type
        else:
            assert item.score == 1, item.version.type


def named(page: Page, name: str, value: str) -> Locator:
    """The control that carries a value: the very button of a group, or the one field."""
    field = page.locator(f"[name='{name}']")
    return page.locator(f"[name='{name}'][value='{value}']") if field.count() > 1 else field


def by_mouse(page: Page, item: AttemptItem) -> None:
    if item.version.type == "ordering" and page.locator("[data-moves]").first.is_visible():
        put_in_order(page.get_by_role("main"), [line["text"] for line in item.version.content["items"]])
        return
    for name, values in posted(item).items():
        for value in values:
            control = named(page, name, value)
            kind = control.evaluate("element => element.type")
            if kind in ("radio", "checkbox"):
                control.click()
            elif kind == "select-one":
                control.select_option(value)
            else:
                control.fill(value)


def by_keys(page: Page, item: AttemptItem) -> None:
    if item.version.type == "ordering":
        order_by_keys(page, [line["text"] for line in item.version.content["items"]])
        return
    for name, values in posted(item).items():
        for value in sorted(values):
            control = named(page, name, value)
            kind = control.evaluate("element => element.type")
            if kind == "radio":
                tab_to(page, page.locator(f"[name='{name}']").first)
                page.keyboard.press("Space")
                while not control.is_checked():
                    page.keyboard.press("ArrowDown")
                continue
            tab_to(page, control)
            if kind == "checkbox":
                page.keyboard.press("Space")
            elif kind == "select-one":
                page.keyboard.type(control.locator(f"option[value='{value}']").inner_text())
            else:
                page.keyboard.type(value)


def order_by_keys(page: Page, texts: list[str]) -> None:
    for place, text in enumerate(texts):
        up = page.get_by_role("button", name=f"Move up: {text}", exact=True)
        standing = page.locator("[data-item] [data-text]").all_inner_texts()
        for _ in range(standing.index(text) - place):
            tab_to(page, up)
            page.keyboard.press("Enter")


def test_by_mouse(visit: Visit, attempt: Attempt) -> None:
    page = visit(attempt.learner.user)
    go_through(page, attempt, by_mouse, lambda page: press(page, send_word(page)))


def test_by_the_keyboard_alone(visit: Visit, attempt: Attempt) -> None:
    page = visit(attempt.learner.user)
    go_through(
        page,
        attempt,
        by_keys,
        lambda page: key(page, page.get_by_role("button", name=send_word(page), exact=True)),
    )


def test_without_javascript(visit: Visit, attempt: Attempt) -> None:
    page = visit(attempt.learner.user, java_script_enabled=False)
    go_through(page, attempt, by_mouse, lambda page: press(page, send_word(page)))


def send_word(page: Page) -> str:
    """What the button says: a written answer is not checked but handed in."""
    return "Check" if page.get_by_role("button", name="Check", exact=True).count() else "Hand it in"
