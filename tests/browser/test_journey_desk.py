"""The editor's whole way with a lesson, as a person goes it: from an empty form to a text nearly lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Error, FrameLocator, Locator, Page, expect

from assessments.models import Assessment
from concepts.models import Concept, Module, Objective
from tests.browser.steps import Visit, answer_rightly, checked_at, follow, item_at, press
from tests.concepts.test_images import picture
from tests.factories import (
    PASSWORD,
    AssessmentFactory,
    ConceptFactory,
    LearnerFactory,
    ModuleFactory,
    PartFactory,
    make_editor,
)
from tests.forms import change

Check = Callable[[Page], None]
ALT = "A board beside a packing line, with the count of each hour."
FIRST = "The count of each hour stands beside the plan."
SECOND = "The count of each hour stands beside the plan, and the reason for a gap beside the count."
TYPED = "Typed while the train was in the tunnel."
ASKED = "Where does an hour board hang?"
WRONG, RIGHT = "In the office", "Beside the line"


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def module(transactional_db: None) -> Module:
    """A module in which learners read one lesson."""
    made: Module = ModuleFactory(title="Flow")
    ConceptFactory(module=made, title="Takt time")
    return made


def test_a_lesson_from_an_empty_form_to_a_text_that_was_nearly_lost(
    page: Page, visit: Visit, module: Module, tmp_path: Path, check_accessible: Check
) -> None:
    learner = LearnerFactory()
    reader = visit(learner.user)
    sign_in_by_form(page)
    write_lesson(page, tmp_path, check_accessible)
    lesson = Concept.objects.get(title="The hour board")
    write_questions(page, lesson, check_accessible)
    preview(page, lesson, check_accessible)
    schedule(page, reader, lesson)
    publish_at_once(page, reader, lesson)
    answer_the_check(reader, learner)
    test = a_test_of(lesson)
    take(reader, test)
    change_it_beside(page, reader, lesson, check_accessible)
    correct_the_question(page, reader, test, check_accessible)
    compare_and_restore(page, reader, lesson, check_accessible)
    lose_the_connection(page, reader, lesson, check_accessible)


def body(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Lesson")


def sign_in_by_form(page: Page) -> None:
    page.goto(reverse("admin:index"))
    page.get_by_label("E-mail address").fill(make_editor().email)
    page.get_by_label("Password").first.fill(PASSWORD)
    press(page, "Sign in")


def choose(page: Page, field: str, words: str) -> None:
    """Choose in a field that looks things up while one types."""
    page.locator(f".field-{field} .select2-selection").click()
    page.keyboard.type(words)
    page.get_by_role("option", name=words).click()


def write_lesson(page: Page, folder: Path, check_accessible: Check) -> None:
    """Title, module, lede, a text by the toolbar with a picture, and an objective, saved in one go."""
    page.get_by_role("main").get_by_role("link", name="Concepts", exact=True).click()
    follow(page, "Add concept")
    expect(page.get_by_label("Title:").first).to_be_focused()
    page.keyboard.type("The hour board")
    choose(page, "module", "Flow")
    page.get_by_label("Lede:").fill("A board that tells a shift how it stands.")
    write_text(page, folder)
    page.get_by_role("button", name="Add another Objective").click()
    page.get_by_role("textbox", name="Objective 1: Code", exact=True).fill("HRB-1")
    page.get_by_role("textbox", name="Objective 1: Short name", exact=True).fill("Read an hour board")
    page.get_by_role("textbox", name="Objective 1: Statement", exact=True).fill(
        "read an hour board and say what to do"
    )
    check_accessible(page)
    press(page, "Save and continue editing")
    expect(page.locator(".field-state_line")).to_contain_text("Draft: only editors see it.")
    expect(page.get_by_label("Objective 1: Code")).to_have_value("HRB-1")


def write_text(page: Page, folder: Path) -> None:
    """A heading, a word in bold and a picture, by the buttons above the text."""
    bar = page.locator(".field-body")
    body(page).click()
    bar.get_by_role("button", name="Heading").click()
    page.keyboard.type("What it shows\n\nIt counts ")
    bar.get_by_role("button", name="Bold").click()
    page.keyboard.type("good")
    page.keyboard.press("Control+End")
    page.keyboard.type(f" parts. {FIRST}\n\n")
    file = folder / "Hour board.png"
    file.write_bytes(picture(size=(640, 400)))
    bar.get_by_role("button", name="Picture", exact=True).click()
    dialog = page.get_by_role("dialog", name="Insert a picture")
    dialog.get_by_label("File").set_input_files(file)
    dialog.get_by_label("Text alternative").fill(ALT)
    dialog.get_by_role("button", name="Upload and insert").click()
    expect(dialog).to_have_count(0)
    page.keyboard.type("The board at noon.")
    wanted = (
        f"## What it shows\n\nIt counts **good** parts. {FIRST}\n\n![The board at noon.](picture:hour-board)"
    )
    expect(body(page)).to_have_value(re.compile("^" + re.escape(wanted)))


def write_questions(page: Page, lesson: Concept, check_accessible: Check) -> None:
    """From the page of the whole chain: a choice, with a slip in its key, and a figure from drawn numbers."""
    follow(page, "Whole chain")
    expect(page.get_by_text("Nothing asks about it yet")).to_be_visible()
    follow(page, "Write a question for HRB-1")
    check_accessible(page)
    follow(page, "Single choice")
    page.get_by_label("Title:").fill("Where the board hangs")
    page.get_by_label("Question:", exact=True).fill(ASKED)
    for row, (text, feedback) in enumerate(
        ((WRONG, ""), (RIGHT, "Look again."), ("At the gate", "Nobody works there.")), 1
    ):
        if row > 1:
            page.get_by_role("button", name="Add another choice").click()
        page.get_by_label(f"Choice, row {row}").fill(text)
        page.get_by_label(f"Feedback if picked, row {row}").fill(feedback)
    page.get_by_label("Right, row 1").check()
    page.get_by_label("Explanation:").fill("Whoever makes the parts must see it.")
    press(page, "Save and publish version 1")
    write_figure(page, lesson, check_accessible)


def write_figure(page: Page, lesson: Concept, check_accessible: Check) -> None:
    """A question with parameters; twenty draws of it are looked at before it is published."""
    page.goto(reverse("admin:concepts_concept_chain", args=[lesson.pk]))
    expect(page.get_by_role("rowheader", name="Where the board hangs")).to_be_visible()
    follow(page, "Write a question for HRB-1")
    follow(page, "Number")
    page.get_by_label("Title:").fill("Behind the plan")
    page.get_by_label("Question:", exact=True).fill("Planned: {planned}. Made: {made}. How many are missing?")
    page.get_by_label("Label of the field:").fill("Missing parts")
    for row, (name, lowest, highest) in enumerate((("planned", 80, 120), ("made", 40, 70)), 1):
        if row > 1:
            page.get_by_role("button", name="Add another parameter").click()
        page.get_by_label(f"Name, row {row}").fill(name)
        page.get_by_label(f"Lowest, row {row}").fill(str(lowest))
        page.get_by_label(f"Highest, row {row}").fill(str(highest))
        page.get_by_label(f"Step, row {row}").fill("1")
    page.get_by_label("Answer:", exact=True).fill("planned - made")
    page.get_by_label("Unit:").fill("parts")
    page.get_by_label("Tolerance:").fill("0.5")
    page.get_by_label("Explanation:").fill("{planned} − {made} = {answer}.")
    expect(page.locator("#tk-draws tbody tr")).to_have_count(20)
    check_accessible(page)
    press(page, "Save and publish version 1")
    page.goto(reverse("admin:concepts_concept_chain", args=[lesson.pk]))
    expect(page.get_by_role("rowheader", name="Behind the plan")).to_be_visible()
    check_accessible(page)


def preview(page: Page, lesson: Concept, check_accessible: Check) -> None:
    """The lesson as learners will see it, on a screen and on a phone."""
    follow(page, "Edit the text")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview", exact=True).first.click()
    shown = opened.value
    frame: FrameLocator = shown.frame_locator("iframe.tk-frame")
    expect(frame.get_by_role("img", name=ALT)).to_be_visible()
    expect(frame.locator("strong", has_text="good")).to_be_visible()
    expect(frame.get_by_role("link", name="Content admin")).to_have_count(0)
    check_accessible(shown)
    shown.get_by_label("As on a phone, 390 pixels").check()
    wide = shown.locator("iframe.tk-frame").evaluate(
        "frame => [frame.contentWindow.innerWidth, frame.contentDocument.documentElement.scrollWidth]"
    )
    assert wide == [390, 390]
    shown.close()


def schedule(page: Page, reader: Page, lesson: Concept) -> None:
    """For tomorrow at eight: until then it is not there for learners."""
    page.get_by_label("Publish on, date").fill(f"{timezone.now() + timedelta(days=1):%Y-%m-%d}")
    page.get_by_label("Publish on, time").fill("08:00")
    press(page, "Publish then")
    expect(page.locator(".field-state_line")).to_contain_text("Scheduled: only editors see it until")
    response = reader.goto(lesson.get_absolute_url())
    assert response
    assert response.status == 404
    reader.goto(reverse("concepts:course"))
    expect(reader.get_by_text("Takt time")).not_to_have_count(0)
    expect(reader.get_by_text("The hour board")).to_have_count(0)


def publish_at_once(page: Page, reader: Page, lesson: Concept) -> None:
    """The editor does not wait after all, and the learner reads the lesson with its picture."""
    press(page, "Publish")
    expect(page.get_by_text("“The hour board” is published.")).to_be_visible()
    expect(page.locator(".field-state_line")).to_contain_text("Published since")
    reader.goto(lesson.get_absolute_url())
    expect(reader.get_by_text(FIRST)).to_be_visible()
    seen = reader.get_by_role("img", name=ALT)
    seen.scroll_into_view_if_needed()
    expect(seen).to_have_js_property("naturalWidth", 640)


def answer_the_check(reader: Page, learner: Any) -> None:
    """One of the two questions is asked at the end of the lesson."""
    check = reader.get_by_role("region", name="Quick check")
    answer_rightly(check, *checked_at(reader, learner))
    press(reader, "Check")
    expect(check.get_by_role("status")).to_contain_text("Right")


def a_test_of(lesson: Concept) -> Assessment:
    """A test that asks both questions."""
    test: Assessment = AssessmentFactory(concept=lesson, mode="test", title="Test: the hour board")
    PartFactory(assessment=test, objective=lesson.objectives.get(), count=2)
    return test


def take(reader: Page, test: Assessment) -> None:
    """The learner knows both answers; one is marked wrong, for the editor's slip."""
    reader.goto(test.get_absolute_url())
    press(reader, "Begin")
    for name in ("Save and go on", "Save and look it over"):
        item = item_at(reader)
        if item.version.type == "single_choice":
            reader.get_by_role("radio", name=RIGHT).check()
        else:
            answer_rightly(reader.get_by_role("main"), item.version, item.values)
        press(reader, name)
    press(reader, "Hand it in")
    expect(reader.get_by_role("main")).to_contain_text("1 of 2")


