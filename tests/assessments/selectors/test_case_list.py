"""The list of cases: what is asked for first, what is finished, and what Today says of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.models import Learner
from assessments.selectors.case_list import CaseLine, CasesPage, case_page, case_work, cases_page
from concepts.kept import KEPT
from concepts.models import CaseStudy
from tests.cases import make_case, make_run, play, small_case
from tests.factories import AssignmentFactory, CaseStudyFactory, LearnerFactory, MembershipFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def me() -> Learner:
    return LearnerFactory()


@pytest.fixture
def case() -> CaseStudy:
    return make_case()


def ask(me: Learner, case: CaseStudy, **options: Any) -> None:
    """A cohort of mine asks for a case."""
    AssignmentFactory(cohort=MembershipFactory(learner=me).cohort, case=case, **options)


def page(me: Learner, at: Any = NOW) -> CasesPage:
    return cases_page(KEPT.shelf(), me, at)


def line(me: Learner) -> CaseLine:
    shown = page(me)
    (only,) = [*shown.assigned, *shown.others]
    return only


def through(me: Learner, case: CaseStudy, *roles: str) -> None:
    for role in roles:
        play(make_run(case, role=role, learner=me))


def test_published_cases_are_listed_with_their_roles(me: Learner, case: CaseStudy) -> None:
    CaseStudyFactory(status="draft", content=small_case())
    shown = line(me)
    assert shown.case == case
    assert [each.role.name for each in shown.roles] == ["Production manager", "Operations manager"]
    assert (shown.is_begun, shown.is_done, shown.can_compare) == (False, False, False)


def test_what_a_cohort_asks_for_stands_first_and_what_is_due_first_before_the_rest(me: Learner) -> None:
    late, soon, whenever = (CaseStudyFactory(content=small_case()) for _ in range(3))
    ask(me, whenever)
    ask(me, late, due_at=NOW + 3 * DAY)
    ask(me, soon, due_at=NOW + DAY)
    other = CaseStudyFactory(content=small_case())
    shown = page(me)
    assert [each.case for each in shown.assigned] == [soon, late, whenever]
    assert [each.case for each in shown.others] == [other]


def test_an_assignment_that_is_not_open_yet_or_of_another_cohort_is_not_shown(
    me: Learner, case: CaseStudy
) -> None:
    ask(me, case, opens_at=NOW + DAY)
    ask(LearnerFactory(), case)
    assert page(me).assigned == []
    assert len(page(me, NOW + 2 * DAY).assigned) == 1


def test_somebody_who_teaches_a_cohort_is_not_asked(me: Learner, case: CaseStudy) -> None:
    AssignmentFactory(cohort=MembershipFactory(learner=me, role="instructor").cohort, case=case)
    assert page(me).assigned == []
    assert case_work(me, NOW) == []


def test_of_two_cohorts_the_one_that_is_due_first_counts(me: Learner, case: CaseStudy) -> None:
    ask(me, case)
    ask(me, case, due_at=NOW + 5 * DAY)
    ask(me, case, due_at=NOW + DAY)
    assert line(me).assignment.due_at == NOW + DAY


@pytest.mark.parametrize(
    ("asked", "played", "is_done"),
    [
        ({}, ["production"], True),
        ({}, [], False),
        ({"role": "operations"}, ["production"], False),
        ({"role": "operations"}, ["operations"], True),
        ({"both_roles": True}, ["operations"], False),
        ({"both_roles": True}, ["operations", "production"], True),
    ],
)
def test_what_is_asked_is_done_once_its_roles_are_finished(
    me: Learner, case: CaseStudy, asked: dict[str, Any], played: list[str], is_done: bool
) -> None:
    ask(me, case, due_at=NOW + DAY, **asked)
    through(me, case, *played)
    assert line(me).is_done is is_done
    assert bool(case_work(me, NOW)) is not is_done
    assert line(me).is_late(NOW + 2 * DAY) is not is_done


def test_playing_again_does_not_undo_what_was_finished(me: Learner, case: CaseStudy) -> None:
    ask(me, case, due_at=NOW + DAY)
    through(me, case, "production", "operations")
    make_run(case, learner=me)
    shown = line(me)
    assert (shown.roles[0].is_open, shown.roles[0].is_finished) == (True, True)
    assert shown.is_done and shown.can_compare
    assert not shown.is_late(NOW + 2 * DAY)


def test_a_finished_role_leads_to_its_latest_debrief(me: Learner, case: CaseStudy) -> None:
    through(me, case, "production")
    again = play(make_run(case, learner=me))
    assert line(me).roles[0].finished == again


def test_the_list_costs_three_queries_whatever_is_in_it(
    me: Learner, case: CaseStudy, django_assert_num_queries: Any
) -> None:
    ask(me, case)
    through(me, case, "production")
    for _ in range(4):
        ask(me, CaseStudyFactory(content=small_case()))
    shelf = KEPT.shelf()
    cases_page(shelf, me, NOW)
    with django_assert_num_queries(2):  # what is the same for everybody is kept
        assert len(cases_page(shelf, me, NOW).assigned) == 5


def test_today_says_when_it_is_due_and_nothing_of_a_run_that_is_open(me: Learner, case: CaseStudy) -> None:
    ask(me, case, due_at=NOW + 30 * DAY)
    (work,) = case_work(me, NOW)
    assert (work.title, work.url, work.state) == (case.title, case.get_absolute_url(), "Not begun")
    (soon,) = case_work(me, NOW + 29 * DAY)
    assert (soon.andon, soon.icon) == ("warn", "clock")
    (late,) = case_work(me, NOW + 31 * DAY)
    assert late.andon == "bad" and late.state.startswith("Was due")
    make_run(case, learner=me)
    assert case_work(me, NOW) == []


def test_a_case_before_it_is_begun(me: Learner, case: CaseStudy) -> None:
    shown = case_page(case, me, NOW)
    assert (shown.stages, shown.is_draft, shown.open_role) == (4, False, None)
    make_run(case, role="operations", learner=me)
    assert case_page(case, me, NOW).open_role.role.key == "operations"


def test_a_run_in_a_role_that_an_edit_took_away_can_still_be_gone_on_with(
    me: Learner, case: CaseStudy
) -> None:
    make_run(case, role="operations", learner=me)
    case.content = alone()
    case.save()
    shown = case_page(CaseStudy.objects.get(pk=case.pk), me, NOW)
    assert [line.role.name for line in shown.line.roles] == ["Production manager", "Operations manager"]
    assert shown.open_role is not None and shown.open_role.role.key == "operations"
    assert [line.role.key for line in case_page(case, LearnerFactory(), NOW).line.roles] == ["production"]


def alone() -> dict[str, Any]:
    """The small case for the production manager only."""
    content = small_case()
    content["roles"] = content["roles"][:1]
    return content


def test_of_a_draft_an_editor_sees_what_stands_in_its_form(me: Learner) -> None:
    draft = CaseStudyFactory(status="draft", content={**small_case(), "brief": "Not yet."})
    shown = case_page(draft, me, NOW)
    assert (shown.document.brief, shown.is_draft) == ("Not yet.", True)
