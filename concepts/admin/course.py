"""Modules, concepts and objectives in the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concepts.admin.base import PartAdmin, PublishableAdmin
from concepts.admin.columns import count_of, link_to, missing_mark
from concepts.admin.forms import ContentForm
from concepts.admin.inlines import TaktInline
from concepts.admin.learner_pages import concept_page, module_page
from concepts.admin.preview import preview
from concepts.models import Comparison, Concept, Metric, Module, Objective


@admin.register(Module)
class ModuleAdmin(PublishableAdmin):
    """Chapters, in the order of the course."""

    draws_preview = staticmethod(module_page)
    list_display = ("title", "state", "position", "lessons", "objective_count", "changed")
    list_filter = ("status",)
    search_fields = ("title", "slug", "summary")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy("A chapter of the course. A draft hides everything in it."),
                "fields": ("title", "slug", "summary", "state_line"),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        of_module = Objective.objects.annotate(
            home_module=Coalesce("concept__module", "comparison__module"),
        )
        return (
            super()
            .get_queryset(request)
            .annotate(
                concept_count=count_of(Concept.objects.all(), "module"),
                draft_count=count_of(Concept.objects.exclude(status="published"), "module"),
                comparison_count=count_of(Comparison.objects.all(), "module"),
                objective_count=count_of(of_module, "home_module"),
            )
        )

    @admin.display(description=gettext_lazy("Lessons"), ordering="concept_count")
    def lessons(self, obj: Any) -> str:
        count = obj.concept_count
        text = ngettext("%(count)d concept", "%(count)d concepts", count) % {"count": count}
        if obj.draft_count:
            text += _(", %(count)d in draft") % {"count": obj.draft_count}
        if obj.comparison_count:
            more = ngettext("%(count)d comparison", "%(count)d comparisons", obj.comparison_count)
            text += ", " + more % {"count": obj.comparison_count}
        return text

    @admin.display(description=gettext_lazy("Objectives"), ordering="objective_count")
    def objective_count(self, obj: Any) -> int:
        return int(obj.objective_count)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk and request.user.has_perm("concepts.add_concept"):
            add = reverse("admin:concepts_concept_add")
            context["tools"] = [(f"{add}?module={obj.pk}", _("Add a lesson"))]
        return super().render_change_form(request, context, *args, **kwargs)


class ConceptForm(ContentForm):
    """A concept cannot build on itself, by whatever detour."""

    def clean_prerequisites(self) -> Any:
        chosen = self.cleaned_data["prerequisites"]
        before = list(chosen)
        seen: set[int] = set()
        while before:
            concept = before.pop()
            if concept.pk == self.instance.pk:
                raise ValidationError(
                    _("Then this lesson would have to be read before itself. Take one out.")
                )
            if concept.pk not in seen:
                seen.add(concept.pk)
                before += list(concept.prerequisites.all())
        return chosen


class ObjectiveInline(TaktInline):
    """The objectives of a concept, on its page."""

    model = Objective
    form = ContentForm
    extra = 0
    can_delete = False
    show_change_link = True
    fields: ClassVar[Any] = ("code", "title", "statement", "level")
    verbose_name_plural = gettext_lazy("objectives: after this a learner can …")


@admin.register(Concept)
class ConceptAdmin(PublishableAdmin):
    """Lessons."""

    draws_preview = staticmethod(concept_page)
    form = ConceptForm
    inlines: ClassVar[Any] = (ObjectiveInline,)
    list_display: Any = (
        "title",
        "state",
        "module",
        "position",
        "objective_count",
        "missing",
        "changed",
    )
    list_filter = ("status", "module")
    list_select_related = ("module",)
    search_fields = ("title", "slug", "summary", "body")
    autocomplete_fields = ("module", "prerequisites", "sources")
    prepopulated_fields = {"slug": ("title",)}
    markdown_fields = ("body",)
    markdown_rows = 24
    save_on_top = True
    fieldsets = (
        (
            gettext_lazy("Where it stands"),
            {
                "description": gettext_lazy("What it is called, and its place in the course."),
                "fields": (("title", "slug"), ("module", "minutes"), "state_line"),
            },
        ),
        (
            gettext_lazy("The lesson"),
            {
                "description": gettext_lazy(
                    "350 to 700 words: an example from a shop floor and one from a service, a worked "
                    "calculation where there is a number, the misconception named. “In short” and three "
                    "lines end it."
                ),
                "fields": ("summary", "body"),
            },
        ),
        (
            gettext_lazy("What it rests on"),
            {
                "description": gettext_lazy("Shown in the margin of the lesson."),
                "fields": ("prerequisites", "sources"),
            },
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(preview)
        return [path("preview/", view, name="concepts_preview"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                objective_count=count_of(Objective.objects.all(), "concept"),
                source_count=count_of(Concept.sources.through.objects.all(), "concept"),
                metric_count=count_of(Metric.objects.all(), "concept"),
            )
        )

    @admin.display(description=gettext_lazy("Objectives"), ordering="objective_count")
    def objective_count(self, obj: Any) -> int:
        return int(obj.objective_count)

    def gaps(self, obj: Any) -> list[str]:
        """What this lesson still needs."""
        gaps = []
        if not obj.objective_count:
            gaps.append(_("no objective"))
        if not obj.source_count:
            gaps.append(_("no source"))
        return gaps

    @admin.display(description=gettext_lazy("Missing"))
    def missing(self, obj: Any) -> Any:
        return missing_mark(self.gaps(obj))

    def describe(self, obj: Any) -> str:
        count, minutes = len(obj.body.split()), obj.minutes
        words = ngettext("%(count)d word", "%(count)d words", count) % {"count": count}
        time = ngettext("%(count)d minute to read", "%(count)d minutes to read", minutes) % {"count": minutes}
        return f"{obj.module} · {words} · {time}"


@admin.register(Objective)
class ObjectiveAdmin(PartAdmin):
    """Objectives, wherever they are taught."""

    list_display: Any = ("code", "title", "home", "level")
    list_filter: ClassVar[Any] = ("level", "concept__module", "comparison")
    list_select_related = ("concept", "comparison", "row")
    search_fields = ("code", "title", "statement")
    autocomplete_fields = ("concept", "comparison")
    readonly_fields: ClassVar[Any] = ()
    fieldsets: ClassVar[Any] = (
        (
            None,
            {
                "description": gettext_lazy(
                    "The smallest thing that can be known. Questions, mastery and reviews hang on it."
                ),
                "fields": (("code", "title"), "statement", "level"),
            },
        ),
        (
            gettext_lazy("Where it is taught"),
            {
                "description": gettext_lazy("One concept or one comparison, never both."),
                "fields": ("concept", "comparison"),
            },
        ),
    )

    @admin.display(description=gettext_lazy("Taught in"), ordering=F("concept__title"))
    def home(self, obj: Any) -> Any:
        return link_to(obj.home)

    def learner_url(self, obj: Any) -> str:
        return str(obj.get_absolute_url()) if obj.home else ""

    def page_of(self, obj: Any) -> Any:
        return obj.home

    def describe(self, obj: Any) -> str:
        return _("After “%(home)s” you can %(statement)s") % {"home": obj.home, "statement": obj.statement}
