"""The kinds of object in the bank: misconceptions, questions, assessments."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.models import Assessment, AssessmentPart, Misconception, Question
from assessments.services.bank import publish_question
from concepts.coursepack.children import Children
from concepts.coursepack.findings import Findings, Spot
from concepts.coursepack.keys import Key, Known, Reference
from concepts.coursepack.kinds import IN_COMPARISON, IN_CONCEPT, Kind, plain
from concepts.coursepack.payload import clean_json, without_empty


def save_question(question: Any) -> None:
    """Save a question; one that is published gets the version that learners are asked, a draft does not."""
    if question.pk is None or not question.is_published:
        question.save()
    if question.is_published:
        publish_question(question=question, by=getattr(question, "_history_user", None))


def as_asked(question: Any) -> Any:
    """What learners are asked: the live version, whatever has been changed beside it since."""
    live = question.live
    if live is None or not question.is_published:
        return question
    return Question(
        slug=question.slug,
        objective=live.objective,
        type=live.type,
        title=live.title,
        thinking=question.thinking,
        content=live.content,
    )


@dataclass(frozen=True)
class Content(Key):
    """What the type of a question reads: in the file it stands beside the other keys."""

    def check(self, value: Any, spot: Spot, findings: Findings) -> Any:
        return without_empty(clean_json(_only_json(value, Spot(spot.text, spot.steps[:-1]), findings)))

    def stored(self, obj: Any) -> Any:
        return without_empty(clean_json(obj.content))

    def write(self, obj: Any, value: Any, known: Known) -> None:
        obj.content = value


def _only_json(value: Any, spot: Spot, findings: Findings) -> Any:
    """A value without what YAML knows and JSON does not, such as a date."""
    if isinstance(value, dict):
        return {key: _only_json(entry, spot.at(key), findings) for key, entry in value.items()}
    if isinstance(value, list):
        return [_only_json(entry, spot.at(i), findings) for i, entry in enumerate(value)]
    if value is None or isinstance(value, str | int | float):
        return value
    findings.note(spot, _("“%(value)s” is not read as text. Put it in quotes.") % {"value": value})
    return str(value)


OF_OBJECTIVE = Reference("objective", target="objective", attribute="code")
MISCONCEPTION = Kind(
    "misconception", Misconception, "slug", (*plain(Misconception, "slug name explanation"), IN_CONCEPT)
)
QUESTION = Kind(
    "question",
    Question,
    "slug",
    (*plain(Question, "slug type title thinking"), OF_OBJECTIVE, Content("content")),
    save=save_question,
    live=as_asked,
    beside=("live__objective",),
)
PARTS = Children(
    "parts",
    required=False,  # a draft may still have none
    model=AssessmentPart,
    keys=(
        Reference("objective", required=False, target="objective", attribute="code"),
        Reference("question", required=False, target="question"),
        *plain(AssessmentPart, "", "count marks"),
    ),
)
ASSESSMENT = Kind(
    "assessment",
    Assessment,
    "slug",
    (
        *plain(Assessment, "slug title mode", "intro"),
        Reference("module", required=False, target="module"),
        IN_CONCEPT,
        IN_COMPARISON,
        *plain(Assessment, "", "time_limit attempts_allowed counts pass_mark shuffle"),
        *plain(Assessment, "", "show_marks show_own_answer show_right_answer show_feedback"),
        PARTS,
    ),
)
BANK_KINDS = (MISCONCEPTION, QUESTION, ASSESSMENT)
