"""What one test leaves in the browser, the next does not find."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.profiles import STILL, Profile, Profiles

KEPT = "[localStorage.length, sessionStorage.length, document.cookie, innerWidth]"


@pytest.fixture(scope="module")
def own(browser: Browser, live_server: LiveServer) -> Iterator[Profiles]:
    """Profiles for these tests alone."""
    profiles = Profiles(browser, live_server.url)
    yield profiles
    profiles.close()


def state(page: Page) -> Any:
    page.goto(STILL)
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark), print').matches")
    return page.evaluate(KEPT), dark, page.context.cookies(), len(page.context.pages)


def test_a_profile_is_as_new_for_the_next_test(own: Profiles) -> None:
    page = own.take([])
    new = state(page)
    page.goto("/healthz")
    page.evaluate("localStorage.a = 1; sessionStorage.b = 2; document.cookie = 'c=3'; name = 'd'")
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(color_scheme="dark", media="print")
    page.context.new_page()
    assert state(page) != new
    own.give_back()
    again = own.take([])
    assert again is page
    assert state(again) == new
    own.give_back()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda page: page.add_init_script("window.early = 1"),
        lambda page: page.route("**/save/", lambda route: route.abort()),
        lambda page: page.context.set_offline(True),
        lambda page: page.close(),
        lambda page: page.context.close(),
    ],
    ids=["script", "route", "offline", "closed", "all-closed"],
)
def test_what_cannot_be_taken_back_is_not_handed_on(
    browser: Browser, live_server: LiveServer, spoil: Callable[[Page], None]
) -> None:
    profile = Profile(browser, live_server.url, {})
    spoil(profile.page)
    assert not profile.renew()
    profile.close()


def test_two_devices_of_one_test_are_two_and_so_are_other_options(own: Profiles) -> None:
    pages = [own.take([]), own.take([]), own.take([], java_script_enabled=False)]
    assert len({id(page.context) for page in pages}) == 3
    own.give_back()
    assert own.take([], java_script_enabled=False) is pages[2]
    own.give_back()


def test_complaints_go_to_the_test_that_has_the_page(own: Profiles) -> None:
    first: list[str] = []
    second: list[str] = []
    own.take(first)
    own.give_back()
    page = own.take(second)
    page.goto("/healthz")
    page.evaluate("setTimeout(() => { throw new Error('mine') })")
    own.give_back()
    assert (first, len(second)) == ([], 1)
