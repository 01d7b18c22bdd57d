"""The editor, from signing in to the learner who reads the change, and back by the history."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from assessments.models import Assessment
from tests.browser.steps import Look, Visit, follow, press
from tests.factories import PASSWORD, ConceptFactory, LearnerFactory, make_editor, practice_set

OLD = "Takt time is the pace of the line."
NEW = "Takt time is the pace that **demand** sets."
ASKED = "A press makes the same parts in less time. What happens to its throughput?"
REWORDED = "A press turns out as many parts in fewer hours. What becomes of its throughput?"
BROKEN = "An oven bakes as many loaves in fewer hours. What becomes of its throughput?"


@pytest.fixture
def practice(transactional_db: None) -> Assessment:
    """A practice of one question on a lesson of one sentence, among other lessons."""
    ConceptFactory.create_batch(3)
    made: Assessment = practice_set(1, title="Practice: takt time")
    lesson = made.concept
    assert lesson is not None
    lesson.title, lesson.body = "Takt time", f"## The beat\n\n{OLD}"
    lesson.save()
    return made


def test_an_editor_from_the_admin_to_the_learner(
    page: Page, visit: Visit, practice: Assessment, look: Look
) -> None:
    reader = visit(LearnerFactory().user)
    open_admin(page, make_editor(), look)
    change_the_lesson(page, reader, practice, look)
    change_the_question(page, reader, practice, look)
    break_the_question(page, reader, practice, look)
    restore_the_lesson(page, reader, practice, look)


def open_admin(page: Page, editor: User, look: Look) -> None:
    """Sign in by the form and arrive at the first page of the admin."""
    page.goto(reverse("admin:index"))
    look(page)
    page.get_by_label("E-mail address").fill(editor.email)
    page.get_by_label("Password").first.fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith(reverse("admin:index"))
    look(page)


def open_form(page: Page, kind: str, name: str) -> None:
    """From the first page of the admin by the list and its search to the form."""
    page.goto(reverse("admin:index"))
    page.get_by_role("main").get_by_role("link", name=kind, exact=True).click()
    page.get_by_role("searchbox").or_(page.get_by_role("textbox", name="Search")).fill(name)
    press(page, "Search")
    expect(page.get_by_role("rowheader").get_by_role("link")).to_have_count(1)


def change_the_lesson(page: Page, reader: Page, practice: Assessment, look: Look) -> None:
    """Find the lesson, change its sentence with the preview open; the reader sees it once it is published."""
    lesson = practice.concept
    assert lesson is not None
    reader.goto(lesson.get_absolute_url())
    expect(reader.get_by_text(OLD)).to_be_visible()
    open_form(page, "Concepts", "takt")
    look(page)
    follow(page, "Takt time")
    field = page.get_by_role("textbox", name="Lesson")
    page.get_by_role("button", name="Show the preview").click()
    field.fill(f"## The beat\n\n{NEW}")
    preview = page.get_by_role("region", name="Preview")
    expect(preview).to_contain_text(NEW.replace("*", ""))
    expect(preview.locator("strong")).to_have_text("demand")
    look(page)
    press(page, "Save beside it and continue")
    expect(page.get_by_text("Learners see the published version.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text(OLD)).to_be_visible()
    look(page)
    press(page, "Publish changes")
    expect(page.get_by_text("“Takt time” is published.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text(NEW.replace("*", ""))).to_be_visible()
    expect(reader.get_by_text(OLD)).to_have_count(0)


def asked(reader: Page, practice: Assessment) -> None:
    """Begin the practice anew, having given up the one before."""
    reader.goto(practice.get_absolute_url())
    reader.get_by_role("button", name="Begin").click()


def give_up(reader: Page) -> None:
    """End the attempt without an answer."""
    reader.get_by_role("button", name="I do not know").click()
    reader.get_by_role("link", name="Finish").click()
    reader.get_by_role("button", name="Finish").click()
    expect(reader.get_by_role("heading", level=1)).to_be_visible()


def change_the_question(page: Page, reader: Page, practice: Assessment, look: Look) -> None:
    """A draft changes nothing for the reader; publishing changes the next attempt."""
    question = practice.parts.get().objective.questions.get()
    open_form(page, "Questions", question.title)
    follow(page, question.title)
    page.get_by_role("textbox", name="Question:", exact=True).fill(REWORDED)
    look(page)
    press(page, "Save draft")
    asked(reader, practice)
    expect(reader.get_by_text(ASKED)).to_be_visible()
    expect(page.get_by_text("Version 1; changes wait")).to_be_visible()
    follow(page, question.title)
    press(page, "Save and publish version 2")
    expect(page.get_by_text("Version 2 is live: learners are asked it from now on.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text(ASKED)).to_be_visible()
    give_up(reader)
    asked(reader, practice)
    expect(reader.get_by_text(REWORDED)).to_be_visible()


def break_the_question(page: Page, reader: Page, practice: Assessment, look: Look) -> None:
    """Without feedback it is refused at the field; what was typed is kept, and nobody is asked it."""
    page.get_by_role("textbox", name="Question:", exact=True).fill(BROKEN)
    page.get_by_role("textbox", name="Feedback if picked, row 2").fill("")
    with page.expect_response(lambda response: response.request.method == "POST") as refused:
        press(page, "Save and publish version 3")
    assert refused.value.status == 422
    expect(page.get_by_role("status")).to_contain_text("Not published: 1 thing to mend")
    cell = page.get_by_role("cell").filter(has=page.get_by_role("textbox", name="Feedback if picked, row 2"))
    expect(cell).to_contain_text("This wrong choice has no feedback.")
    expect(page.get_by_role("textbox", name="Question:", exact=True)).to_have_value(BROKEN)
    look(page)
    give_up(reader)
    asked(reader, practice)
    expect(reader.get_by_text(REWORDED)).to_be_visible()


def restore_the_lesson(page: Page, reader: Page, practice: Assessment, look: Look) -> None:
    """By the history the old sentence comes back, for the reader too."""
    lesson = practice.concept
    assert lesson is not None
    open_form(page, "Concepts", "takt")
    follow(page, "Takt time")
    follow(page, "History")
    look(page)
    page.get_by_role("link", name="Look at the version of").first.click()
    expect(page.get_by_text(OLD).first).to_be_visible()
    look(page)
    press(page, "Restore this version")
    expect(page.get_by_text("is restored. What stood here until now is in the history.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Lesson")).to_have_value(f"## The beat\n\n{OLD}")
    reader.goto(lesson.get_absolute_url())
    expect(reader.get_by_text(OLD)).to_be_visible()
