"""Cohorts: people who learn together, those who teach them, and the links by which they join."""

import secrets
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.people import Learner


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Cohorts by who may see them."""

    def taught_by(self, user: Any) -> Self:
        """Those whose people this person may see: instructors their own, administrators all."""
        if user.is_superuser:
            return self
        return self.filter(
            pk__in=Membership.objects.filter(learner=user.pk, role=Membership.Role.INSTRUCTOR).values(
                "cohort"
            )
        )

    def visible_to(self, user: Any) -> Self:
        """Those that this person belongs to in any role; what they may do there is another question."""
        if user.is_superuser:
            return self
        return self.filter(pk__in=Membership.objects.filter(learner=user.pk).values("cohort"))


class Cohort(models.Model):
    """A group that goes through the course together."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    learners = models.ManyToManyField(Learner, through="Membership", related_name="cohorts")

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
                name="cohort_starts_before_it_ends",
                violation_error_message=_("It must start before it ends."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("assessments:cohort", args=[self.pk])


class JoinLink(models.Model):
    """A link by which learners enrol themselves: it expires, it is capped, and it can be withdrawn."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="join_links", verbose_name=_("cohort"))
    token = models.CharField(
        _("token"), max_length=64, unique=True, default=secrets.token_urlsafe, editable=False
    )
    expires_at = models.DateTimeField(_("expires"))
    cap = models.PositiveIntegerField(
        _("at most"), default=30, help_text=_("How many people may join by it.")
    )
    uses = models.PositiveIntegerField(_("joined"), default=0, editable=False)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("join link")
        verbose_name_plural = _("join links")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(uses__lte=F("cap")), name="join_link_within_cap"),
            models.CheckConstraint(condition=Q(cap__gte=1), name="join_link_cap_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.cohort} ({self.uses} of {self.cap})"

    def get_absolute_url(self) -> str:
        return reverse("assessments:join", args=[self.token])

    def is_usable(self, now: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > now and self.uses < self.cap


class Membership(models.Model):
    """A person's place in a cohort."""

    class Role(models.TextChoices):
        LEARNER = "learner", _("Learner")
        INSTRUCTOR = "instructor", _("Instructor")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="memberships", verbose_name=_("cohort"))
    learner = models.ForeignKey(Learner, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.LEARNER)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    link = models.ForeignKey(
        JoinLink,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("by link"),
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["learner__user__last_name", "learner__user__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "learner"],
                name="membership_once_in_cohort",
                violation_error_message=_("This person is in the cohort already."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["learner", "instructor"]), name="membership_role_known"
            ),
        ]
        indexes = [models.Index(fields=["learner", "role"], name="membership_by_role")]

    def __str__(self) -> str:
        return f"{self.learner} ({self.get_role_display()})"
