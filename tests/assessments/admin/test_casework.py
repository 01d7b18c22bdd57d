"""Casework in the admin: assignments are kept by the service, runs and moves are only looked at."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.admin.casework import answers_in_words
from assessments.models import Assignment
from assessments.services.case_moves import decide, record_forecast
from tests.case_desk import desk_case
from tests.cases import make_run
from tests.factories import AssignmentFactory, CaseStudyFactory, CohortFactory
from tests.forms import change

pytestmark = pytest.mark.django_db
ADD = reverse("admin:assessments_assignment_add")


def form(**changed: Any) -> dict[str, Any]:
    fields = {"role": "", "opens_at_0": "", "opens_at_1": "", "due_at_0": "", "due_at_1": "", "note": ""}
    return {**fields, "_save": "1", **changed}


def test_an_administrator_assigns_a_case_changes_that_and_takes_it_back(administrator: Client) -> None:
    case, cohort = desk_case("published"), CohortFactory()
    posted = form(cohort=cohort.pk, case=case.pk, note="By Friday.")
    assert administrator.post(ADD, posted).status_code == 302
    row = Assignment.objects.get()
    assert (row.note, row.created_by is not None, row.history.count()) == ("By Friday.", True, 1)
    assert administrator.post(change(row), form(role="production")).status_code == 302
    row.refresh_from_db()
    assert (row.role, row.note) == ("production", "")
    url = reverse("admin:assessments_assignment_delete", args=[row.pk])
    assert administrator.post(url, {"post": "yes"}).status_code == 302
    assert not Assignment.objects.exists()
    assert Assignment.history.filter(history_type="-").get().history_user is not None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"role": "operations", "both_roles": "on"}, "Choose one role, or both roles, not each."),
        (
            {
                "opens_at_0": "2027-03-02",
                "opens_at_1": "08:00",
                "due_at_0": "2027-03-01",
                "due_at_1": "08:00",
            },
            "It must open",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(administrator: Client, changed: Any, words: str) -> None:
    posted = form(cohort=CohortFactory().pk, case=desk_case("published").pk, **changed)
    response = administrator.post(ADD, posted)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_case_is_assigned_only_as_it_can_be_played(administrator: Client) -> None:
    cohort = CohortFactory().pk
    draft = CaseStudyFactory(status="draft")
    assert "it is a draft" in administrator.post(ADD, form(cohort=cohort, case=draft.pk)).content.decode()
    case = desk_case()
    case.content["roles"] = case.content["roles"][:1]
    case.publish()
    case.save()
    for changed, words in (
        ({"role": "operations"}, "does not have this role"),
        ({"both_roles": "on"}, "The case has one role."),
    ):
        response = administrator.post(ADD, form(cohort=cohort, case=case.pk, **changed))
        assert response.status_code == 422
        assert words in response.content.decode()
    assert not Assignment.objects.exists()


def test_a_run_shows_its_moves_and_not_the_notes_of_the_learner(administrator: Client) -> None:
    run = make_run(desk_case("published"))
    run.notes = "For me alone."
    run.save()
    record_forecast(run=run, position=1, value=85, reason="More hands.", now=timezone.now())
    decide(
        run=run,
        position=1,
        answers={"overtime": {"option": "few"}},
        draft={},
        revision=0,
        now=timezone.now(),
    )
    page = administrator.get(change(run)).content.decode()
    assert "overtime: few" in page
    assert "For me alone." not in page
    move = administrator.get(change(run.moves.get())).content.decode()
    assert "overtime: few" in move


@pytest.mark.parametrize("kind", ["caserun", "casemove", "assignment"])
@pytest.mark.parametrize("page", ["changelist", "add"])
def test_editors_see_nothing_of_what_people_do(editor: Client, kind: str, page: str) -> None:
    make_run()
    AssignmentFactory()
    assert editor.get(reverse(f"admin:assessments_{kind}_{page}")).status_code == 403


def test_an_empty_list_of_assignments_says_who_fills_it(administrator: Client) -> None:
    page = administrator.get(reverse("admin:assessments_assignment_changelist")).content.decode()
    assert "No cohort is asked to work a case." in page


def test_answers_are_told_by_the_keys_of_their_decisions() -> None:
    answers = {"a": {"option": "x"}, "b": {"figures": {"n": 3}}, "c": {"order": ["p", "q"]}}
    assert answers_in_words(answers) == "a: x · b: n 3 · c: p → q"
    assert answers_in_words({}) == ""
