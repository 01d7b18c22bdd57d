"""The skills of the two roles, as the self-assessment lists them."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from concepts.kept import Shelf
from concepts.models import Publishable, Skill


@dataclass(frozen=True)
class SkillLine:
    """One skill with the lesson that it is in; ``lesson`` is empty while learners cannot read that lesson."""

    pk: int
    slug: str
    name: str
    description: str
    role: str
    lesson: str
    lesson_title: str

    @cached_property
    def url(self) -> str:
        """The lesson's address, if there is one to send learners to."""
        return reverse("concepts:concept", args=[self.lesson]) if self.lesson else ""

    def counts_for(self, role: str) -> bool:
        return self.role in (role, Skill.Role.BOTH)


def skills_on(shelf: Shelf) -> tuple[SkillLine, ...]:
    """Every skill, in its order."""
    return shelf.get("skills", _skills)


def _skills() -> tuple[SkillLine, ...]:
    live = Publishable.Status.PUBLISHED
    return tuple(
        SkillLine(
            skill.pk,
            skill.slug,
            skill.name,
            skill.description,
            skill.role,
            skill.concept.slug if (skill.concept.status, skill.concept.module.status) == (live, live) else "",
            skill.concept.title,
        )
        for skill in Skill.objects.select_related("concept__module")
    )
