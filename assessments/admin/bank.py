"""Misconceptions and the frozen versions of questions in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import CharField, Count, F, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, StrIndex
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.admin.filters import ModuleFilter
from assessments.admin.readonly import ReadOnlyAdmin, lines_html
from assessments.models import AttemptItem, Misconception, Question, QuestionVersion
from concepts.admin.base import ContentAdmin
from concepts.admin.columns import count_of, mark
from concepts.admin.deletion import lines_of
from concepts.admin.values import json_lines
from concepts.admin.where_used import WhereUsedAdmin


def naming(slug: Any) -> QuerySet[Question]:
    """Questions whose content names a misconception: JSON keeps its slug, and no foreign key guards it."""
    named = Concat(Value('"misconception": "'), slug, Value('"'), output_field=CharField())
    written = StrIndex(Cast("content", TextField()), named)
    return Question.objects.annotate(written=written).filter(written__gt=0).order_by()


@admin.register(Misconception)
class MisconceptionAdmin(WhereUsedAdmin, ContentAdmin):
    """Named slips."""

    list_display = ("name", "begins", "concept", "question_count")
    list_filter = ("concept__module",)
    list_select_related = ("concept",)
    search_fields = ("name", "slug", "explanation")
    autocomplete_fields = ("concept",)
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy(
                    "A slip that choices and detectors of any question can point at. Learners read its "
                    "explanation, cohorts see how often it is made."
                ),
                "fields": (("name", "slug"), "explanation", "concept"),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        counts = naming(OuterRef("slug")).annotate(one=Value(1)).values("one").annotate(count=Count("pk"))
        count = Coalesce(Subquery(counts.values("count"), output_field=IntegerField()), 0)
        return super().get_queryset(request).annotate(question_count=count)

    @admin.display(description=gettext_lazy("Explanation"))
    def begins(self, obj: Any) -> str:
        return Truncator(obj.explanation).words(14)

    @admin.display(description=gettext_lazy("Questions"), ordering="question_count")
    def question_count(self, obj: Any) -> int:
        return int(obj.question_count)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Questions and answers name it by its address, so that stays."""
        return (*super().get_readonly_fields(request, obj), *(("slug",) if obj else ()))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else {"slug": ("name",)}

    def describe(self, obj: Any) -> str:
        count = naming(Value(obj.slug)).count()
        used = ngettext("Named by %(count)d question", "Named by %(count)d questions", count)
        return used % {"count": count}

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The questions that name it keep it, though no foreign key does."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        users = [question for each in objs for question in self.uses(each)]
        return deleted, counts, lacking, [*protected, *lines_of(users)]

    def uses(self, obj: Any) -> QuerySet[Question]:
        """The questions whose content names it."""
        return naming(Value(obj.slug))


@admin.register(QuestionVersion)
class QuestionVersionAdmin(ReadOnlyAdmin):
    """What was published, and is asked or was asked, for ever."""

    list_display = ("title", "number", "is_live", "type", "code", "answers", "published", "created_by")
    list_filter = ("type", ModuleFilter)
    list_select_related = ("objective", "created_by", "question")
    search_fields = ("title", "question__slug", "objective__code")
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy("Frozen: attempts keep the version that they were asked with."),
                "fields": ("question", "number", "type", "objective", "created_at", "created_by", "asked"),
            },
        ),
    )
    readonly_fields = ("asked",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        given = AttemptItem.objects.filter(answer__isnull=False, attempt__is_preview=False)
        return super().get_queryset(request).annotate(answers=count_of(given, "version"))

    @admin.display(description=gettext_lazy("Asked now"), ordering=F("question__live"))
    def is_live(self, obj: Any) -> Any:
        is_asked = obj.question.live_id == obj.pk and obj.question.is_published
        return mark(_("Live"), "good", "check") if is_asked else ""

    @admin.display(description=gettext_lazy("Objective"), ordering="objective__code")
    def code(self, obj: Any) -> str:
        return str(obj.objective.code)

    @admin.display(description=gettext_lazy("Answers"), ordering="answers")
    def answers(self, obj: Any) -> int:
        return int(obj.answers)

    @admin.display(description=gettext_lazy("Published"), ordering="created_at")
    def published(self, obj: Any) -> str:
        return date_format(localtime(obj.created_at), "j M Y")

    @admin.display(description=gettext_lazy("As it was asked"))
    def asked(self, obj: Any) -> Any:
        return lines_html(list(json_lines(obj.content)))
