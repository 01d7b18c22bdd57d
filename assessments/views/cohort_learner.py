"""One learner of a cohort, for those who teach it: how they stand, and what they are given beyond others."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.forms.extensions import ExtensionForm, ExtraTimeForm
from assessments.gates import for_instructors
from assessments.models import Assessment, Cohort, Extension, Membership
from assessments.selectors.cohort_learner import learner_page
from assessments.selectors.cohort_table import learners_of
from assessments.selectors.extensions import accommodations_of, effect_of
from assessments.services.extensions import grant_extension, set_extra_time, withdraw_extension


@require_http_methods(["GET", "HEAD", "POST"])
@for_instructors
def learner(request: HttpRequest, cohort: Cohort, learner_pk: int) -> HttpResponse:
    """How they stand; a POST gives them extra time everywhere, or more in one assessment."""
    member, now = _member(cohort, learner_pk), timezone.now()
    gives_time = request.method == "POST" and "percent" in request.POST
    extends = request.method == "POST" and not gives_time
    percent = member.learner.extra_time_percent
    time_form = ExtraTimeForm(request.POST if gives_time else None, percent=percent)
    form = ExtensionForm(request.POST if extends else None, initial=_asked_for(request, member))
    if gives_time and time_form.is_valid():
        return _give_time(request, member, time_form.cleaned_data["percent"], now)
    if extends and form.is_valid():
        return _extend(request, member, form.cleaned_data, now)
    context = {
        "shown": learner_page(member, now),
        "accommodations": accommodations_of(member.learner),
        "form": form,
        "time_form": time_form,
        "now": now,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/cohort_learner.html", context, status=status)


def _member(cohort: Cohort, learner_pk: int) -> Membership:
    people = learners_of(cohort).select_related("learner__user", "cohort")
    member: Membership = get_object_or_404(people, learner=learner_pk)
    return member


def _asked_for(request: HttpRequest, member: Membership) -> dict[str, object]:
    """What was given before, where the address names it to be changed."""
    number = request.GET.get("extend", "")
    if not number.isdecimal():
        return {}
    names = ("assessment", "closes_at", "extra_minutes", "extra_attempts", "reason")
    given = Extension.objects.filter(learner=member.learner_id, pk=int(number[:18])).values(*names).first()
    return dict(given or {})


def _back_to(member: Membership) -> HttpResponse:
    page = reverse("assessments:cohort_learner", args=[member.cohort_id, member.learner_id])
    return redirect(f"{page}#h-given")


def _give_time(request: HttpRequest, member: Membership, percent: int, now: datetime) -> HttpResponse:
    set_extra_time(learner=member.learner, percent=percent, by=request.user, now=now)
    said = {"name": member.learner.name, "percent": percent}
    messages.success(request, _("%(name)s has %(percent)s %% extra time from now on.") % said)
    return _back_to(member)


def _extend(request: HttpRequest, member: Membership, given: dict[str, Any], now: datetime) -> HttpResponse:
    extension = grant_extension(learner=member.learner, by=request.user, now=now, **given)
    _tell(request, _("Given in “%(title)s”. %(effect)s"), extension.assessment, member, now)
    return _back_to(member)


@require_POST
@for_instructors
def withdraw(request: HttpRequest, cohort: Cohort, learner_pk: int, extension_pk: int) -> HttpResponse:
    """Take back what a learner was given in one assessment."""
    member, now = _member(cohort, learner_pk), timezone.now()
    rows = Extension.objects.select_related("assessment", "learner")
    extension = get_object_or_404(rows, learner=member.learner_id, pk=extension_pk)
    assessment = extension.assessment
    withdraw_extension(extension=extension, by=request.user, now=now)
    _tell(request, _("Withdrawn in “%(title)s”. %(effect)s"), assessment, member, now, is_gift=False)
    return _back_to(member)


def _tell(
    request: HttpRequest,
    text: str,
    assessment: Assessment,
    member: Membership,
    now: datetime,
    *,
    is_gift: bool = True,
) -> None:
    """What became of it; a gift that does not help yet is said in amber."""
    effect = effect_of(assessment, member.learner, now)
    tell = messages.success if effect.is_enough or not is_gift else messages.warning
    tell(request, text % {"title": assessment.title, "effect": effect.text})
