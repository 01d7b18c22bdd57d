"""Joining a cohort by a link: the one page of a cohort that everybody with the link may open."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.models import Learner
from assessments.selectors.cohorts import membership_by
from assessments.services import cohorts
from assessments.services.errors import LinkRefused
from config.adapter import JOIN_TOKEN_KEY


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Show the invitation, or accept it. Opening a link changes nothing but whether one may sign up."""
    learner: Learner | None = getattr(request, "learner", None)
    token = token.replace("\x00", "")
    try:
        if learner is not None and request.method == "POST":
            return _accept(request, learner, token)
        member = membership_by(token, learner) if learner else None
        if member:
            _forget(request)
            return render(request, "assessments/join_known.html", {"member": member})
        link = cohorts.usable_link(token=token, now=timezone.now())
    except LinkRefused as refusal:
        _forget(request)
        context = {"message": refusal.message, "unknown": refusal.status == 404}
        return render(request, "assessments/join_refused.html", context, status=refusal.status)
    if learner is None:
        request.session[JOIN_TOKEN_KEY] = token
        if request.method == "POST":  # signed out meanwhile
            return redirect_to_login(request.path)
    return render(request, "assessments/join.html", {"link": link})


def _accept(request: HttpRequest, learner: Learner, token: str) -> HttpResponse:
    member = cohorts.join(learner=learner, token=token, now=timezone.now())
    _forget(request)
    messages.success(request, _("You are in %(cohort)s now.") % {"cohort": member.cohort.name})
    return redirect("assessments:home")


def _forget(request: HttpRequest) -> None:
    """A link that has been used, or cannot be, opens the sign-up no longer."""
    request.session.pop(JOIN_TOKEN_KEY, None)
