"""A person's own settings."""

from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.forms.settings import SettingsForm
from assessments.models import Learner
from assessments.services.people import change_settings


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Name, time zone, reviews and minutes a day; what is refused is kept as it was typed."""
    learner: Learner = request.learner  # type: ignore[attr-defined]
    # The form writes what it reads into the profile it is given, the wrong values too: a copy for it.
    form = SettingsForm(request.POST or None, instance=copy(learner))
    if request.method == "POST" and form.is_valid():
        change_settings(learner=learner, **form.cleaned_data)
        messages.success(request, _("Your settings are saved."))
        return redirect("assessments:settings")
    context = {"form": form, "extra_time": learner.extra_time_percent}
    return render(request, "assessments/settings.html", context, status=422 if form.errors else 200)
