"""How people rate their own skills. It is no evidence: it changes no level and counts for nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from assessments.models import Learner, SkillRating


class Mark(NamedTuple):
    """What somebody says of one skill: how far they are with it, and an example from work."""

    level: int
    example: str = ""


@transaction.atomic
def rate_skills(*, learner: Learner, marks: Mapping[int, Mark], now: datetime) -> int:
    """Add a rating for each skill of which something else is said than last time; says how many there are.

    The learner's row is locked, so that the same form sent twice at once adds its ratings once.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    latest: dict[int, Mark] = {}
    rows = SkillRating.objects.filter(learner=learner, skill__in=marks).order_by("at", "pk")
    for skill, level, example in rows.values_list("skill_id", "level", "example"):
        latest[skill] = Mark(level, example)
    new = [
        SkillRating(learner=learner, skill_id=skill, level=mark.level, example=mark.example, at=now)
        for skill, mark in marks.items()
        if latest.get(skill) != mark
    ]
    SkillRating.objects.bulk_create(new)
    return len(new)
