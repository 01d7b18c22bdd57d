"""What keeps a question at its objective, and what moving it means for those who are asked it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.models import AttemptItem, Evidence, Question


def held_by_answers(questions: Sequence[Any]) -> dict[int, str]:
    """Why questions stay: what was answered counts for the objective that they were asked for."""
    keys = [question.pk for question in questions]
    given = AttemptItem.objects.filter(version__question__in=keys, answer__isnull=False)
    answered = set(given.order_by().values_list("version__question", flat=True).distinct())
    evidence = Evidence.objects.filter(question__in=keys).order_by()
    answered |= set(evidence.values_list("question", flat=True).distinct())
    message = _(
        "Answers hang on it, and they count for %(code)s. Duplicate it, move the copy, and unpublish this."
    )
    return {
        question.pk: message % {"code": question.objective.code}
        for question in questions
        if question.pk in answered
    }


def live_elsewhere(questions: Sequence[Any]) -> dict[int, str]:
    """What moving means for questions that are asked: the live version stays until they are published."""
    message = _("“%(name)s” is asked for %(code)s until you publish it again: moving changes its draft only.")
    return {
        question.pk: message % {"name": question, "code": question.live.objective.code}
        for question in questions
        if isinstance(question, Question) and question.is_published and question.live is not None
    }
