"""What people do, and what it shows."""

from assessments.models.assessment import Assessment, AssessmentPart
from assessments.models.attempt import Attempt, AttemptItem
from assessments.models.bank import Misconception, Question, QuestionVersion
from assessments.models.casework import Assignment, CaseMove, CaseRun
from assessments.models.cohort import Cohort, JoinLink, Membership
from assessments.models.correction import CorrectedItem, Correction
from assessments.models.evidence import Evidence, ModuleState, ObjectiveState, ProgressDay
from assessments.models.extension import Extension
from assessments.models.grading import HandGrade
from assessments.models.people import Learner
from assessments.models.skills import SkillRating

__all__ = [
    "Assessment",
    "AssessmentPart",
    "Assignment",
    "Attempt",
    "AttemptItem",
    "CaseMove",
    "CaseRun",
    "Cohort",
    "CorrectedItem",
    "Correction",
    "Evidence",
    "Extension",
    "HandGrade",
    "JoinLink",
    "Learner",
    "Membership",
    "Misconception",
    "ModuleState",
    "ObjectiveState",
    "ProgressDay",
    "Question",
    "QuestionVersion",
    "SkillRating",
]
