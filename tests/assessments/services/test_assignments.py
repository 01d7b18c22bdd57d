"""Assigning a case to a cohort, changing that, and withdrawing it."""

import pytest

from assessments.models import Assignment
from assessments.services.assignments import assign_case, withdraw_assignment
from assessments.services.errors import NotAllowed
from tests.cases import make_case, small_case
from tests.cohort_cases import NOW, QUIT, played
from tests.factories import CaseStudyFactory, CohortFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_assignment_is_made_once_and_then_changed() -> None:
    cohort, case, ada, bo = CohortFactory(), make_case(), UserFactory(), UserFactory()
    first = assign_case(cohort=cohort, case=case, by=ada, note="First.")
    again = assign_case(cohort=cohort, case=case, by=bo, role="operations", due_at=NOW)
    assert first.pk == again.pk
    stored = Assignment.objects.get()
    assert (stored.role, stored.due_at, stored.note, stored.created_by) == ("operations", NOW, "", ada)
    assert [row.history_user for row in stored.history.order_by("history_id")] == [ada, bo]


def test_the_same_once_more_leaves_no_trace() -> None:
    cohort, case, ada = CohortFactory(), make_case(), UserFactory()
    for _ in range(2):
        assign_case(cohort=cohort, case=case, by=ada, both_roles=True)
    assert Assignment.history.count() == 1


def test_withdrawing_keeps_runs_and_history() -> None:
    cohort, case, ada = CohortFactory(), make_case(), UserFactory()
    assignment = assign_case(cohort=cohort, case=case, by=ada)
    run = played(cohort, case, QUIT)
    withdraw_assignment(assignment=assignment, by=ada)
    assert not Assignment.objects.exists()
    run.refresh_from_db()
    assert [row.history_type for row in Assignment.history.order_by("history_id")] == ["+", "-"]


def test_what_nobody_can_play_is_not_assigned() -> None:
    cohort, ada = CohortFactory(), UserFactory()
    alone = small_case()
    alone["roles"] = alone["roles"][:1]
    one_role = CaseStudyFactory(content=alone)
    for case, asked in (
        (CaseStudyFactory(content=small_case(), status="draft"), {}),
        (one_role, {"role": "operations"}),
        (one_role, {"both_roles": True}),
    ):
        with pytest.raises(NotAllowed):
            assign_case(cohort=cohort, case=case, by=ada, **asked)
    assert not Assignment.objects.exists()
