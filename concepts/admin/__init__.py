"""The course in the admin."""

from concepts.admin import (
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
