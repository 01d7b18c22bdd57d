"""Sources in the admin, with what rests on each."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from concepts.admin.base import ContentAdmin
from concepts.admin.columns import count_of
from concepts.admin.where_used import WhereUsedAdmin
from concepts.models import ComparisonRow, Concept, Metric, Source, Term


@admin.register(Source)
class SourceAdmin(WhereUsedAdmin, ContentAdmin):
    """Articles and books."""

    list_display = ("key", "title", "author", "publisher", "year", "concepts", "rows", "metrics", "terms")
    search_fields = ("key", "title", "author", "publisher")
    fieldsets = (
        (
            None,
            {
                "description": gettext_lazy("What the course cites by its key, and what each is good for."),
                "fields": (("key", "year"), "title", ("author", "publisher"), "note"),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                concept_count=count_of(Concept.sources.through.objects.all(), "source"),
                row_count=count_of(ComparisonRow.sources.through.objects.all(), "source"),
                metric_count=count_of(Metric.sources.through.objects.all(), "source"),
                term_count=count_of(Term.sources.through.objects.all(), "source"),
            )
        )

    @admin.display(description=gettext_lazy("Concepts"), ordering="concept_count")
    def concepts(self, obj: Any) -> int:
        return int(obj.concept_count)

    @admin.display(description=gettext_lazy("Rows"), ordering="row_count")
    def rows(self, obj: Any) -> int:
        return int(obj.row_count)

    @admin.display(description=gettext_lazy("Measures"), ordering="metric_count")
    def metrics(self, obj: Any) -> int:
        return int(obj.metric_count)

    @admin.display(description=gettext_lazy("Terms"), ordering="term_count")
    def terms(self, obj: Any) -> int:
        return int(obj.term_count)

    def learner_url(self, obj: Any) -> str:
        return reverse("concepts:sources")
