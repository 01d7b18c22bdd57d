"""Tags of questions: words by which editors find them, kept in the content of their drafts."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Question
from assessments.questions.common import MOST_TAGS
from assessments.services.errors import Refused


class TooManyTags(Refused):
    """Questions that would have more tags than one may have; ``keys`` names them."""

    status = 422

    def __init__(self, questions: Sequence[Question]) -> None:
        names = ", ".join(f"“{question}”" for question in questions[:5])
        message = _("A question has at most %(most)d tags, and these would have more: %(names)s.")
        super().__init__(message % {"most": MOST_TAGS, "names": names})
        self.keys = [question.pk for question in questions]


@transaction.atomic
def tag_questions(
    *, keys: Collection[int], add: Sequence[str], take_off: Collection[str], user: Any
) -> list[Question]:
    """Add tags to questions and take tags off them, and give back those that this changed.

    A tag that is added wins over one that is taken off. Raises TooManyTags, and then none is changed.
    """
    changed: list[Any] = []
    for question in Question.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        before = tags_of(question.content)
        new = {tag.casefold() for tag in add}
        kept = [tag for tag in before if tag not in take_off or tag.casefold() in new]
        after = [*kept, *(tag for tag in add if tag.casefold() not in {old.casefold() for old in kept})]
        if after != before:
            question.content = {key: value for key, value in question.content.items() if key != "tags"}
            question.content |= {"tags": after} if after else {}
            changed.append(question)
    if full := [question for question in changed if len(tags_of(question.content)) > MOST_TAGS]:
        raise TooManyTags(full)
    for question in changed:
        question._history_user, question._change_reason = user, _reason(add, take_off)
        question.save(update_fields=["content", "updated_at"])
    return changed


def tags_of(content: Any) -> list[str]:
    """The tags in a content that nobody may have checked."""
    tags = content.get("tags") if isinstance(content, dict) else None
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def _reason(add: Sequence[str], take_off: Collection[str]) -> str:
    said = [_("Tagged: %(tags)s.") % {"tags": ", ".join(add)}] if add else []
    said += [_("Tags taken off: %(tags)s.") % {"tags": ", ".join(sorted(take_off))}] if take_off else []
    return " ".join(said)[:100]
