"""The pages of those who teach: their cohorts, one cohort, its join links."""

from collections.abc import Iterator
from datetime import tzinfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.formats.table import Cell, csv_lines
from assessments.forms.cohorts import JoinLinkForm
from assessments.gates import for_instructors, refused
from assessments.models import Cohort, JoinLink
from assessments.selectors.cohort_table import (
    Column,
    Row,
    Wanted,
    all_rows,
    columns,
    read_wanted,
)
from assessments.selectors.cohorts import cohort_list, join_links, overview_of
from assessments.services.cohorts import make_join_link, revoke_join_link


@require_safe
def cohorts(request: HttpRequest) -> HttpResponse:
    """The cohorts that the reader teaches."""
    if not (getattr(request.user, "teaches", False) or request.user.is_superuser):
        return refused(request)
    shown = cohort_list(request.user, request.GET.get("page", ""), timezone.now())
    return render(request, "assessments/cohorts.html", {"shown": shown})


@require_safe
@for_instructors
def cohort(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """How a cohort stands, and its learners × modules."""
    modules = columns()
    now, page = timezone.now(), request.GET.get("page", "")
    overview = overview_of(cohort, _wanted(request, modules), modules, page, now)
    return render(request, "assessments/cohort.html", {"overview": overview, "now": now})


def _wanted(request: HttpRequest, modules: list[Column]) -> Wanted:
    return read_wanted(request.GET.get("q", ""), request.GET.get("sort", ""), modules)


@require_safe
@never_cache
@for_instructors
def export(request: HttpRequest, cohort: Cohort) -> StreamingHttpResponse:
    """The whole of the table that the overview shows by the page, as CSV."""
    modules, now = columns(), timezone.now()
    zone = timezone.get_current_timezone()  # the stream runs when the request's own zone is no longer active
    rows = all_rows(cohort, _wanted(request, modules), modules, now)
    filename = f"{slugify(cohort.name, allow_unicode=True) or cohort.pk}-{timezone.localdate(now)}.csv"
    return StreamingHttpResponse(
        csv_lines(_table(modules, rows, zone)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, filename)},
    )


def _table(modules: list[Column], rows: Iterator[Row], zone: tzinfo) -> Iterator[list[Cell]]:
    """Heads and rows of the file: every figure of the screen in a cell of its own."""
    heads: list[Cell] = [_("Name"), _("E-mail")]
    for module in modules:
        words = {"module": module.title, "count": module.objectives}
        heads += [_("%(module)s: mastered of %(count)s") % words, _("%(module)s: level") % words]
    total = sum(module.objectives for module in modules)
    heads += [_("Mastered of %(count)s") % {"count": total}, _("Fading")]
    yield [*heads, _("Last answer (%(zone)s)") % {"zone": zone}]
    for row in rows:
        figures: list[Cell] = []
        for cell in row.cells:
            figures += [cell.mastered, cell.word]
        last = row.last.astimezone(zone).strftime("%Y-%m-%d %H:%M") if row.last else ""
        yield [row.name, row.email, *figures, row.mastered, row.fading, last]


@require_http_methods(["GET", "HEAD", "POST"])
@for_instructors
def links(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """The join links of a cohort, and a form for a new one."""
    form = JoinLinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        choice = form.cleaned_data
        make_join_link(cohort=cohort, expires_at=choice["expires_on"], cap=choice["cap"], by=request.user)
        messages.success(request, _("The link is made. Copy it from the first row and send it."))
        return redirect("assessments:cohort_links", pk=cohort.pk)
    shown = join_links(cohort, request.GET.get("page", ""), timezone.now())
    context = {"cohort": cohort, "form": form, "shown": shown}
    return render(request, "assessments/cohort_links.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_instructors
def revoke(request: HttpRequest, cohort: Cohort, link_pk: int) -> HttpResponse:
    """Withdraw a join link."""
    link = get_object_or_404(JoinLink, cohort=cohort, pk=link_pk)
    revoke_join_link(link=link, now=timezone.now())
    messages.success(request, _("The link is withdrawn. Whoever joined by it stays in the cohort."))
    return redirect("assessments:cohort_links", pk=cohort.pk)
