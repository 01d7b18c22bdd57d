"""Practice sets and tests in the admin, with the conditions that a learner is told before starting."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.admin.analysis_pages import analysis_url, assessment_analysis_page
from assessments.admin.filters import HomeModuleFilter
from assessments.diagnostic import MOST
from assessments.models import Assessment, AssessmentPart, Question
from assessments.questions import BY_HAND
from concepts.admin.base import PublishableAdmin
from concepts.admin.columns import count_of, link_to, missing_mark
from concepts.admin.inlines import TaktInline

WHAT_IT_IS = format_lazy(
    gettext_lazy(
        "Practice marks each answer at once; a test marks after handing in. A diagnostic says what a learner "
        "may skip: list objectives in the order of the course, one or more for each lesson. It begins with "
        "one question for each module and goes on with more of them where the answers are right, at most "
        "{most} in all. It never asks what a person has to mark."
    ),
    most=MOST,
)


class PartInline(TaktInline):
    """What is asked, in order."""

    model = AssessmentPart
    extra = 1
    autocomplete_fields = ("objective", "question")
    fields = ("objective", "question", "count", "marks")
    verbose_name_plural = gettext_lazy("parts: draw from an objective, or ask one question by name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("objective", "question")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "question":  # what belongs to a case is asked there only
            options["queryset"] = Question.objects.filter(case__isnull=True)
        return super().formfield_for_foreignkey(db_field, request, **options)


@admin.register(Assessment)
class AssessmentAdmin(PublishableAdmin):
    """Practice sets, tests and diagnostics."""

    inlines = (PartInline,)
    history_parts = ("parts",)
    list_display = ("title", "state", "mode", "belongs_to", "questions", "conditions", "missing", "changed")
    list_filter = ("status", "mode", HomeModuleFilter)
    list_select_related = ("module", "concept", "comparison")
    search_fields = ("title", "slug", "concept__title", "comparison__title", "module__title")
    autocomplete_fields = ("module", "concept", "comparison")
    prepopulated_fields = {"slug": ("title",)}
    save_on_top = True
    fieldsets = (
        (
            gettext_lazy("What it is"),
            {
                "description": WHAT_IT_IS,
                "fields": (("title", "slug"), "intro", "mode", "state_line"),
            },
        ),
        (
            gettext_lazy("Where it belongs"),
            {
                "description": gettext_lazy(
                    "One home: it is offered there, and hidden with it. Leave all three empty for the whole "
                    "course: it is then offered on the course page."
                ),
                "fields": ("module", "concept", "comparison"),
            },
        ),
        (
            gettext_lazy("Conditions"),
            {
                "description": gettext_lazy("All of this is told before starting."),
                "fields": (
                    ("time_limit", "attempts_allowed"),
                    ("counts", "pass_mark", "shuffle"),
                    ("opens_at", "closes_at"),
                ),
            },
        ),
        (
            gettext_lazy("What is shown, and when"),
            {
                "description": gettext_lazy("Practice always shows everything after each answer."),
                "fields": (("show_marks", "show_own_answer"), ("show_right_answer", "show_feedback")),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        live = Question.objects.filter(status="published", case__isnull=True)
        parts = AssessmentPart.objects.filter(assessment=OuterRef("pk")).order_by().values("assessment")
        counts = parts.annotate(total=Sum("count")).values("total")
        # Parts that can ask nothing: their objective has no live question, or their question is a draft.
        short = AssessmentPart.objects.annotate(
            available=Case(
                When(question__status="published", then=Value(1)),
                When(question__isnull=False, then=Value(0)),
                default=_live_of_objective(live),
            )
        ).filter(available__lt=1)
        by_hand = AssessmentPart.objects.filter(question__type__in=BY_HAND)
        return (
            super()
            .get_queryset(request)
            .exclude(mode=Assessment.Mode.CASE)  # made by a case, and nobody's to edit
            .annotate(
                question_count=Coalesce(Subquery(counts, output_field=IntegerField()), 0),
                short_count=count_of(short, "assessment"),
                by_hand_count=count_of(by_hand, "assessment"),
            )
        )

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """A case makes what collects its answers; nobody writes one."""
        if db_field.name == "mode":
            options["choices"] = [
                choice for choice in Assessment.Mode.choices if choice[0] != Assessment.Mode.CASE
            ]
        return super().formfield_for_choice_field(db_field, request, **options)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(assessment_analysis_page)
        name = "assessments_assessment_analysis"
        return [
            path("<int:pk>/analysis/", view, name=name),
            path("<int:pk>/analysis/export/", view, {"as_file": True}, name=f"{name}_export"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk:
            here = (analysis_url("assessment", obj.pk), _("Analysis"))
            context["tools"] = [here, *context.get("tools", [])]
        return super().render_change_form(request, context, *args, **kwargs)

    def learner_url(self, obj: Any) -> str:
        """A preview of the whole, a draft or not."""
        return reverse("assessments:preview", args=[obj.slug])

    @admin.display(description=gettext_lazy("Belongs to"))
    def belongs_to(self, obj: Any) -> Any:
        return link_to(obj.home) if obj.home else _("The whole course")

    @admin.display(description=gettext_lazy("Questions"), ordering="question_count")
    def questions(self, obj: Any) -> int:
        return int(obj.question_count)

    @admin.display(description=gettext_lazy("Conditions"))
    def conditions(self, obj: Any) -> str:
        """`25 min, 2 attempts`."""
        said = []
        if obj.time_limit:
            said.append(_("%(count)d min") % {"count": obj.time_limit})
        if obj.attempts_allowed:
            text = ngettext("%(count)d attempt", "%(count)d attempts", obj.attempts_allowed)
            said.append(text % {"count": obj.attempts_allowed})
        return ", ".join(said)

    @admin.display(description=gettext_lazy("Missing"))
    def missing(self, obj: Any) -> Any:
        return missing_mark(self._gaps(obj))

    def _gaps(self, obj: Any) -> list[str]:
        if not obj.question_count:
            return [_("parts: it asks nothing")]
        if obj.mode == Assessment.Mode.DIAGNOSTIC and obj.by_hand_count:
            return [_("another question: a diagnostic does not ask what a person has to mark")]
        if obj.short_count:
            text = ngettext(
                "live questions for %(count)d part", "live questions for %(count)d parts", obj.short_count
            )
            return [text % {"count": obj.short_count}]
        return []

    def hidden_by(self, obj: Any) -> str:
        home = obj.home
        if home is None or home.is_published:
            return super().hidden_by(home) if home is not None else ""
        return _("“%(home)s” is a draft and hides it.") % {"home": home}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Everything is stored; say what keeps it from being asked in full."""
        super().save_related(request, form, formsets, change)
        for gap in self._gaps(self.get_queryset(request).get(pk=form.instance.pk)):
            self.message_user(request, _("Still missing: %(gap)s.") % {"gap": gap}, messages.WARNING)


def _live_of_objective(live: QuerySet[Question]) -> Coalesce:
    """How many live questions the objective of a part has."""
    rows = live.filter(objective=OuterRef("objective")).order_by().values("objective")
    return Coalesce(
        Subquery(rows.annotate(total=Sum(Value(1))).values("total")), 0, output_field=IntegerField()
    )
