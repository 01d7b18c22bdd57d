"""The tables of a case as files to keep."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.downloads import csv_download, xlsx_download
from assessments.selectors.case_runs import RunPage, own_runs

FORMATS: dict[str, Callable[..., HttpResponseBase]] = {"csv": csv_download, "xlsx": xlsx_download}


@require_safe
def table(request: HttpRequest, pk: int, key: str, format: str) -> HttpResponseBase:
    """The table of an exhibit that this run can see, in the order asked for, as CSV or XLSX."""
    run = get_object_or_404(own_runs(request.user), pk=pk)
    page = RunPage(run, timezone.now(), request.GET.get("sort", ""))
    view = next((each for each in page.exhibits if each.exhibit.key == key and each.exhibit.table), None)
    if view is None or format not in FORMATS:
        raise Http404
    return FORMATS[format]([view.file_head, *view.file_rows], f"{page.run.case.slug}-{key}")
