"""One question of an attempt: shown, answered, saved while it is typed, asked again with other figures."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from assessments.forms.answers import AnswerForm
from assessments.forms.unsent import keeps_unsent, take_unsent
from assessments.models import Attempt, AttemptItem
from assessments.questions.base import AnswerError
from assessments.selectors.attempts import own_attempts, own_items, seconds_until
from assessments.selectors.case_questions import CaseQuestionPage
from assessments.selectors.conflicts import conflict_of
from assessments.selectors.questions import QuestionPage, saved_words
from assessments.services.answers import Outcome, Saved, check_answer, mark_seen, save_answer
from assessments.services.attempts import add_variant
from assessments.services.case_writing import finish_if_written
from assessments.services.diagnostics import extend
from assessments.services.errors import Refused
from assessments.services.finishing import finish_overdue


@keeps_unsent
@never_cache  # Back must show what is saved now, with the number of saves that goes with it
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """A question with what is saved of it; a POST answers it."""
    now = timezone.now()
    item = _item(request, pk, position)
    has_expired = finish_overdue(attempt=item.attempt, now=now)
    if request.method == "POST":
        return _answer(request, item, now)
    if has_expired:
        return redirect("assessments:result", pk)
    mark_seen(item=item, now=now)
    page = _page(request, item, now)
    unsent = take_unsent(request.session, request.path) if page.is_open else None
    form = _form(page, unsent)
    return _show(request, page, form, was_unsent=unsent is not None)


def _item(request: HttpRequest, pk: int, position: int) -> AttemptItem:
    """The question, if it is this person's; one of a case once its stage is reached."""
    item = get_object_or_404(own_items(request.user), attempt=pk, position=position)
    if item.attempt.kind == Attempt.Kind.CASE and not CaseQuestionPage(item, timezone.now()).is_reached:
        raise Http404
    return item


def _page(request: HttpRequest, item: AttemptItem, now: datetime) -> QuestionPage:
    if item.attempt.kind == Attempt.Kind.CASE:
        return CaseQuestionPage(item, now, request.GET.get("sort", ""))
    return QuestionPage(item, now)


def _form(page: QuestionPage, data: QueryDict | None = None) -> AnswerForm:
    item = page.item
    form = AnswerForm(
        page.presentation,
        data,
        answer=item.answer if page.is_open or page.shown.own_answer else None,
        certainty=item.certainty,
        revision=item.revision,
        marks=page.marks,
        is_locked=not page.is_open,
    )
    form.revision = item.revision if data is None else form.revision
    return form


def _show(
    request: HttpRequest, page: QuestionPage, form: AnswerForm, *, status: int = 200, was_unsent: bool = False
) -> HttpResponse:
    context = {"page": page, "form": form, "was_unsent": was_unsent}
    return render(request, page.template, context, status=status)


def _answer(request: HttpRequest, item: AttemptItem, now: datetime) -> HttpResponse:
    """Keep or check what was posted; whatever is refused is shown with what was typed."""
    page = _page(request, item, now)
    form = _form(page, request.POST)
    if not item.attempt.is_open:
        item.refresh_from_db()
        return _conflict(request, Saved(Outcome.CLOSED, item), form, now)
    gives_up = "gives_up" in request.POST and item.attempt.gives_feedback_at_once
    if not form.is_valid():
        return _show(request, page, form, status=422)
    try:
        saved = _keep(item, form, now, gives_up=gives_up)
    except AnswerError as error:
        form.refuse(error)
        return _show(request, page, form, status=422)
    if not saved.is_kept:
        return _conflict(request, saved, form, now)
    if item.attempt.gives_feedback_at_once and not saved.item.is_graded and not _is_done(saved, form):
        form.revision = saved.item.revision
        form.refuse(AnswerError(_unmarked(saved)))
        return _show(request, page, form, status=422)
    extend(attempt=item.attempt, after=item.position, now=now)
    finish_if_written(attempt=item.attempt, now=now)
    return redirect(_after(page))


