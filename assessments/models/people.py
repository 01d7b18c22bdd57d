"""People: the profile beside each user."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concepts.models import LearningPath


class Learner(models.Model):
    """What Takt knows of a person besides the sign-in: time zone, extra time and how much they review a day.

    Everybody has one, instructors and editors too: each of them can learn. Its key is the user's key, so that
    evidence, states and memberships reach the user without a second join.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="learner"
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", help_text=_("Such as Europe/Oslo.")
    )
    extra_time_percent = models.PositiveSmallIntegerField(
        _("extra time"),
        default=0,
        validators=[MaxValueValidator(200)],
        help_text=_("Per cent on top of time limits."),
    )
    reviews_a_day = models.PositiveSmallIntegerField(
        _("reviews a day"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("At most so many reviews are asked of you on one day."),
    )
    minutes_a_day = models.PositiveSmallIntegerField(
        _("minutes a day"),
        default=20,
        validators=[MinValueValidator(5), MaxValueValidator(240)],
        help_text=_("What you set aside for learning; Today plans with it."),
    )
    path = models.ForeignKey(
        LearningPath,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="learners",
        verbose_name=_("learning path"),
        help_text=_("Sets the order in which Today suggests lessons."),
    )
    last_active_at = models.DateTimeField(_("last answer"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(extra_time_percent__lte=200), name="learner_extra_time_at_most_200"
            ),
            models.CheckConstraint(condition=Q(reviews_a_day__gte=1), name="learner_reviews_a_day_positive"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The full name, or the e-mail address of somebody who has not given one."""
        return self.user.get_full_name() or self.user.email or self.user.get_username()
