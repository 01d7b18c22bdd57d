"""Correcting a live question and withdrawing one: fill in, look at what it would do, then do it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.admin.readonly import ReadOnlyAdmin
from assessments.forms.corrections import CorrectionForm, VoidForm
from assessments.models import Correction, Question
from assessments.selectors.corrections import (
    Preview,
    has_answers,
    older_versions,
    preview_correction,
    preview_voiding,
    with_names,
)
from assessments.services.corrections import NotCorrectable, Outdated, correct_question, void_question
from concepts.admin.columns import change_url
from concepts.admin.moments import Difference, compare
from concepts.admin.values import json_lines

SENT_BY_BUTTONS = ("csrfmiddlewaretoken", "_preview", "_apply", "_edit", "token")


def correction_urls() -> list[URLPattern]:
    """The addresses beside a question's form."""
    view = admin.site.admin_view
    return [
        path("<int:pk>/correct/", view(correct), name="assessments_question_correct"),
        path("<int:pk>/void/", view(void), name="assessments_question_void"),
    ]


def correction_tools(request: HttpRequest, question: Question) -> list[tuple[str, str]]:
    """Links on the question's form, as soon as somebody has been asked it."""
    if not request.user.has_perm("assessments.change_question"):
        return []
    if question.live_id is None or not has_answers(question):
        return []
    return [
        (reverse("admin:assessments_question_correct", args=[question.pk]), _("Correct this live question")),
        (reverse("admin:assessments_question_void", args=[question.pk]), _("Withdraw it")),
    ]


@dataclass(frozen=True)
class Act:
    """One of the two acts on a question, with the form as it stands."""

    question: Question
    form: Any
    title: str
    template: str
    preview: Callable[[], Preview]
    apply: Callable[[str], Correction]
    differences: Callable[[], list[Difference]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The content of the live version, to be put right, and answers to be marked by it again."""
    question = _gated(request, pk)
    live = question.live
    form = CorrectionForm(live, older_versions(question), request.POST or None)

    def apply(token: str) -> Correction:
        return correct_question(
            question=question,
            content=form.content(),
            reason=form.frame.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
            expected=token,
            older=form.frame.versions,
        )

    return _act(
        request,
        Act(
            question=question,
            form=form,
            title=_("Correct “%(name)s”") % {"name": live.title},
            template="correct",
            preview=lambda: preview_correction(question, form.content(), form.frame.versions),
            apply=apply,
            differences=lambda: compare(_lines(live.content), _lines(form.content())),
        ),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Full marks for everybody, or left out; and the question is asked of nobody from then on."""
    question = _gated(request, pk)
    form = VoidForm(question.live_id, older_versions(question), request.POST or None)

    def apply(token: str) -> Correction:
        return void_question(
            question=question,
            kind=form.cleaned_data["kind"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
            expected=token,
            older=form.versions,
        )

    return _act(
        request,
        Act(
            question=question,
            form=form,
            title=_("Withdraw “%(name)s”") % {"name": question.live.title},
            template="void",
            preview=lambda: preview_voiding(question, form.cleaned_data["kind"], form.versions),
            apply=apply,
            differences=list,
        ),
    )


def _lines(content: Any) -> dict[str, str]:
    return dict(json_lines(with_names(content)))


def _gated(request: HttpRequest, pk: int) -> Any:
    """A question that was published and answered, for those who may change questions."""
    if not request.user.has_perm("assessments.change_question"):
        raise PermissionDenied
    question = get_object_or_404(Question.objects.select_related("live", "objective"), pk=pk)
    if question.live is None or not has_answers(question):
        raise Http404
    return question


def _act(request: HttpRequest, act: Act) -> HttpResponse:
    """The form, then what it would do, then the deed."""
    if request.method != "POST":
        return _form_page(request, act, 200)
    if "_edit" in request.POST:
        return _form_page(request, act, 200)
    if request.POST.get("live") != str(act.question.live_id):
        message = _(
            "Another version has become live since you opened this page. What you typed is kept; compare it "
            "with what is live now, then look at the effects again."
        )
        return _form_page(request, act, 409, message)
    if not act.form.is_valid():
        return _form_page(request, act, 422)
    try:
        if "_apply" in request.POST:
            return _applied(request, act)
        return _preview_page(request, act, 200)
    except NotCorrectable as refusal:
        act.form.note(refusal.problems)
        return _form_page(request, act, 422)


def _applied(request: HttpRequest, act: Act) -> HttpResponse:
    try:
        made = act.apply(request.POST.get("token", ""))
    except Outdated as refusal:
        return _preview_page(request, act, 409, refusal.message)
    text = ngettext(
        "Done. %(count)d answer was looked at again; marks changed: %(changed)d.",
        "Done. %(count)d answers were looked at again; marks changed: %(changed)d.",
        made.affected,
    )
    messages.success(request, text % {"count": made.affected, "changed": made.changed})
    return HttpResponseRedirect(change_url(act.question))


def _form_page(request: HttpRequest, act: Act, status: int, refused: str = "") -> HttpResponse:
    return _page(request, act, act.template, status, {"form": act.form, "refused": refused})


def _preview_page(request: HttpRequest, act: Act, status: int, refused: str = "") -> HttpResponse:
    """What it would do, with everything that was typed in hidden fields, so that it is sent again."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in SENT_BY_BUTTONS
    ]
    context = {
        "preview": act.preview(),
        "differences": act.differences(),
        "typed": typed,
        "refused": refused,
        "reason": request.POST["reason"],
    }
    return _page(request, act, f"{act.template}_preview", status, context)


def _page(
    request: HttpRequest, act: Act, template: str, status: int, context: dict[str, Any]
) -> HttpResponse:
    every = {
        **admin.site.each_context(request),
        "title": act.title,
        "opts": Question._meta,
        "object": act.question,
        "live": act.question.live,
    }
    path = f"admin/assessments/question/{template}.html"
    return TemplateResponse(request, path, every | context, status=status)


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    """The record of every correction, the newest first. It counts answers and names no learner."""

    list_display = ("question", "kind", "at", "editor", "affected", "changed")
    nothing = gettext_lazy(
        "No question has been corrected or withdrawn yet. Open a live question that was answered to do so."
    )
    list_filter = ("kind",)
    list_select_related = ("question", "by")
    search_fields = ("question__title", "question__slug", "reason")
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy("A record: nobody can change it, administrators included."),
                "fields": (
                    "question",
                    "kind",
                    "version",
                    "reason",
                    ("editor", "at"),
                    ("affected", "changed"),
                ),
            },
        ),
    )

    @admin.display(description=gettext_lazy("By"), ordering="by__last_name")
    def editor(self, obj: Correction) -> str:
        """The name of who did it."""
        return (obj.by.get_full_name() or obj.by.email or obj.by.get_username()) if obj.by else "–"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*super().get_readonly_fields(request, obj), "editor")
