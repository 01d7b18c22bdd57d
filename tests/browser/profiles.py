"""Profiles of the browser, each made as new for the next test.

A new profile costs a second of the processor: a window is made, and processes that read fonts, styles and
scripts anew. One that is handed back forgets whatever a page can keep, and is given to the next test that
asks for the same options. Where that is not certain it is closed instead.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, CDPSession, Error, Page, ViewportSize

# A page of the site that does nothing: from there, what its pages stored can be removed. The icon is empty,
# or the browser would ask for one.
STILL = "/static/still.html"
STILL_PAGE = '<!doctype html><title>Still</title><link rel="icon" href="data:,">'
FORGET = "localStorage.clear(); sessionStorage.clear(); window.name = ''"
USUAL = ViewportSize(width=1280, height=720)
TIMEOUT = 10_000  # milliseconds
# A page or a profile on which one of these was called is not used again: nothing tells how to take it back.
LASTING = (
    "add_init_script",
    "expose_binding",
    "expose_function",
    "on",
    "once",
    "route",
    "route_from_har",
    "route_web_socket",
    "set_default_navigation_timeout",
    "set_default_timeout",
    "set_extra_http_headers",
    "set_geolocation",
    "set_offline",
)


class Profile:
    """One profile with one page, and where the complaints of its page go."""

    def __init__(self, browser: Browser, base_url: str, options: dict[str, Any]) -> None:
        self.is_spoilt = False
        self.complaints: list[str] = []
        self._origin, self._viewport = base_url, options.get("viewport", USUAL)
        self.context = browser.new_context(base_url=base_url, reduced_motion="reduce", **options)
        self.page = self.context.new_page()
        self._session: CDPSession | None = None
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.set_default_timeout(TIMEOUT)
        for owner in (self.page, self.context):
            for name in LASTING:
                if hasattr(owner, name):
                    setattr(owner, name, self._spoiling(getattr(owner, name)))

    def _listen(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def _spoiling(self, plain: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            self.is_spoilt = True
            return plain(*args, **options)

        return call

    def renew(self) -> bool:
        """Make it as new; False where that did not work."""
        if self.is_spoilt or self.page.is_closed():
            return False
        try:
            self._forget()
        except Error:
            return False
        return True

    def _forget(self) -> None:
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        self.page.goto(STILL)
        self.page.evaluate(FORGET)
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.page.emulate_media(media="null", color_scheme="light", reduced_motion="reduce")
        self.page.set_viewport_size(self._viewport)
        self._session = self._session or self.context.new_cdp_session(self.page)
        self._session.send("Storage.clearDataForOrigin", {"origin": self._origin, "storageTypes": "all"})
        self._session.send("Network.clearBrowserCache")
        self._session.send("Page.resetNavigationHistory")

    def close(self) -> None:
        """For good; it may have been closed by its test."""
        with suppress(Error):
            self.context.close()


class Profiles:
    """The profiles of one browser: those that tests have now, and those that wait for the next."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser, self._base_url = browser, base_url
        self._waiting: dict[str, list[Profile]] = {}
        self._taken: list[tuple[str, Profile]] = []

    def take(self, complaints: list[str], **options: Any) -> Page:
        """The page of a profile that nobody used, or as good as that; what goes wrong in it is noted."""
        key = repr(sorted(options.items()))
        waiting = self._waiting.setdefault(key, [])
        profile = waiting.pop() if waiting else Profile(self._browser, self._base_url, options)
        profile.complaints = complaints
        self._taken.append((key, profile))
        return profile.page

    def give_back(self) -> None:
        """Take all of them back after a test."""
        for key, profile in self._taken:
            if profile.renew():
                self._waiting[key].append(profile)
            else:
                profile.close()
        self._taken.clear()

    def close(self) -> None:
        """Close those that wait, at the end."""
        for profiles in self._waiting.values():
            for profile in profiles:
                profile.close()
