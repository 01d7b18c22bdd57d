"""Who gets in where views share a gate."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from assessments.models import Cohort

P = ParamSpec("P")


def for_instructors(
    view: Callable[Concatenate[HttpRequest, Cohort, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Fetch the cohort for its instructors. To strangers it is not there; its learners are told why not."""

    @wraps(view)
    def gated(request: HttpRequest, pk: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        taught = Cohort.objects.taught_by(request.user).filter(pk=OuterRef("pk"))
        visible = Cohort.objects.visible_to(request.user).annotate(is_taught=Exists(taught))
        cohort = get_object_or_404(visible, pk=pk)
        if not cohort.is_taught:  # type: ignore[attr-defined]
            return refused(request, cohort)
        return view(request, cohort, *args, **kwargs)

    return gated


def refused(request: HttpRequest, cohort: Cohort | None = None) -> HttpResponse:
    """The page says that this is for instructors."""
    return render(request, "assessments/cohort/refused.html", {"cohort": cohort}, status=403)
