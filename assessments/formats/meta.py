"""What stands around a question in every format: its name, its tags, its address, its category."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from assessments.formats.building import CLASSIFICATION_TAG
from assessments.formats.parsed import (
    LONGEST_TITLE,
    OBJECTIVE_TAG,
    THINKING,
    THINKING_TAG,
    Loss,
    ParsedQuestion,
    clean_content,
    one_line,
    storable,
)
from assessments.formats.texts import in_words
from assessments.questions.common import LONGEST_TAG, MOST_TAGS

LONGEST_SLUG = 100


def finish(
    *,
    kind: str,
    title: str,
    content: dict[str, Any],
    line: int,
    slug: str = "",
    tags: Sequence[str] = (),
    category: str = "",
    losses: Sequence[Loss] = (),
) -> ParsedQuestion:
    """A question with its name settled and its tags read; what had to be cut is a loss."""
    noted = list(losses)
    full = " ".join(storable(title).split())
    if len(full) > LONGEST_TITLE:
        reason = _("A title has %(most)s characters at most.") % {"most": LONGEST_TITLE}
        noted.append(Loss(_("The end of the title “%(title)s”") % {"title": one_line(full, 400)}, reason))
    address = slugify(slug)[:LONGEST_SLUG]
    if slug and address != slug:
        said = _("Id “%(id)s”") % {"id": one_line(slug)}
        noted.append(Loss(said, _("An address has small letters, figures and hyphens only.")))
    objective, thinking, rest = _read_tags(tags, noted)
    return ParsedQuestion(
        type=kind,
        title=question_name(title, str(content.get("stem") or "")),
        content=clean_content(content),
        line=line,
        slug=address,
        objective=objective,
        thinking=thinking,
        tags=rest,
        category=" ".join(storable(category).split()),
        losses=tuple(dict.fromkeys(noted)),
    )


def question_name(title: str, stem: str) -> str:
    """The title, or else the beginning of the question."""
    return one_line(title) or one_line(in_words(stem)) or _("Question without a text")


def last_category(category: str) -> str:
    """The last step of a path such as `$course$/top/Flow/THR-1`; in a name, // stands for a slash."""
    parts = re.split(r"(?<!/)/(?!/)", category)
    return parts[-1].replace("//", "/").strip()


def tags_of(question: ParsedQuestion) -> list[str]:
    """All that is written as tags into a file that has no fields for it."""
    own = [f"{OBJECTIVE_TAG}{question.objective}"] if question.objective else []
    own += [f"{THINKING_TAG}{question.thinking}"] if question.thinking else []
    own += [CLASSIFICATION_TAG] if question.type == "classification" else []
    return [*own, *question.tags]


def _read_tags(tags: Sequence[str], losses: list[Loss]) -> tuple[str, str, tuple[str, ...]]:
    objective = thinking = ""
    rest: list[str] = []
    for tag in dict.fromkeys(" ".join(storable(tag).split()) for tag in tags):
        value = tag.partition(":")[2].strip()
        if tag.startswith(OBJECTIVE_TAG) and not objective:
            objective = value
        elif tag.startswith(THINKING_TAG) and value in THINKING and not thinking:
            thinking = value
        elif tag == CLASSIFICATION_TAG or not tag:
            continue
        elif len(tag) > LONGEST_TAG or len(rest) == MOST_TAGS or "," in tag:
            reason = _("A question has %(most)s tags at most, of %(longest)s characters and without commas.")
            limits = {"most": MOST_TAGS, "longest": LONGEST_TAG}
            losses.append(Loss(_("Tag “%(tag)s”") % {"tag": one_line(tag)}, reason % limits))
        else:
            rest.append(tag)
    return objective, thinking, tuple(rest)
