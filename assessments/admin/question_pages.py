"""The pages beside a question's form: the sample draws, and the question as learners meet it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from assessments.forms.content import FORMS
from assessments.forms.preview import LARGEST_SEED, build_preview
from assessments.models import Misconception, Question
from assessments.questions import TYPES
from assessments.questions.base import Content
from assessments.selectors.draws import NUMERIC, Draws, draws_of


def type_choices() -> list[tuple[str, Any, Any]]:
    """Every type with its name and what it is good for."""
    return [(key, TYPES[key].label, form.intro) for key, form in FORMS.items()]


def draws_for(kind: str, content: Content | None) -> Draws | None:
    """The table of sample draws; None for a type that draws no figures, or where nothing could be read."""
    if kind != NUMERIC or not content:
        return None
    slugs = {slip.get("misconception", "") for slip in content.get("slips") or []}
    names = dict(Misconception.objects.filter(slug__in=slugs).values_list("slug", "name"))
    return draws_of(content, names)


@require_POST
def draws(request: HttpRequest) -> HttpResponse:
    """The table for what stands in the form at this moment; nothing is stored."""
    if not request.user.has_perm("assessments.view_question"):
        raise PermissionDenied
    form = FORMS[NUMERIC]({}, request.POST)
    if not form.is_valid():
        return HttpResponse(status=204)  # the table that is there stays until the form can be read
    context = {"draws": draws_for(NUMERIC, form.content())}
    return render(request, "admin/assessments/question/draws.html", context)


def preview(request: HttpRequest, pk: int, number: int = 1) -> HttpResponse:
    """The question as its form has it, in any draw; an answer is marked and forgotten.

    Draws are numbered from 1 as in the table of sample draws, whose first seed is 0.
    """
    if not request.user.has_perm("assessments.view_question"):
        raise PermissionDenied
    if not 0 < number <= LARGEST_SEED:
        raise Http404
    questions = Question.objects.select_related("objective__concept", "objective__comparison", "live")
    question = get_object_or_404(questions, pk=pk)
    shown = build_preview(question, number - 1, request.POST if request.method == "POST" else None)
    context = {"question": question, "preview": shown, "number": number, "following": number + 1}
    status = 422 if shown.is_refused else 200
    return render(request, "admin/assessments/question/preview.html", context, status=status)
