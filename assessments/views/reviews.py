"""Reviews: what is due today, and the beginning of a session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.models import Learner
from assessments.selectors.reviews import reviews_page
from assessments.services.errors import Refused
from assessments.services.reviews import due_states, start_reviews


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: HttpRequest) -> HttpResponse:
    """What is due and why; a POST begins, or comes back to the session that is open."""
    now = timezone.now()
    learner: Learner = request.learner  # type: ignore[attr-defined]
    status = 200
    if request.method == "POST":
        try:
            attempt = start_reviews(learner=learner, now=now)
        except Refused as refused:
            status = refused.status
        else:
            return redirect("assessments:attempt", attempt.pk)
    page = reviews_page(learner, due_states(learner, now), now)
    return render(request, "assessments/reviews.html", {"page": page}, status=status)
