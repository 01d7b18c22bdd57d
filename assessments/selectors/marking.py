"""How the marking of an answer came about, for its editor: the score, what was recognised, part by part."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.models import AttemptItem, Misconception
from assessments.questions.base import Part
from concepts.figures import format_number


@dataclass(frozen=True)
class Recognised:
    """A misconception that the answer matched; without a name where the bank does not know it."""

    slug: str
    name: str


@dataclass(frozen=True)
class Marking:
    """Why an answer was marked as it was. Texts of parts and answers are Markdown."""

    score: str
    your_answer: str
    right_answer: str
    tolerance: str
    recognised: Sequence[Recognised]
    parts: Sequence[Part]

    @property
    def right_parts(self) -> int:
        return sum(part.right for part in self.parts)


def marking_of(item: AttemptItem) -> Marking:
    """The marking of an item whose answer has been read; nothing is stored."""
    version = item.version
    grade = version.kind.grade(version.content, item.values, item.answer)
    said = version.kind.explain(version.content, item.values, item.answer)
    names = dict(Misconception.objects.filter(slug__in=grade.misconceptions).values_list("slug", "name"))
    return Marking(
        score=_("%(score)s of 1") % {"score": format_number(grade.score, decimals=2)},
        your_answer=said.your_answer,
        right_answer=said.right_answer,
        tolerance=said.tolerance_note,
        recognised=[Recognised(slug, names.get(slug, "")) for slug in grade.misconceptions],
        parts=said.parts,
    )
