"""Attempts: what was asked of whom, what was answered, and what it was worth."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.models.bank import QuestionVersion
from assessments.models.people import Learner
from assessments.questions.base import is_by_hand
from assessments.questions.correcting import refigured


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts by whose they are and how far they have come."""

    def visible_to(self, user: Any) -> Self:
        """A person's own attempts."""
        return self.filter(learner=user.pk)

    def open(self) -> Self:
        return self.filter(state=Attempt.State.IN_PROGRESS)

    def finished(self) -> Self:
        return self.exclude(state=Attempt.State.IN_PROGRESS)

    def overdue(self, now: datetime) -> Self:
        """Open attempts whose time has run out."""
        return self.open().filter(deadline__lte=now)


class Attempt(models.Model):
    """One go at an assessment, a review session, or a single quick check."""

    class State(models.TextChoices):
        IN_PROGRESS = "in_progress", _("In progress")
        SUBMITTED = "submitted", _("Submitted")
        GRADED = "graded", _("Graded")
        REGRADED = "regraded", _("Graded again")
        EXPIRED = "expired", _("Time ran out")

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        TEST = "test", _("Test")
        DIAGNOSTIC = "diagnostic", _("Diagnostic")
        REVIEW = "review", _("Review")
        CHECK = "check", _("Quick check")
        CASE = "case", _("Case study")

    learner = models.ForeignKey(Learner, models.PROTECT, related_name="attempts", verbose_name=_("learner"))
    assessment = models.ForeignKey(
        Assessment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attempts",
        verbose_name=_("assessment"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    key = models.CharField(
        _("key"),
        max_length=64,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Makes a repeated request harmless."),
    )
    number = models.PositiveIntegerField(_("number"), default=1)
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.IN_PROGRESS)
    started_at = models.DateTimeField(_("started"))
    deadline = models.DateTimeField(_("ends"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    score = models.FloatField(_("marks"), null=True, blank=True)
    max_score = models.FloatField(_("of"), null=True, blank=True)
    is_preview = models.BooleanField(_("preview"), default=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "assessment"],
                condition=Q(state="in_progress", assessment__isnull=False, is_preview=False),
                name="attempt_one_open_per_assessment",
            ),
            models.UniqueConstraint(
                fields=["learner", "assessment"],
                condition=Q(state="in_progress", assessment__isnull=False, is_preview=True),
                name="attempt_one_open_preview",
            ),
            models.UniqueConstraint(
                fields=["learner"],
                condition=Q(state="in_progress", kind="review"),
                name="attempt_one_open_review",
            ),
            models.UniqueConstraint(
                fields=["learner", "assessment", "number"],
                condition=Q(assessment__isnull=False),
                name="attempt_number_unique",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["review", "check"], assessment__isnull=True)
                | Q(kind__in=["practice", "test", "diagnostic", "case"], assessment__isnull=False),
                name="attempt_kind_fits_assessment",
            ),
            models.CheckConstraint(
                condition=Q(state="in_progress", finished_at__isnull=True)
                | (~Q(state="in_progress") & Q(finished_at__isnull=False)),
                name="attempt_finished_has_time",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=models.F("max_score")),
                name="attempt_score_within_marks",
            ),
        ]
        indexes = [
            models.Index(fields=["learner", "-started_at"], name="attempt_by_learner"),
            models.Index(fields=["deadline"], condition=Q(state="in_progress"), name="attempt_open_deadline"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment or self.get_kind_display()} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("assessments:attempt", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.IN_PROGRESS

    @property
    def gives_feedback_at_once(self) -> bool:
        """Whether each answer is graded when it is given."""
        return self.kind in (self.Kind.PRACTICE, self.Kind.REVIEW, self.Kind.CHECK, self.Kind.CASE)

    @property
    def allows_tries(self) -> bool:
        """Whether a question with hints may be answered again after a miss."""
        return self.kind in (self.Kind.PRACTICE, self.Kind.CASE)

    @property
    def percent(self) -> float | None:
        """The score in per cent of the marks."""
        if self.score is None or not self.max_score:
            return None
        return 100 * self.score / self.max_score

    @property
    def passed(self) -> bool | None:
        percent = self.percent
        if percent is None or self.assessment is None:
            return None
        return percent >= self.assessment.pass_mark


class AttemptItem(models.Model):
    """One question of an attempt: the version and figures it was asked with, the answer, and the grade."""

    class Void(models.TextChoices):
        FULL = "full", _("full marks for everybody")
        OUT = "out", _("left out of the marks")

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="items", verbose_name=_("attempt"))
    position = models.PositiveSmallIntegerField(_("position"))
    version = models.ForeignKey(
        QuestionVersion, models.PROTECT, related_name="items", verbose_name=_("version")
    )
    seed = models.BigIntegerField(_("seed"))
    values = models.JSONField(_("drawn values"), default=dict)
    marks = models.PositiveSmallIntegerField(_("marks"), default=1)
    answer = models.JSONField(_("answer"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("saves"), default=0)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    first_seen_at = models.DateTimeField(_("first seen"), null=True, blank=True)
    certainty = models.PositiveSmallIntegerField(_("certainty"), null=True, blank=True)
    score = models.FloatField(_("score"), null=True, blank=True)
    misconceptions = models.JSONField(_("misconceptions"), default=list, blank=True)
    tries = models.JSONField(
        _("wrong tries"), default=list, blank=True, help_text=_("Answers that cost a try, first to last.")
    )
    key_version = models.ForeignKey(
        QuestionVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_items",
        verbose_name=_("marked by version"),
        help_text=_("Empty: by the version that was asked."),
    )
    void = models.CharField(
        _("void"), max_length=4, choices=Void, blank=True, default="", help_text=_("Set by a correction.")
    )
    graded_at = models.DateTimeField(_("graded"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="item_position_unique_in_attempt"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1),
                name="item_score_within_0_and_1",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True, graded_at__isnull=True)
                | Q(score__isnull=False, graded_at__isnull=False),
                name="item_graded_has_score",
            ),
            models.CheckConstraint(
                condition=Q(revision=0, saved_at__isnull=True) | Q(revision__gte=1, saved_at__isnull=False),
                name="item_saved_has_time",
            ),
            models.CheckConstraint(
                condition=Q(certainty__isnull=True) | Q(certainty__in=[1, 2, 3]), name="item_certainty_known"
            ),
            models.CheckConstraint(condition=Q(void__in=["", "full", "out"]), name="item_void_known"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}"

    @property
    def is_graded(self) -> bool:
        return self.score is not None

    @property
    def is_handed_in(self) -> bool:
        """Whether a written answer has gone to a person, who may have graded it already or not."""
        return is_by_hand(self.version.kind) and hasattr(self, "hand_grade")

    @property
    def marking(self) -> QuestionVersion:
        """The version that says what is right: the one that was asked, or the one that corrected it."""
        return self.key_version or self.version

    @property
    def marking_values(self) -> dict[str, Any]:
        """The drawn values for the version that marks it: a correction may work derived figures out anew."""
        return refigured(self.key_version.content, self.values) if self.key_version else self.values

    @property
    def earned(self) -> float | None:
        """Marks earned, out of ``marks``."""
        return None if self.score is None else self.score * self.marks
