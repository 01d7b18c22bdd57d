"""Filters of lists that cut across two ways to belong to a module."""

from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessments.selectors.tags import WithoutTags
from concepts.models import CaseStudy, Module


def _is_key(text: str | None) -> bool:
    """Whether an address names a row; the database takes no larger number."""
    return bool(text and text.isdecimal() and len(text) < 19)


class ModuleFilter(admin.SimpleListFilter):
    """By module, whether through a concept or through a comparison. `path` leads from the row to its home."""

    title = _("module")
    parameter_name = "module"
    path = "objective__"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(pk), title) for pk, title in Module.objects.values_list("pk", "title")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if not _is_key(value):
            return queryset
        return queryset.filter(
            Q(**{f"{self.path}concept__module": value}) | Q(**{f"{self.path}comparison__module": value})
        )


class OwnModuleFilter(ModuleFilter):
    """For objectives themselves."""

    path = ""


class HomeModuleFilter(ModuleFilter):
    """For assessments, which may also belong to the module itself."""

    path = ""
    whole = "course"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(self.whole, str(_("The whole course"))), *super().lookups(request, model_admin)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == self.whole:
            return queryset.filter(module=None, concept=None, comparison=None)
        if not _is_key(value):
            return queryset
        return queryset.filter(Q(module=value) | Q(concept__module=value) | Q(comparison__module=value))


class CaseFilter(admin.SimpleListFilter):
    """By the case that asks a question, or none: the bank proper."""

    title = _("case study")
    parameter_name = "case"
    none = "none"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        cases = CaseStudy.objects.values_list("pk", "title")
        return [(self.none, _("In no case")), *((str(pk), title) for pk, title in cases)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == self.none:
            return queryset.filter(case__isnull=True)
        return queryset.filter(case=value) if _is_key(value) else queryset


class LiveFilter(admin.SimpleListFilter):
    """By what learners are asked."""

    title = _("what learners are asked")
    parameter_name = "asked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("this", _("This, as it stands")),
            ("older", _("An older version: changes wait")),
            ("scheduled", _("Nothing yet: it is scheduled")),
            ("nothing", _("Nothing: it is a draft")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        live = queryset.filter(status="published", live__isnull=False).alias(
            drafted=WithoutTags("content"), asked_now=WithoutTags("live__content")
        )
        same = Q(drafted=F("asked_now"), title=F("live__title"), objective=F("live__objective"))
        match self.value():
            case "this":
                return live.filter(same)
            case "older":
                return live.exclude(same)
            case "scheduled":
                return queryset.filter(status="scheduled")
            case "nothing":
                return queryset.exclude(status="published", live__isnull=False).exclude(status="scheduled")
        return queryset
