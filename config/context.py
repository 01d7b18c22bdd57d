"""What every page's frame needs to know: the theme, the reader and the main navigation.

Read lazily, so that a response without the frame (a download, a fragment) pays nothing.
No query of its own: the sign-in backend fetches the profile and the instructor flag with the user.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

Theme = Literal["light", "dark", ""]


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation."""

    label: str
    url: str
    current: bool


_Section = tuple[str | Promise, str, tuple[str, ...]]

# Label, the view that it opens, and the beginnings of the names of the views that belong to it.
_SECTIONS: list[_Section] = [
    (_("Today"), "assessments:home", ("assessments:home",)),
    (
        _("Course"),
        "concepts:course",
        ("concepts:", "assessments:start", "assessments:attempt", "assessments:result", "assessments:check"),
    ),
    (_("Cases"), "assessments:cases", ("assessments:case",)),
    (_("Reviews"), "assessments:reviews", ("assessments:review",)),
    (
        _("Progress"),
        "assessments:progress",
        (
            "assessments:progress",
            "assessments:objective",
            "assessments:mastery_rule",
            "assessments:skills",
        ),
    ),
]
_TEACHING: list[_Section] = [
    (_("Cohorts"), "assessments:cohorts", ("assessments:cohort", "assessments:grading"))
]


class Frame(NamedTuple):
    """What the parts of the frame that are drawn once depend on; equal frames look alike.

    The reader's name is put in afterwards, so that everybody's first page finds the frame drawn.
    """

    language: str
    signed_in: bool
    is_staff: bool
    nav: tuple[NavItem, ...]

    @property
    def name(self) -> str:
        """Where the name goes."""
        return NAME


def _draw(part: str, frame: Frame) -> SafeString:
    return render_to_string(f"components/{part}.html", {"shell": frame})


NAME = "{name}"
NOBODY = Frame("", False, False, ())

# The frame is a third of a page's work and the same from page to page, so a process keeps what it has drawn.
_drawn = lru_cache(maxsize=1024)(_draw)


def draw(part: str, frame: Frame) -> SafeString:
    """A part of the frame; drawn anew each time while templates are being worked on."""
    return _draw(part, frame) if settings.DEBUG else _drawn(part, frame)


class Shell:
    """The frame around a page, computed as far as a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def theme(self) -> Theme:
        """The reader's choice, or nothing when the page follows the system."""
        choice = self._request.COOKIES.get("theme")
        return "light" if choice == "light" else "dark" if choice == "dark" else ""

    @cached_property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        # A page that fails before the authentication middleware ran has no user at all.
        user = getattr(self._request, "user", None)
        return user is not None and bool(user.is_authenticated)

    @cached_property
    def is_staff(self) -> bool:
        """May open the content admin."""
        return self._is("is_staff")

    @cached_property
    def name(self) -> str:
        """How the reader is addressed in the top bar."""
        user = self._request.user
        return (user.get_full_name() or user.email or user.get_username()) if user.is_authenticated else ""

    def _is(self, flag: str) -> bool:
        return self.signed_in and bool(getattr(self._request.user, flag, False))

    @property
    def assets(self) -> SafeString:
        """The sheets and the script of every page."""
        return draw("assets", NOBODY)

    @property
    def topbar(self) -> SafeString:
        """The bar at the top."""
        return SafeString(draw("topbar", self.frame).replace(NAME, escape(self.name)))

    @property
    def foot_links(self) -> SafeString:
        """What explains the course, at the foot."""
        return draw("foot_links", self.frame._replace(nav=()))

    @cached_property
    def frame(self) -> Frame:
        """This reader's frame."""
        return Frame(get_language() or "", self.signed_in, self.is_staff, self.nav)

    @cached_property
    def nav(self) -> tuple[NavItem, ...]:
        """The main navigation of this reader, with the current place marked."""
        if not self.signed_in:
            return ()
        user = self._request.user
        teaches = bool(getattr(user, "teaches", False)) or bool(getattr(user, "is_superuser", False))
        match = self._request.resolver_match
        here = match.view_name if match else ""
        return tuple(
            NavItem(label=str(label), url=reverse(view), current=here.startswith(beginnings))
            for label, view, beginnings in _SECTIONS + (_TEACHING if teaches else [])
        )


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: put the frame into every template as ``shell``."""
    return {"shell": Shell(request)}
