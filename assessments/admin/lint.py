"""The report of the lint in the admin: advice on the whole bank, by kind and module, and as a file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.downloads import csv_download
from assessments.formats.table import Cell
from assessments.models import Question
from assessments.questions.lint import KINDS
from assessments.selectors.lint import Finding, bank_findings
from concepts.kept import shelf_for
from concepts.models import Module

PER_PAGE = 50


@dataclass(frozen=True)
class Choice:
    """One value of a filter, with what it would leave."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class LintPage:
    """The findings that were asked for, and the filters."""

    page: Page[Any]
    kinds: list[Choice]
    modules: list[Choice]
    total: int

    @property
    def lines(self) -> list[tuple[Finding, str]]:
        """Each finding with the address where it is mended."""
        return [(one, where(one)) for one in self.page]


def lint_urls() -> list[URLPattern]:
    """The report and its file, among the addresses of questions."""
    view = admin.site.admin_view(lint_page)
    return [
        path("advice/", view, name="assessments_question_lint"),
        path("advice/export/", view, {"as_file": True}, name="assessments_question_lint_export"),
    ]


@require_safe
def lint_page(request: HttpRequest, as_file: bool = False) -> HttpResponseBase:
    """Advice on every question (`?kind=` and `?module=` narrow it down), by the page or as CSV."""
    if not request.user.has_perm("assessments.view_question"):
        raise PermissionDenied
    kind, module = request.GET.get("kind", ""), request.GET.get("module", "")
    found = shelf_for(request).get("advice on the bank", bank_findings)
    names = {str(pk): title for pk, title in Module.objects.values_list("pk", "title")}
    here = [one for one in found if module in ("", str(one.module))]
    shown = [one for one in here if kind in ("", one.kind)]
    if as_file:
        return csv_download(_rows(shown, names), _("Advice on questions"))
    by_kind = Counter(one.kind for one in here)
    by_module = Counter(str(one.module) for one in found if kind in ("", one.kind))
    page = LintPage(
        Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        [Choice(key, str(label), by_kind[key], key == kind) for key, label in KINDS.items()],
        [Choice(key, title, by_module[key], key == module) for key, title in names.items()],
        len(found),
    )
    context = {
        **admin.site.each_context(request),
        "title": _("Advice on questions"),
        "opts": Question._meta,
        "shown": page,
    }
    return TemplateResponse(request, "admin/assessments/question/lint.html", context)


def where(one: Finding) -> str:
    """The form of the question, or the questions of the objective."""
    if one.question:
        return reverse("admin:assessments_question_change", args=[one.question])
    return f"{reverse('admin:assessments_question_changelist')}?objective__id__exact={one.objective}"


def _rows(found: Iterable[Finding], modules: dict[str, str]) -> Iterator[list[Cell]]:
    heads = [_("Kind"), _("Module"), _("Objective"), _("Question"), _("Address")]
    yield [*heads, _("Field"), _("Advice"), _("Other question")]
    for one in found:
        module = modules.get(str(one.module), "")
        yield [one.label, module, one.code, one.title, one.slug, one.field, one.message, one.other_title]
