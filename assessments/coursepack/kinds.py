"""The kinds of object in the bank: misconceptions, questions, assessments."""

from typing import Any

from assessments.models import Assessment, AssessmentPart, Misconception, Question
from assessments.questions.common import asked_of, for_editors_of
from assessments.services.bank import publish_question
from concepts.coursepack.children import Children
from concepts.coursepack.content import Content
from concepts.coursepack.keys import Reference
from concepts.coursepack.kinds import IN_COMPARISON, IN_CONCEPT, Kind, plain


def save_question(question: Any) -> None:
    """Save a question; one that is published gets the version that learners are asked, a draft does not."""
    if question.pk is None or not question.is_published:
        question.save()
    if question.is_published:
        publish_question(question=question, by=getattr(question, "_history_user", None))


def as_asked(question: Any) -> Any:
    """What learners are asked: the live version, whatever was changed beside it since, and today's tags."""
    live = question.live
    if live is None or not question.is_published:
        return question
    return Question(
        slug=question.slug,
        objective=live.objective,
        case=question.case,
        type=live.type,
        title=live.title,
        thinking=question.thinking,
        content={**asked_of(live.content), **for_editors_of(question.content)},
    )


def standalone(rows: Any) -> Any:
    """Without what collects the answers of a case: that follows from the case, so no file says it."""
    return rows.standalone()


OF_OBJECTIVE = Reference("objective", target="objective", attribute="code")
OF_CASE = Reference("case", required=False, target="case")
MISCONCEPTION = Kind(
    "misconception", Misconception, "slug", (*plain(Misconception, "slug name explanation"), IN_CONCEPT)
)
QUESTION = Kind(
    "question",
    Question,
    "slug",
    (*plain(Question, "slug type title thinking"), OF_OBJECTIVE, OF_CASE, Content("content")),
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
    among=standalone,
)
BANK_KINDS = (MISCONCEPTION, QUESTION, ASSESSMENT)
