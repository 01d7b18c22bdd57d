"""Grading by hand: what waits in a cohort, the answers to one assessment, and one answer with its rubric."""

import logging
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.grading import GradeForm
from assessments.gates import for_instructors
from assessments.models import Assessment, Cohort, HandGrade
from assessments.selectors.cohort_replay import run_behind
from assessments.selectors.hand_grading import (
    first_of,
    grade_in,
    handed_in,
    lines_of,
    next_waiting,
    pile_page,
    piles,
    sheet_of,
    waiting_in,
)
from assessments.services.errors import Refused
from assessments.services.hand_grading import Overtaken, grade_by_hand

logger = logging.getLogger(__name__)


def _shows_names(request: HttpRequest, cohort: Cohort) -> bool:
    """Whether this reader has asked to see who wrote what, in this cohort and until they sign out."""
    return cohort.pk in request.session.get("grading_names", [])


@never_cache
@require_safe
@for_instructors
def queue(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """How many answers wait, by assessment."""
    context = {
        "cohort": cohort,
        "piles": piles(cohort, request.GET.get("page", "")),
        "counts": waiting_in(cohort),
        "now": timezone.now(),
    }
    return render(request, "assessments/grading/queue.html", context)


@never_cache
@require_safe
@for_instructors
def pile(request: HttpRequest, cohort: Cohort, slug: str) -> HttpResponse:
    """Every written answer to one assessment, those that wait first."""
    assessment = get_object_or_404(Assessment, slug=slug)
    if not handed_in(cohort, assessment.pk).exists():
        return redirect("assessments:grading", cohort.pk)
    page = pile_page(cohort, assessment, request.GET.get("page", ""))
    shows_names = _shows_names(request, cohort)
    grades = list(page.object_list)
    names = {
        grade.item.attempt.learner_id: grade.item.attempt.learner.name for grade in grades if shows_names
    }
    context = {
        "cohort": cohort,
        "assessment": assessment,
        "page": page,
        "lines": lines_of(grades, assessment, names),
        "first": first_of(cohort, assessment.pk),
        "shows_names": shows_names,
    }
    return render(request, "assessments/grading/pile.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_instructors
def answer(request: HttpRequest, cohort: Cohort, item_pk: int) -> HttpResponse:
    """One answer with its rubric; a POST grades it."""
    grade = get_object_or_404(grade_in(cohort), item=item_pk)
    sheet = sheet_of(cohort, grade)
    if request.method == "POST":
        return _grade(request, cohort, grade, GradeForm(sheet.rubric, request.POST))
    form = GradeForm(sheet.rubric, ticks=grade.ticks, comment=grade.comment, revision=grade.revision)
    return _show(request, cohort, grade, form)


def _grade(request: HttpRequest, cohort: Cohort, grade: HandGrade, form: GradeForm) -> HttpResponse:
    """Keep what was ticked; what is refused is shown with what was ticked and typed."""
    if not form.is_valid():
        return _show(request, cohort, grade, form, status=422)
    try:
        graded = grade_by_hand(
            item=grade.item,
            ticks=form.ticks,
            comment=form.cleaned_data["comment"],
            revision=form.cleaned_data["revision"],
            grader=request.user,
            now=timezone.now(),
        )
    except Overtaken as overtaken:
        mine = GradeForm(
            form.rubric,
            ticks=form.ticks,
            comment=form.cleaned_data["comment"],
            revision=overtaken.grade.revision,
        )
        return _show(request, cohort, grade, mine, status=409, theirs=overtaken.grade)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _show(request, cohort, grade, form, status=refused.status)
    words = _("Graded.") if graded.is_complete else _("Kept. A criterion is open, so the answer still waits.")
    messages.success(request, words)
    return _onward(request, cohort, grade)


def _onward(request: HttpRequest, cohort: Cohort, grade: HandGrade) -> HttpResponse:
    """Back to the answer, or on to the next that waits; after the last of them to the list."""
    attempt = grade.item.attempt
    if "onward" not in request.POST:
        return redirect("assessments:grading_answer", cohort.pk, grade.item_id)
    following = next_waiting(cohort, grade, attempt.assessment_id or 0)
    if following is None:
        return redirect("assessments:grading_pile", cohort.pk, attempt.assessment.slug)  # type: ignore[union-attr]
    return redirect("assessments:grading_answer", cohort.pk, following)


def _show(
    request: HttpRequest,
    cohort: Cohort,
    grade: HandGrade,
    form: GradeForm,
    *,
    status: int = 200,
    theirs: HandGrade | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "cohort": cohort,
        "sheet": sheet_of(cohort, grade),
        "form": form,
        "theirs": theirs,
        "beside": form.beside(theirs.ticks) if theirs else (),
        "shows_names": _shows_names(request, cohort),
        "behind": run_behind(cohort, grade.item),
    }
    return render(request, "assessments/grading/answer.html", context, status=status)


@require_POST
@for_instructors
def names(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Show who wrote what, or hide it again. That names were asked for stands in the log."""
    shown = [pk for pk in request.session.get("grading_names", []) if pk != cohort.pk]
    if "show" in request.POST:
        shown.append(cohort.pk)
        logger.info("User %s shows the names of written answers in cohort %s", request.user.pk, cohort.pk)
    request.session["grading_names"] = shown
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect("assessments:grading", cohort.pk)
