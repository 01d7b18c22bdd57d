"""Grades that a person gives: the ticks on a rubric, a comment, and whose they are."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assessments.models.attempt import AttemptItem
from assessments.models.people import Learner


class HandGrade(models.Model):
    """What a person made of a written answer. The score of the item follows from the ticks and the rubric.

    ``revision`` counts the saves, so that of two graders the second is told and overwrites nothing.
    """

    is_content = False  # its history says nothing of what pages share

    item = models.OneToOneField(
        AttemptItem, models.CASCADE, related_name="hand_grade", verbose_name=_("answer")
    )
    learner = models.ForeignKey(
        Learner,
        models.CASCADE,
        related_name="hand_grades",
        verbose_name=_("learner"),
        help_text=_("Whose answer it is, once more, so that the queue of a cohort is found from its people."),
    )
    ticks = models.JSONField(_("ticks"), default=dict, help_text=_("The level chosen for each criterion."))
    comment = models.TextField(_("comment"), blank=True, help_text=_("The learner reads it."))
    grader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("graded by")
    )
    revision = models.PositiveIntegerField(_("saves"), default=1)
    at = models.DateTimeField(_("when"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("grade given by hand")
        verbose_name_plural = _("grades given by hand")
        constraints = [
            models.CheckConstraint(condition=Q(revision__gte=1), name="hand_grade_revision_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}"