def change_it_beside(page: Page, reader: Page, lesson: Concept, check_accessible: Check) -> None:
    """Another sentence waits beside the lesson, is compared with it, and replaces it."""
    body(page).fill(lesson.body.replace(FIRST, SECOND))
    press(page, "Save beside it and continue")
    expect(page.get_by_text("Changes in preparation: learners see the published version")).to_be_visible()
    check_accessible(page)
    reader.goto(lesson.get_absolute_url())
    expect(reader.get_by_text(FIRST)).to_be_visible()
    follow(page, "Compare with what learners see")
    expect(page.locator("ins")).to_contain_text("the reason for a gap")
    check_accessible(page)
    follow(page, "Back to the form")
    press(page, "Publish changes")
    reader.reload()
    expect(reader.get_by_text(SECOND)).to_be_visible()


def correct_the_question(page: Page, reader: Page, test: Assessment, check_accessible: Check) -> None:
    """The key is put right; what that does is seen before it is done, and the learner is told."""
    follow(page, "Whole chain")
    follow(page, "Where the board hangs")
    follow(page, "Correct this live question")
    page.get_by_label("Right, row 1").uncheck()
    page.get_by_label("Feedback if picked, row 1").fill("Nobody there makes the parts.")
    page.get_by_label("Right, row 2").check()
    page.get_by_label("Feedback if picked, row 2").fill("")
    page.get_by_label("Reason").fill("The key named the wrong place.")
    press(page, "See what it would change")
    expect(page.get_by_role("row", name=RIGHT)).to_contain_text("1")
    check_accessible(page)
    press(page, "Correct the question and mark again")
    # Two, if the check at the end of the lesson happened to ask it too.
    expect(page.get_by_text(re.compile("marks changed: [12]"))).to_be_visible()
    reader.goto(test.get_absolute_url())
    follow(reader, "Attempt 1")
    expect(reader.get_by_text("Your mark went from 0 to 1.")).to_be_visible()
    check_accessible(reader)


