"""Running the command on a small course, and seeing what it wrote."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment, AssessmentPart, Misconception, Question
from concepts.models import (
    Comparison,
    ComparisonRow,
    Concept,
    Metric,
    MetricInput,
    MetricStep,
    Module,
    Objective,
    Source,
    Term,
)

LESSON = "course/measuring/02-throughput.md"
METRICS = "course/measuring/metrics.yaml"
TERMS = "course/measuring/terms.yaml"
QUESTIONS = "bank/measuring/throughput.yaml"
ASSESSMENTS = "bank/measuring/assessments.yaml"
MODELS: tuple[Any, ...] = (
    Source,
    Module,
    Concept,
    Comparison,
    Objective,
    ComparisonRow,
    Metric,
    MetricInput,
    MetricStep,
    Term,
    Misconception,
    Question,
    Assessment,
    AssessmentPart,
)


def load(root: Path, *options: str) -> list[str]:
    """Run the command on a small course; the lines that it prints."""
    out = io.StringIO()
    folders = ("--course", str(root / "course"), "--bank", str(root / "bank"))
    call_command("load_course", *folders, *options, stdout=out)
    return out.getvalue().splitlines()


def refused(root: Path, *options: str) -> tuple[list[str], CommandError]:
    """Run the command on a course with mistakes; the lines that it prints about them, and how it ends."""
    err = io.StringIO()
    folders = ("--course", str(root / "course"), "--bank", str(root / "bank"))
    with pytest.raises(CommandError) as caught:
        call_command("load_course", *folders, *options, stderr=err)
    return err.getvalue().splitlines(), caught.value


def histories() -> dict[str, int]:
    return {model.__name__: model.history.count() for model in MODELS}


def new_history(before: dict[str, int]) -> dict[str, int]:
    """How many rows of history have been added, by model."""
    return {name: count - before[name] for name, count in histories().items() if count != before[name]}


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [
        query["sql"]
        for query in queries
        if query["sql"].lstrip().split(" ")[0].upper() in ("INSERT", "UPDATE", "DELETE")
    ]
