"""Comparisons in the admin; a row has a page of its own, for its explanation and its sources."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concepts.admin.base import PartAdmin, PublishableAdmin
from concepts.admin.columns import count_of, link_to
from concepts.admin.forms import ContentForm
from concepts.admin.inlines import TaktInline
from concepts.admin.learner_pages import comparison_page, row_page
from concepts.models import Comparison, ComparisonRow


class RowInline(TaktInline):
    """The cells of the table at a glance; everything else is on the row's page."""

    model = ComparisonRow
    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = True
    fields = ("aspect", "left", "right")
    verbose_name_plural = gettext_lazy("rows: open one for its explanation, objective and sources")


@admin.register(Comparison)
class ComparisonAdmin(PublishableAdmin):
    """Two disciplines side by side."""

    draws_preview = staticmethod(comparison_page)
    inlines = (RowInline,)
    list_display = ("title", "state", "module", "row_count", "changed")
    list_filter = ("status", "module")
    list_select_related = ("module",)
    search_fields = ("title", "slug", "summary")
    autocomplete_fields = ("module",)
    prepopulated_fields = {"slug": ("title",)}
    save_on_top = True
    fieldsets = (
        (
            gettext_lazy("Where it stands"),
            {
                "description": gettext_lazy("What it is called, and its place in the course."),
                "fields": (("title", "slug"), "module", "state_line"),
            },
        ),
        (
            gettext_lazy("The two sides"),
            {
                "description": gettext_lazy("The heads of the two columns and the lede above the table."),
                "fields": (("left", "right"), "summary"),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = count_of(ComparisonRow.objects.all(), "comparison")
        return super().get_queryset(request).annotate(row_count=rows)

    @admin.display(description=gettext_lazy("Rows"), ordering="row_count")
    def row_count(self, obj: Any) -> int:
        return int(obj.row_count)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk and self.has_change_permission(request, obj):
            add = reverse("admin:concepts_comparisonrow_add")
            context["tools"] = [(f"{add}?comparison={obj.pk}", _("Add a row"))]
        return super().render_change_form(request, context, *args, **kwargs)


class RowForm(ContentForm):
    """A row is tested by an objective of the same comparison."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        objective, comparison = cleaned.get("objective"), cleaned.get("comparison")
        if objective and comparison and objective.comparison_id != comparison.pk:
            message = _("This objective is taught elsewhere. Choose one that belongs to “%(comparison)s”.")
            self.add_error("objective", ValidationError(message % {"comparison": comparison}))
        return cleaned


@admin.register(ComparisonRow)
class ComparisonRowAdmin(PartAdmin):
    """One aspect of a comparison."""

    draws_preview = staticmethod(row_page)

    form = RowForm
    list_display = ("aspect", "comparison", "position", "code", "source_count")
    list_filter = ("comparison",)
    list_select_related = ("comparison", "objective")
    ordering = ("comparison", "position")
    search_fields = ("aspect", "left", "right", "explanation", "objective__code")
    autocomplete_fields = ("comparison", "objective", "sources")
    prepopulated_fields = {"anchor": ("aspect",)}
    markdown_fields = ("explanation",)
    markdown_rows = 10
    fieldsets = (
        (
            gettext_lazy("In the table"),
            {
                "description": gettext_lazy("What stands in the row, and where."),
                "fields": (("aspect", "anchor"), "comparison", "left", "right"),
            },
        ),
        (
            gettext_lazy("When it is opened"),
            {
                "description": gettext_lazy(
                    "60 to 120 words: why, an example from a shop floor and one from a service, "
                    "the usual mistake."
                ),
                "fields": ("explanation", "sources"),
            },
        ),
        (
            gettext_lazy("What is tested with it"),
            {
                "description": gettext_lazy("Each row has an objective of its own in the same comparison."),
                "fields": ("objective",),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        sources = count_of(ComparisonRow.sources.through.objects.all(), "comparisonrow")
        return super().get_queryset(request).annotate(source_count=sources)

    @admin.display(description=gettext_lazy("Objective"), ordering="objective__code")
    def code(self, obj: Any) -> Any:
        return link_to(obj.objective, obj.objective.code)

    @admin.display(description=gettext_lazy("Sources"), ordering="source_count")
    def source_count(self, obj: Any) -> int:
        return int(obj.source_count)

    def page_of(self, obj: Any) -> Any:
        return obj.comparison

    def describe(self, obj: Any) -> str:
        return _("Row %(position)d of “%(comparison)s” · %(code)s") % {
            "position": obj.position,
            "comparison": obj.comparison,
            "code": obj.objective.code,
        }
