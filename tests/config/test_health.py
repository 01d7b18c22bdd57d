"""What a load balancer hears, and the headers that every answer carries."""

import json
import logging
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from config.logging import JsonFormatter

POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.mark.django_db
def test_healthy(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_not_healthy_without_the_database(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with mock.patch.object(connection, "cursor", side_effect=OperationalError("password of user takt")):
        response = client.get("/healthz")
    assert response.status_code == 503
    assert b"password" not in response.content
    assert "password of user takt" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/account/login/", "/admin/", "/nowhere"])
def test_every_answer_carries_the_policy(client: Client, path: str) -> None:
    response = client.get(path)
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_log_line_is_one_json_object() -> None:
    record = logging.LogRecord("takt", logging.WARNING, __file__, 1, 'Not "found":\n%s', ("x",), None)
    record.request = RequestFactory().get("/course/?q=private", headers={"X-Request-ID": "abc"})
    record.status_code = 404
    text = JsonFormatter().format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert line["message"] == 'Not "found":\nx'
    assert (line["method"], line["path"], line["status"]) == ("GET", "/course/", 404)
    assert (line["level"], line["request_id"]) == ("WARNING", "abc")