def compare_and_restore(page: Page, reader: Page, lesson: Concept, check_accessible: Check) -> None:
    """Two versions side by side; the first one comes back for learners too."""
    page.goto(change(lesson))
    follow(page, "History")
    check_accessible(page)
    versions = page.get_by_label("Compare", exact=True)
    versions.select_option(index=versions.get_by_role("option").count() - 1)
    press(page, "Compare")
    expect(page.locator("ins")).to_contain_text("the reason for a gap")
    check_accessible(page)
    page.get_by_role("link", name=re.compile("or restore it")).click()
    press(page, "Restore this version")
    reader.goto(lesson.get_absolute_url())
    expect(reader.get_by_text(FIRST)).to_be_visible()
    expect(reader.get_by_text(SECOND)).to_have_count(0)


def lose_the_connection(page: Page, reader: Page, lesson: Concept, check_accessible: Check) -> None:
    """Typed, not sent, the page gone: it is offered again, put back, saved and published."""
    body(page).press("Control+End")
    page.keyboard.type(f"\n\n{TYPED}")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save beside it and continue").first.click()
    expect(page.get_by_role("alert")).to_contain_text("There is no connection")
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)
    page.goto(change(lesson))
    expect(page.get_by_text("You have text here that was not saved")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Put it back").click()
    expect(body(page)).to_have_value(re.compile(re.escape(TYPED)))
    press(page, "Save beside it and continue")
    press(page, "Publish changes")
    reader.reload()
    expect(reader.get_by_text(TYPED)).to_be_visible()


def test_the_same_way_without_scripts_as_far_as_it_goes(visit: Visit, module: Module) -> None:
    page, reader = visit(make_editor(), java_script_enabled=False), visit(LearnerFactory().user)
    page.goto(change(module))
    follow(page, "Add a lesson")
    page.get_by_label("Title:").fill("The hour board")
    page.get_by_label("Address:").fill("hour-board")
    page.get_by_label("Lede:").fill("A board that tells a shift how it stands.")
    page.get_by_label("Lesson:").fill(FIRST)
    press(page, "Save and continue editing")
    follow(page, re.compile("^Add: objective"))
    page.get_by_label("Code:").fill("HRB-1")
    page.get_by_label("Short name:").fill("Read an hour board")
    page.get_by_label("Statement:").fill("read an hour board")
    press(page, "Save")
    lesson = Objective.objects.get(code="HRB-1").concept
    assert lesson is not None
    page.goto(change(lesson))
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview", exact=True).first.click()
    shown = opened.value
    expect(shown.frame_locator("iframe.tk-frame").get_by_text(FIRST)).to_be_visible()
    shown.close()
    press(page, "Publish")
    page.get_by_label("Lesson:").fill(SECOND)
    press(page, "Save beside it and continue")
    reader.goto(lesson.get_absolute_url())
    expect(reader.get_by_text(FIRST)).to_be_visible()
    press(page, "Publish changes")
    reader.reload()
    expect(reader.get_by_text(SECOND)).to_be_visible()
    follow(page, "History")
    page.get_by_role("link", name="Look at the version of").first.click()
    press(page, "Restore this version")
    reader.reload()
    expect(reader.get_by_text(FIRST)).to_be_visible()
