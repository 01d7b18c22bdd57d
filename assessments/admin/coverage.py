"""What the question bank adds to the admin of the course: how well each objective is covered.

The course knows nothing of questions, so its admins are taken from there, extended and registered anew.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.admin.filters import OwnModuleFilter
from assessments.models import Question
from assessments.selectors.coverage import ENOUGH_QUESTIONS, ENOUGH_TYPES, Coverage, coverage_of
from concepts.admin.columns import count_of, missing_mark
from concepts.admin.course import ConceptAdmin, ObjectiveAdmin, ObjectiveInline
from concepts.models import Concept, Objective

# What is asked for an objective; a case asks its own questions alone.
LIVE = Q(questions__status="published", questions__case__isnull=True)


class GapFilter(admin.SimpleListFilter):
    """By whether an objective has questions enough."""

    title = gettext_lazy("questions")
    parameter_name = "questions"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("missing", _("Some are missing")), ("enough", _("Enough"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("missing", "enough"):
            return queryset
        enough = (
            Objective.objects.annotate(
                live=Count("questions", filter=LIVE, distinct=True),
                kinds=Count("questions__type", filter=LIVE, distinct=True),
            )
            .filter(live__gte=ENOUGH_QUESTIONS, kinds__gte=ENOUGH_TYPES)
            .order_by()
            .values("pk")
        )
        return queryset.filter(pk__in=enough) if self.value() == "enough" else queryset.exclude(pk__in=enough)


class CoveredList(ChangeList):
    """A list of objectives that fetches the coverage of the whole page at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        coverage = coverage_of(row.pk for row in rows)
        for row in rows:
            row.coverage = coverage[row.pk]
        self.result_list = rows


admin.site.unregister(Objective)
admin.site.unregister(Concept)


@admin.register(Objective)
class CoveredObjectiveAdmin(ObjectiveAdmin):
    """Objectives with their questions."""

    list_display: Any = ("code", "title", "home", "level", "questions", "types", "missing")
    list_filter = (OwnModuleFilter, GapFilter, "level")
    readonly_fields = ("questions_here",)
    fieldsets: ClassVar[Any] = (
        *ObjectiveAdmin.fieldsets,
        (
            gettext_lazy("How it is tested"),
            {
                "description": gettext_lazy(
                    "At least four live questions of at least two types, so that it shows in several ways."
                ),
                "fields": ("questions_here",),
            },
        ),
    )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CoveredList

    @admin.display(description=gettext_lazy("Questions"))
    def questions(self, obj: Any) -> Any:
        return _question_link(obj, obj.coverage.counted)

    @admin.display(description=gettext_lazy("Types, live"))
    def types(self, obj: Any) -> str:
        return str(obj.coverage.kinds)

    @admin.display(description=gettext_lazy("Missing"))
    def missing(self, obj: Any) -> Any:
        return missing_mark(obj.coverage.gaps)

    @admin.display(description=gettext_lazy("Questions"))
    def questions_here(self, obj: Any) -> Any:
        if not obj.pk:
            return _("Save the objective first, then write questions for it.")
        return _in_words(obj, coverage_of([obj.pk])[obj.pk])

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk and request.user.has_perm("assessments.add_question"):
            add = reverse("admin:assessments_question_add")
            context["tools"] = [(f"{add}?objective={obj.pk}", _("Write a question"))]
        return super().render_change_form(request, context, *args, **kwargs)


class CoveredInline(ObjectiveInline):
    """The objectives of a concept with what is missing to test them."""

    fields = (*ObjectiveInline.fields, "questions")
    readonly_fields = ("questions",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        live = Question.objects.filter(status="published", case__isnull=True)
        return (
            super()
            .get_queryset(request)
            .annotate(
                live_count=count_of(live, "objective"),
                draft_count=count_of(
                    Question.objects.exclude(status="published").filter(case__isnull=True), "objective"
                ),
                kind_count=Count("questions__type", filter=LIVE, distinct=True),
            )
        )

    @admin.display(description=gettext_lazy("Questions"))
    def questions(self, obj: Any) -> Any:
        if not obj.pk:
            return ""
        kinds = {str(i): 1 for i in range(obj.kind_count)}
        coverage = Coverage(obj.live_count, obj.draft_count, kinds)
        link = _question_link(obj, coverage.counted)
        return format_html("{} {}", link, missing_mark(coverage.gaps)) if coverage.gaps else link


@admin.register(Concept)
class CoveredConceptAdmin(ConceptAdmin):
    """Lessons with what their objectives lack."""

    inlines: ClassVar[Any] = (CoveredInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        live = Question.objects.filter(status="published", case__isnull=True)
        objectives = Objective.objects.annotate(
            live_count=count_of(live, "objective"),
            kind_count=Count("questions__type", filter=LIVE, distinct=True),
        )
        poor = objectives.filter(Q(live_count__lt=ENOUGH_QUESTIONS) | Q(kind_count__lt=ENOUGH_TYPES))
        return super().get_queryset(request).annotate(poor_count=count_of(poor, "concept"))

    def gaps(self, obj: Any) -> list[str]:
        gaps = super().gaps(obj)
        if obj.poor_count:
            text = ngettext(
                "questions for %(count)d objective", "questions for %(count)d objectives", obj.poor_count
            )
            gaps.append(text % {"count": obj.poor_count})
        return gaps


def _question_link(obj: Objective, text: str) -> Any:
    """The list of an objective's questions."""
    url = reverse("admin:assessments_question_changelist")
    return format_html('<a href="{}?objective__id__exact={}">{}</a>', url, obj.pk, text)


def _in_words(obj: Objective, coverage: Coverage) -> Any:
    link = _question_link(obj, coverage.counted)
    kinds = f" ({coverage.kinds})" if coverage.kinds else ""
    return format_html("{}{} {}", link, kinds, missing_mark(coverage.gaps))
