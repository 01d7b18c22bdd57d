"""Copies of questions and assessments: always drafts, and their history says of what they are copies."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from django.db import transaction

from assessments.models import Assessment, Question
from concepts.duplicating import copy_title, free_slug, fresh, save_copy


@transaction.atomic
def duplicate_question(*, question: Question, title: str, slug: str, user: Any) -> Question:
    """Copy a question as it stands in its draft. Raises ValidationError."""
    values = {"title": title, "slug": slug, "content": deepcopy(question.content)}
    copied: Question = save_copy(fresh(question, **values), user)
    return copied


@transaction.atomic
def duplicate_assessment(*, assessment: Assessment, title: str, slug: str, user: Any) -> Assessment:
    """Copy an assessment with its conditions and its parts. Raises ValidationError."""
    copied: Assessment = save_copy(fresh(assessment, title=title, slug=slug), user)
    for part in assessment.parts.all():
        row = fresh(part, assessment_id=copied.pk)
        save_copy(row, user)
    return copied


class QuestionFollower:
    """Lets questions follow their objectives when a lesson is duplicated."""

    def count(self, objectives: Sequence[Any]) -> dict[int, int]:
        """How many questions each objective has."""
        counts = dict.fromkeys((objective.pk for objective in objectives), 0)
        for pk in Question.objects.filter(objective__in=objectives).values_list("objective", flat=True):
            counts[pk] += 1
        return counts

    def copy(self, pairs: Sequence[tuple[Any, Any]], user: Any) -> int:
        """Copy the questions of objectives to their copies."""
        copied = 0
        for old, new in pairs:
            for question in Question.objects.filter(objective=old).order_by("slug"):
                values = {"title": copy_title(question), "slug": free_slug(Question, question.slug)}
                values |= {"objective_id": new.pk, "content": deepcopy(question.content)}
                save_copy(fresh(question, **values), user)
                copied += 1
        return copied
