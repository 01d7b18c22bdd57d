"""The life of content at the editor's desk, in a browser: from draft to restored, two editors, no net."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from concepts.models import Concept, Metric, Module, PreparedChange
from concepts.publishing import publish_due
from tests.browser.steps import Look, Visit, follow, press, until
from tests.factories import (
    ConceptFactory,
    LearnerFactory,
    MetricFactory,
    ModuleFactory,
    QuestionFactory,
    SourceFactory,
    TermFactory,
    make_editor,
)
from tests.forms import change

OLD, NEW = "Takt time is the pace of the line.", "Takt time is the pace that demand sets."


@pytest.fixture
def editor(transactional_db: None, sign_in: Callable[[User], None]) -> User:
    """An editor, signed in."""
    user: Any = make_editor()
    sign_in(user)
    return user


def lesson(page: Page) -> Any:
    return page.get_by_role("textbox", name="Lesson")


def wait_until_kept(page: Page) -> None:
    """Until what was typed is in the browser's own storage."""
    for _ in range(100):
        if page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('takt:typed:'))"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("Nothing was kept.")


def test_a_lesson_from_draft_by_schedule_to_readers_then_beside_compared_and_restored(
    page: Page, visit: Visit, editor: User, look: Look
) -> None:
    module = ModuleFactory(title="Flow")
    ConceptFactory(module=module)
    reader = visit(LearnerFactory().user)
    write(page, module)
    preview(page, look)
    schedule(page, reader, look)
    change_it_beside(page, reader, look)
    compare_and_restore(page, reader, look)


def write(page: Page, module: Module) -> None:
    """A draft by the form."""
    page.goto(f"{reverse('admin:concepts_concept_add')}?module={module.pk}")
    page.get_by_label("Title:").first.fill("Takt time")
    page.get_by_label("Lede:").fill("The beat of a line.")
    lesson(page).fill(OLD)
    press(page, "Save and continue editing")


def preview(page: Page, look: Look) -> None:
    """What stands in the form, before it is saved; as wide as a phone, too."""
    lesson(page).fill(f"{OLD}\n\n::: note Typed just now\nNot saved.\n:::")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview", exact=True).first.click()
    shown = opened.value
    frame = shown.frame_locator("iframe.tk-frame")
    expect(frame.get_by_role("heading", name="Takt time", level=1)).to_be_visible()
    expect(frame.get_by_text("Typed just now")).to_be_visible()
    expect(frame.get_by_text("only editors see this")).to_have_count(0)
    shown.get_by_label("As on a phone, 390 pixels").check()
    assert shown.locator("iframe.tk-frame").evaluate("frame => frame.contentWindow.innerWidth") == 390
    shown.close()
    assert Concept.objects.get(title="Takt time").body == OLD
    lesson(page).fill(OLD)


def schedule(page: Page, reader: Page, look: Look) -> None:
    """Refused for a moment that has passed; then set, and published when it comes."""
    page.get_by_label("Publish on, date").fill("2020-01-01")
    page.get_by_label("Publish on, time").fill("08:00")
    press(page, "Publish then")
    expect(page.locator(".field-publish_on .errorlist")).to_contain_text("This moment has passed")
    look(page)
    tomorrow = timezone.now() + timedelta(days=1)
    page.get_by_label("Publish on, date").fill(f"{tomorrow:%Y-%m-%d}")
    press(page, "Publish then")
    expect(page.locator(".field-state_line")).to_contain_text("Scheduled: only editors see it until")
    url = Concept.objects.get(title="Takt time").get_absolute_url()
    assert reader.goto(url).status == 404
    publish_due(timezone.now() + timedelta(days=2))
    reader.goto(url)
    expect(reader.get_by_text(OLD)).to_be_visible()


def change_it_beside(page: Page, reader: Page, look: Look) -> None:
    """Readers see the old text until the changes are published."""
    page.reload()
    lesson(page).fill(NEW)
    press(page, "Save beside it and continue")
    look(page)
    reader.reload()
    expect(reader.get_by_text(OLD)).to_be_visible()
    follow(page, "Compare with what learners see")
    expect(page.locator("del")).to_contain_text("of the line.")
    look(page)
    follow(page, "Back to the form")
    press(page, "Publish changes")
    reader.reload()
    expect(reader.get_by_text(NEW)).to_be_visible()


