"""Following a learning path, and leaving it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments.models import Learner
from assessments.services.paths import follow_path, leave_path
from concepts.models import LearningPath


@require_POST
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow a path that is published."""
    learner: Learner = request.learner  # type: ignore[attr-defined]
    path = get_object_or_404(LearningPath.objects.published(), slug=slug)
    follow_path(learner=learner, path=path)
    said = _("You follow “%(path)s”. Today and the course now go by its order.") % {"path": path}
    messages.success(request, said)
    return redirect(path)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Go back to the order of the course; what was learned stays. An old page leaves no path but its own."""
    learner: Learner = request.learner  # type: ignore[attr-defined]
    other = leave_path(learner=learner, slug=request.POST.get("path", ""))
    if other is not None:
        said = _("You have left this path before, and follow “%(path)s” now. Nothing was changed.")
        messages.warning(request, said % {"path": other})
        return redirect("concepts:paths")
    messages.success(
        request, _("You follow no path now. Today and the course go by the order of the course.")
    )
    return redirect("concepts:paths")
