"""The page between choosing rows of a list and doing something with all: what is chosen, and what for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from concepts.admin.columns import change_url

MOST = 500  # a page with more boxes than this is read by nobody


@dataclass(frozen=True)
class Chosen:
    """One row that was chosen. `refused` is why it cannot take part."""

    obj: Any
    is_ticked: bool = True
    note: str = ""
    refused: str = ""

    @property
    def url(self) -> str:
        """Its form."""
        return change_url(self.obj)


@dataclass(frozen=True)
class Deed:
    """What is to be done with them: what is said, where it is sent, and what the button says."""

    title: str
    lead: str
    action: str
    button: str
    script: str = ""


def picked(request: HttpRequest) -> list[int]:
    """The keys whose boxes were ticked."""
    return _keys(request.POST.getlist("pk"))


def listed(request: HttpRequest) -> list[int]:
    """The keys of everything that the page listed, ticked or not; one field holds them all.

    One field a row, beside its box, would be more fields than Django takes of a form with 500 rows.
    """
    return _keys(" ".join(request.POST.getlist("listed")).split())


def _keys(texts: Sequence[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) < 19]


def chosen_page(
    request: HttpRequest,
    model: Any,
    deed: Deed,
    rows: Sequence[Chosen],
    form: Any,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; it is only read until its button is pressed."""
    opts = model._meta
    back = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    context = {
        **admin.site.each_context(request),
        "title": deed.title,
        "crumbs": [(back, capfirst(opts.verbose_name_plural))],
        "deed": deed,
        "rows": rows,
        "listed": " ".join(str(row.obj.pk) for row in rows),
        "form": form,
        "problem": problem,
        "back": back,
        "can_go": any(not row.refused for row in rows),
    }
    return render(request, "admin/handy/chosen.html", context, status=status)


def too_many(count: int) -> str:
    """What to say to somebody who chose a whole bank."""
    said = {"count": count, "most": MOST}
    return _("You chose %(count)d. Choose at most %(most)d at a time; filters help.") % said
