"""Corrections: a question that was live is put right, and with it the marks of those who were asked it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.attempt import AttemptItem
from assessments.models.bank import Question, QuestionVersion
from concepts.models import FrozenError


class Correction(models.Model):
    """The record of one correction: who, when, why, and by which version; never changed afterwards."""

    class Kind(models.TextChoices):
        KEY = "key", _("Put right and graded again")
        FULL = "full", _("Void: full marks for everybody")
        OUT = "out", _("Void: left out of the marks")

    question = models.ForeignKey(
        Question, models.PROTECT, related_name="corrections", verbose_name=_("question")
    )
    kind = models.CharField(_("what was done"), max_length=4, choices=Kind)
    version = models.ForeignKey(
        QuestionVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrected version"),
    )
    reason = models.TextField(_("reason"), help_text=_("Learners read it on their result page."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"))
    affected = models.PositiveIntegerField(_("answers affected"), default=0)
    changed = models.PositiveIntegerField(_("scores changed"), default=0)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="key", version__isnull=False)
                | Q(kind__in=["full", "out"], version__isnull=True),
                name="correction_has_a_version_or_voids",
            ),
            models.CheckConstraint(
                condition=Q(changed__lte=models.F("affected")), name="correction_counts_fit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.get_kind_display()}"

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise FrozenError("A correction is never changed: make another one.")
        super().save(*args, **options)


class CorrectedItem(models.Model):
    """What one correction made of one answer."""

    correction = models.ForeignKey(Correction, models.PROTECT, related_name="items")
    item = models.ForeignKey(AttemptItem, models.PROTECT, related_name="corrections")
    old_score = models.FloatField(_("before"), null=True, blank=True)
    new_score = models.FloatField(_("after"), null=True, blank=True)

    class Meta:
        verbose_name = _("corrected answer")
        verbose_name_plural = _("corrected answers")
        constraints = [
            models.UniqueConstraint(fields=["correction", "item"], name="corrected_item_once_per_correction"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.old_score} → {self.new_score}"
