"""Find and replace in questions, assessments and misconceptions; of a question the draft changes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Assessment, Misconception, Question
from assessments.questions import get
from assessments.questions.texts import texts_in, with_texts
from concepts.texts import KINDS, DocumentKind, Kind


class QuestionKind(DocumentKind):
    """The words in the draft of a question: its title, and what stands in its content."""

    def words(self, obj: Any) -> Iterable[tuple[str, str]]:
        content = obj.content if isinstance(obj.content, dict) else {}
        return ((".".join(path), text) for path, text in texts_in(content))

    def reworded(self, obj: Any, texts: Mapping[str, str]) -> dict[str, Any]:
        return with_texts(obj.type, obj.content, {tuple(way.split(".")): text for way, text in texts.items()})

    def faults(self, obj: Any) -> Iterable[Any]:
        return get(obj.type).check(obj.content)

    def note(self, obj: Any) -> str:
        if not obj.is_published or obj.live is None:
            return ""
        said = {"number": obj.live.number}
        return _("Learners are asked version %(number)d until you publish the draft.") % said


class AssessmentKind(Kind):
    """An assessment; one that collects the questions of a case says what the case says, and is left out."""

    def rows(self, module: Any) -> QuerySet[Any]:
        return super().rows(module).filter(case=None)


KINDS += [
    QuestionKind(
        Question,
        "question",
        gettext_lazy("Questions: their drafts"),
        ("title",),
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
    AssessmentKind(
        Assessment,
        "assessment",
        gettext_lazy("Assessments"),
        ("title", "intro"),
        ("module", "concept__module", "comparison__module"),
    ),
]
