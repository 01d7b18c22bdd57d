"""Case studies: a situation at work that a learner plays as one of two managers, and its frozen versions."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from concepts.cases.reading import Case, objectives_in, read_case
from concepts.models.base import (
    Loaded,
    Publishable,
    PublishableQuerySet,
    schedule_constraint,
    status_constraint,
)
from concepts.models.course import Objective
from concepts.models.frozen import FrozenError
from concepts.models.source import Source


class CaseStudy(Loaded, Publishable):
    """A case as its editor sees it. Whoever begins it plays its latest version, which no edit changes.

    Its content is one document: brief, roles, variables, exhibits, stages with decisions, debrief and
    teaching note; ``concepts.cases`` reads and checks it.
    """

    slug = models.SlugField(_("address"), max_length=70, unique=True)
    title = models.CharField(_("title"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=40, help_text=_("How long one role takes, reading included.")
    )
    summary = models.CharField(
        _("summary"), max_length=300, help_text=_("What it turns on, in one or two sentences, for the list.")
    )
    content = models.JSONField(_("content"), default=dict)
    sources = models.ManyToManyField(
        Source, blank=True, related_name="case_studies", verbose_name=_("sources")
    )
    objectives = models.ManyToManyField(
        Objective,
        through="CaseObjective",
        related_name="case_studies",
        editable=False,
        verbose_name=_("objectives"),
        help_text=_("What its decisions point at; follows from the content."),
    )
    history = HistoricalRecords(m2m_fields=[sources])

    objects = PublishableQuerySet.as_manager()

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")
        ordering = ["position", "title"]
        constraints = [status_constraint("case"), schedule_constraint("case")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assessments:case", args=[self.slug])

    def save(self, *args: Any, **options: Any) -> None:
        """Save it; the objectives follow, and what is published gets a version if it says something new."""
        super().save(*args, **options)
        _point_at(self)
        if self.is_published:
            self.freeze()

    def freeze(self) -> "CaseVersion":
        """The version that learners begin from now on: the latest, or a new one where the case says more."""
        latest = self.versions.first()
        if latest is not None and (latest.title, latest.content) == (self.title, self.content):
            return latest
        return CaseVersion.objects.create(
            case=self,
            number=latest.number + 1 if latest else 1,
            title=self.title,
            content=self.content,
            created_by=getattr(self, "_history_user", None),
        )


class CaseObjective(models.Model):
    """That a decision of a case points at an objective, which therefore cannot be deleted."""

    case = models.ForeignKey(
        CaseStudy, models.CASCADE, related_name="pointed_at", verbose_name=_("case study")
    )
    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="pointed_at_by", verbose_name=_("objective")
    )

    class Meta:
        verbose_name = _("objective of a case")
        verbose_name_plural = _("objectives of cases")
        constraints = [
            models.UniqueConstraint(fields=["case", "objective"], name="case_points_once_at_objective"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.objective_id}"


def _point_at(case: CaseStudy) -> None:
    """Make the objectives of a case those that its content names; the check reports unknown codes."""
    named = set(Objective.objects.filter(code__in=objectives_in(case.content)).values_list("pk", flat=True))
    present = set(case.pointed_at.values_list("objective", flat=True))
    case.pointed_at.filter(objective__in=present - named).delete()
    CaseObjective.objects.bulk_create(
        CaseObjective(case=case, objective_id=pk) for pk in sorted(named - present)
    )


class CaseVersion(models.Model):
    """What is played, for ever: a case as it stood when it was published."""

    case = models.ForeignKey(CaseStudy, models.PROTECT, related_name="versions", verbose_name=_("case study"))
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
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
        verbose_name = _("version of a case")
        verbose_name_plural = _("versions of cases")
        ordering = ["case", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="case_version_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def save(self, *args: Any, **options: Any) -> None:
        if self.pk is not None:
            raise FrozenError("A version of a case is never changed: publish a new one.")
        super().save(*args, **options)

    @property
    def document(self) -> Case:
        """The case, read."""
        return read_case(self.content)
