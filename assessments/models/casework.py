"""Casework: who plays which case in which role, what they decided, and which cohort was asked to."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assessments.models.attempt import Attempt
from assessments.models.cohort import Cohort
from assessments.models.people import Learner
from concepts.cases.playing import Play, replay
from concepts.models import CaseStudy, CaseVersion


class Role(models.TextChoices):
    """As whom a case is played."""

    PRODUCTION = "production", _("Production manager")
    OPERATIONS = "operations", _("Operations manager")


class CaseRunQuerySet(models.QuerySet["CaseRun"]):
    """Runs by whose they are and how far they have come."""

    def visible_to(self, user: Any) -> Self:
        """A person's own runs."""
        return self.filter(learner=user.pk)

    def open(self) -> Self:
        return self.filter(finished_at__isnull=True)

    def finished(self) -> Self:
        return self.filter(finished_at__isnull=False)


class CaseRun(models.Model):
    """One go at a case in one role. Its state follows from the version, the role, the seed and the moves.

    Its checkpoints and its recommendation are the items of an attempt of its own. ``stage`` says where it
    stands, so that lists need no replay; it is an ending once that is reached.
    """

    learner = models.ForeignKey(Learner, models.PROTECT, related_name="case_runs", verbose_name=_("learner"))
    case = models.ForeignKey(CaseStudy, models.PROTECT, related_name="runs", verbose_name=_("case study"))
    version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="runs", verbose_name=_("version"))
    attempt = models.OneToOneField(
        Attempt, models.PROTECT, related_name="case_run", verbose_name=_("attempt")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    seed = models.BigIntegerField(_("seed"))
    stage = models.CharField(_("stage"), max_length=60)
    stages_done = models.PositiveSmallIntegerField(_("stages decided"), default=0)
    ended_at = models.DateTimeField(_("ending reached"), null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True, default="", help_text=_("For the learner alone."))
    notes_revision = models.PositiveIntegerField(_("saves of the notes"), default=0)
    started_at = models.DateTimeField(_("started"))
    last_at = models.DateTimeField(_("last touched"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = CaseRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a case")
        verbose_name_plural = _("runs of cases")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "case"],
                condition=Q(finished_at__isnull=True),
                name="case_run_one_open_per_case",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="case_run_role_known"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(ended_at__isnull=False),
                name="case_run_ends_before_it_is_finished",
            ),
        ]
        indexes = [
            models.Index(fields=["learner", "case"], name="case_run_by_learner"),
            models.Index(fields=["case", "stage"], name="case_run_by_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.case} ({self.get_role_display()})"

    def get_absolute_url(self) -> str:
        return reverse("assessments:case_run", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.finished_at is None

    def play(self, most: int | None = None) -> Play:
        """The run as it was played, worked out again from its moves, or from the first so many of them."""
        moves = [move.answers for move in self.moves.all() if move.submitted_at]
        return replay(self.version.document, self.role, self.seed, moves[:most])


class CaseMove(models.Model):
    """What was forecast and decided in one stage; a draft until it is submitted, and never changed then."""

    run = models.ForeignKey(CaseRun, models.CASCADE, related_name="moves", verbose_name=_("run"))
    position = models.PositiveSmallIntegerField(_("position"))
    stage = models.CharField(_("stage"), max_length=60)
    forecast = models.FloatField(_("forecast"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, default="", help_text=_("Why the learner expects it."))
    forecast_at = models.DateTimeField(_("forecast made"), null=True, blank=True)
    draft = models.JSONField(
        _("draft"), default=dict, blank=True, help_text=_("What stands in the form, field by field.")
    )
    answers = models.JSONField(
        _("decisions"), default=dict, blank=True, help_text=_("By the key of the decision, once decided.")
    )
    revision = models.PositiveIntegerField(_("saves"), default=0)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="case_move_position_unique_in_run"),
            models.CheckConstraint(
                condition=Q(revision=0, saved_at__isnull=True) | Q(revision__gte=1, saved_at__isnull=False),
                name="case_move_saved_has_time",
            ),
            models.CheckConstraint(
                condition=Q(forecast__isnull=True, forecast_at__isnull=True)
                | Q(forecast__isnull=False, forecast_at__isnull=False),
                name="case_move_forecast_has_time",
            ),
        ]
        indexes = [models.Index(fields=["stage", "submitted_at"], name="case_move_by_stage")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.position}"


class Assignment(models.Model):
    """That a cohort is asked to work a case: from when, until when, and what its instructor adds.

    Without a role each learner chooses; ``both_roles`` asks for one run in each.
    """

    is_content = False  # its history says nothing of what pages share

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="assignments", verbose_name=_("cohort"))
    case = models.ForeignKey(
        CaseStudy, models.PROTECT, related_name="assignments", verbose_name=_("case study")
    )
    role = models.CharField(
        _("role"), max_length=10, choices=Role, blank=True, default="", help_text=_("Empty: as they choose.")
    )
    both_roles = models.BooleanField(
        _("both roles"), default=False, help_text=_("Each learner plays it once as each manager.")
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    note = models.CharField(
        _("note"), max_length=300, blank=True, default="", help_text=_("Learners read it beside the case.")
    )
    created_at = models.DateTimeField(_("assigned"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "case"],
                name="assignment_once_per_case",
                violation_error_message=_("This case is assigned to the cohort already. Change that one."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(due_at__isnull=True) | Q(opens_at__lt=F("due_at")),
                name="assignment_opens_before_it_is_due",
                violation_error_message=_("It must open before it is due."),
            ),
            models.CheckConstraint(
                condition=Q(both_roles=False) | Q(role=""),
                name="assignment_one_role_or_both",
                violation_error_message=_("Choose one role, or both roles, not each."),
            ),
            models.CheckConstraint(condition=Q(role__in=["", *Role.values]), name="assignment_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.case}"