def compare_and_restore(page: Page, reader: Page, look: Look) -> None:
    """Any two versions beside each other; the old one comes back."""
    concept = Concept.objects.get(title="Takt time")
    first, *_more = concept.history.order_by("history_date")
    concept.history.filter(pk=first.pk).update(history_date=datetime(2026, 1, 1, 8, tzinfo=UTC))
    follow(page, "History")
    look(page)
    page.get_by_label("Compare", exact=True).select_option(index=2)
    press(page, "Compare")
    expect(page.locator("ins").filter(has_text="demand sets")).to_be_visible()
    look(page)
    page.get_by_role("link", name=re.compile("or restore it")).click()
    expect(page.get_by_text("learners see the restored version at once")).to_be_visible()
    press(page, "Restore this version")
    reader.reload()
    expect(reader.get_by_text(OLD)).to_be_visible()


def test_the_second_of_two_editors_is_shown_both_and_decides(
    page: Page, visit: Visit, editor: User, look: Look
) -> None:
    concept = ConceptFactory(status="draft", title="Flow", summary="The lede.")
    other = visit(make_editor())
    for each in (page, other):
        each.goto(change(concept))
    other.get_by_label("Lede:").fill("Their lede.")
    other.get_by_label("Minutes to read:").fill("9")
    press(other, "Save draft")
    page.get_by_label("Lede:").fill("My lede.")
    press(page, "Save draft")
    told = page.locator("#tk-told")
    expect(told).to_contain_text("Not saved yet: somebody else saved meanwhile")
    expect(told).to_contain_text("Their lede.")
    expect(page.get_by_label("Lede:").last).to_have_value("My lede.")
    expect(told.get_by_label("Take what was saved: Minutes to read")).to_be_checked()
    expect(told.get_by_label("Take what was saved: Lede")).not_to_be_checked()
    look(page)
    press(page, "Save draft")
    concept.refresh_from_db()
    assert (concept.summary, concept.minutes) == ("My lede.", 9)


def test_two_editors_without_javascript(visit: Visit, editor: User) -> None:
    question = QuestionFactory()
    pages = [visit(user, java_script_enabled=False) for user in (editor, make_editor())]
    for each in pages:
        each.goto(change(question))
    pages[0].get_by_label("Question:", exact=True).fill("First?")
    pages[0].get_by_role("button", name="Save draft").first.click()
    pages[1].get_by_label("Question:", exact=True).fill("Second?")
    pages[1].get_by_role("button", name="Save draft").first.click()
    expect(pages[1].locator("#tk-told")).to_contain_text("First?")
    pages[1].get_by_label("Take what was saved: Question").check()
    pages[1].get_by_role("button", name="Save draft").first.click()
    question.refresh_from_db()
    assert question.content["stem"] == "First?"


def test_a_lost_connection_loses_nothing(page: Page, editor: User, look: Look) -> None:
    metric, book = MetricFactory(status="draft"), SourceFactory(key="GOLD", title="The book")
    page.goto(change(metric))
    reading = page.get_by_role("textbox", name="How to read it")
    reading.fill("Typed while the net was gone.")
    page.get_by_role("button", name="Add another Input").click()
    page.locator("#id_inputs-3-name").fill("days")
    page.locator("select[name=sources]").evaluate(
        "(field, [key, name]) => { field.add(new Option(name, key, true, true)); "
        "field.dispatchEvent(new Event('change', {bubbles: true})); }",
        [str(book.pk), "The book"],
    )
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_role("alert")).to_contain_text("There is no connection")
    expect(reading).to_have_value("Typed while the net was gone.")
    page.context.set_offline(False)
    page.goto(change(metric))
    kept = page.get_by_role("status").filter(has_text="You have text here that was not saved, from")
    expect(kept).to_be_visible()
    expect(reading).not_to_have_value("Typed while the net was gone.")
    look(page)
    page.get_by_role("button", name="Put it back").click()
    expect(reading).to_have_value("Typed while the net was gone.")
    expect(page.locator("#id_inputs-3-name")).to_have_value("days")
    page.locator("#id_inputs-3-label").fill("Days")
    page.locator("#id_inputs-3-default").fill("5")
    press(page, "Save and continue editing")
    saved = Metric.objects.get()
    assert saved.reading == "Typed while the net was gone."
    assert list(saved.sources.all()) == [book]
    assert saved.inputs.filter(name="days").exists()
    page.reload()
    expect(kept).to_be_hidden()


