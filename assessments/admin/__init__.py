"""Questions, assessments, people and results in the admin."""

from assessments.admin import assessment, attempt, bank, cohort, coverage, evidence, people, question

__all__ = ["assessment", "attempt", "bank", "cohort", "coverage", "evidence", "people", "question"]
