"""The bank: questions as editors write them, and the frozen versions that learners are asked."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assessments import questions
from assessments.questions.common import asked_of
from concepts.models import CaseStudy, Concept, FrozenError, Objective, Publishable
from concepts.models.base import Loaded, PublishableQuerySet, schedule_constraint, status_constraint


class Misconception(Loaded):
    """A named slip, such as time divided by units; choices and detectors of any question point at it."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=80)
    explanation = models.TextField(
        _("explanation"), help_text=_("What a learner reads: what it is, what is meant.")
    )
    concept = models.ForeignKey(
        Concept,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="misconceptions",
        verbose_name=_("answered in"),
        help_text=_("The lesson that answers it."),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("misconception")
        verbose_name_plural = _("misconceptions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QuestionQuerySet(PublishableQuerySet):
    """Questions by what can be asked."""

    def published(self) -> Self:
        return super().published().filter(live__isnull=False)

    def drawable(self) -> Self:
        """Those that are asked without being named: who has to grade by hand plans where it is asked for, and
        what belongs to a case is asked over its exhibits.
        """
        return self.published().filter(case__isnull=True).exclude(live__type__in=questions.BY_HAND)


class Question(Loaded, Publishable):
    """A question as its editor sees it. Learners are only ever asked its live version."""

    class Thinking(models.TextChoices):
        REMEMBER = "remember", _("remember")
        APPLY = "apply", _("apply")
        ANALYSE = "analyse", _("analyse")

    slug = models.SlugField(
        _("address"), max_length=100, unique=True, help_text=_("Unique in the whole bank.")
    )
    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="questions", verbose_name=_("objective")
    )
    type = models.CharField(_("type"), max_length=20, choices=questions.type_choices)
    title = models.CharField(
        _("title"), max_length=100, help_text=_("For lists; it must not give the answer away.")
    )
    case = models.ForeignKey(
        CaseStudy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("case study"),
        help_text=_("Asked in this case only, over its exhibits; empty for a question of the bank."),
    )
    thinking = models.CharField(_("thinking"), max_length=10, choices=Thinking, default=Thinking.APPLY)
    content = models.JSONField(_("content"), default=dict)
    live = models.ForeignKey(
        "QuestionVersion", models.PROTECT, null=True, blank=True, editable=False, related_name="live_for"
    )
    history = HistoricalRecords(excluded_fields=["live"])

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["objective__code", "slug"]
        constraints = [
            status_constraint("question"),
            schedule_constraint("question"),
        ]
        indexes = [models.Index(fields=["objective", "status"], name="question_by_objective")]

    def __str__(self) -> str:
        return self.title

    @property
    def has_unpublished_changes(self) -> bool:
        """Whether learners are still asked something else than what stands here; tags are not asked."""
        live = self.live
        return live is None or (asked_of(live.content), live.type, live.objective_id, live.title) != (
            asked_of(self.content),
            self.type,
            self.objective_id,
            self.title,
        )


class QuestionVersion(models.Model):
    """What was asked, for ever: a question as it stood when it was published."""

    question = models.ForeignKey(
        Question, models.PROTECT, related_name="versions", verbose_name=_("question")
    )
    number = models.PositiveIntegerField(_("version"))
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="+", verbose_name=_("objective"))
    type = models.CharField(_("type"), max_length=20, choices=questions.type_choices)
    title = models.CharField(_("title"), max_length=100)
    content = models.JSONField(_("content"))
    created_at = models.DateTimeField(_("published at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        ordering = ["question", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="version_number_unique_in_question"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise FrozenError("A question version is never changed: publish a new one.")
        super().save(*args, **options)

    @property
    def kind(self) -> questions.QuestionType:
        """The pure module that asks and grades it."""
        return questions.get(self.type)
