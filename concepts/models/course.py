"""The course: modules, the concepts in them, and the objectives that everything else hangs on."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from concepts.models.base import (
    Loaded,
    Publishable,
    PublishableQuerySet,
    Rendered,
    RenderedField,
    can_preview,
    schedule_constraint,
    status_constraint,
)
from concepts.models.source import Source


class Module(Loaded, Publishable):
    """A chapter of the course."""

    slug = models.SlugField(
        _("address"), unique=True, help_text=_("Part of the page's address; keep it stable.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("summary"), help_text=_("One or two sentences under the title."))
    history = HistoricalRecords()

    objects = PublishableQuerySet.as_manager()

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["position", "pk"]
        constraints = [status_constraint("module"), schedule_constraint("module")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("concepts:module", args=[self.slug])


class InModuleQuerySet(PublishableQuerySet):
    """Content that stands in a module and is hidden with it."""

    def published(self) -> Self:
        return super().published().filter(module__status=Publishable.Status.PUBLISHED)


class Concept(Rendered, Loaded, Publishable):
    """A lesson: one idea, read in a few minutes, with the objectives that it teaches."""

    RENDERS = {"body": "body_html"}

    module = models.ForeignKey(Module, models.PROTECT, related_name="concepts", verbose_name=_("module"))
    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("Part of the page's address; keep it stable.")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=1, help_text=_("Its place within the module.")
    )
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("lede"), help_text=_("The sentence or two under the title."))
    minutes = models.PositiveSmallIntegerField(
        _("minutes to read"),
        default=5,
        validators=[MinValueValidator(1)],
        help_text=_("Shown before the lesson."),
    )
    body = models.TextField(
        _("lesson"), help_text=_("Markdown. Headings start at ##; the title is added for you.")
    )
    body_html = RenderedField()
    sources = models.ManyToManyField(Source, blank=True, related_name="concepts", verbose_name=_("sources"))
    prerequisites = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="leads_to",
        verbose_name=_("read before"),
        help_text=_("Concepts that this one builds on."),
    )
    history = HistoricalRecords(excluded_fields=["body_html"], m2m_fields=[sources, prerequisites])

    objects = InModuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ["module__position", "position", "pk"]
        constraints = [
            status_constraint("concept"),
            schedule_constraint("concept"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="concept_minutes_positive"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("concepts:concept", args=[self.slug])


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    """Objectives by where they are taught."""

    def published(self) -> Self:
        """Those whose lesson or comparison learners can see."""
        live = Publishable.Status.PUBLISHED
        return self.filter(
            Q(concept__status=live, concept__module__status=live)
            | Q(comparison__status=live, comparison__module__status=live)
        )

    def visible_to(self, user: Any) -> Self:
        return self if can_preview(user) else self.published()

    def with_home(self) -> Self:
        """With everything that their address and their module need, in the same query."""
        return self.select_related("concept__module", "comparison__module", "row")

    def in_course_order(self) -> Self:
        """As a reader meets them: by module, then by lesson or comparison, then as written there."""
        place = Coalesce("concept__module__position", "comparison__module__position")
        return self.order_by(place, "concept__position", "comparison__position", "position", "code")

    def in_module(self, module: Module) -> Self:
        return self.filter(Q(concept__module=module) | Q(comparison__module=module))


class Objective(Loaded):
    """The smallest thing that can be known, such as THR-1: questions, mastery and reviews hang on it."""

    class Level(models.TextChoices):
        REMEMBER = "remember", _("remember")
        APPLY = "apply", _("apply")
        ANALYSE = "analyse", _("analyse")

    code = models.CharField(
        _("code"),
        max_length=12,
        unique=True,
        validators=[
            RegexValidator(r"^[A-Z]{2,5}-\d{1,2}$", _("Capitals, a hyphen and a number, such as THR-1."))
        ],
        help_text=_("A stable identifier such as THR-1. Evidence hangs on it: never reuse one."),
    )
    title = models.CharField(_("short name"), max_length=80, help_text=_("Used in lists."))
    statement = models.CharField(
        _("statement"),
        max_length=200,
        help_text=_("Completes “After this you can …”, so it starts with a verb."),
    )
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.REMEMBER)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    concept = models.ForeignKey(
        Concept, models.CASCADE, null=True, blank=True, related_name="objectives", verbose_name=_("concept")
    )
    comparison = models.ForeignKey(
        "Comparison",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="objectives",
        verbose_name=_("comparison"),
    )
    history = HistoricalRecords()

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(concept__isnull=False, comparison__isnull=True)
                | Q(concept__isnull=True, comparison__isnull=False),
                name="objective_has_one_home",
                violation_error_message=_(
                    "An objective belongs to one concept or to one comparison, not to both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(level__in=["remember", "apply", "analyse"]), name="objective_level_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"

    @property
    def home(self) -> Any:
        """The concept or the comparison that teaches it."""
        return self.concept or self.comparison

    @property
    def module(self) -> Module:
        module: Module = self.home.module
        return module

    def get_absolute_url(self) -> str:
        """The lesson, or the row of the comparison."""
        url: str = self.home.get_absolute_url()
        row = getattr(self, "row", None)
        return f"{url}#{row.anchor}" if row else url

    def clean(self) -> None:
        # By the objects, not their keys: a new lesson is saved together with its first objectives.
        if bool(self.concept) == bool(self.comparison):
            raise ValidationError(
                _("Choose the concept or the comparison that teaches it, and only one of them.")
            )
