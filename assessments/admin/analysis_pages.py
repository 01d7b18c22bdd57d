"""Item analysis beside questions and assessments in the admin: aggregates only, nobody's answers."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.downloads import csv_download
from assessments.models import Assessment, Question
from assessments.selectors.analysis_pages import assessment_page
from assessments.selectors.analysis_tables import AnalysisPage
from assessments.selectors.item_analysis import assessment_analysis
from assessments.selectors.item_scope import Scope
from assessments.selectors.question_analysis import question_analysis
from assessments.selectors.question_page import question_page

LARGEST = 2**31 - 1


@require_safe
@never_cache
def question_analysis_page(request: HttpRequest, pk: int, as_file: bool = False) -> HttpResponseBase:
    """A question in tests or practice (`?from=`), in one assessment (`?assessment=`), one `?version=`."""
    if not request.user.has_perm("assessments.view_question"):
        raise PermissionDenied
    question = get_object_or_404(Question.objects.select_related("objective"), pk=pk)
    within = _number(request, "assessment")
    scope = Scope(
        assessment=get_object_or_404(Assessment, pk=within) if within else None,
        version=_number(request, "version"),
    )
    shown = question_page(question_analysis(question, scope, request.GET.get("from", "")))
    return _answer(request, question, shown, as_file)


@require_safe
@never_cache
def assessment_analysis_page(request: HttpRequest, pk: int, as_file: bool = False) -> HttpResponseBase:
    """An assessment, everybody's first attempts at it."""
    if not request.user.has_perm("assessments.view_assessment"):
        raise PermissionDenied
    assessment = get_object_or_404(Assessment, pk=pk)
    shown = assessment_page(
        assessment_analysis(Scope(assessment)),
        lambda question: f"{analysis_url('question', question)}?assessment={pk}",
    )
    return _answer(request, assessment, shown, as_file)


def analysis_url(model: str, pk: Any) -> str:
    """The address of the analysis of a question or an assessment."""
    return reverse(f"admin:assessments_{model}_analysis", args=[pk])


def _number(request: HttpRequest, name: str) -> int | None:
    """A number from the address, None if there is none or it cannot be one."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) <= LARGEST else None


def _answer(request: HttpRequest, obj: Any, shown: AnalysisPage, as_file: bool) -> HttpResponseBase:
    """The page, or the file of it."""
    if as_file:
        return csv_download(shown.lines(), shown.name)
    query = request.GET.urlencode()
    context = {
        **admin.site.each_context(request),
        "title": _("Analysis of “%(name)s”") % {"name": obj},
        "opts": obj._meta,
        "object": obj,
        "shown": shown,
        "file_url": f"{request.path}export/" + (f"?{query}" if query else ""),
    }
    return TemplateResponse(request, "admin/assessments/analysis.html", context)
