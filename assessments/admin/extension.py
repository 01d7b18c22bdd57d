"""What learners were given beyond the conditions for everybody, for administrators, with its history."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from assessments.forms.extensions import AssessmentExtensionForm
from assessments.models import Extension
from assessments.selectors.extensions import in_words
from assessments.services.extensions import grant_extension, withdraw_extension
from concepts.admin.base import TaktAdmin
from concepts.admin.history import HistoryAdmin


@admin.register(Extension)
class ExtensionAdmin(HistoryAdmin, TaktAdmin):
    """Given and withdrawn by the service, so that it holds at once for an attempt that is going on."""

    form = AssessmentExtensionForm
    list_display = ("learner", "assessment", "what", "reason", "by", "updated_at")
    list_filter = ("updated_at",)
    list_select_related = ("learner__user", "assessment", "by")
    search_fields = ("learner__user__email", "learner__user__last_name", "assessment__title", "reason")
    autocomplete_fields = ("learner", "assessment")
    ordering = ("-updated_at", "-pk")
    show_full_result_count = False
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy(
                    "It holds at once, also while an attempt is going on. An attempt that has ended is not "
                    "opened again; give another one. Extra time in every test stands in the profile."
                ),
                "fields": (
                    ("learner", "assessment"),
                    "closes_at",
                    ("extra_minutes", "extra_attempts"),
                    "reason",
                ),
            },
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whose it is and where stays; withdraw it and give another."""
        return ("learner", "assessment") if obj else ()

    @admin.display(description=gettext_lazy("What"))
    def what(self, obj: Any) -> str:
        return in_words(obj)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        context["has_history"] = True
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = grant_extension(
            assessment=obj.assessment,
            learner=obj.learner,
            by=request.user,
            now=timezone.now(),
            closes_at=obj.closes_at,
            extra_minutes=obj.extra_minutes,
            extra_attempts=obj.extra_attempts,
            reason=obj.reason,
        )
        obj.pk, obj.by, obj.updated_at = given.pk, given.by, given.updated_at

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        withdraw_extension(extension=obj, by=request.user, now=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for obj in queryset.select_related("learner", "assessment"):
            withdraw_extension(extension=obj, by=request.user, now=timezone.now())
