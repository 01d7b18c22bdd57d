"""The glossary in the admin."""

from typing import Any

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from concepts.admin.base import PublishableAdmin
from concepts.admin.exchange import TablesAdmin
from concepts.admin.exchange_kinds import TermResource
from concepts.admin.learner_pages import term_page
from concepts.admin.where_used import WhereUsedAdmin
from concepts.models import Term


@admin.register(Term)
class TermAdmin(WhereUsedAdmin, TablesAdmin, PublishableAdmin):
    """Words and what they mean in this course."""

    resource_classes = (TermResource,)
    draws_preview = staticmethod(term_page)
    list_display = ("name", "state", "begins", "also", "concept", "changed")
    list_filter = ("status", "concept__module")
    list_select_related = ("concept",)
    search_fields = ("name", "also", "definition")
    autocomplete_fields = ("concept", "sources")
    prepopulated_fields = {"slug": ("name",)}
    markdown_fields = ("definition",)
    fieldsets = (
        (
            gettext_lazy("The word"),
            {
                "description": gettext_lazy("One to three sentences that hold by themselves."),
                "fields": (("name", "slug"), "definition", "also", "state_line"),
            },
        ),
        (
            gettext_lazy("Where it comes from"),
            {
                "description": gettext_lazy("The lesson that explains it, and what the definition rests on."),
                "fields": ("concept", "sources"),
            },
        ),
    )

    @admin.display(description=gettext_lazy("Definition"))
    def begins(self, obj: Any) -> str:
        return Truncator(obj.definition).words(12)
