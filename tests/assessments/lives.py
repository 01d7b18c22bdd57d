"""What a learner of a test has answered, written as evidence and folded as everywhere."""

from datetime import timedelta

from django.utils import timezone

from assessments.models import Learner, Question
from assessments.services.evidence import rebuild_learner
from concepts.models import Concept
from tests.factories import ConceptFactory, EvidenceFactory, ObjectiveFactory, QuestionFactory


def lesson(objectives: int = 1, **options: object) -> tuple[Concept, list[Question]]:
    """A published concept with objectives, and a published question on each."""
    concept: Concept = ConceptFactory(**options)
    made = [ObjectiveFactory(concept=concept, position=place) for place in range(1, objectives + 1)]
    return concept, [QuestionFactory(objective=objective, publish=True) for objective in made]


def answered(
    me: Learner, question: Question, *scores: float, days: float = 1, origin: str = "practice"
) -> None:
    """Answers a minute apart, so many days ago, each on other figures; then everything is folded."""
    begin = timezone.now() - timedelta(days=days)
    for minute, score in enumerate(scores):
        at = begin + timedelta(minutes=minute)
        EvidenceFactory(
            item__attempt__learner=me,
            item__attempt__state="graded",
            item__attempt__finished_at=at,
            item__attempt__started_at=at,
            item__version=question.live,
            origin=origin,
            scheduled_review=origin == "review",
            score=score,
            at=at,
        )
    rebuild_learner(learner=me)


def mastered(me: Learner, question: Question, *, days: float = 20) -> None:
    """Proficient, and ten days later mastered at a review; so many days ago by now."""
    answered(me, question, 1, 1, days=days + 10)
    answered(me, question, 1, days=days, origin="review")
