"""What is taught."""

from concepts.models.base import Publishable, can_preview
from concepts.models.comparison import Comparison, ComparisonRow
from concepts.models.course import Concept, Module, Objective
from concepts.models.glossary import Term
from concepts.models.metric import Metric, MetricInput, MetricStep
from concepts.models.source import Source

__all__ = [
    "Comparison",
    "ComparisonRow",
    "Concept",
    "Metric",
    "MetricInput",
    "MetricStep",
    "Module",
    "Objective",
    "Publishable",
    "Source",
    "Term",
    "can_preview",
]
