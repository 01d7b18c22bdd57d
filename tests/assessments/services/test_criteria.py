"""Criteria of a rubric that point at objectives: evidence when graded, superseded when graded otherwise."""

from typing import Any

import pytest

from assessments.management.commands.rebuild_progress import snapshot
from assessments.models import AttemptItem, Evidence, Question
from assessments.services.bank import publish_question
from assessments.services.criteria import criteria_evidence, objectives_of
from assessments.services.evidence import rebuild_learner
from assessments.services.hand_grading import grade_by_hand
from concepts.models import Objective
from tests.assessments.corrections import correct, void
from tests.assessments.prose import BEST, HALF, LATER, NOW, handed_in
from tests.cases import make_case, make_run, play
from tests.factories import ObjectiveFactory, UserFactory, written

pytestmark = pytest.mark.django_db


def rubric(objective: str = "WRI-1") -> dict[str, Any]:
    """The written question of the factories, whose second criterion points at an objective of its own."""
    content = written()
    words = content["rubric"][1]
    words["levels"].insert(1, {"label": "So so", "points": 2, "description": "Some can follow."})
    words["objective"] = objective
    return content


@pytest.fixture
def item() -> AttemptItem:
    """An answer that waits for a person."""
    ObjectiveFactory(code="WRI-1")
    waiting = handed_in()
    question = waiting.version.question
    type(waiting.version).objects.filter(pk=waiting.version_id).update(content=rubric())
    Question.objects.filter(pk=question.pk).update(content=rubric())
    return AttemptItem.objects.select_related("attempt", "version").get(pk=waiting.pk)


def grade(item: AttemptItem, ticks: dict[str, str], revision: int = 1) -> None:
    grade_by_hand(item=item, ticks=ticks, comment="", revision=revision, grader=UserFactory(), now=LATER)


def standing(criterion: str) -> list[float]:
    """What counts now for a criterion, or for the answer as a whole."""
    return list(Evidence.objects.current().filter(criterion=criterion).values_list("score", flat=True))


def test_a_criterion_shows_its_own_points_for_its_own_objective(item: AttemptItem) -> None:
    grade(item, {"reason": "Partly", "words": "Plain"})
    piece = Evidence.objects.get(criterion="words")
    assert (piece.objective.code, piece.score, piece.at) == ("WRI-1", 1, NOW)
    assert piece.item == item
    assert standing("") == [0.7]  # 3 + 4 of 10 points
    assert not Evidence.objects.filter(criterion="reason").exists()


def test_another_grade_takes_the_place_of_the_one_before(item: AttemptItem) -> None:
    grade(item, BEST)
    grade(item, HALF, revision=2)
    first, second = Evidence.objects.filter(criterion="words").order_by("pk")
    assert (second.supersedes, second.score, second.at) == (first, 0, first.at)
    assert (standing("words"), standing("")) == ([0], [0.3])
    before = snapshot(item.attempt.learner)
    rebuild_learner(learner=item.attempt.learner)
    assert snapshot(item.attempt.learner) == before


def test_a_grade_that_moves_a_criterion_but_not_the_sum_is_seen(item: AttemptItem) -> None:
    content = rubric()
    content["rubric"][0]["levels"][1]["points"] = 2
    type(item.version).objects.filter(pk=item.version_id).update(content=content)
    item.version.refresh_from_db()
    grade(item, {"reason": "Missing", "words": "So so"})  # 2 points
    grade(item, {"reason": "Partly", "words": "Dark"}, revision=2)  # 2 points
    assert (standing("words"), standing("")) == ([0], [0.2])


def test_the_same_grade_again_is_no_new_evidence(item: AttemptItem) -> None:
    grade(item, BEST)
    count = Evidence.objects.count()
    grade(item, BEST, revision=2)
    assert Evidence.objects.count() == count == 2


def test_a_corrected_rubric_marks_the_criterion_again(item: AttemptItem) -> None:
    grade(item, {"reason": "Complete", "words": "So so"})
    assert standing("words") == [0.5]
    content = rubric()
    content["rubric"][1]["levels"][1]["points"] = 3
    correct(item.version.question, content)
    assert standing("words") == [0.75]
    assert standing("") == [0.9]


def test_a_voided_question_takes_its_criteria_back(item: AttemptItem) -> None:
    grade(item, BEST)
    void(item.version.question, "out")
    assert standing("words") == standing("") == []


def test_full_marks_for_everybody_are_full_for_the_criteria_too(item: AttemptItem) -> None:
    grade(item, HALF)
    void(item.version.question, "full")
    assert standing("words") == standing("") == [1]


def test_an_answer_that_waits_and_a_criterion_without_an_objective_show_nothing(item: AttemptItem) -> None:
    known = objectives_of([item.version.content])
    assert known == {"WRI-1": Objective.objects.get(code="WRI-1").pk}
    assert criteria_evidence(item, known, NOW) == []
    assert objectives_of([written(), {}]) == {}


def test_an_unknown_objective_is_passed_over(item: AttemptItem) -> None:
    type(item.version).objects.filter(pk=item.version_id).update(content=rubric("NON-9"))
    grade(AttemptItem.objects.select_related("attempt", "version").get(pk=item.pk), BEST)
    assert not Evidence.objects.exclude(criterion="").exists()


def test_the_recommendation_of_a_case_counts_by_criterion_once_it_is_graded() -> None:
    case = make_case()
    ObjectiveFactory(code="WRI-1")
    question = Question.objects.get(slug="small-case-recommendation")
    question.content = rubric()
    publish_question(question=question)
    run = play(make_run(case), text="The orders wait for the slowest press.")
    assert not Evidence.objects.filter(item__isnull=False).exists()
    item = run.attempt.items.select_related("attempt", "version").get(position=2)
    grade(item, BEST)
    pieces = Evidence.objects.filter(item=item).order_by("criterion")
    assert [(each.criterion, each.score, each.origin) for each in pieces] == [
        ("", 1, "case"),
        ("words", 1, "case"),
    ]