def test_what_was_kept_can_be_discarded_and_is_each_editor_s_own(
    page: Page, editor: User, sign_in: Callable[[User], None]
) -> None:
    concept = ConceptFactory(status="draft")
    page.goto(change(concept))
    lesson(page).fill("Half a thought")
    wait_until_kept(page)
    page.reload()
    kept = page.get_by_text("You have text here that was not saved")
    expect(kept).to_be_visible()
    sign_in(make_editor())
    page.reload()
    expect(kept).to_be_hidden()
    sign_in(editor)
    page.reload()
    page.get_by_role("button", name="Discard it").click()
    page.reload()
    expect(kept).to_be_hidden()


def test_typing_on_without_a_word_about_what_was_kept_keeps_both(page: Page, editor: User) -> None:
    concept = ConceptFactory(status="draft")
    page.goto(change(concept))
    lesson(page).fill("The first thought")
    wait_until_kept(page)
    page.reload()
    put_back = page.get_by_role("button", name="Put it back")
    expect(put_back).to_be_visible()
    lesson(page).fill("Another thought")
    until(page, lambda: page.evaluate("JSON.stringify(localStorage).includes('Another thought')"))
    page.reload()
    put_back.click()
    expect(lesson(page)).to_have_value("Another thought")
    put_back.click()  # the older one is offered next
    expect(lesson(page)).to_have_value("The first thought")
    expect(put_back).to_be_hidden()


def test_what_was_kept_over_an_older_version_is_shown_beside_the_newer_one(page: Page, editor: User) -> None:
    concept = ConceptFactory(status="draft", summary="The lede.")
    page.goto(change(concept))
    page.get_by_label("Lede:").fill("Kept here.")
    wait_until_kept(page)
    concept.summary = "Saved since."
    concept.save()
    page.reload()
    expect(page.get_by_text("Somebody saved this since")).to_be_visible()
    page.get_by_role("button", name="Put it back").click()
    press(page, "Save draft")
    expect(page.locator("#tk-told")).to_contain_text("Saved since.")


def test_a_question_that_was_typed_is_put_back_with_its_rows(page: Page, editor: User) -> None:
    question = QuestionFactory()
    page.goto(change(question))
    page.get_by_role("button", name="Add another choice").click()
    last = page.get_by_role("textbox", name=re.compile("^Choice, row")).count()
    page.get_by_label(f"Choice, row {last}").fill("A choice more")
    wait_until_kept(page)
    page.reload()
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label(f"Choice, row {last}")).to_have_value("A choice more")


def test_the_pages_around_what_is_prepared_are_accessible(page: Page, editor: User, look: Look) -> None:
    metric = MetricFactory(name="Throughput")
    page.goto(change(metric))
    page.get_by_label("Name:", exact=True).fill("Renamed")
    press(page, "Save changes beside it")
    expect(page.get_by_text("Published; changes wait")).to_be_visible()
    for name in ("drop", "prepared", "page"):
        page.goto(reverse(f"admin:concepts_metric_{name}", args=[metric.pk]))
        look(page)
    page.goto(reverse("admin:concepts_metric_drop", args=[metric.pk]))
    press(page, "Drop them")
    expect(page.get_by_label("Name:", exact=True)).to_have_value("Throughput")


def test_enter_saves_and_neither_publishes_nor_takes_anything_back(page: Page, editor: User) -> None:
    term, metric = TermFactory(name="Takt"), MetricFactory(status="draft")
    for obj, name in ((term, "Beat"), (metric, "Pace")):
        page.goto(change(obj))
        field = page.locator("#id_name")
        field.fill(name)
        with page.expect_navigation():
            field.press("Enter")
    term.refresh_from_db()
    metric.refresh_from_db()
    assert (term.name, term.status, metric.name, metric.status) == ("Takt", "published", "Pace", "draft")
    assert PreparedChange.objects.get().typed["fields"]["name"] == ["Beat"]
