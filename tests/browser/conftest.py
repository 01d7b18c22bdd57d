"""A real browser for the tests in this folder.

Every page is watched: a script error or something that the content security policy refused fails the test.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import machine

DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=800)
# Axe would set inline styles to read imported sheets, against the policy; no rule that is on needs them.
AXE = {"resultTypes": ["violations"], "preload": False}
# Another scheme changes colours and nothing else.
AXE_OF_COLOURS = {**AXE, "runOnly": ["color-contrast", "link-in-text-block"]}
# No sandbox, as root has none; the rest keeps the browser from calling its maker.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser, and goes first: its files take longest, and one that is
    begun when the others are done keeps a single worker busy for minutes.
    """
    for item in items:
        if _is_here(item):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: not _is_here(item))


def _is_here(item: pytest.Item) -> bool:
    return "tests/browser/" in item.path.as_posix()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session; each test gets a profile of its own."""
    # Playwright leaves an event loop running in this thread; Django would refuse to use the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=machine.chromium(), headless=True, args=CHROMIUM_FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def lasting_files() -> Iterator[None]:
    """Style sheets and scripts may be kept by the browser, as in production: each page asks for ten."""
    plain = StaticFilesHandler.serve

    def serve(handler: StaticFilesHandler, request: HttpRequest) -> Any:
        response = plain(handler, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", serve)
        yield


@pytest.fixture
def complaints() -> list[str]:
    """What went wrong in the page so far; it must be empty when the test ends."""
    return []


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, complaints: list[str]) -> Iterator[Page]:
    """A page in a fresh profile; addresses are relative to the site under test."""
    cache.clear()  # the throttling of sign-ins outlives the other tables of a test
    context = browser.new_context(
        base_url=live_server.url,
        viewport=DESK,
        reduced_motion="reduce",
        locale="en-GB",
    )
    page = context.new_page()
    watch(page, complaints)
    yield page
    context.close()
    assert complaints == []


def watch(page: Page, complaints: list[str]) -> None:
    """Note what goes wrong in a page from now on."""
    page.set_default_timeout(10_000)

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))


@pytest.fixture
def sign_in(page: Page, live_server: LiveServer) -> Callable[[User], None]:
    """Sign a person in without the form: ``sign_in(user)``."""

    def sign_in(user: User) -> None:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )

    return sign_in


@pytest.fixture
def check_accessible() -> Callable[[Page], None]:
    """Let axe look at a page, light and dark: ``check_accessible(page)``."""

    def check(page: Page) -> None:
        for scheme, options in (("light", AXE), ("dark", AXE_OF_COLOURS)):
            page.emulate_media(color_scheme=scheme)
            results = Axe().run(page, options=options)
            assert results.violations_count == 0, f"{page.url} ({scheme}):\n{results.generate_report()}"
        page.emulate_media(color_scheme="light")

    return check


@pytest.fixture
def look(check_accessible: Callable[[Page], None]) -> Callable[[Page], None]:
    """Look at a page as everybody may have it: axe in light and dark, and the width of a phone."""

    def look(page: Page) -> None:
        check_accessible(page)
        page.set_viewport_size(PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url
        page.set_viewport_size(DESK)

    return look


@pytest.fixture
def visit(
    browser: Browser, live_server: LiveServer, complaints: list[str], transactional_db: None
) -> Iterator[Callable[..., Page]]:
    """A device of somebody else: ``visit(user)``, signed in, or ``visit()``. Options are the browser's."""
    contexts: list[BrowserContext] = []

    def visit(user: User | None = None, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **options)
        contexts.append(context)
        if user:
            client = Client()
            client.force_login(user)
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
            )
        page = context.new_page()
        watch(page, complaints)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []
