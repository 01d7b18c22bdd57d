"""Questions in the admin: a form that fits the type, sample draws, versions, and publishing."""

from copy import copy
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.admin.analysis_pages import analysis_url, question_analysis_page
from assessments.admin.correction import correction_tools, correction_urls
from assessments.admin.exchange import ExchangeAdmin
from assessments.admin.filters import CaseFilter, LiveFilter, ModuleFilter
from assessments.admin.lint import lint_urls
from assessments.admin.question_life import QuestionLifeAdmin
from assessments.admin.question_pages import draws, draws_for, preview, type_choices
from assessments.admin.question_table import QuestionTablesAdmin
from assessments.admin.tagging import TagFilter
from assessments.forms.content import FORMS
from assessments.forms.questions import QuestionForm
from assessments.models import AttemptItem, Question
from assessments.questions import get
from assessments.selectors.corrections import corrections_of
from assessments.services.bank import NotPublishable, publish_question, unpublish_question
from concepts.admin.base import PublishableAdmin
from concepts.admin.columns import change_url, link_to, mark
from concepts.admin.desk import desk_of
from concepts.admin.values import json_lines


@admin.register(Question)
class QuestionAdmin(QuestionTablesAdmin, ExchangeAdmin, QuestionLifeAdmin):
    """A draft may be incomplete; what learners are asked is a version, and publishing makes it."""

    form = QuestionForm
    change_form_template = "admin/assessments/question/change_form.html"
    add_form_template = "admin/assessments/question/change_form.html"
    list_display = ("title", "code", "type", "asked", "thinking", "changed", "analysis")
    actions = (*PublishableAdmin.actions, "export_selected")
    list_filter = (LiveFilter, "type", ModuleFilter, CaseFilter, TagFilter, "thinking", "objective__level")
    search_fields = ("title", "slug", "objective__code", "objective__title", "content")
    autocomplete_fields = ("objective", "case")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ()
    fieldsets = (
        (
            gettext_lazy("Where it belongs"),
            {
                "description": gettext_lazy("The objective that an answer gives evidence for."),
                "fields": ("objective", ("title", "slug"), "thinking", "case"),
            },
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            *correction_urls(),
            *lint_urls(),
            path("draws/<slug:kind>/", view(draws), name="assessments_question_draws"),
            path("<int:pk>/analysis/", view(question_analysis_page), name="assessments_question_analysis"),
            path(
                "<int:pk>/analysis/export/",
                view(question_analysis_page),
                {"as_file": True},
                name="assessments_question_analysis_export",
            ),
            path("<int:pk>/preview/", view(preview), name="assessments_question_preview"),
            path("<int:pk>/preview/<int:number>/", view(preview), name="assessments_question_preview_draw"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what the form and every tool of its page look at, in the one query."""
        return super().get_queryset(request).select_related("objective", "live")

    # The list

    @admin.display(description=gettext_lazy("Objective"), ordering="objective__code")
    def code(self, obj: Any) -> Any:
        return link_to(obj.objective, obj.objective.code)

    @admin.display(description=gettext_lazy("Learners are asked"), ordering="status")
    def asked(self, obj: Any) -> Any:
        if (waits := self.waiting_mark(obj)) is not None:
            return waits
        if not obj.is_published or obj.live is None:
            return mark(_("Nothing: draft"), "", "pencil")
        if obj.has_unpublished_changes:
            said = _("Version %(number)d; changes wait") % {"number": obj.live.number}
            return mark(said, "warn", "pencil")
        return mark(_("Version %(number)d") % {"number": obj.live.number}, "good", "check")

    @admin.display(description=gettext_lazy("Analysis"))
    def analysis(self, obj: Any) -> Any:
        return format_html('<a href="{}">{}</a>', analysis_url("question", obj.pk), _("Figures"))

    # The form

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """First the type, then the form that it needs."""
        if request.GET.get("type") in FORMS:
            return super().add_view(request, form_url, extra_context)
        kept = request.GET.copy()
        kept.pop("type", None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("What kind of question?"),
            "opts": self.opts,
            "types": type_choices(),
            "kept": kept.urlencode(),
        }
        return TemplateResponse(request, "admin/assessments/question/types.html", context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.type_key = obj.type if obj else request.GET.get("type", "")
        return form

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        form = context["adminform"].form
        content_form = form.content_form
        kind = get(form.instance.type)
        drawn = reverse("admin:assessments_question_draws", args=[kind.key]) if kind.parametric else ""
        context |= {
            "type_label": kind.label,
            "content_form": content_form,
            "draws": draws_for(form.instance.type, form.readable_content()),
            "draws_url": drawn,
            "next_version": self._next(kwargs.get("obj")),
            "can_edit": self.has_change_permission(request, kwargs.get("obj")),
            "content_lines": list(json_lines(form.instance.content)),
        }
        if (obj := kwargs.get("obj")) is not None and obj.pk:
            context["tools"] = [(analysis_url("question", obj.pk), _("Analysis")), *context.get("tools", [])]
            context["tools"] += correction_tools(request, obj)
            context["corrections"] = corrections_of(obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def learner_url(self, obj: Any) -> str:
        return reverse("admin:assessments_question_preview", args=[obj.pk])

    def _next(self, obj: Any) -> int:
        """The number of the version that publishing would make."""
        latest = obj.versions.order_by("-number").values_list("number", flat=True).first() if obj else None
        return (latest or 0) + 1

    def describe(self, obj: Any) -> str:
        """Its type and objective, what is live since when and how often, and what is being edited."""
        parts = [str(get(obj.type).label), obj.objective.code]
        live = obj.live
        if live is None:
            return " · ".join([*parts, _("never published: you are editing a draft of version 1")])
        since = date_format(localtime(live.created_at), "j F Y")
        given = AttemptItem.objects.filter(version=live, answer__isnull=False, attempt__is_preview=False)
        answers = given.count()
        used = ngettext("in %(count)d answer", "in %(count)d answers", answers) % {"count": answers}
        said = {"number": live.number, "since": since}
        if obj.is_published:
            parts.append(_("version %(number)d is live since %(since)s, %(used)s") % {**said, "used": used})
        else:
            parts.append(_("version %(number)d of %(since)s is withdrawn, %(used)s") % {**said, "used": used})
        if obj.has_unpublished_changes:
            parts.append(_("you are editing a draft of version %(next)d") % {"next": self._next(obj)})
        else:
            parts.append(_("no change since"))
        return " · ".join(parts)

    # Publishing

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The draft is stored in any case; publishing is the service's."""
        super(PublishableAdmin, self).save_model(request, obj, form, change)

    def _respond(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        if "_publish" in request.POST:
            return self._publish(request, obj)
        if "_schedule" in request.POST and desk_of(request).schedule is not None:
            return self.set_moment(request, obj)
        if "_unschedule" in request.POST:
            return self.take_off(request, obj)
        if "_unpublish" in request.POST:
            unpublish_question(question=obj)
            message = _("“%(name)s” is asked of nobody from now on. Its versions and answers stay.")
            self.message_user(request, message % {"name": obj}, messages.SUCCESS)
            self._warn_of_case(request, obj)
            return HttpResponseRedirect(change_url(obj))
        return super()._respond(request, obj)

    def _warn_of_case(self, request: HttpRequest, question: Question) -> None:
        """Say so where a case that learners play asks a question that was withdrawn."""
        case = question.case if question.case_id else None
        if case is None or not case.is_published:
            return
        message = _(
            "“%(case)s” asks “%(name)s”: whoever begins that case from now on is not asked it. Publish it "
            "again, or take it out of the case."
        )
        self.message_user(request, message % {"case": case, "name": question}, messages.WARNING)

    def _publish(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Publish what was saved just now, or show the saved draft again with what is in the way."""
        before = obj.live_id
        try:
            version = publish_question(question=obj, by=request.user)
        except NotPublishable:
            return self._refused(request, obj)
        message = _("Version %(number)d is live: learners are asked it from now on.")
        if version.pk == before:
            message = _("Nothing has changed since version %(number)d, which is live.")
        self.message_user(request, message % {"number": version.number}, messages.SUCCESS)
        return HttpResponseRedirect(change_url(obj))

    def _refused(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """The form of the draft, as a GET of its page would show it, but with 422 and the reason."""
        url = change_url(obj)
        again = copy(request)
        again.method = "GET"
        again.resolver_match = request.resolver_match  # which copying leaves out
        response = self.changeform_view(again, str(obj.pk), url, {"publishing_refused": True})
        response.status_code = 422
        return response

    @admin.action(description=gettext_lazy("Publish: ask them of learners"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        published = 0
        with transaction.atomic():
            for question in self._locked(queryset):
                try:
                    publish_question(question=question, by=request.user)
                except NotPublishable as refusal:
                    said = {"name": question, "reason": refusal.problems[0].message}
                    message = _("“%(name)s” was not published: %(reason)s")
                    self.message_user(request, message % said, messages.ERROR)
                else:
                    published += 1
                    self.log_change(request, question, _("Published."))
        if published:
            text = ngettext("%(count)d question is live.", "%(count)d questions are live.", published)
            self.message_user(request, text % {"count": published}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Unpublish: ask them of nobody"), permissions=["change"])
    def unpublish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with transaction.atomic():
            live = [one for one in self._locked(queryset) if one.status != one.Status.DRAFT]
            for question in live:
                unpublish_question(question=question)
                self.log_change(request, question, _("Unpublished."))
                self._warn_of_case(request, question)
        text = ngettext("%(count)d question withdrawn.", "%(count)d questions withdrawn.", len(live))
        self.message_user(request, text % {"count": len(live)}, messages.SUCCESS)
