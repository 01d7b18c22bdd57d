"""The cases: their list, one before it is begun, and the two roles compared."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessments.selectors.case_debrief import comparison_of, has_both_roles
from assessments.selectors.case_list import case_page, cases_page, visible_cases
from assessments.services.cases import start_run
from assessments.services.errors import Refused
from assessments.services.people import ensure_learner
from concepts.kept import shelf_for


@never_cache
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Every published case; what a cohort asks for stands first."""
    now = timezone.now()
    page = cases_page(shelf_for(request), ensure_learner(user=request.user), now)
    return render(request, "assessments/case/cases.html", {"page": page, "now": now})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """One case with its brief and its roles; a POST begins a run, or comes back to the one that is open."""
    case = get_object_or_404(visible_cases(request.user), slug=slug)
    learner, now, refused = ensure_learner(user=request.user), timezone.now(), None
    if request.method == "POST":
        try:
            run = start_run(learner=learner, case=case, role=request.POST.get("role", ""), now=now)
        except Refused as error:
            refused = error
        else:
            return redirect(run)
    context = {"page": case_page(case, learner, now), "now": now, "refused": refused}
    return render(request, "assessments/case/case.html", context, status=refused.status if refused else 200)


@never_cache
@require_safe
def compared(request: HttpRequest, slug: str) -> HttpResponse:
    """What the two roles saw and decided; it opens once both have been played to their end."""
    case = get_object_or_404(visible_cases(request.user), slug=slug)
    comparison = comparison_of(case, request.user, timezone.now())
    if comparison is None:
        if not has_both_roles(case):
            raise Http404
        return render(request, "assessments/case/locked.html", {"case": case}, status=403)
    return render(request, "assessments/case/compared.html", {"page": comparison})
