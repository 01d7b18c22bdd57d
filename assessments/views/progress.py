"""My progress: the whole course, one objective, and the rule by which mastery is counted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.models import Learner
from assessments.selectors.answers import answers_page
from assessments.selectors.objective import objective_page
from assessments.selectors.progress import progress_of
from assessments.selectors.rule import rule
from assessments.selectors.skills import skills_of
from concepts.kept import shelf_for
from concepts.models import Objective


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Levels, memory and history; ``view=table`` lists every objective, ``view=answers`` every answer."""
    learner: Learner = request.learner  # type: ignore[attr-defined]
    now = timezone.now()
    view = request.GET.get("view", "")
    if view == "answers":
        page = answers_page(learner, request.GET.get("page"), now)
        return render(request, "assessments/progress/answers.html", {"page": page})
    as_table = view == "table"
    shown = progress_of(shelf_for(request), learner, request.user, now, in_full=as_table)
    context = {
        "progress": shown,
        "as_table": as_table,
        "skills": skills_of(shelf_for(request), learner, now),
    }
    return render(request, "assessments/progress.html", context)


@require_safe
def objective(request: HttpRequest, code: str) -> HttpResponse:
    """One objective: the level, what it rests on, and what would raise it."""
    learner: Learner = request.learner  # type: ignore[attr-defined]
    lessons = Objective.objects.visible_to(request.user).with_home()
    found = get_object_or_404(
        lessons.defer("concept__body", "concept__body_html", "row__explanation", "row__explanation_html"),
        code=code,
    )
    page = objective_page(
        shelf_for(request), learner, request.user, found, request.GET.get("page"), timezone.now()
    )
    return render(request, "assessments/objective.html", {"page": page})


@require_safe
def mastery_rule(request: HttpRequest) -> HttpResponse:
    """How levels are counted and how memory is reckoned."""
    return render(request, "assessments/mastery_rule.html", {"rule": rule()})
