"""A real browser for the tests in this folder.

Every page is watched: a script error or something that the content security policy refused fails the test.
"""

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import machine
from tests.browser.profiles import STILL, STILL_PAGE, Profiles

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
    """Everything in this folder needs the browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


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
    """Style sheets and scripts may be kept by the browser, as in production: each page asks for ten. One page
    is added, which does nothing.
    """
    plain = StaticFilesHandler.serve

    def serve(handler: StaticFilesHandler, request: HttpRequest) -> Any:
        if request.path == STILL:
            return HttpResponse(STILL_PAGE)
        response = plain(handler, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", serve)
        yield


@pytest.fixture(scope="session")
def profiles(browser: Browser, live_server: LiveServer) -> Iterator[Profiles]:
    """The profiles of this browser."""
    profiles = Profiles(browser, live_server.url)
    yield profiles
    profiles.close()


@pytest.fixture
def complaints() -> list[str]:
    """What went wrong in the pages so far; it must be empty when the test ends."""
    return []


@pytest.fixture
def take(profiles: Profiles, complaints: list[str], transactional_db: None) -> Iterator[Callable[..., Page]]:
    """A page in a profile as new: ``take(**options)``. Addresses are relative to the site under test."""
    cache.clear()  # the throttling of sign-ins outlives the other tables of a test
    yield partial(profiles.take, complaints)
    profiles.give_back()
    assert complaints == []


@pytest.fixture
def page(take: Callable[..., Page]) -> Page:
    """The page of most tests."""
    return take(viewport=DESK, locale="en-GB")


@pytest.fixture
def sign_in(page: Page, live_server: LiveServer) -> Callable[[User], None]:
    """Sign a person in without the form: ``sign_in(user)``."""
    return lambda user: let_in(page, live_server.url, user)


def let_in(page: Page, url: str, user: User) -> None:
    """Give the profile of a page the cookie of somebody who signed in."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])


@pytest.fixture
def check_accessible() -> Callable[[Page], None]:
    """Let axe look at a page, light and dark: ``check_accessible(page)``."""

    def check(page: Page) -> None:
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE_SCRIPT)
        for scheme, options in (("light", AXE), ("dark", AXE_OF_COLOURS)):
            page.emulate_media(color_scheme=scheme)
            results = AxeResults(page.evaluate("options => axe.run(options)", options))
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
def visit(take: Callable[..., Page], live_server: LiveServer) -> Callable[..., Page]:
    """A device of somebody else: ``visit(user)``, signed in, or ``visit()``. Options are the browser's."""

    def visit(user: User | None = None, **options: Any) -> Page:
        page = take(**options)
        if user:
            let_in(page, live_server.url, user)
        return page

    return visit
