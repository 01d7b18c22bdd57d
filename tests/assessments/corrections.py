"""A question that was answered, and its correction, for the tests of corrections."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from assessments.models import Attempt, Correction, Learner, ObjectiveState, ProgressDay, Question
from assessments.models.evidence import ModuleState
from assessments.services.answers import save_answer
from assessments.services.attempts import start_attempt
from assessments.services.bank import publish_question
from assessments.services.corrections import (
    correct_question,
    effects_of,
    key_ruling,
    void_question,
    void_ruling,
)
from assessments.services.finishing import finish
from tests.factories import LearnerFactory, UserFactory, practice_set

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
REASON = "The key was wrong."


def answered_test(*answers: str | None, **options: Any) -> tuple[Question, list[Attempt]]:
    """A test of one question, handed in by as many learners as there are answers."""
    assessment = practice_set(1, mode="test", **options)
    attempts = [hand_in(assessment, answer) for answer in answers]
    return Question.objects.get(), attempts


def hand_in(assessment: Any, answer: str | None, learner: Learner | None = None) -> Attempt:
    attempt = start_attempt(learner=learner or LearnerFactory(), assessment=assessment, now=NOW)
    if answer is not None:
        save_answer(item=attempt.items.get(), posted={"answer": [answer]}, revision=0, now=NOW)
    return finish(attempt=attempt, now=NOW)


def corrected(question: Question, *, right: int = 1) -> dict[str, Any]:
    """The content of a single choice with another right choice."""
    content = deepcopy(question.content)
    for place, choice in enumerate(content["choices"]):
        choice.pop("right", None)
        choice["feedback"] = "Think again."
        if place == right:
            choice["right"] = True
    return content


def correct(question: Question, content: dict[str, Any], *, older: tuple[int, ...] = ()) -> Correction:
    """See the effects, agree to them, correct."""
    question = Question.objects.get(pk=question.pk)
    ruling = key_ruling(question, content, older)
    return correct_question(
        question=question,
        content=content,
        reason=REASON,
        by=UserFactory(),
        now=NOW,
        expected=effects_of(ruling).token(ruling, question.live_id or 0),
        older=older,
    )


def void(question: Question, kind: str) -> Correction:
    question = Question.objects.get(pk=question.pk)
    ruling = void_ruling(question, kind)
    return void_question(
        question=question,
        kind=kind,
        reason=REASON,
        by=UserFactory(),
        now=NOW,
        expected=effects_of(ruling).token(ruling, question.live_id or 0),
    )


def states_of(learner: Learner) -> list[Any]:
    """Everything that is folded from a learner's evidence, without the keys of its rows."""
    rows: list[Any] = [Learner.objects.values("last_active_at").get(pk=learner.pk)]
    for model, order in ((ObjectiveState, "objective"), (ModuleState, "module"), (ProgressDay, "day")):
        found = model.objects.filter(learner=learner).order_by(order).values()
        rows += [{name: value for name, value in row.items() if name != "id"} for row in found]
    return rows


def reworded(question: Question) -> None:
    """Publish another wording, as a plain edit: what was asked before stays as it is."""
    question = Question.objects.get(pk=question.pk)
    question.content = question.content | {"stem": "In other words: what happens to its throughput?"}
    publish_question(question=question)
