"""Learning paths: the same modules in the order, and with the emphasis, that a role needs."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from concepts.models.base import (
    Loaded,
    Publishable,
    PublishableQuerySet,
    schedule_constraint,
    status_constraint,
)
from concepts.models.course import Module


class LearningPath(Loaded, Publishable):
    """A way through the course for one kind of learner, such as a new production manager."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    title = models.CharField(_("title"), max_length=120)
    audience = models.CharField(_("for whom"), max_length=200, help_text=_("Completes “For …”."))
    summary = models.TextField(
        _("summary"), help_text=_("What this way through the course stresses, and why.")
    )
    history = HistoricalRecords()

    objects = PublishableQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning path")
        verbose_name_plural = _("learning paths")
        ordering = ["position", "pk"]
        constraints = [status_constraint("path"), schedule_constraint("path")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("concepts:path", args=[self.slug])


class PathStep(models.Model):
    """A module on a path: its place, how deeply to take it, and why it stands there."""

    class Emphasis(models.TextChoices):
        CORE = "core", _("core: to mastery")
        FAMILIAR = "familiar", _("to be familiar with")

    path = models.ForeignKey(
        LearningPath, models.CASCADE, related_name="steps", verbose_name=_("learning path")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    module = models.ForeignKey(Module, models.PROTECT, related_name="path_steps", verbose_name=_("module"))
    emphasis = models.CharField(_("emphasis"), max_length=10, choices=Emphasis, default=Emphasis.CORE)
    why = models.CharField(_("why here"), max_length=250, help_text=_("One sentence that the learner reads."))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["path", "module"], name="step_module_unique_in_path"),
            models.CheckConstraint(
                condition=Q(emphasis__in=["core", "familiar"]), name="step_emphasis_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.module)
