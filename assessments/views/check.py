"""The question at the end of a lesson: what is sent from there comes here and goes back there."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.forms.checks import Posted
from assessments.questions.base import AnswerError
from assessments.selectors.checks import sign_result
from assessments.services.checks import answer_check
from assessments.services.errors import Refused
from concepts.kept import shelf_for
from concepts.selectors.lesson import lesson_page


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Grade one answer and show the lesson again with what became of it."""
    lesson = reverse("concepts:concept", args=[slug])
    if request.method != "POST":
        return redirect(f"{lesson}#check")
    token = request.POST.get("token", "")
    try:
        item = answer_check(
            learner=request.learner,  # type: ignore[attr-defined]
            lesson=slug,
            token=token,
            posted=dict(request.POST.lists()),
            now=timezone.now(),
        )
    except AnswerError as error:
        return _again(request, slug, Posted(token, request.POST, error), 422)
    except Refused as refusal:
        return _again(request, slug, Posted(notice=refusal.message), refusal.status)
    return redirect(f"{lesson}?{urlencode({'check': sign_result(item)})}#check")


def _again(request: HttpRequest, slug: str, posted: Posted, status: int) -> HttpResponse:
    """The lesson with what was typed and why it was not graded."""
    page = lesson_page(shelf_for(request), slug, request.user)
    if page is None:
        raise Http404
    return render(request, "concepts/concept.html", {"page": page, "check": posted}, status=status)
