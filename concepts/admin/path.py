"""Learning paths in the admin, with their steps, and the skills of the self-assessment."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concepts.admin.base import ContentAdmin, PublishableAdmin
from concepts.admin.columns import count_of
from concepts.admin.inlines import TaktInline
from concepts.admin.learner_pages import LEARNER, draw
from concepts.admin.previewing import Unsaved
from concepts.kept import KEPT
from concepts.models import LearningPath, PathStep, Skill
from concepts.selectors.outline import outline_on
from concepts.selectors.paths import page_of, way_of


def path_page(request: HttpRequest, unsaved: Unsaved) -> SafeString:
    """A path over the course as learners see it."""
    path: LearningPath = unsaved.obj
    path.status = LearningPath.Status.PUBLISHED  # so that its page does not call it a draft
    way = way_of(path, unsaved.rows.get("steps", ()))
    page = page_of(way, outline_on(KEPT.shelf(), LEARNER))
    return draw(request, "concepts/path.html", {"page": page})


class StepInline(TaktInline):
    """The modules of a path, in its order."""

    model = PathStep
    extra = 1
    fields = ("module", "emphasis", "why")
    verbose_name_plural = gettext_lazy("modules, in the order of the path")

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "why":  # a sentence does not fit into one line of a table
            kwargs["widget"] = forms.Textarea({"class": "vLargeTextField", "rows": 2, "cols": 48})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(LearningPath)
class LearningPathAdmin(PublishableAdmin):
    """Ways through the course."""

    draws_preview = staticmethod(path_page)
    inlines = (StepInline,)
    history_parts = ("steps",)
    list_display = ("title", "state", "position", "for_whom", "step_count", "changed")
    list_filter = ("status",)
    search_fields = ("title", "slug", "audience", "summary")
    prepopulated_fields = {"slug": ("title",)}
    save_on_top = True
    fieldsets = (
        (
            gettext_lazy("The path"),
            {
                "description": gettext_lazy(
                    "For whom it is, and what it stresses. Learners who follow it get their lessons in its "
                    "order."
                ),
                "fields": (("title", "slug"), "audience", "summary", "state_line"),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        steps = count_of(PathStep.objects.all(), "path")
        return super().get_queryset(request).annotate(step_count=steps)

    @admin.display(description=gettext_lazy("For whom"))
    def for_whom(self, obj: Any) -> str:
        return Truncator(obj.audience).words(12)

    @admin.display(description=gettext_lazy("Modules"), ordering="step_count")
    def step_count(self, obj: Any) -> int:
        return int(obj.step_count)

    def describe(self, obj: Any) -> str:
        count = obj.steps.count()
        return ngettext("%(count)d module", "%(count)d modules", count) % {"count": count}


@admin.register(Skill)
class SkillAdmin(ContentAdmin):
    """What the two roles ask of a person. How people rate themselves is theirs, and not in the admin."""

    list_display = ("name", "role", "position", "concept", "begins")
    list_filter = ("role",)
    list_select_related = ("concept",)
    search_fields = ("name", "slug", "description")
    autocomplete_fields = ("concept",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (
            gettext_lazy("The skill"),
            {
                "description": gettext_lazy(
                    "Learners rate themselves on it. Describe what somebody who has it does at work, so that "
                    "two people would rate the same event alike."
                ),
                "fields": (("name", "slug"), "description", "role", "concept"),
            },
        ),
    )

    @admin.display(description=gettext_lazy("Description"))
    def begins(self, obj: Any) -> str:
        return Truncator(obj.description).words(12)

    def learner_url(self, obj: Any) -> str:
        """The lesson that it is in: skills have no page of their own."""
        return str(obj.concept.get_absolute_url())

    def describe(self, obj: Any) -> str:
        return _("%(role)s · %(concept)s") % {"role": obj.get_role_display(), "concept": obj.concept}
