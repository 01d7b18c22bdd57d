"""An attempt as a whole: the way back into it, handing it in, and its result."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from assessments.models import Attempt
from assessments.selectors.attempts import (
    clock_of,
    is_done,
    items_of,
    own_attempts,
    resume_at,
    seconds_until,
    slots_of,
)
from assessments.selectors.diagnostic_result import found_in
from assessments.selectors.held import published_outline
from assessments.selectors.results import result_page
from assessments.selectors.reviews import review_result
from assessments.services.diagnostics import extend
from assessments.services.finishing import finish, finish_overdue
from assessments.wording import begin_sentence, count_word, time_of_day
from concepts.kept import shelf_for


def _attempt(request: HttpRequest, pk: int) -> Attempt:
    """The attempt, if it is this person's; one whose time has run out is ended by looking at it."""
    attempt = get_object_or_404(own_attempts(request.user), pk=pk)
    finish_overdue(attempt=attempt, now=timezone.now())
    return attempt


@never_cache
@require_GET
def attempt(request: HttpRequest, pk: int) -> HttpResponse:
    """On with the first question that waits for an answer, or to the end; a diagnostic may ask more."""
    attempt = _attempt(request, pk)
    if attempt.kind == Attempt.Kind.CASE:
        return redirect(attempt.case_run)
    if not attempt.is_open:
        return redirect("assessments:result", pk)
    extend(attempt=attempt, now=timezone.now())
    slot = resume_at(attempt, slots_of(attempt))
    return redirect(slot.url) if slot else redirect("assessments:submit", pk)


@never_cache
@require_GET
def clock(request: HttpRequest, pk: int) -> JsonResponse:
    """How much time is left, for a page whose clock is running: it can be more than the page knew of.

    One query, and no writing: whether time is over is settled where something comes of it.
    """
    own = Attempt.objects.visible_to(request.user).only("state", "deadline")
    attempt = get_object_or_404(own, pk=pk)
    deadline, is_open = attempt.deadline, attempt.is_open
    left = seconds_until(deadline, timezone.now()) if deadline else None
    answer = {"is_open": is_open, "seconds_left": left if is_open else 0}
    return JsonResponse({**answer, "ends_at": time_of_day(deadline) if deadline else ""})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is answered and what is blank; a POST ends the attempt, and a second one changes nothing."""
    attempt = _attempt(request, pk)
    if attempt.kind == Attempt.Kind.CASE:
        return redirect(attempt.case_run)
    now = timezone.now()
    if request.method == "POST":
        finish(attempt=attempt, now=now)
    if request.method == "POST" or not attempt.is_open:
        return redirect("assessments:result", pk)
    if extend(attempt=attempt, now=now):  # its last answer was saved while it was typed
        return redirect("assessments:attempt", pk)
    slots = [(slot, is_done(attempt, slot)) for slot in slots_of(attempt)]
    waiting = [slot for slot, done in slots if not done]
    context = {
        "attempt": attempt,
        "slots": slots,
        "open": waiting,
        "open_words": begin_sentence(count_word(len(waiting))),
        "done": len(slots) - len(waiting),
        "clock": clock_of(attempt, now),
    }
    return render(request, "assessments/submit.html", context)


@never_cache
@require_GET
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it. One that is still open has no result yet."""
    attempt = _attempt(request, pk)
    if attempt.is_open or attempt.kind == Attempt.Kind.CASE:
        return redirect("assessments:attempt", pk)
    now = timezone.now()
    items = items_of(attempt)
    if attempt.kind == Attempt.Kind.REVIEW:
        return render(request, "assessments/review_result.html", {"page": review_result(attempt, items, now)})
    page = result_page(attempt, items, now)
    if attempt.kind == Attempt.Kind.DIAGNOSTIC:
        outline = published_outline(shelf_for(request), request.user)
        context = {"page": page, "found": found_in(page, outline)}
        return render(request, "assessments/diagnostic_result.html", context)
    return render(request, "assessments/result.html", {"page": page})
