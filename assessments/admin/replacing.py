"""Find and replace in questions, assessments and misconceptions; of a question the draft changes."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Assessment, Misconception, Question
from assessments.questions import get
from assessments.questions.texts import texts_in, with_texts
from concepts.texts import KINDS, Kind, Place

TITLE = "title"


class QuestionKind(Kind):
    """The words in the draft of a question: its title, and what stands in its content."""

    def places(self, obj: Any) -> list[Place]:
        content = obj.content if isinstance(obj.content, dict) else {}
        return [
            *super().places(obj),
            *(Place(".".join(path), _named(path), text) for path, text in texts_in(content)),
        ]

    def put(self, obj: Any, texts: Mapping[str, str]) -> None:
        super().put(obj, {key: text for key, text in texts.items() if key == TITLE})
        inner = {tuple(key.split(".")): text for key, text in texts.items() if key != TITLE}
        if inner:
            obj.content = with_texts(obj.type, obj.content, inner)

    def problems(self, obj: Any) -> list[str]:
        found = [f"{problem.field}: {problem.message}" for problem in get(obj.type).check(obj.content)]
        return [*super().problems(obj), *found]

    def note(self, obj: Any) -> str:
        if not obj.is_published or obj.live is None:
            return ""
        said = {"number": obj.live.number}
        return _("Learners are asked version %(number)d until you publish the draft.") % said


def _named(path: tuple[str, ...]) -> str:
    """`Choices 2, feedback`."""
    words: list[str] = []
    for step in path:
        if step.isdigit() and words:
            words[-1] += f" {int(step) + 1}"
        else:
            words.append(step)
    return capfirst(", ".join(words))


KINDS += [
    QuestionKind(
        Question,
        "question",
        gettext_lazy("Questions: their drafts"),
        (TITLE,),
        ("objective__concept__module", "objective__comparison__module"),
        related=("live",),
    ),
    Kind(
        Misconception,
        "misconception",
        gettext_lazy("Misconceptions"),
        ("name", "explanation"),
        ("concept__module",),
    ),
    Kind(
        Assessment,
        "assessment",
        gettext_lazy("Assessments"),
        ("title", "intro"),
        ("module", "concept__module", "comparison__module"),
    ),
]
