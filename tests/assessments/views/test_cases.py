"""The pages of cases before and after a run: the list, one case, the comparison."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import CaseRun, Learner
from concepts.models import CaseStudy
from tests.cases import QUIT, THROUGH, make_case, make_run, move, play, small_case
from tests.factories import (
    AssignmentFactory,
    CaseStudyFactory,
    LearnerFactory,
    MembershipFactory,
    make_editor,
)

pytestmark = pytest.mark.django_db
# Session and user among them.
LIST_QUERIES, CASE_QUERIES, COMPARED_QUERIES = 5, 7, 7


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def ask(me: Learner, case: CaseStudy, **options: Any) -> None:
    AssignmentFactory(cohort=MembershipFactory(learner=me).cohort, case=case, **options)


def through(me: Learner, case: CaseStudy, *roles: str) -> list[CaseRun]:
    return [play(make_run(case, role=role, learner=me), THROUGH, "A text of mine.") for role in roles]


def test_without_a_case_the_list_says_why(mine: Client) -> None:
    assert "No case is published yet." in text(mine.get("/cases/"))


def test_the_list_says_what_is_asked_for_and_how_far_it_is(mine: Client, me: Learner) -> None:
    case = make_case(title="The late shop")
    ask(me, case, due_at=timezone.now() - timedelta(days=1), note="Read E2 twice.")
    page = text(mine.get("/cases/"))
    assert "Asked of you" in page and "Read E2 twice." in page
    assert "two roles, not begun" in page
    make_run(case, learner=me)
    page = text(mine.get("/cases/"))
    assert "Production manager: going on" in page and "not begun" not in page
    assert "There are no others." in page


def test_a_case_offers_its_roles_and_beginning_leads_into_the_run(mine: Client, me: Learner) -> None:
    case = make_case()
    page = text(mine.get(case.get_absolute_url()))
    assert "Begin as Production manager" in page and "Begin as Operations manager" in page
    response = mine.post(case.get_absolute_url(), {"role": "operations"})
    run = CaseRun.objects.get(learner=me)
    assert (response.status_code, response.headers["Location"]) == (302, run.get_absolute_url())
    page = text(mine.get(case.get_absolute_url()))
    assert "Go on as Operations manager" in page
    assert "Open once you have finished as Operations manager." in page


def test_a_double_click_begins_one_run(mine: Client) -> None:
    case = make_case()
    urls = {mine.post(case.get_absolute_url(), {"role": "production"}).headers["Location"] for _ in "ab"}
    assert len(urls) == CaseRun.objects.count() == 1


def test_the_other_role_while_one_is_open_is_refused_on_the_page(mine: Client, me: Learner) -> None:
    case = make_case()
    make_run(case, learner=me)
    response = mine.post(case.get_absolute_url(), {"role": "operations"})
    assert response.status_code == 409
    assert "You are playing this case as Production manager. Finish that run first" in text(response)
    assert CaseRun.objects.count() == 1


@pytest.mark.parametrize("role", ["", "owner"])
def test_a_role_that_there_is_not_is_refused_on_the_page(mine: Client, role: str) -> None:
    response = mine.post(make_case().get_absolute_url(), {"role": role})
    assert response.status_code == 403
    assert "Choose one of those on its page." in text(response)


def test_a_finished_role_leads_to_its_debrief_and_can_be_played_again(mine: Client, me: Learner) -> None:
    case = make_case()
    (run,) = through(me, case, "production")
    page = mine.get(case.get_absolute_url())
    assert "Play again as Production manager" in text(page)
    assert f'href="{run.get_absolute_url()}debrief/"' in page.content.decode()
    make_run(case, learner=me)
    assert f'href="{run.get_absolute_url()}debrief/"' in mine.get(case.get_absolute_url()).content.decode()


def test_a_draft_is_for_editors_to_look_at_and_for_nobody_to_play(mine: Client) -> None:
    draft = CaseStudyFactory(status="draft", content=small_case())
    assert mine.get(draft.get_absolute_url()).status_code == 404
    editor = Client()
    editor.force_login(make_editor())
    page = editor.get(draft.get_absolute_url())
    assert page.status_code == 200 and "Begin as" not in text(page)
    assert editor.post(draft.get_absolute_url(), {"role": "production"}).status_code == 403


def test_the_comparison_is_locked_until_both_roles_are_finished(mine: Client, me: Learner) -> None:
    case = make_case()
    url = f"{case.get_absolute_url()}compared/"
    for role in ("production", "operations"):
        locked = mine.get(url)
        assert locked.status_code == 403
        assert "The comparison opens after both roles" in text(locked)
        assert "One saw presses" not in text(locked)
        through(me, case, role)
    page = mine.get(url)
    assert page.status_code == 200
    assert "One saw presses, the other a mail." in text(page)
    assert "Compare what the two roles saw" in text(mine.get(case.get_absolute_url()))


def test_a_case_of_one_role_has_nothing_to_compare(mine: Client, me: Learner) -> None:
    content = small_case()
    alone = CaseStudyFactory(content={**content, "roles": content["roles"][:1], "recommendation": ""})
    assert mine.get(f"{alone.get_absolute_url()}compared/").status_code == 404
    page = text(mine.get(alone.get_absolute_url()))
    assert "Begin as Production manager" in page and "Playing both opens" not in page
    assert "you write a recommendation" not in page and "At the end you see your path" in page
    run = play_without_writing(alone, me)
    debrief = text(mine.get(f"{run.get_absolute_url()}debrief/"))
    assert "Go to the other cases" in debrief and "The other chair" not in debrief


def play_without_writing(case: CaseStudy, me: Learner) -> CaseRun:
    return move(make_run(case, learner=me), QUIT[0])


def test_the_list_costs_the_same_whatever_it_holds(
    mine: Client, me: Learner, django_assert_max_num_queries: Any
) -> None:
    case = make_case()
    ask(me, case)
    mine.get("/cases/")
    with django_assert_max_num_queries(LIST_QUERIES) as before:
        mine.get("/cases/")
    through(me, case, "production", "operations")
    for _ in range(5):
        ask(me, CaseStudyFactory(content=small_case()))
    mine.get("/cases/")
    with django_assert_max_num_queries(LIST_QUERIES) as after:
        mine.get("/cases/")
    assert len(after) == len(before)


def test_a_case_costs_the_same_however_often_it_was_played(
    mine: Client, me: Learner, django_assert_max_num_queries: Any
) -> None:
    case = make_case()
    with django_assert_max_num_queries(CASE_QUERIES) as before:
        mine.get(case.get_absolute_url())
    through(me, case, "production", "operations", "production")
    through(LearnerFactory(), case, "production")
    with django_assert_max_num_queries(CASE_QUERIES) as after:
        mine.get(case.get_absolute_url())
    assert len(after) == len(before)


def test_the_comparison_costs_the_same_however_often_both_were_played(
    mine: Client, me: Learner, django_assert_max_num_queries: Any
) -> None:
    case = make_case()
    through(me, case, "production", "operations")
    url = f"{case.get_absolute_url()}compared/"
    with django_assert_max_num_queries(COMPARED_QUERIES) as before:
        mine.get(url)
    through(me, case, "production", "operations")
    with django_assert_max_num_queries(COMPARED_QUERIES) as after:
        mine.get(url)
    assert len(after) == len(before)
