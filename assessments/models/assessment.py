"""Assessments: which questions are asked together, and under what conditions."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assessments.models.bank import Question
from concepts.models import CaseStudy, Comparison, Concept, Module, Objective
from concepts.models.base import (
    Loaded,
    Publishable,
    PublishableQuerySet,
    can_preview,
    schedule_constraint,
    status_constraint,
)


class AssessmentQuerySet(PublishableQuerySet):
    """Assessments by who may take them."""

    def standalone(self) -> Self:
        """Those that are taken by themselves: not what collects the answers of a case."""
        return self.exclude(mode=Assessment.Mode.CASE)

    def published(self) -> Self:
        """Those that are published and whose lesson, comparison or module is published too."""
        live = Publishable.Status.PUBLISHED
        return (
            super()
            .published()
            .standalone()
            .filter(
                Q(module__status=live)
                | Q(concept__status=live, concept__module__status=live)
                | Q(comparison__status=live, comparison__module__status=live)
                | Q(module__isnull=True, concept__isnull=True, comparison__isnull=True)
            )
        )

    def with_home(self) -> Self:
        return self.select_related("module", "concept__module", "comparison__module")

    def visible_to(self, user: Any) -> Self:
        return self.standalone() if can_preview(user) else self.published()


class Assessment(Loaded, Publishable):
    """A practice set, a test or a diagnostic, with the conditions that a learner is told before starting.

    One of mode *case* collects the checkpoints and recommendations of a case study, so that they are marked,
    graded by hand and analysed like any others. It is made when the case is first played, and nobody takes it
    by itself.
    """

    class Mode(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        TEST = "test", _("Test")
        DIAGNOSTIC = "diagnostic", _("Diagnostic")
        CASE = "case", _("Case study")

    class Counts(models.TextChoices):
        BEST = "best", _("the best attempt counts")
        LAST = "last", _("the last attempt counts")
        FIRST = "first", _("the first attempt counts")
        MEAN = "mean", _("the mean of the attempts counts")

    class Reveal(models.TextChoices):
        DURING = "during", _("after each answer")
        AFTER = "after", _("right after the attempt")
        CLOSED = "closed", _("after closing")
        NEVER = "never", _("never")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences on the start page.")
    )
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.PRACTICE)
    module = models.ForeignKey(
        Module, models.PROTECT, null=True, blank=True, related_name="assessments", verbose_name=_("module")
    )
    concept = models.ForeignKey(
        Concept, models.PROTECT, null=True, blank=True, related_name="assessments", verbose_name=_("concept")
    )
    comparison = models.ForeignKey(
        Comparison,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name=_("comparison"),
    )
    case = models.OneToOneField(
        CaseStudy,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="assessment",
        verbose_name=_("case study"),
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit"),
        null=True,
        blank=True,
        help_text=_("Minutes; empty for none. Extra time is added per person."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: any number."),
    )
    counts = models.CharField(_("which counts"), max_length=5, choices=Counts, default=Counts.BEST)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"), default=70, validators=[MaxValueValidator(100)], help_text=_("Per cent.")
    )
    shuffle = models.BooleanField(_("shuffle the questions"), default=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    show_marks = models.CharField(_("show marks"), max_length=6, choices=Reveal, default=Reveal.AFTER)
    show_own_answer = models.CharField(
        _("show own answer"), max_length=6, choices=Reveal, default=Reveal.AFTER
    )
    show_right_answer = models.CharField(
        _("show right answer"), max_length=6, choices=Reveal, default=Reveal.AFTER
    )
    show_feedback = models.CharField(_("show feedback"), max_length=6, choices=Reveal, default=Reveal.AFTER)
    history = HistoricalRecords()

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["title"]
        constraints = [
            status_constraint("assessment"),
            schedule_constraint("assessment"),
            models.CheckConstraint(
                condition=Q(module__isnull=False, concept__isnull=True, comparison__isnull=True)
                | Q(module__isnull=True, concept__isnull=False, comparison__isnull=True)
                | Q(module__isnull=True, concept__isnull=True, comparison__isnull=False)
                | Q(module__isnull=True, concept__isnull=True, comparison__isnull=True),
                name="assessment_has_at_most_one_home",
                violation_error_message=_(
                    "Choose one home, a module, a concept or a comparison, or none for the whole course."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    mode="case",
                    case__isnull=False,
                    module__isnull=True,
                    concept__isnull=True,
                    comparison__isnull=True,
                )
                | (~Q(mode="case") & Q(case__isnull=True)),
                name="assessment_of_a_case_has_no_other_home",
            ),
            models.CheckConstraint(condition=Q(pass_mark__lte=100), name="assessment_pass_mark_at_most_100"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(opens_at__lt=F("closes_at")),
                name="assessment_opens_before_it_closes",
                violation_error_message=_("It must open before it closes."),
            ),
            models.CheckConstraint(
                condition=Q(attempts_allowed__isnull=True) | Q(attempts_allowed__gte=1),
                name="assessment_allows_an_attempt",
            ),
            models.CheckConstraint(
                condition=Q(time_limit__isnull=True) | Q(time_limit__gte=1),
                name="assessment_time_limit_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assessments:start", args=[self.slug])

    @property
    def home(self) -> Any:
        """The module, concept or comparison that it belongs to; None for one on the whole course."""
        return self.module or self.concept or self.comparison

    @property
    def gives_feedback_at_once(self) -> bool:
        """Whether each answer is graded when it is given: practice, as against a test."""
        return self.mode == self.Mode.PRACTICE

    def clean(self) -> None:
        if sum(bool(home) for home in (self.module_id, self.concept_id, self.comparison_id)) > 1:
            raise ValidationError(
                _("Choose one home, a module, a concept or a comparison, or none for the whole course.")
            )


class AssessmentPart(models.Model):
    """Some questions of an assessment: drawn from an objective's live questions, or one question by name."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="parts", verbose_name=_("assessment")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    objective = models.ForeignKey(
        Objective,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("draw from objective"),
    )
    question = models.ForeignKey(
        Question,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("or ask this question"),
    )
    count = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    marks = models.PositiveSmallIntegerField(_("marks each"), default=1, validators=[MinValueValidator(1)])
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(objective__isnull=False, question__isnull=True)
                | Q(objective__isnull=True, question__isnull=False, count=1),
                name="part_draws_or_names",
                violation_error_message=_("Choose an objective to draw from, or one question."),
            ),
            models.CheckConstraint(condition=Q(count__gte=1, marks__gte=1), name="part_counts_positive"),
        ]

    def __str__(self) -> str:
        return str(self.objective or self.question)
