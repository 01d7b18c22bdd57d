"""What the toolbar of a text offers."""

from typing import Any

import pytest
from django.test import Client

from concepts.models import Picture
from tests.concepts.admin.test_picture import upload
from tests.concepts.test_images import picture
from tests.factories import ComparisonFactory, ConceptFactory, MetricFactory, PictureFactory, TermFactory

pytestmark = pytest.mark.django_db
PICK = "/admin/concepts/picture/pick/"
LINK = "/admin/concepts/picture/pick/link/"


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def test_pictures_are_offered_with_what_they_look_like(editor: Client) -> None:
    PictureFactory(slug="board")
    page = editor.get(PICK).content.decode()
    assert '<button type="button" data-line="picture:board"><span class="tk-thumbnail"><svg' in page


def test_pictures_are_found_by_their_words(editor: Client) -> None:
    PictureFactory(slug="board", alt="A packing line.")
    PictureFactory(slug="oven", alt="A bakery.")
    page = editor.get(PICK, {"q": "packing"}).content.decode()
    assert "picture:board" in page
    assert "picture:oven" not in page
    assert "No picture has “nowhere”" in editor.get(PICK, {"q": "nowhere"}).content.decode()


def test_a_new_picture_is_stored_and_named(editor: Client) -> None:
    response = editor.post(
        PICK, {"new-upload": upload(picture(), "board.png"), "new-alt": "A board.", "new-slug": ""}
    )
    assert response.status_code == 201
    assert 'data-made="picture:board"' in response.content.decode()
    assert Picture.objects.get().file.name == "pictures/board.png"


def test_a_picture_that_is_refused_says_why_and_keeps_what_was_typed(editor: Client) -> None:
    response = editor.post(PICK, {"new-upload": upload(b"nothing"), "new-alt": "What was typed."})
    assert response.status_code == 422
    page = response.content.decode()
    assert "no PNG, JPEG or WebP" in page
    assert "What was typed." in page
    assert "data-made" not in page


def test_a_post_of_nothing_is_refused(editor: Client) -> None:
    response = editor.post(PICK, {})
    assert response.status_code == 422
    assert "Choose a file." in response.content.decode()


def test_everything_that_can_be_linked_to_is_offered(editor: Client) -> None:
    TermFactory(slug="takt", name="Takt time", also="beat")
    ConceptFactory(slug="takt-lesson", title="The takt of a line", status="draft")
    MetricFactory(slug="takt-measure", name="Takt")
    ComparisonFactory(slug="takt-table", title="Takt and pace")
    page = editor.get(LINK, {"q": "takt"}).content.decode()
    for link in ("term:takt", "concept:takt-lesson", "metric:takt-measure", "comparison:takt-table"):
        assert f'data-link="{link}"' in page
    assert page.count("draft") == 1


def test_worksheets_are_offered_by_name_and_by_address(editor: Client) -> None:
    page = editor.get(LINK, {"q": "machine"}).content.decode()
    assert 'data-link="worksheet:one-machine"' in page
    assert 'data-link="worksheet:two-machines"' in page
    assert "worksheet:forecast" not in page
    assert 'data-name="A forecast and its errors"' in editor.get(LINK, {"q": "forecast"}).content.decode()


def test_a_term_is_found_by_its_other_names(editor: Client) -> None:
    TermFactory(slug="takt", name="Takt time", also="beat")
    assert 'data-name="Takt time"' in editor.get(LINK, {"q": "beat"}).content.decode()


def test_a_name_that_nothing_has_is_answered(editor: Client) -> None:
    assert "Nothing in the course is called “&lt;b&gt;”" in editor.get(LINK, {"q": "<b>"}).content.decode()


def test_links_are_only_read(editor: Client) -> None:
    assert editor.post(LINK).status_code == 405
