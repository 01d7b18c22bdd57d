"""How people rate themselves on the skills of the two roles."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.people import Learner
from concepts.models import Skill


class SkillRating(models.Model):
    """One rating of one skill. Ratings are only ever added; the newest counts, the others show the way."""

    class Level(models.IntegerChoices):
        NEW = 1, _("new to it")
        WITH_HELP = 2, _("with help")
        ALONE = 3, _("on my own")
        TEACHES = 4, _("can teach it")

    learner = models.ForeignKey(
        Learner, models.CASCADE, related_name="skill_ratings", verbose_name=_("learner")
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="ratings", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    example = models.CharField(
        _("example"),
        max_length=300,
        blank=True,
        default="",
        help_text=_("The last time that you did it at work."),
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("skill rating")
        verbose_name_plural = _("skill ratings")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="skill_rating_level_known"),
        ]
        indexes = [models.Index(fields=["learner", "skill", "-at"], name="rating_newest")]

    def __str__(self) -> str:
        return f"{self.skill}: {self.get_level_display()}"
