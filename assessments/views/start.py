"""The start of an assessment: its conditions before anything begins, and the beginning."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.models import Assessment, Attempt, Learner
from assessments.selectors.start import start_page, used_attempts
from assessments.services.attempts import deadline_for, refuse_unless_allowed, start_attempt
from assessments.services.errors import Refused
from assessments.services.finishing import finish_overdue
from concepts.models.base import can_preview


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked and how; a POST begins, or comes back to the attempt that is open."""
    now = timezone.now()
    learner: Learner = request.learner  # type: ignore[attr-defined]
    assessment = get_object_or_404(Assessment.objects.with_home().visible_to(request.user), slug=slug)
    if request.method == "POST":
        is_draft = (
            can_preview(request.user) and not Assessment.objects.published().filter(pk=assessment.pk).exists()
        )
        try:
            attempt = start_attempt(learner=learner, assessment=assessment, now=now, is_preview=is_draft)
        except Refused as refused:
            return _show(request, learner, assessment, now, refused)
        return redirect("assessments:attempt", attempt.pk)
    going = Attempt.objects.filter(learner=learner, assessment=assessment).overdue(now).first()
    if going is not None:
        finish_overdue(attempt=going, now=now)
    return _show(request, learner, assessment, now)


def _show(
    request: HttpRequest,
    learner: Learner,
    assessment: Assessment,
    now: datetime,
    refused: Refused | None = None,
) -> HttpResponse:
    used = used_attempts(learner, assessment)
    try:
        refuse_unless_allowed(assessment, used, now)
    except Refused as error:
        reason = error.message
    else:
        reason = ""
    page = start_page(
        learner, assessment, used=used, ends_at=deadline_for(assessment, learner, now), reason=reason, now=now
    )
    context = {"page": page, "refused": refused.message if refused else ""}
    return render(request, "assessments/start.html", context, status=refused.status if refused else 200)
