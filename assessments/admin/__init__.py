"""Questions, assessments, people and results in the admin."""

from assessments.admin import (
    assessment,
    attempt,
    bank,
    chain,
    cohort,
    correction,
    coverage,
    duplicating,
    evidence,
    extension,
    moving,
    packs,
    people,
    question,
    replacing,
    tagging,
)

__all__ = [
    "assessment",
    "attempt",
    "bank",
    "chain",
    "cohort",
    "correction",
    "coverage",
    "duplicating",
    "evidence",
    "extension",
    "moving",
    "packs",
    "people",
    "question",
    "replacing",
    "tagging",
]
