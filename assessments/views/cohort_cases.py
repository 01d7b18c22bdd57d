"""Case studies of a cohort: what is assigned, where people stand, how they decided, and any run once more."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.assignments import AssignmentForm
from assessments.gates import for_instructors
from assessments.models import Assignment, Cohort
from assessments.selectors.cohort_case import cohort_case, people_at, read_role
from assessments.selectors.cohort_cases import changes_of, cohort_cases, playable
from assessments.selectors.cohort_choices import cohort_choices
from assessments.selectors.cohort_replay import replay_of, replayable
from assessments.selectors.cohort_slides import Slides
from assessments.selectors.hand_grading import grade_in, shown_as
from assessments.services.assignments import assign_case, withdraw_assignment
from assessments.services.errors import Refused
from concepts.models import CaseStudy


def _case(cohort: Cohort, slug: str) -> CaseStudy:
    return get_object_or_404(playable(cohort), slug=slug)


@require_safe
@for_instructors
def cases(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Every case, whether it is assigned, and how far people have come."""
    shown = cohort_cases(cohort, request.GET.get("page", ""), timezone.now())
    return render(request, "assessments/cohort_cases/cases.html", {"cohort": cohort, "shown": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@for_instructors
def assign(request: HttpRequest, cohort: Cohort, slug: str) -> HttpResponse:
    """Assign a case, or change how it is assigned."""
    study = _case(cohort, slug)
    assignment = Assignment.objects.filter(cohort=cohort, case=study).first()
    version = study.versions.first()
    roles = [role.key for role in version.document.roles] if version else []
    form = AssignmentForm(roles, request.POST if request.method == "POST" else None, assignment=assignment)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            assign_case(cohort=cohort, case=study, by=request.user, **form.wanted)
        except Refused as refused:
            form.add_error(None, refused.message)
            status = refused.status
        else:
            words = _("The assignment is changed.") if assignment else _("The case is assigned.")
            messages.success(request, words)
            return redirect("assessments:cohort_case", cohort.pk, slug)
    context: dict[str, Any] = {"cohort": cohort, "study": study, "assignment": assignment, "form": form}
    context["changes"] = changes_of(cohort, study)
    return render(request, "assessments/cohort_cases/assign.html", context, status=status)


@require_POST
@for_instructors
def withdraw(request: HttpRequest, cohort: Cohort, slug: str) -> HttpResponse:
    """Ask for a case no longer."""
    assignment = get_object_or_404(Assignment, cohort=cohort, case__slug=slug)
    withdraw_assignment(assignment=assignment, by=request.user)
    messages.success(
        request, _("The assignment is withdrawn. Every run stays, and whoever began can finish.")
    )
    return redirect("assessments:cohort_cases", cohort.pk)


@require_safe
@for_instructors
def case(request: HttpRequest, cohort: Cohort, slug: str) -> HttpResponse:
    """Where the people of the cohort stand in one case."""
    role = read_role(request.GET.get("role", ""))
    shown = cohort_case(cohort, _case(cohort, slug), role, timezone.now())
    context = {"cohort": cohort, "shown": shown, "study": shown.study, "now": shown.now, "place": "watch"}
    return render(request, "assessments/cohort_cases/case.html", context)


@require_safe
@for_instructors
def people(request: HttpRequest, cohort: Cohort, slug: str, where: str) -> HttpResponse:
    """Everybody at one stage, at the recommendation, at an ending, or who has not begun."""
    study, role = _case(cohort, slug), read_role(request.GET.get("role", ""))
    shown = people_at(cohort, study, where, role, request.GET.get("page", ""))
    if shown is None:
        raise Http404
    context = {"cohort": cohort, "study": study, "shown": shown, "role": role, "now": timezone.now()}
    return render(request, "assessments/cohort_cases/people.html", context)


@require_safe
@for_instructors
def choices(request: HttpRequest, cohort: Cohort, slug: str) -> HttpResponse:
    """How the cohort decided, stage by stage."""
    role = read_role(request.GET.get("role", ""))
    shown = cohort_choices(cohort, _case(cohort, slug), role)
    context = {"cohort": cohort, "shown": shown, "study": shown.study, "place": "choices"}
    return render(request, "assessments/cohort_cases/choices.html", context)


@require_safe
@for_instructors
def note(request: HttpRequest, cohort: Cohort, slug: str) -> HttpResponse:
    """What the author of a case says to whoever teaches with it."""
    study = _case(cohort, slug)
    version = study.versions.first()
    document = version.document if version else None
    views = (
        [(role, text) for role in document.roles if (text := document.views.get(role.key))]
        if document
        else []
    )
    context: dict[str, Any] = {
        "cohort": cohort,
        "study": study,
        "version": version,
        "document": document,
        "views": views,
    }
    context["place"] = "note"
    return render(request, "assessments/cohort_cases/note.html", context)


@require_safe
@for_instructors
def slides(request: HttpRequest, cohort: Cohort, slug: str) -> HttpResponse:
    """The debriefing, to be shown on a wall."""
    shown = Slides(cohort_choices(cohort, _case(cohort, slug)))
    context = {"cohort": cohort, "study": shown.shown.study, "slides": shown}
    return render(request, "assessments/cohort_cases/slides.html", context)


@never_cache
@require_safe
@for_instructors
def replay(request: HttpRequest, cohort: Cohort, run_pk: int) -> HttpResponse:
    """A run of one of the cohort's people, a step at a time."""
    run = get_object_or_404(replayable(cohort), pk=run_pk)
    return _replay(request, cohort, run, run.learner.name)


@never_cache
@require_safe
@for_instructors
def anonymous_replay(request: HttpRequest, cohort: Cohort, item_pk: int) -> HttpResponse:
    """The run behind a recommendation, under the number that its learner has while answers are graded."""
    grade = get_object_or_404(grade_in(cohort), item=item_pk)
    run = get_object_or_404(replayable(cohort), attempt=grade.item.attempt_id)
    return _replay(request, cohort, run, shown_as(grade), item_pk=item_pk)


def _replay(request: HttpRequest, cohort: Cohort, run: Any, who: str, **more: Any) -> HttpResponse:
    shown = replay_of(run, who, request.GET.get("step", ""), request.GET.get("sort", ""), timezone.now())
    context = {"cohort": cohort, "study": run.case, "shown": shown, **more}
    return render(request, "assessments/cohort_cases/replay.html", context)
