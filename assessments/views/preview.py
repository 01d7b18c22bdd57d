"""Taking an assessment as a learner takes it, for those who write or teach: a preview that never counts."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.forms.seed import SeedForm
from assessments.models import Assessment, Learner
from assessments.models.terms import Terms
from assessments.selectors.previews import may_preview
from assessments.selectors.start import start_page
from assessments.services.attempts import open_attempt
from assessments.services.errors import Refused
from assessments.services.previews import start_preview


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The start page as learners meet it, with the draw to choose; a POST begins a preview."""
    if not may_preview(request.user):
        raise Http404
    now = timezone.now()
    learner: Learner = request.learner  # type: ignore[attr-defined]
    assessment = get_object_or_404(Assessment.objects.with_home().visible_to(request.user), slug=slug)
    form = SeedForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, learner, assessment, form, now, status=422 if form.is_bound else 200)
    try:
        attempt = start_preview(
            learner=learner, assessment=assessment, seed=form.cleaned_data["seed"], now=now
        )
    except Refused as refused:
        return _show(request, learner, assessment, form, now, refused.message, refused.status)
    return redirect("assessments:attempt", attempt.pk)


def _show(
    request: HttpRequest,
    learner: Learner,
    assessment: Assessment,
    form: SeedForm,
    now: datetime,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    going = open_attempt(learner=learner, assessment=assessment, now=now, is_preview=True)
    page = start_page(learner, Terms(assessment, 0), going=going, used=0, reason="", now=now, is_preview=True)
    context = {"page": page, "form": form, "refused": refused or page.reason}
    return render(request, "assessments/preview.html", context, status=status)
