"""The course in the admin."""

from concepts.admin import (
    case,
    comparison,
    course,
    duplicating,
    glossary,
    metric,
    moving,
    ordering,
    path,
    picture,
    replacing,
    site,
    source,
)

__all__ = [
    "case",
    "comparison",
    "course",
    "duplicating",
    "glossary",
    "metric",
    "moving",
    "ordering",
    "path",
    "picture",
    "replacing",
    "site",
    "source",
]
