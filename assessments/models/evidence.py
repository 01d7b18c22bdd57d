"""Evidence and what follows from it: the only way in, and the folds that every page reads."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from assessments.mastery import Level
from assessments.models.attempt import AttemptItem
from assessments.models.bank import Question
from assessments.models.casework import CaseMove
from assessments.models.people import Learner
from concepts.models import FrozenError, Module, Objective

LEVELS = [
    (Level.NOT_STARTED.value, _("Not started")),
    (Level.ATTEMPTED.value, _("Attempted")),
    (Level.FAMILIAR.value, _("Familiar")),
    (Level.PROFICIENT.value, _("Proficient")),
    (Level.MASTERED.value, _("Mastered")),
]


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence in the order in which it counts."""

    def current(self) -> Self:
        """What still counts: neither superseded by a correction nor taken back by one."""
        # Not a join: for that SQLite would index the whole table anew with every query.
        later = Evidence.objects.filter(supersedes=OuterRef("pk"))
        return self.filter(~Exists(later), counts=True)

    def in_order(self) -> Self:
        """As it happened; what happened at the same instant, as it was first recorded."""
        return self.order_by("at", Coalesce("first", "pk"))


class Evidence(models.Model):
    """One thing that shows what somebody knows: append-only, never edited, never deleted.

    A correction appends another piece that supersedes the one before it, at the same moment of the learner's
    life; one that no longer ``counts`` takes it back.
    """

    class Origin(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        TEST = "test", _("Test")
        DIAGNOSTIC = "diagnostic", _("Diagnostic")
        REVIEW = "review", _("Review")
        CHECK = "check", _("Quick check")
        CASE = "case", _("Case study")

    learner = models.ForeignKey(Learner, models.PROTECT, related_name="evidence", verbose_name=_("learner"))
    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="evidence", verbose_name=_("objective")
    )
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name=_("question")
    )
    item = models.ForeignKey(
        AttemptItem, models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name=_("answer")
    )
    criterion = models.CharField(
        _("criterion"),
        max_length=40,
        blank=True,
        default="",
        help_text=_("Of a rubric, if it points at an objective of its own; empty for the answer as a whole."),
    )
    move = models.ForeignKey(
        CaseMove, models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name=_("move")
    )
    decision = models.CharField(
        _("decision"), max_length=60, blank=True, default="", help_text=_("Of a case, by its key.")
    )
    origin = models.CharField(_("from"), max_length=10, choices=Origin)
    score = models.FloatField(_("score"))
    variant = models.CharField(
        _("variant"), max_length=80, help_text=_("Equal for the same question and figures.")
    )
    scheduled_review = models.BooleanField(_("scheduled review"), default=False)
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
    )
    first = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("first of its kind"),
        help_text=_("What the chain of corrections began with; empty for that one itself."),
    )
    counts = models.BooleanField(_("counts"), default=True)
    at = models.DateTimeField(_("when"))
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="evidence_score_within_0_and_1"
            ),
            models.UniqueConstraint(
                fields=["item", "criterion"],
                condition=Q(supersedes__isnull=True, item__isnull=False),
                name="evidence_begins_once_per_answer",
            ),
            models.UniqueConstraint(
                fields=["move", "decision"],
                condition=Q(move__isnull=False),
                name="evidence_once_per_decision",
            ),
            models.CheckConstraint(
                condition=Q(item__isnull=False, question__isnull=False, move__isnull=True, decision="")
                | (
                    Q(item__isnull=True, question__isnull=True, move__isnull=False, criterion="")
                    & ~Q(decision="")
                ),
                name="evidence_from_an_answer_or_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, first__isnull=True)
                | Q(supersedes__isnull=False, first__isnull=False),
                name="evidence_chain_has_a_first",
            ),
        ]
        indexes = [
            models.Index(fields=["learner", "objective", "at"], name="evidence_in_order"),
            models.Index(fields=["learner", "-at"], name="evidence_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.objective_id}: {self.score:.2f}"

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise FrozenError("Evidence is never changed: append new evidence.")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> Any:
        raise FrozenError("Evidence is never deleted.")


class ObjectiveStateQuerySet(models.QuerySet["ObjectiveState"]):
    """States by what they ask of a learner."""

    def due(self, now: datetime) -> Self:
        """What a scheduled review is waiting for, longest overdue first."""
        return self.filter(next_review__lte=now).order_by("next_review", "pk")

    def fading(self, now: datetime) -> Self:
        """Mastered, but recall has slipped below 80 %."""
        return self.filter(level=Level.MASTERED.value, fades_at__lte=now)


class ObjectiveState(models.Model):
    """Where a learner stands in one objective: a fold of the evidence, never written by hand."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="states", verbose_name=_("learner"))
    objective = models.ForeignKey(
        Objective, models.CASCADE, related_name="states", verbose_name=_("objective")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=LEVELS, default=Level.NOT_STARTED.value)
    evidence_count = models.PositiveIntegerField(_("evidence"), default=0)
    last_score = models.FloatField(_("last score"), null=True, blank=True)
    last_at = models.DateTimeField(_("last met"), null=True, blank=True)
    last_variant = models.CharField(_("last variant"), max_length=80, blank=True, default="")
    streak = models.PositiveIntegerField(_("successes in a row"), default=0)
    since = models.DateTimeField(_("at this level since"), null=True, blank=True)
    stability = models.FloatField(
        _("stability"), null=True, blank=True, help_text=_("Days until recall is 90 %.")
    )
    difficulty = models.FloatField(_("difficulty"), null=True, blank=True)
    due = models.DateTimeField(_("due by memory"), null=True, blank=True)
    last_review = models.DateTimeField(_("memory as of"), null=True, blank=True)
    scheduler = models.CharField(_("scheduler"), max_length=40, blank=True, default="")
    next_review = models.DateTimeField(_("next review"), null=True, blank=True)
    fades_at = models.DateTimeField(
        _("fades"), null=True, blank=True, help_text=_("When recall falls below 80 %.")
    )

    objects = ObjectiveStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("objective state")
        verbose_name_plural = _("objective states")
        constraints = [
            models.UniqueConstraint(fields=["learner", "objective"], name="state_one_per_objective"),
            models.CheckConstraint(condition=Q(level__gte=0, level__lte=4), name="state_level_known"),
            models.CheckConstraint(
                condition=Q(last_score__isnull=True) | Q(last_score__gte=0, last_score__lte=1),
                name="state_score_within_0_and_1",
            ),
        ]
        indexes = [models.Index(fields=["learner", "next_review"], name="state_by_next_review")]

    def __str__(self) -> str:
        return f"{self.objective_id}: {self.get_level_display()}"

    def is_fading(self, now: datetime) -> bool:
        """Mastered, but the chance of recall is below 80 % now."""
        return self.level == Level.MASTERED and self.fades_at is not None and self.fades_at <= now


class ModuleState(models.Model):
    """How many objectives of a module a learner holds at each level: the rollup that overviews read."""

    learner = models.ForeignKey(
        Learner, models.CASCADE, related_name="module_states", verbose_name=_("learner")
    )
    module = models.ForeignKey(Module, models.CASCADE, related_name="states", verbose_name=_("module"))
    attempted = models.PositiveSmallIntegerField(_("attempted"), default=0)
    familiar = models.PositiveSmallIntegerField(_("familiar"), default=0)
    proficient = models.PositiveSmallIntegerField(_("proficient"), default=0)
    mastered = models.PositiveSmallIntegerField(_("mastered"), default=0)
    points = models.PositiveIntegerField(_("sum of levels"), default=0)
    last_at = models.DateTimeField(_("last evidence"), null=True, blank=True)

    class Meta:
        verbose_name = _("module state")
        verbose_name_plural = _("module states")
        constraints = [
            models.UniqueConstraint(fields=["learner", "module"], name="module_state_one_per_module"),
            models.CheckConstraint(
                condition=Q(
                    points=F("attempted") + 2 * F("familiar") + 3 * F("proficient") + 4 * F("mastered"),
                ),
                name="module_state_points_are_the_sum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id}/{self.module_id}: {self.mastered}"


class ProgressDay(models.Model):
    """How a learner's levels stood at the end of a day (UTC) on which evidence came in: the history chart."""

    learner = models.ForeignKey(Learner, models.CASCADE, related_name="days", verbose_name=_("learner"))
    day = models.DateField(_("day"))
    evidence_count = models.PositiveIntegerField(_("evidence on that day"), default=0)
    familiar = models.PositiveSmallIntegerField(_("familiar"), default=0)
    proficient = models.PositiveSmallIntegerField(_("proficient"), default=0)
    mastered = models.PositiveSmallIntegerField(_("mastered"), default=0)

    class Meta:
        verbose_name = _("day of progress")
        verbose_name_plural = _("days of progress")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["learner", "day"], name="progress_day_one_per_day")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.day}"
