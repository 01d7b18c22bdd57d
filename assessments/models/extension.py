"""Accommodations for one learner in one assessment: a later end, more minutes, one more attempt."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assessments.models.assessment import Assessment
from assessments.models.people import Learner


class Extension(models.Model):
    """What one learner is given beyond the conditions of an assessment, at any moment, even while it runs."""

    is_content = False  # its history says nothing of what pages share

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="extensions", verbose_name=_("assessment")
    )
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="extensions", verbose_name=_("learner"))
    closes_at = models.DateTimeField(
        _("closes for them"), null=True, blank=True, help_text=_("Instead of when it closes for the others.")
    )
    extra_minutes = models.PositiveSmallIntegerField(
        _("extra minutes"),
        default=0,
        validators=[MaxValueValidator(600)],
        help_text=_("On top of the time limit and of the extra time that the learner always has."),
    )
    extra_attempts = models.PositiveSmallIntegerField(
        _("extra attempts"), default=0, validators=[MaxValueValidator(20)]
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True, help_text=_("For the record."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("given by")
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "learner"], name="extension_one_per_assessment"),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=False) | Q(extra_minutes__gt=0) | Q(extra_attempts__gt=0),
                name="extension_gives_something",
                violation_error_message=_("Give a later end, minutes or attempts."),
            ),
            models.CheckConstraint(
                condition=Q(extra_minutes__lte=600, extra_attempts__lte=20), name="extension_within_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.learner}"
