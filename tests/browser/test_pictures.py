"""An editor puts a picture into a lesson without leaving the form, and a learner sees it."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from concepts.models import Concept, Picture
from tests.browser.steps import Look, Visit, press
from tests.concepts.test_drawings import GOOD
from tests.concepts.test_images import picture
from tests.factories import ConceptFactory, LearnerFactory, PictureFactory, TermFactory, make_editor

ALT = "A board beside a packing line, with the count of each hour."


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def lesson(transactional_db: None) -> Concept:
    concept: Concept = ConceptFactory(title="The packing line", body="## The board\n\nLook at the board.")
    PictureFactory(slug="flow", alt="Three machines in a row.")
    TermFactory(slug="takt", name="Takt time")
    return concept


def open_body(page: Page, lesson: Concept) -> Any:
    """The form of the lesson, with the cursor at the end of its text."""
    page.goto(f"/admin/concepts/concept/{lesson.pk}/change/")
    body = page.locator("#id_body")
    body.click()
    body.press("Control+End")
    return body


def test_a_picture_is_uploaded_and_inserted_from_beside_the_text(
    page: Page, visit: Visit, lesson: Concept, look: Look, tmp_path: Path, sign_in: Any
) -> None:
    sign_in(make_editor())
    file = tmp_path / "Packing board.png"
    file.write_bytes(picture(size=(800, 500)))
    body = open_body(page, lesson)
    page.locator(".field-body").get_by_role("button", name="Picture", exact=True).click()
    dialog = page.get_by_role("dialog", name="Insert a picture")
    expect(dialog.get_by_role("button", name="flow")).to_be_visible()
    look(page)
    dialog.get_by_label("File").set_input_files(file)
    dialog.get_by_role("button", name="Upload and insert").click()
    expect(dialog.get_by_text("Say what somebody who cannot see")).to_be_visible()
    look(page)
    dialog.get_by_label("Text alternative").fill(ALT)
    dialog.get_by_role("button", name="Upload and insert").click()
    expect(dialog).to_have_count(0)
    page.keyboard.type("The board at noon.")  # over the word that stands for a caption
    assert body.input_value().endswith("![The board at noon.](picture:packing-board)\n")
    page.locator(".field-body").get_by_role("button", name="Show the preview").click()
    expect(page.get_by_role("img", name=ALT)).to_be_visible()
    stored = Picture.objects.get(slug="packing-board")
    assert (stored.alt, stored.width) == (ALT, 800)
    lesson.body = body.input_value()
    lesson.save()
    reader = visit(LearnerFactory().user)
    reader.goto(lesson.get_absolute_url())
    expect(reader.get_by_role("figure")).to_contain_text("The board at noon.")
    seen = reader.get_by_role("img", name=ALT)
    seen.scroll_into_view_if_needed()
    expect(seen).to_have_js_property("complete", True)
    assert seen.evaluate("image => image.naturalWidth") == 800
    look(reader)


def test_a_picture_that_is_there_and_a_link_are_chosen_by_keyboard(
    page: Page, lesson: Concept, look: Look, sign_in: Any
) -> None:
    sign_in(make_editor())
    body = open_body(page, lesson)
    bar = page.locator(".field-body")
    bar.get_by_role("button", name="Picture", exact=True).press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="flow").press("Enter")
    assert "![Caption](picture:flow)" in body.input_value()
    body.press("Control+End")
    bar.get_by_role("button", name="Course link").press("Enter")
    dialog = page.get_by_role("dialog", name="Link to the course")
    dialog.get_by_label("Look for").fill("takt")
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    look(page)
    dialog.get_by_role("button", name="Takt time").press("Enter")
    assert body.input_value().endswith("[Takt time](term:takt)")
    bar.get_by_role("button", name="Footnote").press("Enter")
    page.keyboard.type("See the board.")
    assert body.input_value().endswith("[Takt time](term:takt)[^1]\n\n[^1]: See the board.")
    bar.get_by_role("button", name="Picture", exact=True).press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(bar.get_by_role("button", name="Picture", exact=True)).to_be_focused()


def test_the_pages_of_pictures_can_be_used_by_everybody(
    page: Page, lesson: Concept, look: Look, tmp_path: Path, sign_in: Any
) -> None:
    sign_in(make_editor())
    page.goto("/admin/concepts/picture/")
    expect(page.get_by_role("img", name="Three machines in a row.")).to_be_visible()
    look(page)
    page.goto("/admin/concepts/picture/add/")
    drawing = tmp_path / "boxes.svg"
    drawing.write_text(GOOD.replace('rx="4"', 'rx="4" onload="alert(1)"'), encoding="utf-8")
    page.get_by_label("File").set_input_files(drawing)
    press(page, "Save and continue editing")
    expect(page.get_by_text("takes no “onload” here")).to_be_visible()
    look(page)
    drawing.write_text(GOOD, encoding="utf-8")
    page.get_by_label("File").set_input_files(drawing)
    press(page, "Save and continue editing")
    expect(page.get_by_role("img", name="Two boxes of the same width.")).to_be_visible()
    look(page)


def test_a_lesson_with_drawing_footnote_and_formula_can_be_read_by_everybody(
    page: Page, lesson: Concept, look: Look, sign_in: Any
) -> None:
    lesson.body = (
        "## The flow\n\nA claim.[^1]\n\n![Three machines.](picture:flow)\n\n"
        "```formula\nEOQ = √{ {2 × D × S} / {H} }\nσ_L = σ × √L\n```\n\n[^1]: The ground for it.\n"
    )
    lesson.save()
    sign_in(LearnerFactory().user)
    page.goto(lesson.get_absolute_url())
    expect(page.get_by_role("img", name="Three machines in a row.")).to_be_visible()
    page.get_by_role("link", name="Footnote 1", exact=True).click()
    page.get_by_role("link", name="Back to footnote 1 in the text").click()
    look(page)
