"""Measures: their list, and the page of each with its calculator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from concepts.forms import CalculatorForm
from concepts.kept import shelf_for
from concepts.models import Metric, can_preview
from concepts.selectors.pictures import pictures_in, show_in


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Every measure of the course under the lesson that teaches it."""
    shelf_for(request)  # what is due is published first
    listed = Metric.objects.visible_to(request.user).select_related("concept__module").defer("concept__body")
    return render(request, "concepts/metrics.html", {"metrics": listed})


@require_safe
def metric(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure. The figures stand in the address; `fragment` asks for the calculator alone."""
    shelf = shelf_for(request)  # what is due is published first
    visible = Metric.objects.visible_to(request.user)
    found = get_object_or_404(
        visible.select_related("concept__module").prefetch_related("inputs", "steps", "sources"), slug=slug
    )
    form = CalculatorForm(found, request.GET.dict())
    worked = form.worked()
    status = 400 if form.is_bound and worked is None else 200
    context = {"metric": found, "form": form, "worked": worked}
    if "fragment" in request.GET:
        return render(request, "concepts/parts/calculator.html", context, status=status)
    if pictures_in(found.reading_html):
        show_in([found], "reading_html", shelf, preview=can_preview(request.user))
    context["others"] = (
        visible.filter(concept__module=found.concept.module)
        .only("slug", "name", "concept_id")
        .order_by("concept__position", "position", "name")
    )
    return render(request, "concepts/metric.html", context, status=status)
