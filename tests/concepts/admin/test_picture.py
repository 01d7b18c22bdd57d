"""Pictures in the admin: upload, replace, restore, list and delete."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from concepts.admin.moments import History
from concepts.models import Picture
from tests.concepts.test_drawings import GOOD
from tests.concepts.test_images import picture, with_exif
from tests.factories import ConceptFactory, LearnerFactory, PictureFactory, QuestionFactory
from tests.forms import restored

pytestmark = pytest.mark.django_db
ADD = "/admin/concepts/picture/add/"
LIST = "/admin/concepts/picture/"


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def kept(stored: Picture) -> bytes:
    """What the storage holds of a picture."""
    with stored.file.storage.open(stored.file.name) as file:
        return bytes(file.read())


def upload(data: bytes, name: str = "Packing Board_2.PNG") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "text/plain")  # what a browser claims counts for nothing


def add(editor: Client, data: bytes, name: str = "Packing Board_2.PNG", **fields: str) -> Any:
    return editor.post(ADD, {"upload": upload(data, name), "alt": "A board.", "slug": "", **fields})


def change(editor: Client, obj: Picture, **fields: Any) -> Any:
    """The form as it was opened, with some fields typed over."""
    url = reverse("admin:concepts_picture_change", args=[obj.pk])
    page = editor.get(url)
    hidden = {"_stamp": page.context["stamp"]} if "stamp" in page.context else {}
    return editor.post(url, {"alt": obj.alt, **hidden, **fields})


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {name: list(said) for name, said in response.context["adminform"].form.errors.items()}


def test_a_photograph_is_stored_under_its_address_without_what_the_camera_noted(editor: Client) -> None:
    response = add(editor, with_exif(), "IMG 1.JPG", slug="packing-board")
    assert response.status_code == 302
    stored = Picture.objects.get()
    assert (stored.slug, stored.file.name, stored.drawing) == (
        "packing-board",
        "pictures/packing-board.jpg",
        "",
    )
    assert (stored.width, stored.height) == (300, 200)
    assert b"camera" not in kept(stored)


def test_without_an_address_it_takes_that_of_its_file(editor: Client) -> None:
    add(editor, picture())
    add(editor, picture())
    assert set(Picture.objects.values_list("slug", flat=True)) == {"packing-board-2", "packing-board-2-2"}


def test_a_drawing_brings_its_text_alternative_along(editor: Client) -> None:
    assert add(editor, GOOD.encode(), "boxes.svg", alt="").status_code == 302
    stored = Picture.objects.get()
    assert (stored.slug, stored.alt, stored.file.name) == ("boxes", "Two boxes of the same width.", "")
    assert stored.drawing.startswith("<svg ")
    assert (stored.width, stored.height) == (400, 120)


def test_a_text_alternative_is_required(editor: Client) -> None:
    found = errors(add(editor, picture(), alt="  "))
    assert "cannot see" in found["alt"][0]
    assert "Choose the file once more" in found["upload"][0]
    assert not Picture.objects.exists()


def test_a_file_is_required(editor: Client) -> None:
    assert errors(editor.post(ADD, {"alt": "A board.", "slug": "board"}))["upload"] == ["Choose a file."]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"MZ\x90", "board.png", "no PNG, JPEG or WebP"),
        (b"<html><script>alert(1)</script></html>", "board.png", "begins with <svg"),
        (GOOD.replace("<g ", "<script/><g ").encode(), "board.svg", "<script> does not belong"),
        (b"\xff\xfe<svg/>", "board.svg", "no PNG, JPEG or WebP"),
        (picture(size=(100, 100)), "board.png", "100 by 100 pixels"),
        (b"\0" * 2_000_001, "board.png", "more than 2 MB"),
        (b"", "board.png", "empty"),
    ],
)
def test_a_hostile_or_useless_file_is_refused_at_its_field(
    editor: Client, data: bytes, name: str, said: str
) -> None:
    response = add(editor, data, name, alt="What was typed stays.")
    assert said in " ".join(errors(response)["upload"])
    assert "What was typed stays." in response.content.decode()
    assert not Picture.objects.exists()


def test_an_address_that_is_taken_names_its_holder(editor: Client) -> None:
    PictureFactory(slug="board")
    assert "taken by the picture" in errors(add(editor, picture(), slug="board"))["slug"][0]


def test_an_address_once_given_stays(editor: Client) -> None:
    stored = PictureFactory(slug="board")
    change(editor, stored, slug="other", alt="New words.")
    stored.refresh_from_db()
    assert (stored.slug, stored.alt) == ("board", "New words.")


def test_a_new_file_replaces_the_old_one_and_history_brings_it_back(editor: Client) -> None:
    add(editor, picture(), slug="board")
    stored = Picture.objects.get()
    first = stored.file.name
    assert change(editor, stored, upload=upload(picture("JPEG"), "b.jpg")).status_code == 302
    stored.refresh_from_db()
    assert stored.file.name == "pictures/board.jpg"
    assert stored.file.storage.exists(first)
    long_ago = timezone.now() - timedelta(days=1)
    Picture.history.filter(pk=stored.history.earliest().pk).update(history_date=long_ago)
    number = History(Picture, stored.pk).moments()[0].number
    url = reverse("admin:concepts_picture_version", args=[stored.pk, number])
    assert restored(editor, url).status_code == 302
    stored.refresh_from_db()
    assert stored.file.name == first
    assert kept(stored)


def test_a_drawing_replaces_a_photograph(editor: Client) -> None:
    add(editor, picture(), slug="board")
    stored = Picture.objects.get()
    change(editor, stored, upload=upload(GOOD.encode(), "b.svg"))
    stored.refresh_from_db()
    assert stored.drawing
    assert not stored.file
    assert (stored.width, stored.height) == (400, 120)


def test_the_words_change_without_a_new_file(editor: Client) -> None:
    add(editor, picture(), slug="board")
    stored = Picture.objects.get()
    assert change(editor, stored, alt="Other words.").status_code == 302
    assert Picture.objects.get().file.name == stored.file.name


def test_the_list_shows_each_picture_and_where_it_is_shown(editor: Client) -> None:
    PictureFactory(slug="board", alt="A board beside a line.")
    ConceptFactory(title="The packing line", body="![c](picture:board)")
    page = editor.get(LIST).content.decode()
    assert '<span class="tk-thumbnail"><svg' in page
    assert "The packing line" in page


def test_the_list_asks_as_much_for_many_as_for_few(editor: Client) -> None:
    counts = []
    for _round in range(2):
        for _i in range(3):
            slug = PictureFactory().slug
            ConceptFactory(body=f"![c](picture:{slug})")
        editor.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            editor.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_of_a_picture_shows_the_line_to_write(editor: Client) -> None:
    stored = PictureFactory(slug="board")
    page = editor.get(reverse("admin:concepts_picture_change", args=[stored.pk])).content.decode()
    assert "<code>![Caption](picture:board)</code>" in page


def test_what_a_text_shows_is_not_deleted(editor: Client) -> None:
    stored = PictureFactory(slug="board")
    ConceptFactory(title="The packing line", body="![c](picture:board)")
    question = QuestionFactory()
    question.content |= {"stem": "![c](picture:board)"}
    question.save()
    url = reverse("admin:concepts_picture_delete", args=[stored.pk])
    response = editor.post(url, {"post": "yes"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "The packing line" in page
    assert "Concept: 1" in page
    assert "Question: 1" in page
    assert Picture.objects.exists()


def test_what_no_text_shows_is_deleted(editor: Client) -> None:
    stored = PictureFactory(slug="board")
    url = reverse("admin:concepts_picture_delete", args=[stored.pk])
    assert editor.post(url, {"post": "yes"}).status_code == 302
    assert not Picture.objects.exists()


def test_pictures_are_for_editors(client: Client) -> None:
    client.force_login(LearnerFactory(user__is_staff=True).user)
    assert client.get(LIST).status_code == 403
    assert client.get("/admin/concepts/picture/pick/").status_code == 403
    assert client.get("/admin/concepts/picture/pick/link/").status_code == 403


def test_a_text_alternative_that_is_too_long_is_not_called_missing(editor: Client) -> None:
    response = editor.post(ADD, {"upload": SimpleUploadedFile("a.png", picture()), "alt": "x" * 501})
    assert response.status_code == 422
    (error,) = response.context["adminform"].form.errors["alt"]
    assert "at most 500 characters" in error
