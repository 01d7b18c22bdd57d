"""The start of an assessment: its conditions before anything begins, and the beginning."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.models import Assessment, Learner
from assessments.models.terms import terms_for
from assessments.selectors.previews import may_preview
from assessments.selectors.start import start_page, used_attempts
from assessments.services.attempts import open_attempt, refuse_unless_allowed, start_attempt
from assessments.services.errors import Refused
from concepts.kept import shelf_for
from concepts.models.base import can_preview


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked and how; a POST begins, or comes back to the attempt that is open.

    Who may see a draft takes it as a preview.
    """
    now = timezone.now()
    learner: Learner = request.learner  # type: ignore[attr-defined]
    assessments = Assessment.objects.with_home().visible_to(request.user).filter(slug=slug)
    assessment = assessments.first()
    if assessment is None:
        shelf_for(request)  # it may be due, and is published then
        assessment = get_object_or_404(assessments)
    if can_preview(request.user) and not Assessment.objects.published().filter(pk=assessment.pk).exists():
        return redirect("assessments:preview", slug)
    if request.method == "POST":
        try:
            attempt = start_attempt(learner=learner, assessment=assessment, now=now)
        except Refused as refused:
            return _show(request, learner, assessment, now, refused)
        return redirect("assessments:attempt", attempt.pk)
    return _show(request, learner, assessment, now)


def _show(
    request: HttpRequest,
    learner: Learner,
    assessment: Assessment,
    now: datetime,
    refused: Refused | None = None,
) -> HttpResponse:
    going = open_attempt(learner=learner, assessment=assessment, now=now)
    used, terms = used_attempts(learner, assessment), terms_for(assessment, learner)
    try:
        refuse_unless_allowed(terms, used, now)
    except Refused as error:
        reason = error.message
    else:
        reason = ""
    context = {
        "page": start_page(learner, terms, going=going, used=used, reason=reason, now=now),
        "refused": refused.message if refused else "",
        "may_preview": may_preview(request.user),
    }
    return render(request, "assessments/start.html", context, status=refused.status if refused else 200)
