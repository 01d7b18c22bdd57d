"""Publishing questions: what learners are asked changes here and nowhere else."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Question, QuestionVersion
from assessments.questions import get
from assessments.questions.base import Problem
from assessments.services.errors import Refused


class NotPublishable(Refused):
    """A question with problems; ``problems`` names each field and its remedy."""

    status = 422

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_("This question cannot be published yet: ") + " ".join(p.message for p in problems))
        self.problems = problems


@transaction.atomic
def publish_question(*, question: Question, by: Any = None) -> QuestionVersion:
    """Make what stands in the question the version that learners are asked from now on.

    Attempts keep the version that they were asked with. Publishing without a change makes no new version.
    Raises NotPublishable when its type finds a problem in it.
    """
    problems = get(question.type).check(question.content)
    if problems:
        raise NotPublishable(problems)
    live = question.live
    if live is None or question.has_unpublished_changes:
        latest = question.versions.order_by("-number").values_list("number", flat=True).first() or 0
        live = QuestionVersion.objects.create(
            question=question,
            number=latest + 1,
            objective_id=question.objective_id,
            type=question.type,
            title=question.title,
            content=question.content,
            created_by=by,
        )
    question.live = live
    question.publish()
    question.save()
    return live


def unpublish_question(*, question: Question) -> None:
    """Ask it of nobody from now on. Attempts that hold it go on, and its versions stay."""
    question.unpublish()
    question.save(update_fields=["status", "updated_at"])
