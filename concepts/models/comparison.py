"""Comparisons: two disciplines, aspect by aspect."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from concepts.models.base import (
    Loaded,
    Publishable,
    Rendered,
    RenderedField,
    schedule_constraint,
    status_constraint,
)
from concepts.models.course import InModuleQuerySet, Module, Objective
from concepts.models.source import Source


class Comparison(Loaded, Publishable):
    """A table that sets two disciplines side by side; every row is an objective of its own."""

    module = models.ForeignKey(Module, models.PROTECT, related_name="comparisons", verbose_name=_("module"))
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("lede"))
    left = models.CharField(_("left side"), max_length=60, help_text=_("The head of the left column."))
    right = models.CharField(_("right side"), max_length=60, help_text=_("The head of the right column."))
    history = HistoricalRecords()

    objects = InModuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        ordering = ["module__position", "position", "pk"]
        constraints = [status_constraint("comparison"), schedule_constraint("comparison")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("concepts:comparison", args=[self.slug])


class ComparisonRow(Rendered, Loaded):
    """One aspect: what each side says, why, and the objective that is tested with it."""

    RENDERS = {"explanation": "explanation_html"}

    comparison = models.ForeignKey(
        Comparison, models.CASCADE, related_name="rows", verbose_name=_("comparison")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    anchor = models.SlugField(_("anchor"), help_text=_("The part of the address after #."))
    aspect = models.CharField(_("aspect"), max_length=60)
    left = models.CharField(_("left side"), max_length=300)
    right = models.CharField(_("right side"), max_length=300)
    explanation = models.TextField(_("explanation"), help_text=_("Markdown; opens in place below the row."))
    explanation_html = RenderedField()
    objective = models.OneToOneField(
        Objective, models.PROTECT, related_name="row", verbose_name=_("objective")
    )
    sources = models.ManyToManyField(Source, blank=True, related_name="rows", verbose_name=_("sources"))
    history = HistoricalRecords(excluded_fields=["explanation_html"], m2m_fields=[sources])

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["comparison", "anchor"], name="row_anchor_unique_in_comparison"),
        ]

    def __str__(self) -> str:
        return self.aspect

    def get_absolute_url(self) -> str:
        return f"{self.comparison.get_absolute_url()}#{self.anchor}"
