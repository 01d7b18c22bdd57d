"""A picture at its own address."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from concepts.models import Picture
from concepts.selectors.pictures import version_of
from tests.concepts.test_images import picture
from tests.factories import PictureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def photograph(format: str = "PNG", ending: str = "png") -> Picture:
    file = ContentFile(picture(format), f"x.{ending}")
    made: Picture = PictureFactory(slug="board", drawing="", file=file, width=300, height=200)
    return made


@pytest.mark.parametrize(
    ("format", "ending", "kind"),
    [("PNG", "png", "image/png"), ("JPEG", "jpg", "image/jpeg"), ("WEBP", "webp", "image/webp")],
)
def test_a_file_comes_as_what_it_is(mine: Client, format: str, ending: str, kind: str) -> None:
    response = mine.get(photograph(format, ending).get_absolute_url())
    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content == picture(format)


def test_its_file_is_called_after_its_address() -> None:
    assert photograph().file.name == "pictures/board.png"


def test_an_address_with_the_right_version_may_be_kept(mine: Client) -> None:
    found = photograph()
    url = found.get_absolute_url()
    assert "immutable" in mine.get(url, {"v": version_of(found)})["Cache-Control"]
    for query in ({}, {"v": "0"}):
        assert mine.get(url, query)["Cache-Control"] == "private, no-cache"


def test_who_has_it_already_is_told_so_until_it_changes(mine: Client) -> None:
    found = photograph()
    url = found.get_absolute_url()
    tag = mine.get(url)["ETag"]
    assert mine.get(url, headers={"if-none-match": tag}).status_code == 304
    found.save()
    assert mine.get(url, headers={"if-none-match": tag}).status_code == 200


def test_a_drawing_comes_as_svg_in_the_colours_of_the_site(mine: Client) -> None:
    response = mine.get(PictureFactory(slug="flow").get_absolute_url())
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "script-src 'self'" in response["Content-Security-Policy"]
    text = response.content.decode()
    assert text.startswith('<?xml-stylesheet type="text/css" href="/static/css/tokens.css"?>')
    assert '<svg class="tk-drawing" viewBox="0 0 400 100">' in text


def test_it_is_for_those_who_have_signed_in(client: Client) -> None:
    assert client.get(photograph().get_absolute_url()).status_code == 302


def test_what_is_not_there_is_not_found(mine: Client) -> None:
    assert mine.get("/course/pictures/nothing/").status_code == 404


def test_a_file_that_was_lost_is_not_found(mine: Client) -> None:
    found = photograph()
    found.file.storage.delete(found.file.name)
    assert mine.get(found.get_absolute_url()).status_code == 404


def test_a_file_of_another_type_is_never_sent(mine: Client) -> None:
    file = ContentFile(b"<script>alert(1)</script>", "x.html")
    found = PictureFactory(slug="page", drawing="", file=file)
    assert mine.get(found.get_absolute_url()).status_code == 404


def test_it_is_only_read(mine: Client) -> None:
    assert mine.post(photograph().get_absolute_url()).status_code == 405
