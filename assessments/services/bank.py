"""Publishing questions: what learners are asked changes here and nowhere else."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Question, QuestionVersion
from assessments.questions import get
from assessments.questions.base import Problem
from assessments.services.errors import Refused
from assessments.services.standing import is_void


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
    if live is None or question.has_unpublished_changes or is_void(live):
        live = _next_version(question, question, question.content, by)
    question.live = live
    question.publish()
    question.save()
    return live


@transaction.atomic
def put_right(*, question: Question, content: dict[str, Any], reason: str, by: Any = None) -> QuestionVersion:
    """Make a corrected version of the one that is live, and let it be live instead.

    Only its content is another one; whether the question is asked at all stays as it is. A draft that waits
    keeps what was edited in it, and is put right wherever it still says what was live.
    """
    live = question.live
    assert live is not None  # noqa: S101 - nobody was asked what was never published
    if question.content == live.content or question.type != live.type:
        question.content = content if question.type == live.type else question.content
    else:
        question.content = _merged(question.content, live.content, content)
    if content != live.content:
        live = _next_version(question, live, content, by)
    question.live = live
    row: Any = question
    row._change_reason = reason[:100]  # all that a history record has room for
    row.save()
    return live


def _merged(draft: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The draft with what changed between two versions, except where it was edited itself."""
    missing = object()
    edited = {name for name in {*draft, *before} if draft.get(name, missing) != before.get(name, missing)}
    kept = {name: value for name, value in draft.items() if name in edited}
    return {name: value for name, value in after.items() if name not in edited} | kept


def _next_version(
    question: Question, source: Question | QuestionVersion, content: dict[str, Any], by: Any
) -> QuestionVersion:
    """The next version of a question with this content, and else as its draft or another version has it."""
    latest = question.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return QuestionVersion.objects.create(
        question=question,
        number=latest + 1,
        objective_id=source.objective_id,
        type=source.type,
        title=source.title,
        content=content,
        created_by=by,
    )


def unpublish_question(*, question: Question) -> None:
    """Ask it of nobody from now on. Attempts that hold it go on, and its versions stay."""
    question.unpublish()
    question.save(update_fields=["status", "publish_at", "updated_at"])
