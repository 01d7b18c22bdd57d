"""Skills: what the two roles ask of a person, for the self-assessment."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from concepts.models.base import Loaded
from concepts.models.course import Concept


class Skill(Loaded):
    """What a manager does well or badly, such as resolving conflict, and for which role it counts."""

    class Role(models.TextChoices):
        PRODUCTION = "production", _("production manager")
        OPERATIONS = "operations", _("operations manager")
        BOTH = "both", _("both")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(
        _("description"), max_length=300, help_text=_("What somebody who has it does at work.")
    )
    role = models.CharField(_("counts for"), max_length=10, choices=Role, default=Role.BOTH)
    concept = models.ForeignKey(
        Concept,
        models.PROTECT,
        related_name="skills",
        verbose_name=_("concept"),
        help_text=_("The lesson it is in."),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["production", "operations", "both"]), name="skill_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
