"""Today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.models import Learner
from assessments.selectors.today import today_for
from concepts.kept import shelf_for


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What to do next and why, what is due, and what has changed."""
    learner: Learner = request.learner  # type: ignore[attr-defined]
    today = today_for(shelf_for(request), learner, request.user, timezone.now())
    return render(request, "assessments/home.html", {"today": today})
