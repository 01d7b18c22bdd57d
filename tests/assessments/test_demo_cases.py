"""The case in the demonstration: played in both roles by the services, at times that have passed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.management import cases
from assessments.management.case_prose import CASE, GRADED, WAITING, Page
from assessments.management.cases import Part, play_case
from assessments.models import Assignment, CaseMove, CaseRun, HandGrade
from assessments.questions.written import count_words
from tests.assessments.prose import BEST, TEXT
from tests.cases import make_case
from tests.cohort_cases import enrolled
from tests.factories import CohortFactory, UserFactory

PARTS = (
    Part("ada", "production", 9, 1),
    Part("bo", "operations", 8, page=Page(TEXT)),
    Part("cy", "production", 7, skill=1, page=Page(TEXT, BEST, "Plain words.")),
    Part("nobody", "production", 7),
)


@pytest.mark.django_db
def test_people_play_to_where_their_part_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "PARTS", PARTS)
    cohort, now = CohortFactory(), timezone.now()
    make_case(slug=CASE)
    learners = {name: enrolled(cohort) for name in ("ada", "bo", "cy")}
    play_case(learners, cohort, UserFactory(), now)
    assert Assignment.objects.get().due_at > now
    ada, bo, cy = (CaseRun.objects.get(learner=learner) for learner in learners.values())
    assert (ada.stages_done, ada.finished_at) == (1, None) or ada.stage == "bad-end"
    assert bo.finished_at and cy.finished_at
    assert set(HandGrade.objects.values_list("learner", "item__score")) == {
        (bo.learner_id, None),
        (cy.learner_id, 1),
    }
    assert not CaseMove.objects.filter(submitted_at__gt=now - timedelta(days=6)).exists()
    assert not CaseMove.objects.filter(stage="first", reason="").exists()


@pytest.mark.django_db
def test_without_the_case_nothing_is_made() -> None:
    cohort = CohortFactory()
    play_case({"maren": enrolled(cohort)}, cohort, UserFactory(), timezone.now())
    assert not Assignment.objects.exists()


def test_what_is_recommended_is_long_enough_for_the_question() -> None:
    assert all(150 <= count_words(page.text) <= 400 for page in (GRADED, *WAITING))
