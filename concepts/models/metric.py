"""Measures: a formula with a unit, a direction and bounded inputs, and a calculator made from them."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from concepts.models.base import (
    Loaded,
    Publishable,
    PublishableQuerySet,
    Rendered,
    RenderedField,
    schedule_constraint,
    status_constraint,
)
from concepts.models.course import Concept
from concepts.models.source import Source

NAME = RegexValidator(
    r"^[a-z][a-z0-9_]*$", _("Small letters, digits and underscores, starting with a letter.")
)


class MetricQuerySet(PublishableQuerySet):
    """Measures; each is hidden with the lesson that it is in."""

    def published(self) -> Self:
        live = Publishable.Status.PUBLISHED
        return super().published().filter(concept__status=live, concept__module__status=live)


class Metric(Rendered, Loaded, Publishable):
    """A measure that managers use, such as throughput in units per hour."""

    class Better(models.TextChoices):
        HIGHER = "higher", _("more is better")
        LOWER = "lower", _("less is better")
        TARGET = "target", _("nearer to its target is better")

    RENDERS = {"reading": "reading_html"}

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=80)
    concept = models.ForeignKey(
        Concept,
        models.PROTECT,
        related_name="metrics",
        verbose_name=_("concept"),
        help_text=_("The lesson it is in."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    summary = models.CharField(_("summary"), max_length=250, help_text=_("One sentence."))
    formula = models.CharField(
        _("formula"),
        max_length=300,
        help_text=_("Over the names of the inputs and steps, such as units / hours."),
    )
    formula_text = models.CharField(
        _("formula in words"),
        max_length=300,
        help_text=_("As it is read: throughput = {good units} / {hours}."),
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    better = models.CharField(_("better"), max_length=10, choices=Better, default=Better.HIGHER)
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=1)
    reading = models.TextField(_("how to read it"), help_text=_("Markdown: what is good, how it misleads."))
    reading_html = RenderedField()
    sources = models.ManyToManyField(Source, blank=True, related_name="metrics", verbose_name=_("sources"))
    history = HistoricalRecords(excluded_fields=["reading_html"], m2m_fields=[sources])

    objects = MetricQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["concept__module__position", "concept__position", "position", "name"]
        constraints = [
            status_constraint("metric"),
            schedule_constraint("metric"),
            models.CheckConstraint(
                condition=Q(better__in=["higher", "lower", "target"]), name="metric_better_known"
            ),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="metric_decimals_at_most_6"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("concepts:metric", args=[self.slug])


class MetricInput(models.Model):
    """A figure that the calculator asks for, and the bounds within which it makes sense."""

    metric = models.ForeignKey(Metric, models.CASCADE, related_name="inputs", verbose_name=_("measure"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name = models.CharField(
        _("name"), max_length=30, validators=[NAME], help_text=_("As the formula calls it.")
    )
    label = models.CharField(_("label"), max_length=80)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    minimum = models.FloatField(_("lowest"), null=True, blank=True)
    above_minimum = models.BooleanField(_("must be above the lowest"), default=False)
    maximum = models.FloatField(_("highest"), null=True, blank=True)
    default = models.FloatField(_("shown at first"))
    help = models.CharField(_("help"), max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("input")
        verbose_name_plural = _("inputs")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["metric", "name"], name="input_name_unique_in_metric"),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(maximum__isnull=True) | Q(minimum__lt=F("maximum")),
                name="input_bounds_in_order",
                violation_error_message=_("The lowest value must lie below the highest."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def refusal(self, value: float) -> str | None:
        """Why a value is out of bounds, in words for the field; None when it is fine."""
        if self.minimum is not None and self.above_minimum and value <= self.minimum:
            return _("Type a figure above %(bound)s.") % {"bound": self._in_unit(self.minimum)}
        if self.minimum is not None and value < self.minimum:
            return _("Type %(bound)s or more.") % {"bound": self._in_unit(self.minimum)}
        if self.maximum is not None and value > self.maximum:
            return _("Type %(bound)s or less.") % {"bound": self._in_unit(self.maximum)}
        return None

    def _in_unit(self, bound: float) -> str:
        """A bound as it is said. Units are plural, so a bound of 1 goes without: the field shows the unit."""
        return f"{bound:g} {self.unit}" if self.unit and bound != 1 else f"{bound:g}"

    def clean(self) -> None:
        if self.default is not None and (reason := self.refusal(self.default)):
            raise ValidationError(
                {"default": _("The first value is out of bounds. %(reason)s") % {"reason": reason}}
            )


class MetricStep(models.Model):
    """A line of the calculation that is shown before the result, such as net available time."""

    metric = models.ForeignKey(Metric, models.CASCADE, related_name="steps", verbose_name=_("measure"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name = models.CharField(_("name"), max_length=30, validators=[NAME])
    label = models.CharField(_("label"), max_length=80)
    expression = models.CharField(
        _("expression"), max_length=300, help_text=_("Over inputs and earlier steps.")
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["metric", "name"], name="step_name_unique_in_metric")]

    def __str__(self) -> str:
        return self.label
