"""Attempts in the admin, to read only: what was asked of whom, what was answered and what it was worth."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.admin.readonly import ReadOnlyAdmin, ReadOnlyInline
from assessments.models import Attempt, AttemptItem
from concepts.figures import format_number


class ItemInline(ReadOnlyInline):
    """The questions of an attempt with their answers."""

    model = AttemptItem
    fields = ("position", "asked", "answered", "marked", "misconceptions", "certainty", "saved_at")
    readonly_fields = ("asked", "answered", "marked")
    verbose_name_plural = gettext_lazy("questions and answers")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("version")

    @admin.display(description=gettext_lazy("Question"))
    def asked(self, obj: Any) -> str:
        return str(obj.version)

    @admin.display(description=gettext_lazy("Answer"))
    def answered(self, obj: Any) -> str:
        return str(obj.version.kind.summary(obj.version.content, obj.values, obj.answer))

    @admin.display(description=gettext_lazy("Marks"))
    def marked(self, obj: Any) -> str:
        return "" if obj.earned is None else f"{format_number(obj.earned, decimals=2)} / {obj.marks}"


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    """Attempts, the newest first."""

    inlines = (ItemInline,)
    list_display = ("learner", "what", "kind", "number", "state", "started_at", "finished_at", "result")
    list_filter = ("state", "kind", "is_preview")
    list_select_related = ("learner__user", "assessment")
    search_fields = ("learner__user__email", "learner__user__last_name", "assessment__title")
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy("A record: nobody can change it, administrators included."),
                "fields": (
                    ("learner", "assessment"),
                    ("kind", "number", "state", "preview"),
                    ("started_at", "deadline", "finished_at"),
                    "result",
                ),
            },
        ),
    )
    readonly_fields = ("result", "preview")

    @admin.display(description=gettext_lazy("Assessment"))
    def what(self, obj: Any) -> str:
        return str(obj.assessment) if obj.assessment else ""

    @admin.display(description=gettext_lazy("Preview"), ordering="is_preview")
    def preview(self, obj: Any) -> str:
        return _("Yes, it counts for nothing") if obj.is_preview else _("No")

    @admin.display(description=gettext_lazy("Result"), ordering="score")
    def result(self, obj: Any) -> str:
        if obj.score is None:
            return ""
        return f"{format_number(obj.score, decimals=2)} / {format_number(obj.max_score or 0, decimals=2)}"
