"""A run of a case: the workspace, the forecast, the decisions, the notes, and the debrief at its end."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.case_answers import draft_answer, notes_refused, notes_saved, unreadable
from assessments.forms.cases import DecisionsForm, ForecastForm, NotesForm, in_words
from assessments.forms.unsent import keeps_unsent, take_unsent
from assessments.selectors.case_debrief import Debrief
from assessments.selectors.case_runs import RunPage, own_runs
from assessments.services.answers import Outcome
from assessments.services.case_moves import Drafted, Undecided, decide, record_forecast, save_draft
from assessments.services.case_writing import finish_if_written, save_notes
from assessments.services.cases import Stale
from assessments.services.errors import Refused


def _page(request: HttpRequest, pk: int) -> RunPage:
    """The run, if it is this person's."""
    run = get_object_or_404(own_runs(request.user), pk=pk)
    return RunPage(run, timezone.now(), request.GET.get("sort", ""))


def _takes_a_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What is posted goes to the view. Somebody who opens its address, since a form was refused there or
    came after the session had ended, is led back to the workspace, with what was typed if that was kept.
    """

    @keeps_unsent
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, pk: int, position: int | None = None) -> HttpResponse:
        page = _page(request, pk)
        if request.method == "POST":
            return view(request, page) if position is None else view(request, page, position)
        unsent = take_unsent(request.session, request.path)
        if unsent is not None:
            return _unsent(request, page, position, unsent)
        query = request.GET.urlencode()  # the order asked for of a table
        return redirect(f"{page.run.get_absolute_url()}{'?' if query else ''}{query}")

    return opened


def _unsent(request: HttpRequest, page: RunPage, position: int | None, typed: QueryDict) -> HttpResponse:
    """The workspace with what came after the session had ended, to be looked at and sent again."""
    if position is None:
        return _show(request, page, notes=NotesForm(typed), was_unsent=True)
    variable = page.forecast_variable
    is_forecast = "reason" in typed
    if position != page.position or is_forecast != page.needs_forecast:
        return _stale(request, page, typed)
    if is_forecast and variable:
        return _show(request, page, forecast=ForecastForm(variable, typed), was_unsent=True)
    return _show(request, page, decisions=DecisionsForm(page.decisions, typed), was_unsent=True)


def _decisions(page: RunPage) -> DecisionsForm:
    move = page.move
    return DecisionsForm(page.decisions, draft=move.draft, revision=move.revision)


def _show(request: HttpRequest, page: RunPage, *, status: int = 200, **forms: object) -> HttpResponse:
    """The workspace; what was posted and refused is shown with what was typed."""
    context: dict[str, object] = {"page": page}
    if not page.is_over:
        variable = page.forecast_variable
        context["forecast"] = ForecastForm(variable) if page.needs_forecast and variable else None
        context["decisions"] = _decisions(page)
    notes = {"notes": page.run.notes, "revision": page.run.notes_revision}
    context |= {"notes": NotesForm(initial=notes), **forms}
    return render(request, "assessments/case/run.html", context, status=status)


@never_cache
@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """The stage in which the run stands, or what is left to do after the last; then the debrief."""
    page = _page(request, pk)
    if page.run.is_open and page.run.ended_at:  # handed in, and then the connection was lost
        finish_if_written(attempt=page.run.attempt, now=page.now)
        page.run.refresh_from_db(fields=["finished_at"])
    if not page.run.is_open:
        return redirect("assessments:case_debrief", pk)
    return _show(request, page)


@_takes_a_form
def forecast(request: HttpRequest, page: RunPage, position: int) -> HttpResponse:
    """Keep the forecast before a stage."""
    variable = page.forecast_variable
    if variable is None or position != page.position:
        return _stale(request, page, request.POST)
    form = ForecastForm(variable, request.POST)
    if not form.is_valid():
        return _show(request, page, status=422, forecast=form)
    value, reason = form.cleaned_data["value"], form.cleaned_data["reason"]
    try:
        record_forecast(run=page.run, position=position, value=value, reason=reason, now=page.now)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _show(request, page, status=refused.status, forecast=form)
    return redirect(f"{page.run.get_absolute_url()}#decide")


@_takes_a_form
def decided(request: HttpRequest, page: RunPage, position: int) -> HttpResponse:
    """Settle the decisions of a stage and go on to where they lead."""
    if position != page.position:
        return _repeated(request, page, position)
    form = DecisionsForm(page.decisions, request.POST)
    if not form.is_valid():
        return _show(request, page, status=422, decisions=form)
    try:
        decide(
            run=page.run,
            position=position,
            answers=form.answers,
            draft=form.draft,
            revision=form.revision,
            now=page.now,
        )
    except Undecided as undecided:
        form.refuse(undecided.problems)
        return _show(request, page, status=undecided.status, decisions=form)
    except Stale:
        return _stale(request, page, request.POST)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _show(request, page, status=refused.status, decisions=form)
    return redirect(page.run)


def _repeated(request: HttpRequest, page: RunPage, position: int) -> HttpResponse:
    """A stage that is decided already: a double click goes on, another answer is refused with what stands."""
    past = next((each for each in page.past if each.number == position), None)
    if past is not None:
        stage = past.step.stage
        form = DecisionsForm(stage.decisions_of(page.run.role), request.POST)
        if form.is_valid() and form.answers == past.move.answers:
            return redirect(page.run)
    return _stale(request, page, request.POST)


def _stale(request: HttpRequest, page: RunPage, typed: QueryDict) -> HttpResponse:
    """409: nothing was overwritten, and the page shows where the run stands with what was typed."""
    context = {"page": page, "typed": in_words(page.case, typed)}
    return render(request, "assessments/case/stale.html", context, status=409)


@never_cache
@require_POST
def save(request: HttpRequest, pk: int, position: int) -> JsonResponse:
    """Keep what stands in the form of a stage while it is thought over; answers in JSON."""
    page = _page(request, pk)
    form = DecisionsForm(page.decisions, request.POST)
    try:
        drafted = save_draft(
            run=page.run, position=position, draft=form.draft, revision=form.revision, now=page.now
        )
    except Stale:
        return draft_answer(page.run, Drafted(Outcome.CLOSED, page.move))
    return draft_answer(page.run, drafted)


@_takes_a_form
def notes(request: HttpRequest, page: RunPage) -> HttpResponse:
    """Keep the notes; as JSON for a page that saves them while they are typed."""
    is_typing = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    form = NotesForm(request.POST)
    if not form.is_valid():
        return unreadable(form) if is_typing else _show(request, page, status=422, notes=form)
    text, revision = form.cleaned_data["notes"], form.cleaned_data["revision"]
    try:
        run = save_notes(run=page.run, text=text, revision=revision, now=page.now)
    except Stale as stale:
        return notes_refused(page.run, stale) if is_typing else _other_notes(request, page, text)
    if is_typing:
        return notes_saved(run, page.now)
    messages.success(request, _("Your notes are saved."))
    return redirect(f"{page.run.get_absolute_url()}#notes")


def _other_notes(request: HttpRequest, page: RunPage, text: str) -> HttpResponse:
    """409: another tab has saved other notes, which are shown beside what was typed here."""
    page.run.refresh_from_db(fields=["notes", "notes_revision"])
    form = NotesForm({"notes": text, "revision": page.run.notes_revision})
    form.add_error("notes", _("Another tab saved these meanwhile: %(text)s") % {"text": page.run.notes})
    return _show(request, page, status=409, notes=form)


@never_cache
@require_GET
def debrief(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it all; while the run is open there is nothing to tell yet."""
    page = _page(request, pk)
    if page.run.is_open:
        return redirect(page.run)
    return render(request, "assessments/case/debrief.html", {"debrief": Debrief(page), "page": page})
