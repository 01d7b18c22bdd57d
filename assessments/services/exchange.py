"""Importing questions from files of other tools: all of a file's new questions as drafts, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.formats.parsed import ParsedQuestion
from assessments.models import Question
from assessments.services.errors import Refused
from assessments.services.exchange_plan import Plan, plan_import
from concepts.models import Objective


class NoObjective(Refused):
    """Questions without an objective, which every question here has."""

    status = 422


@dataclass(frozen=True)
class Imported:
    """What was written, and the plan that it followed."""

    created: list[Question]
    plan: Plan


def import_questions(
    *, parsed: Sequence[ParsedQuestion], objective: Objective | None, by: Any = None, source: str = ""
) -> Imported:
    """Write every new question as a draft. What is in the bank already is left as it is.

    Raises NoObjective if a new question has none and no `objective` is given, and Refused if somebody saved
    a question of the same address at this very moment.
    """
    try:
        return _write(parsed, objective, by, source)
    except IntegrityError as error:
        message = _("Somebody else has just saved a question of the same address. Import the file again.")
        raise Refused(message) from error


@transaction.atomic
def _write(parsed: Sequence[ParsedQuestion], objective: Objective | None, by: Any, source: str) -> Imported:
    plan = plan_import(parsed=parsed, objective=objective)
    count = len(plan.homeless)
    if count:
        message = ngettext(
            "%(count)d question names no objective that is known here. Choose one for it.",
            "%(count)d questions name no objective that is known here. Choose one for them.",
            count,
        )
        raise NoObjective(message % {"count": count})
    created = []
    for planned in plan.new:
        question = Question(
            slug=planned.slug,
            objective=planned.objective,
            type=planned.parsed.type,
            title=planned.parsed.title,
            thinking=planned.parsed.thinking or Question.Thinking.APPLY,
            content=dict(planned.content),
        )
        # The history says who brought it in and from where.
        question._history_user = by  # type: ignore[attr-defined]
        question._change_reason = (_("Imported from %(source)s") % {"source": source or _("a file")})[:100]  # type: ignore[attr-defined]
        question.save()
        created.append(question)
    return Imported(created, plan)
