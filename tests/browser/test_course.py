"""The course in a browser: read and check, compare and cover, reckon and look up, on a desk and a phone."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from assessments.models import Learner
from concepts.models import Comparison, Concept, Metric
from tests.factories import (
    AssessmentFactory,
    ComparisonFactory,
    ComparisonRowFactory,
    ConceptFactory,
    LearnerFactory,
    MetricFactory,
    ObjectiveFactory,
    PartFactory,
    QuestionFactory,
    SourceFactory,
    StateFactory,
    TermFactory,
)

BODY = """## A rate

Count the good units.

```formula
throughput = {units} / {time}
```

::: misconception time divided by units
```formula
wrong: throughput = {time} / {units}
```
Turn it over.
:::

::: worked a filling line
- Good units divided by time | 5,400 ÷ 7.5 h
- Throughput | 720 an hour
:::
"""
SignIn = Callable[[User], None]
Check = Callable[[Page], None]


@pytest.fixture
def me(transactional_db: None, sign_in: SignIn) -> Learner:
    """A learner, signed in."""
    learner: Learner = LearnerFactory()
    sign_in(learner.user)
    return learner


@pytest.fixture
def lesson(me: Learner) -> Concept:
    """A lesson with everything on its page."""
    lesson: Concept = ConceptFactory(title="Throughput and flow", body=BODY)
    objective = ObjectiveFactory(concept=lesson, code="THR-1")
    StateFactory(learner=me, objective=objective, level=1)
    for kind in ("numeric", "single_choice"):
        QuestionFactory(objective=objective, type=kind, publish=True)
    PartFactory(assessment__concept=lesson, objective=objective)
    PartFactory(
        assessment=AssessmentFactory(concept=None, module=lesson.module, mode="test"), objective=objective
    )
    lesson.sources.add(SourceFactory())
    TermFactory(name="Takt time", concept=lesson)
    ConceptFactory(module=lesson.module)
    return lesson


@pytest.fixture
def metric(lesson: Concept) -> Metric:
    """Its measure: good units divided by hours."""
    metric: Metric = MetricFactory(concept=lesson, name="Throughput")
    return metric


@pytest.fixture
def comparison(lesson: Concept) -> Comparison:
    """A comparison of three rows."""
    comparison: Comparison = ComparisonFactory(module=lesson.module)
    for number in range(3):
        ComparisonRowFactory(
            comparison=comparison,
            anchor=f"row-{number}",
            aspect=f"Aspect {number}",
            left=f"made {number}",
            right=f"run {number}",
        )
    return comparison


def test_a_learner_answers_the_check_in_place(page: Page, lesson: Concept, check_accessible: Check) -> None:
    page.goto(lesson.get_absolute_url())
    check_accessible(page)
    box = page.locator("#check")
    asked = set()
    for _ in range(2):
        if box.get_by_role("textbox").count():
            asked.add("number")
            box.get_by_role("textbox").fill("many")
            box.get_by_role("button", name="Check").click()
            expect(box).to_contain_text("“many” is not a number.")
            expect(box.get_by_role("textbox")).to_have_value("many")
            check_accessible(page)
            box.get_by_role("textbox").fill("1")
        else:
            asked.add("choice")
            box.get_by_label("It rises").check()
        box.get_by_role("button", name="Check").click()
        expect(box.get_by_role("status")).to_contain_text(re.compile("Right|Not right"))
        expect(box).to_be_in_viewport()
        check_accessible(page)
        box.get_by_role("link", name="Another question").click()
    assert asked == {"number", "choice"}


def test_a_column_is_covered_at_once_and_shown_row_by_row(
    page: Page, comparison: Comparison, check_accessible: Check
) -> None:
    page.goto(comparison.get_absolute_url())
    check_accessible(page)
    page.evaluate("window.still = true")
    page.get_by_role("link", name="Cover Operations management").click()
    expect(page.get_by_text("run 1")).to_be_hidden()
    expect(page.get_by_text("made 1")).to_be_visible()
    check_accessible(page)
    page.locator("#row-1").get_by_text("Show", exact=True).click()
    expect(page.get_by_text("run 1")).to_be_visible()
    expect(page.get_by_text("run 2")).to_be_hidden()
    page.get_by_role("link", name="Cover Production management").click()
    expect(page.get_by_text("made 2")).to_be_hidden()
    expect(page).to_have_url(re.compile("cover=left"))
    page.get_by_role("link", name="Show both").click()
    expect(page.locator(".tk-covered")).to_have_count(0)
    assert page.evaluate("window.still")


def test_the_row_in_the_address_opens_its_reason(page: Page, comparison: Comparison) -> None:
    page.goto(f"{comparison.get_absolute_url()}#row-2")
    expect(page.locator("#row-2").get_by_text("Because one is part of the other.")).to_be_visible()
    expect(page.locator("#row-1").get_by_text("Because one is part of the other.")).to_be_hidden()


def test_statements_are_sorted_and_marked_in_place(
    page: Page, comparison: Comparison, check_accessible: Check
) -> None:
    page.goto(comparison.get_absolute_url())
    page.get_by_role("link", name="Sort it yourself").click()
    check_accessible(page)
    for number in range(3):
        page.get_by_role("radiogroup", name=f"made {number}").get_by_label("Production").check()
        page.get_by_role("radiogroup", name=f"run {number}").get_by_label("Production").check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 of 6 on their side")
    expect(page.get_by_role("radiogroup", name="run 0").get_by_label("Production")).to_be_checked()
    check_accessible(page)
    page.get_by_role("link", name="Aspect 1").first.click()
    expect(page).to_have_url(re.compile("#row-1$"))


def test_the_calculator_reckons_while_one_types(page: Page, metric: Metric, check_accessible: Check) -> None:
    page.goto(metric.get_absolute_url())
    check_accessible(page)
    page.evaluate("window.still = true")
    result = page.locator("[data-result]")
    expect(result).to_contain_text("720")
    page.get_by_label("Hours").fill("8")
    expect(result).to_contain_text("675")
    expect(page).to_have_url(re.compile("hours=8"))
    page.get_by_label("Hours").fill("eight")
    expect(page.get_by_text("“eight” is not a number.")).to_be_visible()
    expect(result).to_contain_text("Nothing was worked out")
    expect(page.get_by_label("Hours")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Hours")).to_be_focused()
    check_accessible(page)
    page.get_by_label("Hours").fill("9")
    expect(result).to_contain_text("600")
    expect(page.get_by_text("is not a number")).to_have_count(0)
    assert page.evaluate("window.still")


def test_it_all_works_without_javascript(
    visit: Callable[..., Page], me: Learner, metric: Metric, comparison: Comparison
) -> None:
    plain = visit(me.user, java_script_enabled=False)
    plain.goto(metric.get_absolute_url())
    plain.get_by_label("Hours").fill("8")
    plain.get_by_role("button", name="Calculate").click()
    expect(plain.locator("[data-result]")).to_contain_text("675")
    plain.goto(comparison.get_absolute_url())
    plain.get_by_role("link", name="Cover Operations management").click()
    plain.locator("#row-1").get_by_text("Show", exact=True).click()
    expect(plain.get_by_text("run 1")).to_be_visible()
    expect(plain.get_by_text("run 2")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_of_the_course_is_accessible_and_fits(
    page: Page, metric: Metric, comparison: Comparison, check_accessible: Check, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for url in (
        reverse("concepts:course"),
        metric.concept.module.get_absolute_url(),
        metric.concept.get_absolute_url(),
        f"{comparison.get_absolute_url()}?cover=left",
        reverse("concepts:metrics"),
        metric.get_absolute_url(),
        reverse("concepts:glossary"),
        f"{reverse('concepts:glossary')}?q=zebra",
        reverse("concepts:sources"),
    ):
        page.goto(url)
        if width == 390:
            check_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, url
