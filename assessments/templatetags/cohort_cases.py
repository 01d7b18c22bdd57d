"""What the pages of a cohort's cases ask of their lines."""

from datetime import datetime

from django import template

from assessments.models.casework import Role
from assessments.selectors.cohort_cases import CaseLine, asked_as

register = template.Library()

register.filter("asked_as", asked_as)


@register.filter
def late(line: CaseLine, now: datetime) -> int:
    """How many are late with a case."""
    return line.late(now)


@register.filter
def as_role(role: str) -> str:
    """A role in words."""
    return str(Role(role).label)
