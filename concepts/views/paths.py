"""Learning paths: the list, and one path with its modules."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concepts.kept import shelf_for
from concepts.selectors.outline import outline_on
from concepts.selectors.paths import page_of, ways_on


@require_safe
def paths(request: HttpRequest) -> HttpResponse:
    """Every path: for whom it is, and what it stresses."""
    shelf = shelf_for(request)
    outline = outline_on(shelf, request.user)
    pages = [page_of(way, outline) for way in ways_on(shelf, request.user)]
    return render(request, "concepts/paths.html", {"pages": pages})


@require_safe
def path(request: HttpRequest, slug: str) -> HttpResponse:
    """One path: its modules in its order, why each stands there and how deeply to take it."""
    shelf = shelf_for(request)
    way = next((way for way in ways_on(shelf, request.user) if way.slug == slug), None)
    if way is None:
        raise Http404
    return render(request, "concepts/path.html", {"page": page_of(way, outline_on(shelf, request.user))})