def _is_done(saved: Saved, form: AnswerForm) -> bool:
    """Whether an answer that is not marked was handed in to a person, or noted as a try, by this request or
    the same one before it.
    """
    is_repeated = saved.is_again and form.revision != saved.item.revision
    return saved.outcome is Outcome.TRIED or is_repeated or saved.item.is_handed_in


def _unmarked(saved: Saved) -> str:
    """Why an answer was not marked."""
    if saved.is_again:
        return _("You have tried this one already. That cost no try; give another answer.")
    return _("There is no answer yet. Give one, or choose “I do not know”.")


def _keep(item: AttemptItem, form: AnswerForm, now: datetime, *, gives_up: bool) -> Saved:
    certainty = form.cleaned_data.get("certainty")
    if not item.attempt.gives_feedback_at_once:
        return save_answer(
            item=item, posted=form.posted, revision=form.revision, now=now, certainty=certainty
        )
    return check_answer(
        item=item,
        posted=form.posted,
        revision=form.revision,
        now=now,
        certainty=certainty,
        gives_up=gives_up,
    )


def _after(page: QuestionPage) -> str:
    """Practice and reviews come back for the verdict, a test goes on."""
    if page.is_test:
        return page.onward.url
    here = reverse("assessments:question", args=[page.attempt.pk, page.item.position])
    return f"{here}#verdict"


def _conflict(request: HttpRequest, saved: Saved, form: AnswerForm, now: datetime) -> HttpResponse:
    """409: nothing was overwritten, and what was typed stands beside what is saved."""
    conflict = conflict_of(saved.item, saved.outcome, form.posted, now)
    context = {"conflict": conflict, "posted": form.posted, "certainty": form.data.get("certainty", "")}
    return render(request, "assessments/conflict.html", context, status=409)


@never_cache
@require_POST
def save(request: HttpRequest, pk: int, position: int) -> JsonResponse:
    """Keep what is in the form while it is being typed, without marking it; answers in JSON."""
    now = timezone.now()
    item = _item(request, pk, position)
    form = AnswerForm(item.version.kind.present(item.version.content, item.values), request.POST)
    finish_overdue(attempt=item.attempt, now=now)
    if not item.attempt.is_open:
        item.refresh_from_db()
        return _saved(Saved(Outcome.CLOSED, item), form, now)
    if not form.is_valid():
        message = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"outcome": "unreadable", "field": "certainty", "message": message}, status=422)
    try:
        saved = save_answer(
            item=item,
            posted=form.posted,
            revision=form.revision,
            now=now,
            certainty=form.cleaned_data.get("certainty"),
        )
    except AnswerError as error:
        refusal = {"outcome": "unreadable", "field": error.field, "message": error.message}
        return JsonResponse({**refusal, "revision": item.revision}, status=422)
    return _saved(saved, form, now)


def _saved(saved: Saved, form: AnswerForm, now: datetime) -> JsonResponse:
    """What became of an autosave, in words that the page can show as they are."""
    item = saved.item
    answer: dict[str, object] = {
        "outcome": saved.outcome,
        "revision": item.revision,
        "saved_at": item.saved_at.isoformat() if item.saved_at else None,
    }
    if not saved.is_kept:
        conflict = conflict_of(item, saved.outcome, form.posted, now)
        return JsonResponse({**answer, "message": conflict.in_short, "url": conflict.way.url}, status=409)
    deadline = item.attempt.deadline
    answer["seconds_left"] = seconds_until(deadline, now) if deadline else None
    answer["message"] = saved_words(item)
    return JsonResponse(answer)


@never_cache
@require_POST
def variant(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Ask the same question again with other figures."""
    item = _item(request, pk, position)
    attempt = get_object_or_404(own_attempts(request.user), pk=pk)
    try:
        fresh = add_variant(attempt=attempt, position=item.position, now=timezone.now())
    except Refused as refused:
        context = {"message": refused.message, "attempt": attempt, "item": item}
        return render(request, "assessments/refused.html", context, status=refused.status)
    return redirect("assessments:question", pk, fresh.position)
