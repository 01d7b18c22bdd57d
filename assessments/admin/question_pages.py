"""The pages beside a question's form: the sample draws, and the question as learners meet it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assessments.forms.content import FORMS
from assessments.forms.preview import build_preview
from assessments.forms.seed import LARGEST, SeedForm
from assessments.models import Misconception, Question
from assessments.questions import TYPES
from assessments.questions.base import Content
from assessments.selectors.draws import Draws, draws_of, slugs_in


def type_choices() -> list[tuple[str, Any, Any]]:
    """Every type with its name and what it is good for."""
    return [(key, TYPES[key].label, form.intro) for key, form in FORMS.items()]


def draws_for(kind: str, content: Content | None) -> Draws | None:
    """The table of sample draws; None for a type that draws no figures, or where nothing could be read."""
    if not TYPES[kind].parametric or not content:
        return None
    slugs = slugs_in(content)
    names = dict(Misconception.objects.filter(slug__in=slugs).values_list("slug", "name"))
    return draws_of(kind, content, names)


@require_POST
def draws(request: HttpRequest, kind: str) -> HttpResponse:
    """The table for what stands in the form of this type at this moment; nothing is stored."""
    if not request.user.has_perm("assessments.view_question"):
        raise PermissionDenied
    if kind not in FORMS or not TYPES[kind].parametric:
        raise Http404
    form = FORMS[kind]({}, request.POST)
    if not form.is_valid():
        return HttpResponse(status=204)  # the table that is there stays until the form can be read
    context = {"draws": draws_for(kind, form.content())}
    return render(request, "admin/assessments/question/draws.html", context)


def preview(request: HttpRequest, pk: int, number: int = 1) -> HttpResponse:
    """The question as its form has it, in any draw; an answer is marked and forgotten.

    Draws are numbered from 1 as in the table of sample draws, whose first seed is 0. `?seed=` leads to the
    one whose number was typed.
    """
    if not request.user.has_perm("assessments.view_question"):
        raise PermissionDenied
    if not 0 < number <= LARGEST:
        raise Http404
    questions = Question.objects.select_related("objective__concept", "objective__comparison", "live")
    question = get_object_or_404(questions, pk=pk)
    form = SeedForm(request.GET if "seed" in request.GET else None, offered=number)
    if form.is_valid():
        return redirect("admin:assessments_question_preview_draw", pk, form.cleaned_data["seed"])
    shown = build_preview(question, number - 1, request.POST if request.method == "POST" else None)
    context = {"question": question, "preview": shown, "number": number, "draw_form": form}
    context |= {"before": number - 1, "following": number + 1 if number < LARGEST else 0}
    status = 422 if shown.is_refused or form.is_bound else 200
    return render(request, "admin/assessments/question/preview.html", context, status=status)
