"""Evidence and the states that follow from it in the admin, to read only."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy

from assessments.admin.filters import ModuleFilter
from assessments.admin.readonly import ReadOnlyAdmin
from assessments.models import Evidence, ObjectiveState
from concepts.figures import format_number


def percent(score: float | None) -> str:
    """A score from 0 to 1 as people read it."""
    return "" if score is None else f"{format_number(100 * score, decimals=0)} %"


class PersonAndObjective(ReadOnlyAdmin):
    """What both lists show."""

    list_select_related: ClassVar[Any] = ("learner__user", "objective")
    search_fields = ("learner__user__email", "learner__user__last_name", "objective__code")

    @admin.display(description=gettext_lazy("Objective"), ordering="objective__code")
    def code(self, obj: Any) -> str:
        return str(obj.objective)


@admin.register(Evidence)
class EvidenceAdmin(PersonAndObjective):
    """Evidence, the newest first."""

    list_display = ("learner", "code", "origin", "scored", "scheduled_review", "at")
    list_filter = ("origin", "scheduled_review", ModuleFilter)
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy("Append-only: the one way into mastery. Nobody can change it."),
                "fields": (
                    ("learner", "objective"),
                    ("origin", "scored", "scheduled_review"),
                    ("question", "variant"),
                    ("at", "recorded_at"),
                ),
            },
        ),
    )
    readonly_fields = ("scored",)

    @admin.display(description=gettext_lazy("Score"), ordering="score")
    def scored(self, obj: Any) -> str:
        return percent(obj.score)


@admin.register(ObjectiveState)
class ObjectiveStateAdmin(PersonAndObjective):
    """Where learners stand, objective by objective."""

    list_display = ("learner", "code", "level", "evidence_count", "last", "last_at", "next_review")
    list_filter = ("level", ModuleFilter)
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy(
                    "Folded from the evidence, never by hand; `manage.py rebuild_progress` folds it anew."
                ),
                "fields": (
                    ("learner", "objective"),
                    ("level", "since", "streak"),
                    ("evidence_count", "last", "last_at"),
                ),
            },
        ),
        (
            gettext_lazy("Memory"),
            {
                "description": gettext_lazy("When it is expected to fade, and when it is asked again."),
                "fields": (("stability", "difficulty"), ("next_review", "fades_at"), "scheduler"),
            },
        ),
    )
    readonly_fields = ("last",)

    @admin.display(description=gettext_lazy("Last score"), ordering="last_score")
    def last(self, obj: Any) -> str:
        return percent(obj.last_score)
