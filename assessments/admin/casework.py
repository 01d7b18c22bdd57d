"""Casework in the admin, for administrators: who was asked to work what, and the runs to read only."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.admin.readonly import ReadOnlyAdmin, ReadOnlyInline
from assessments.models import Assignment, CaseMove, CaseRun
from assessments.services.assignments import ASKED, assign_case, withdraw_assignment
from concepts.admin.base import TaktAdmin
from concepts.admin.history import HistoryAdmin
from concepts.admin.widgets import named_parts, without_shortcuts


class AssignmentAdminForm(forms.ModelForm):
    """A case can be asked for in the roles that it has, once it is published."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        case = cleaned.get("case") or (self.instance.case if self.instance.pk else None)
        version = case.versions.first() if case is not None and case.is_published else None
        roles = [role.key for role in version.document.roles] if version else []
        if case is not None and not roles:
            message = _("Nobody can play “%(case)s”: it is a draft. Publish it first.")
            self.add_error("case" if "case" in self.fields else None, message % {"case": case})
        elif case is not None and cleaned.get("role") and cleaned["role"] not in roles:
            self.add_error("role", _("The case does not have this role. Choose the other, or none."))
        elif case is not None and cleaned.get("both_roles") and len(roles) < 2:
            self.add_error("both_roles", _("The case has one role. Leave this box empty."))
        return cleaned


@admin.register(Assignment)
class AssignmentAdmin(HistoryAdmin, TaktAdmin):
    """That a cohort is asked to work a case; instructors do it on the page of their cohort."""

    form = AssignmentAdminForm
    nothing = gettext_lazy(
        "No cohort is asked to work a case. Instructors assign one on their cohort’s page."
    )
    list_display = ("cohort", "case", "as_whom", "opens_at", "due_at", "created_by")
    list_filter = ("role", "both_roles", "due_at")
    list_select_related = ("cohort", "case", "created_by")
    search_fields = ("cohort__name", "case__title", "note")
    autocomplete_fields = ("cohort", "case")
    ordering = ("-due_at", "-pk")
    show_full_result_count = False
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy(
                    "It shows on the start page of every learner of the cohort. Taking it back leaves every "
                    "run as it is. Empty times: at once, and whenever they like."
                ),
                "fields": (("cohort", "case"), "role", "both_roles", "opens_at", "due_at", "note"),
            },
        ),
    )

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return named_parts(without_shortcuts(super().formfield_for_dbfield(db_field, request, **kwargs)))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who is asked what stays; withdraw it and assign another."""
        return ("cohort", "case") if obj else ()

    @admin.display(description=gettext_lazy("Played as"))
    def as_whom(self, obj: Any) -> str:
        if obj.both_roles:
            return _("Both roles")
        return str(obj.get_role_display()) or _("As they choose")

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        context["has_history"] = True
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        wanted = {name: getattr(obj, name) for name in ASKED}
        stored = assign_case(cohort=obj.cohort, case=obj.case, by=request.user, **wanted)
        obj.pk, obj.created_by, obj.created_at = stored.pk, stored.created_by, stored.created_at

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        withdraw_assignment(assignment=obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for obj in queryset:
            withdraw_assignment(assignment=obj, by=request.user)


class MoveInline(ReadOnlyInline):
    """The moves of a run, in their order."""

    model = CaseMove
    fields = ("position", "stage", "forecast", "reason", "decided", "submitted_at")
    readonly_fields = ("decided",)
    verbose_name_plural = gettext_lazy("moves: what was forecast and decided, stage by stage")

    @admin.display(description=gettext_lazy("Decisions"))
    def decided(self, obj: Any) -> str:
        return answers_in_words(obj.answers)


NEEDED = ("learner__user", "case", "version", "attempt__assessment")


@admin.register(CaseRun)
class CaseRunAdmin(ReadOnlyAdmin):
    """Runs of cases, the newest first. Notes are the learner's alone and do not stand here."""

    inlines = (MoveInline,)
    list_display = ("learner", "case", "role", "stage", "stages_done", "started_at", "finished_at")
    list_filter = ("role", "case", "finished_at")
    search_fields = ("learner__user__email", "learner__user__last_name", "case__title")
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy("A record: nobody can change it, administrators included."),
                "fields": (
                    ("learner", "case"),
                    ("version", "role", "seed"),
                    ("stage", "stages_done"),
                    ("started_at", "last_at"),
                    ("ended_at", "finished_at"),
                    "attempt",
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*NEEDED)


@admin.register(CaseMove)
class CaseMoveAdmin(ReadOnlyAdmin):
    """Moves in runs of cases, the newest first."""

    list_display = ("run", "learner", "position", "stage", "forecast", "decided", "submitted_at")
    list_filter = ("submitted_at",)
    search_fields = ("run__learner__user__email", "run__learner__user__last_name", "stage")
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy("A record: nobody can change it, administrators included."),
                "fields": (
                    ("run", "position", "stage"),
                    ("forecast", "forecast_at"),
                    "reason",
                    "decided",
                    ("saved_at", "submitted_at"),
                ),
            },
        ),
    )
    readonly_fields = ("decided",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("run__case", "run__learner__user")

    @admin.display(description=gettext_lazy("Learner"))
    def learner(self, obj: Any) -> str:
        return str(obj.run.learner)

    @admin.display(description=gettext_lazy("Decisions"))
    def decided(self, obj: Any) -> str:
        return answers_in_words(obj.answers)


def answers_in_words(answers: Any) -> str:
    """The answers of a move by the keys of their decisions."""
    parts = []
    for key, answer in (answers or {}).items():
        if "option" in answer:
            said = str(answer["option"])
        elif "order" in answer:
            said = " → ".join(map(str, answer["order"]))
        else:
            said = ", ".join(f"{name} {value}" for name, value in answer.get("figures", {}).items())
        parts.append(f"{key}: {said or json.dumps(answer)}")
    return " · ".join(parts)
