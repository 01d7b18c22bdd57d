"""What words mean, and what the course rests on."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concepts.kept import shelf_for
from concepts.models import Concept, Source
from concepts.selectors.library import glossary_page

LONGEST = 80


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The terms from A to Z; `?q=` looks for one by its name or another name."""
    sought = request.GET.get("q", "").strip()[:LONGEST]
    page = glossary_page(shelf_for(request), sought, request.user)
    return render(request, "concepts/glossary.html", {"page": page})


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Everything that is cited, and the lessons that cite it."""
    lessons = Concept.objects.visible_to(request.user).only("slug", "title")
    cited = Source.objects.order_by("key").prefetch_related(Prefetch("concepts", lessons))
    return render(request, "concepts/sources.html", {"sources": cited})
