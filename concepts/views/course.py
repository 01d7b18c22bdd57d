"""The course: its map, its modules and its lessons."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from concepts.kept import shelf_for
from concepts.models import Metric, Module
from concepts.selectors.lesson import lesson_page
from concepts.selectors.outline import Outline, outline_on, summaries_of


@require_safe
def course(request: HttpRequest) -> HttpResponse:
    """Every module with its lessons, and the one to go on with."""
    return render(request, "concepts/course.html", {"outline": outline_on(shelf_for(request), request.user)})


@require_safe
def module(request: HttpRequest, slug: str) -> HttpResponse:
    """One module: what it teaches, what one reads in it, and its test."""
    shelf = shelf_for(request)  # what is due is published first
    module = get_object_or_404(Module.objects.visible_to(request.user), slug=slug)
    outline = outline_on(shelf, request.user)
    chapter = outline.chapter(module.pk)
    summaries = summaries_of(module, request.user)
    context = {
        "module": module,
        "chapter": chapter,
        "only": Outline((chapter,)),
        "lessons": [(lesson, summaries.get((lesson.kind, lesson.pk), "")) for lesson in chapter.lessons],
        "metrics": Metric.objects.visible_to(request.user).filter(concept__module=module),
    }
    return render(request, "concepts/module.html", context)


@require_safe
def concept(request: HttpRequest, slug: str) -> HttpResponse:
    """A lesson with its objectives, its margin and the question at its end."""
    page = lesson_page(shelf_for(request), slug, request.user)
    if page is None:
        raise Http404
    return render(request, "concepts/concept.html", {"page": page})
