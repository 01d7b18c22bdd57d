"""Questions, assessments, people and results in the admin."""

from assessments.admin import (
    assessment,
    attempt,
    bank,
    cohort,
    correction,
    coverage,
    evidence,
    extension,
    people,
    question,
)

__all__ = [
    "assessment",
    "attempt",
    "bank",
    "cohort",
    "correction",
    "coverage",
    "evidence",
    "extension",
    "people",
    "question",
]
