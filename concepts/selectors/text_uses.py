"""Where something is named in a text: every text of the course and of the bank that links to it or shows it.

Texts are found by what their models are, not by name: whatever keeps a history of content may hold a link.
What people wrote is never looked into.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from concepts.models.base import RenderedField

# Without a history of their own: what is in preparation, and what was asked and stays as it was.
BESIDE = ("concepts.PreparedChange", "concepts.CaseVersion", "assessments.QuestionVersion")
# What a text calls each model, as in `term:takt-time`.
LINKED = {
    "concepts.Comparison": "comparison",
    "concepts.Concept": "concept",
    "concepts.Metric": "metric",
    "concepts.Picture": "picture",
    "concepts.Term": "term",
}
# What documents name without a link: the key of the picture that an exhibit is, and of an objective.
VALUES = {"picture": "image", "objective": "objective"}
Uses = dict[str, list[Any]]


def text_uses(kind: str, slugs: Collection[str]) -> Uses:
    """The objects whose texts or documents name each of these: one query for each kind of text."""
    found: Uses = {slug: [] for slug in slugs}
    if not found:
        return found
    named = re.compile(rf"(?<![\w-]){kind}:([a-z0-9]+(?:-[a-z0-9]+)*)(?![\w-])")
    marks = [f"{kind}:{slug}" for slug in slugs] if len(found) == 1 else [f"{kind}:"]
    patterns = [named]
    if kind in VALUES:
        held = f'"{VALUES[kind]}": "'
        patterns.append(re.compile(rf'{held}([^"\\]+)"'))
        marks += [f'{held}{slug}"' for slug in slugs] if len(found) == 1 else [held]
    for model, columns in searched_texts():
        for row, texts in _rows_with(model, columns, marks):
            names = {name for pattern in patterns for name in pattern.findall(texts)}
            for slug in sorted(names & found.keys()):
                found[slug].append(row)
    return found


def _rows_with(model: Any, columns: tuple[str, ...], marks: Collection[str]) -> Iterator[tuple[Any, str]]:
    """Rows in whose texts any of the marks stands, each with its texts."""
    named = {f"text_of_{name}": Cast(name, TextField()) for name in columns}
    holds = Q()
    for alias in named:
        for mark in marks:
            holds |= Q(**{f"{alias}__contains": mark})
    rows: QuerySet[Any] = model._default_manager.annotate(**named).filter(holds)
    for row in rows.order_by("pk"):
        yield row, " ".join(str(getattr(row, alias) or "") for alias in named)


@cache
def searched_texts() -> list[tuple[Any, tuple[str, ...]]]:
    """Every model whose texts may hold a link or a picture, with the fields that do."""
    found = []
    for model in apps.get_models():
        kept = hasattr(model._meta, "simple_history_manager_attribute") and getattr(model, "is_content", True)
        if kept or model._meta.label in BESIDE:
            columns = tuple(field.name for field in model._meta.concrete_fields if _holds_text(field))
            if columns:
                found.append((model, columns))
    return found


def _holds_text(field: models.Field) -> bool:
    is_text = isinstance(field, models.TextField | models.JSONField)
    return is_text and not isinstance(field, RenderedField) and field.name != "drawing"
