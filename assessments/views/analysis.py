"""Item analysis for those who teach: what a cohort has finished, one assessment, one of its questions."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.downloads import csv_download
from assessments.gates import for_instructors
from assessments.models import Assessment, Cohort, Question
from assessments.selectors.analysis_pages import assessment_page, cohort_page
from assessments.selectors.analysis_tables import AnalysisPage
from assessments.selectors.item_analysis import assessment_analysis
from assessments.selectors.item_scope import Scope
from assessments.selectors.question_analysis import question_analysis
from assessments.selectors.question_page import question_page

Above = list[tuple[str, str]]


@require_safe
@never_cache
@for_instructors
def analyses(request: HttpRequest, cohort: Cohort, as_file: bool = False) -> HttpResponseBase:
    """The practices and tests that learners of the cohort have finished."""
    return _answer(request, cohort, cohort_page(cohort), [], _("Analysis"), as_file)


@require_safe
@never_cache
@for_instructors
def assessment(request: HttpRequest, cohort: Cohort, slug: str, as_file: bool = False) -> HttpResponseBase:
    """One of them, limited to the learners of the cohort."""
    found = get_object_or_404(Assessment, slug=slug)
    analysis = assessment_analysis(Scope(found, cohort))
    if not analysis.rows and not found.is_published:
        raise Http404  # a draft that nobody here has met
    shown = assessment_page(
        analysis, lambda pk: reverse("assessments:cohort_question", args=[cohort.pk, slug, pk])
    )
    return _answer(request, cohort, shown, _above(cohort), found.title, as_file)


@require_safe
@never_cache
@for_instructors
def question(
    request: HttpRequest, cohort: Cohort, slug: str, question_pk: int, as_file: bool = False
) -> HttpResponseBase:
    """One question of it. To instructors it is not there before their learners were asked it."""
    within = get_object_or_404(Assessment, slug=slug)
    asked = get_object_or_404(Question.objects.select_related("objective"), pk=question_pk)
    analysis = question_analysis(asked, Scope(within, cohort))
    if not analysis.sums.asked:
        raise Http404
    above = [*_above(cohort), (reverse("assessments:cohort_analysis", args=[cohort.pk, slug]), within.title)]
    return _answer(request, cohort, question_page(analysis), above, asked.title, as_file)


def _above(cohort: Cohort) -> Above:
    return [(reverse("assessments:cohort_analyses", args=[cohort.pk]), _("Analysis"))]


def _answer(
    request: HttpRequest, cohort: Cohort, shown: AnalysisPage, above: Above, place: str, as_file: bool
) -> HttpResponseBase:
    """The page, or the file of it."""
    if as_file:
        return csv_download(shown.lines(), f"{cohort.name} {place}")
    context = {
        "cohort": cohort,
        "shown": shown,
        "file_url": f"{request.path}export/",
        "above": [
            (reverse("assessments:cohorts"), _("Cohorts")),
            (cohort.get_absolute_url(), cohort.name),
            *above,
        ],
        "place": place,
    }
    response: HttpResponse = render(request, "assessments/cohort_analysis.html", context)
    return response
