"""The server is killed (SIGKILL) in the middle of its work: what it had acknowledged is there afterwards.

The real server, gunicorn with two workers and the settings of an installation, on the database of this test.
Everything goes through HTTP, from the sign-in to the result.
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from assessments.models import Attempt, Evidence, Learner
from assessments.services.attempts import start_attempt
from tests.factories import PASSWORD, LearnerFactory, practice_set

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parent.parent.parent
QUESTIONS = 2
BURST = 12  # saves of each question that are acknowledged before the server dies
PATIENCE = 20.0  # seconds


def database_url() -> str:
    """The database of this test, as an installation would name it."""
    settings = connections["default"].settings_dict
    if "sqlite" in settings["ENGINE"]:
        return f"sqlite:///{settings['NAME']}"
    user = f"{settings['USER']}:{settings['PASSWORD']}".rstrip(":")
    return f"postgres://{user}@{settings['HOST']}:{settings['PORT'] or 5432}/{settings['NAME']}"


class Server:
    """One server after another on the same port; each is killed as a power cut would."""

    def __init__(self, database: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        kept = {"PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV"}
        self.environment = {name: value for name, value in os.environ.items() if name in kept} | {
            "ENV_FILE": "",
            "DEBUG": "1",
            "ALLOWED_HOSTS": "127.0.0.1",
            "LOG_LEVEL": "WARNING",
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a process group of its own and wait until it answers."""
        bind = [
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            "2",
            "--threads",
            "2",
            "--no-control-socket",
            "--preload",
        ]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "config.wsgi:application", *bind, "--log-level", "error"],
            env=self.environment,
            cwd=ROOT,
            start_new_session=True,
        )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process.poll() is None, "gunicorn ended by itself"
            with suppress(OSError, http.client.HTTPException):
                if Browser(self.port).get("/healthz")[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError("gunicorn did not answer")

    def kill(self) -> None:
        """The master and its workers at once, without a word of warning."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Browser:
    """What a page needs of a browser: cookies and forms."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> tuple[int, str]:
        return self._request("GET", path)

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Post a form; the status, and the address that it leads to or the body."""
        return self._request(
            "POST", path, {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}
        )

    def _request(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, urlencode(fields) if fields else None, headers)
            response = connection.getresponse()
            body = response.read().decode()
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", []):
            name, value = header.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return response.status, response.headers.get("Location") or body

    def sign_in(self, email: str) -> None:
        self.get(reverse("account_login"))
        status, _ = self.post(reverse("account_login"), login=email, password=PASSWORD)
        assert status == 302


@dataclass
class Answering:
    """Somebody who types into one question: what was sent last, and what was acknowledged."""

    attempt: int
    position: int
    revision: int = 0
    sent: str = ""
    acknowledged: str = ""

    def save(self, browser: Browser, text: str) -> None:
        """Send what stands in the field; it counts once the server says so."""
        self.sent = text
        path = reverse("assessments:save", args=[self.attempt, self.position])
        status, body = browser.post(path, answer=text, revision=str(self.revision))
        assert (status, '"outcome": "saved"' in body) == (200, True), body
        self.acknowledged = text
        self.revision += 1

    def type_on(self, browser: Browser) -> None:
        """One save after the other until the server is gone."""
        with suppress(OSError, http.client.HTTPException):
            for number in range(self.revision, 10_000):
                self.save(browser, str(1000 * self.position + number))

    def look(self, browser: Browser) -> None:
        """Find it as it was left; only what was under way when the server died may have arrived or not."""
        status, page = browser.get(reverse("assessments:question", args=[self.attempt, self.position]))
        assert status == 200
        shown = _attribute(page, "answer")
        assert shown in {self.acknowledged, self.sent}
        self.revision, self.acknowledged = int(_attribute(page, "revision")), shown


def _attribute(page: str, name: str) -> str:
    """The value of a field of a form."""
    tag = re.search(rf'<input[^>]* name="{name}"[^>]*>', page)
    value = re.search(r' value="([^"]*)"', tag[0]) if tag else None
    assert value is not None, name
    return unescape(value[1])


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(database_url())
    yield server
    server.kill()


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(server: Server) -> None:
    learner: Learner = LearnerFactory()
    learner.user.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1000)
    learner.user.save()
    test = practice_set(QUESTIONS, mode="test", type="numeric")
    attempt = start_attempt(learner=learner, assessment=test, now=timezone.now())
    key = {
        item.position: f"{item.values['units'] / item.values['hours']:.8g}" for item in attempt.items.all()
    }
    connections.close_all()  # so that the server alone holds the database, and alone recovers it

    server.start()
    browser = Browser(server.port)
    browser.sign_in(learner.user.email)
    answering = [Answering(attempt.pk, position) for position in key]
    typing = [Thread(target=each.type_on, args=[browser]) for each in answering]
    for thread in typing:
        thread.start()
    end = time.monotonic() + PATIENCE
    while min(each.revision for each in answering) < BURST and time.monotonic() < end:
        time.sleep(0.005)
    server.kill()
    for thread in typing:
        thread.join()
    assert min(each.revision for each in answering) >= BURST

    server.start()
    for each in answering:
        each.look(browser)
        each.save(browser, key[each.position])
    server.kill()

    server.start()
    for each in answering:
        each.look(browser)
        assert each.acknowledged == key[each.position]
    for _ in range(2):
        status, place = browser.post(reverse("assessments:submit", args=[attempt.pk]))
        assert (status, place) == (302, reverse("assessments:result", args=[attempt.pk]))
    assert browser.get(place)[0] == 200
    server.kill()

    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.score) == (Attempt.State.GRADED, QUESTIONS)
    assert [item.answer["text"] for item in attempt.items.order_by("position")] == list(key.values())
    assert Evidence.objects.filter(score=1).count() == Evidence.objects.count() == QUESTIONS
