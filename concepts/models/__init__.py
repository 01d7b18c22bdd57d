"""What is taught."""

from concepts.models.base import Publishable, can_preview
from concepts.models.case import CaseObjective, CaseStudy, CaseVersion
from concepts.models.comparison import Comparison, ComparisonRow
from concepts.models.course import Concept, Module, Objective
from concepts.models.frozen import FrozenError
from concepts.models.glossary import Term
from concepts.models.metric import Metric, MetricInput, MetricStep
from concepts.models.path import LearningPath, PathStep
from concepts.models.picture import Picture
from concepts.models.prepared import PreparedChange
from concepts.models.skill import Skill
from concepts.models.source import Source

__all__ = [
    "CaseObjective",
    "CaseStudy",
    "CaseVersion",
    "Comparison",
    "ComparisonRow",
    "Concept",
    "FrozenError",
    "LearningPath",
    "Metric",
    "MetricInput",
    "MetricStep",
    "Module",
    "Objective",
    "PathStep",
    "Picture",
    "PreparedChange",
    "Publishable",
    "Skill",
    "Source",
    "Term",
    "can_preview",
]
