"""The preview of Markdown."""

import pytest
from django.test import Client

from tests.factories import LearnerFactory

URL = "/admin/concepts/concept/preview/"

pytestmark = pytest.mark.django_db


def test_the_preview_is_drawn_by_the_renderer_of_the_lessons(editor: Client) -> None:
    response = editor.post(URL, {"text": "::: example a clinic\nTen patients.\n:::"})
    assert response.status_code == 200
    assert 'class="tk-callout" data-kind="example"' in response.content.decode()


def test_the_preview_lets_no_script_through(editor: Client) -> None:
    response = editor.post(URL, {"text": "<script>alert(1)</script>[x](javascript:alert(1))"})
    assert "<script" not in response.content.decode()
    assert "href" not in response.content.decode()


def test_a_text_beyond_all_measure_is_refused(editor: Client) -> None:
    assert editor.post(URL, {"text": "a" * 100_001}).status_code == 413


def test_the_preview_is_for_editors(client: Client) -> None:
    client.force_login(LearnerFactory().user)
    assert client.post(URL, {"text": "a"}).status_code == 302
    client.force_login(LearnerFactory(user__is_staff=True).user)
    assert client.post(URL, {"text": "a"}).status_code == 403


def test_the_preview_is_only_posted_to(editor: Client) -> None:
    assert editor.get(URL).status_code == 405
