"""What the criteria of a rubric show beside the answer as a whole, each for an objective of its own."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from assessments.models import AttemptItem, Evidence
from assessments.questions.base import Content, is_by_hand
from assessments.questions.rubric import rubric_of, ticked
from assessments.services.finishing import evidence_of
from concepts.models import Objective

Objectives = Mapping[str, int]  # the key of an objective by its code


def objectives_of(contents: Iterable[Content]) -> Objectives:
    """The objectives at which the criteria of these questions point; asks nothing where none does."""
    codes = {criterion.objective for content in contents for criterion in rubric_of(content)} - {""}
    return dict(Objective.objects.filter(code__in=codes).values_list("code", "pk")) if codes else {}


def criteria_evidence(item: AttemptItem, known: Objectives, at: datetime) -> list[Evidence]:
    """A piece of evidence for each ticked criterion that has an objective of its own. Not saved.

    It shows the points of its level, as a share of the most that the criterion gives.
    """
    if not known or not is_by_hand(item.version.kind) or not item.is_graded or not item.is_handed_in:
        return []
    pieces = []
    for criterion in rubric_of(item.marking.content):
        level = ticked(criterion, item.hand_grade.ticks)
        if level is None or criterion.objective not in known or not criterion.most:
            continue
        piece = evidence_of(item, item.attempt, at)
        piece.objective_id = known[criterion.objective]
        piece.criterion = criterion.name
        piece.score = 1.0 if item.void == AttemptItem.Void.FULL else min(1.0, level.points / criterion.most)
        piece.variant = f"{piece.variant}:{criterion.name}"[:80]
        pieces.append(piece)
    return pieces
