"""Measures in the admin, with their inputs and steps; a formula is tried out before it is stored."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concepts.admin.base import PublishableAdmin
from concepts.admin.columns import count_of
from concepts.admin.exchange import TablesAdmin
from concepts.admin.exchange_kinds import MetricResource
from concepts.admin.forms import ContentForm
from concepts.admin.inlines import LabelledFormSet, TaktInline
from concepts.admin.learner_pages import metric_page
from concepts.admin.where_used import WhereUsedAdmin
from concepts.formulas import FormulaError, check_expression, evaluate
from concepts.models import Metric, MetricInput, MetricStep

MOST_ROWS = 100


def posted_rows(data: Mapping[str, str], prefix: str) -> list[dict[str, str]]:
    """The rows of an inline as they were posted, without those that are to go, by their positions."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    rows = []
    for i in range(min(int(total), MOST_ROWS) if total.isdecimal() else 0):
        names = ("name", "default", "expression", "position", "DELETE")
        row = {name: data.get(f"{prefix}-{i}-{name}", "").strip() for name in names}
        if row["name"] and not row["DELETE"]:
            rows.append(row)
    return sorted(rows, key=lambda row: int(row["position"]) if row["position"].isdecimal() else 0)


class MetricForm(ContentForm):
    """The formula is checked with the inputs and steps that are posted beside it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        inputs, steps = posted_rows(self.data, "inputs"), posted_rows(self.data, "steps")
        formula = cleaned.get("formula")
        if not formula:
            return cleaned
        names = [row["name"] for row in [*inputs, *steps]]
        problem = check_expression(formula, names) or _first_result(formula, inputs, steps)
        if problem:
            self.add_error("formula", problem)
        braces = cleaned.get("formula_text", "")
        if braces.count("{") != braces.count("}"):
            message = _("A brace is not closed. Write a fraction as {above} / {below}.")
            self.add_error("formula_text", message)
        return cleaned


def _first_result(formula: str, inputs: list[dict[str, str]], steps: list[dict[str, str]]) -> str:
    """What goes wrong with the calculator's first values; what a row itself refuses is not repeated."""
    figures: dict[str, float] = {}
    for row in inputs:
        try:
            figures[row["name"]] = float(row["default"])
        except ValueError:
            return ""
    for step in steps:
        try:
            figures[step["name"]] = evaluate(step["expression"], figures)
        except FormulaError:
            return ""
    try:
        evaluate(formula, figures)
    except FormulaError as error:
        return _("With the values shown at first: %(problem)s") % {"problem": error.message}
    return ""


class StepFormSet(LabelledFormSet):
    """A step is worked out from inputs and earlier steps."""

    def clean(self) -> None:
        super().clean()
        known = [row["name"] for row in posted_rows(self.data, "inputs")]
        kept = [form for form in self.forms if form.is_valid() and form not in self.deleted_forms]
        named = [form for form in kept if form.cleaned_data.get("name")]
        for form in sorted(named, key=lambda form: form.cleaned_data.get("position") or 0):
            problem = check_expression(form.cleaned_data.get("expression", ""), known)
            if problem:
                form.add_error("expression", problem)
            if form.cleaned_data["name"] in known:
                form.add_error("name", _("An input or earlier step has this name. Use another."))
            known.append(form.cleaned_data["name"])


class PlainFigure(forms.FloatField):
    """480 rather than 480.0."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.12g}" if isinstance(value, float) else value


class InputInline(TaktInline):
    """What the calculator asks for."""

    model = MetricInput
    extra = 1
    fields = (
        "name",
        "label",
        "unit",
        "minimum",
        "above_minimum",
        "maximum",
        "default",
        "help",
    )
    verbose_name_plural = gettext_lazy("inputs: what the calculator asks for")

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if isinstance(db_field, models.FloatField):
            kwargs["form_class"] = PlainFigure
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class StepInline(TaktInline):
    """What the calculator works out on the way."""

    model = MetricStep
    formset = StepFormSet
    extra = 1
    fields = ("name", "label", "expression", "unit")
    verbose_name_plural = gettext_lazy("steps: lines shown before the result")


@admin.register(Metric)
class MetricAdmin(WhereUsedAdmin, TablesAdmin, PublishableAdmin):
    """Measures."""

    resource_classes = (MetricResource,)
    draws_preview = staticmethod(metric_page)
    form = MetricForm
    inlines = (InputInline, StepInline)
    history_parts = ("inputs", "steps")
    list_display = ("name", "state", "concept", "unit", "better", "input_count", "changed")
    list_filter = ("status", "better", "concept__module")
    list_select_related = ("concept",)
    search_fields = ("name", "slug", "summary", "reading")
    autocomplete_fields = ("concept", "sources")
    prepopulated_fields = {"slug": ("name",)}
    markdown_fields = ("reading",)
    markdown_rows = 12
    save_on_top = True
    fieldsets = (
        (
            gettext_lazy("What it measures"),
            {
                "description": gettext_lazy("Its name, the lesson it is in, and one sentence."),
                "fields": (("name", "slug"), "concept", "summary", "state_line"),
            },
        ),
        (
            gettext_lazy("How it is worked out"),
            {
                "description": gettext_lazy(
                    "The formula uses the names of the inputs and steps below. It is tried with the values "
                    "that the calculator shows at first."
                ),
                "fields": ("formula", "formula_text", ("unit", "decimals", "better")),
            },
        ),
        (
            gettext_lazy("How to read it"),
            {
                "description": gettext_lazy(
                    "What a good value looks like, how it misleads, and on what it rests."
                ),
                "fields": ("reading", "sources"),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        inputs = count_of(MetricInput.objects.all(), "metric")
        return super().get_queryset(request).annotate(input_count=inputs)

    @admin.display(description=gettext_lazy("Inputs"), ordering="input_count")
    def input_count(self, obj: Any) -> int:
        return int(obj.input_count)

    def hidden_by(self, obj: Any) -> str:
        return ""

    def describe(self, obj: Any) -> str:
        unit = _("in %(unit)s") % {"unit": obj.unit} if obj.unit else _("without a unit")
        return f"{obj.concept} · {unit} · {obj.get_better_display()}"
