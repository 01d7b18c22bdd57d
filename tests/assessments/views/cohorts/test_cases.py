"""The pages on which an instructor assigns cases, watches, replays and debriefs."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assignment, CaseRun, Cohort
from concepts.models import CaseStudy
from tests.assessments.views.cohorts.people import text
from tests.cases import make_case, small_case
from tests.cohort_cases import QUIT, THROUGH, WORDS, enrolled, played, written
from tests.factories import AssignmentFactory, CaseStudyFactory, CohortFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> CaseStudy:
    return make_case(title="The late shop", slug="late-shop")


def url(name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=args)


def queries(client: Client, address: str) -> int:
    """How many queries a page takes once it is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


class TestAssigning:
    def test_a_case_is_assigned_changed_and_withdrawn_with_its_history(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        page = url("cohort_assign", cohort.pk, case.slug)
        due = timezone.localtime() + timedelta(days=5)
        posted = {"play_as": "both", "due_at": due.strftime("%Y-%m-%dT%H:%M"), "note": "Bring a pencil."}
        answer = client.post(page, posted, follow=True)
        assert "The case is assigned." in text(answer)
        assignment = Assignment.objects.get()
        assert (assignment.both_roles, assignment.role, assignment.created_by) == (True, "", teacher)
        client.post(page, {"play_as": "operations"})
        assignment.refresh_from_db()
        assert (assignment.role, assignment.due_at, assignment.note) == ("operations", None, "")
        run = played(cohort, case, QUIT)
        answer = client.post(url("cohort_unassign", cohort.pk, case.slug), follow=True)
        assert "Every run stays" in text(answer)
        assert not Assignment.objects.exists()
        assert CaseRun.objects.filter(pk=run.pk).exists()
        told = text(client.get(page))
        assert "assigned by" in told
        assert "withdrawn by" in told
        assert "Bring a pencil." in told

    def test_a_date_that_cannot_be_is_refused_at_its_field_and_nothing_typed_is_lost(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        posted = {"play_as": "production", "due_at": "31 Novembre", "note": "Keep <me>"}
        answer = client.post(url("cohort_assign", cohort.pk, case.slug), posted)
        assert answer.status_code == 422
        assert "“31 Novembre” is not a date and a time." in text(answer)
        assert "Keep &lt;me&gt;" in text(answer)
        assert not Assignment.objects.exists()

    def test_the_list_says_how_far_people_are_and_who_is_late(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        enrolled(cohort)
        played(cohort, case, QUIT)
        AssignmentFactory(cohort=cohort, case=case, due_at=timezone.now() - timedelta(days=1))
        page = text(client.get(url("cohort_cases", cohort.pk)))
        assert "Two people are late with “The late shop”" in page
        assert "2 late" in page

    def test_a_cohort_page_leads_here(self, client: Client, teacher: User, cohort: Cohort) -> None:
        enrolled(cohort)
        assert url("cohort_cases", cohort.pk) in text(client.get(cohort.get_absolute_url()))

    def test_without_cases_the_page_says_so(self, client: Client, teacher: User, cohort: Cohort) -> None:
        assert "None is published yet." in text(client.get(url("cohort_cases", cohort.pk)))


class TestWatching:
    def test_the_headline_says_who_is_stuck_where(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        now = timezone.now()
        played(cohort, case, [], name="Ada Early", at=now - timedelta(days=9))
        played(cohort, case, [], name="Bo Late", at=now)
        played(cohort, case, THROUGH[:1], name="Cy Second", at=now)
        page = text(client.get(url("cohort_case", cohort.pk, case.slug)))
        assert "Two people are at “The first week”, one for nine days" in page
        assert page.index("Ada Early") < page.index("Bo Late")

    def test_the_role_filter_leaves_out_the_other_role(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        played(cohort, case, [], name="Pia Press")
        played(cohort, case, [], name="Omar Order", role="operations")
        page = text(client.get(url("cohort_case", cohort.pk, case.slug), {"role": "operations"}))
        stages = page.split("Not begun")[0]
        assert "Omar Order" in stages
        assert "Pia Press" not in stages

    def test_everybody_at_a_place_is_listed_by_the_page(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        for number in range(8):
            played(cohort, case, QUIT, name=f"Pat No{number}")
        page = text(client.get(url("cohort_case", cohort.pk, case.slug)))
        address = url("cohort_case_people", cohort.pk, case.slug, "written")
        assert f'href="{address}"' in page
        assert "and 2 more" in page
        everybody = text(client.get(address))
        assert all(f"Pat No{number}" in everybody for number in range(8))

    @pytest.mark.parametrize("where", ["at-nowhere", "end-nowhere", "on-first", "nothing"])
    def test_an_unknown_place_is_not_found(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy, where: str
    ) -> None:
        assert client.get(url("cohort_case_people", cohort.pk, case.slug, where)).status_code == 404

    def test_who_has_not_begun_is_listed_too(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        enrolled(cohort, "Uma Unbegun")
        page = text(client.get(url("cohort_case_people", cohort.pk, case.slug, "unbegun")))
        assert "Uma Unbegun" in page

    def test_another_cohorts_people_are_not_here(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        played(CohortFactory(), case, QUIT, name="Zoe Elsewhere")
        for name in ("cohort_case", "cohort_choices", "cohort_slides"):
            assert "Zoe" not in text(client.get(url(name, cohort.pk, case.slug)))
        assert "Nobody has begun" in text(client.get(url("cohort_case", cohort.pk, case.slug)))


class TestReplaying:
    def test_each_step_shows_forecast_decision_consequence_and_score(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        run = played(cohort, case, THROUGH, role="operations", name="Ada Lane")
        first = text(client.get(url("cohort_replay", cohort.pk, run.pk)))
        assert "1 of 4" in first
        assert "It rose before." in first
        assert "The two at the slowest press" in first
        assert "The slowest press keeps running." in first
        assert "The slowest press sets the pace." in first
        assert "A mail from the customer" in first
        assert 'id="exhibit-mail"' in first
        assert "The telephone" not in first
        assert 'rel="next" href="?step=2"' in first
        last = text(client.get(url("cohort_replay", cohort.pk, run.pk), {"step": "last"}))
        assert "4 of 4" in last
        assert "They stay" in last

    @pytest.mark.parametrize(
        ("step", "place"), [("0", "1 of 2"), ("99", "2 of 2"), ("x", "1 of 2"), ("²", "1 of 2")]
    )
    def test_a_step_that_is_none_becomes_the_nearest(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy, step: str, place: str
    ) -> None:
        run = played(cohort, case, QUIT)
        assert place in text(client.get(url("cohort_replay", cohort.pk, run.pk), {"step": step}))

    def test_notes_are_never_shown(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        run = played(cohort, case, QUIT)
        CaseRun.objects.filter(pk=run.pk).update(notes="My private worry")
        for step in ("1", "last"):
            assert "private worry" not in text(
                client.get(url("cohort_replay", cohort.pk, run.pk), {"step": step})
            )

    def test_the_run_of_somebody_elsewhere_is_not_found(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        run = played(CohortFactory(), case, QUIT, writes=True)
        assert client.get(url("cohort_replay", cohort.pk, run.pk)).status_code == 404
        assert client.get(url("grading_replay", cohort.pk, written(run).pk)).status_code == 404


class TestGrading:
    def test_the_recommendation_waits_under_the_title_of_the_case(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        played(cohort, case, QUIT, writes=True)
        assert "The late shop" in text(client.get(url("grading", cohort.pk)))
        page = text(client.get(url("cohort_case", cohort.pk, case.slug)))
        assert "Grade 1 recommendation" in page
        assert url("grading_pile", cohort.pk, "case-late-shop") in page
        assert "Learner" in text(client.get(url("grading_pile", cohort.pk, "case-late-shop")))

    def test_citations_lead_to_exhibits_and_no_name_is_told(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        run = played(cohort, case, QUIT, name="Ada Lane", writes=True)
        item = written(run)
        sheet = text(client.get(url("grading_answer", cohort.pk, item.pk)))
        replay = url("grading_replay", cohort.pk, item.pk)
        assert f'href="{replay}?step=last#exhibit-orders"' in sheet
        assert "keep [E9] out" in sheet
        assert "&lt;b&gt;plainly" in sheet
        assert "Ada Lane" not in sheet
        assert url("cohort_replay", cohort.pk, run.pk) not in sheet
        again = text(client.get(replay))
        assert "Ada Lane" not in again
        assert run.learner.user.email not in again
        assert "<time" not in again  # nor when it was, which the page of the case tells with names
        assert f"/learners/{run.learner_id}/" not in again
        assert "<h1" in again
        assert "Learner " in again
        assert WORDS[:20] in text(client.get(replay, {"step": "last"}))
        client.post(url("grading_names", cohort.pk), {"show": "1"})
        assert url("cohort_replay", cohort.pk, run.pk) in text(
            client.get(url("grading_answer", cohort.pk, item.pk))
        )


class TestTeaching:
    def test_the_note_and_the_reasoning_of_both_roles_are_there(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        page = text(client.get(url("cohort_case_note", cohort.pk, case.slug)))
        assert "Begin with the slowest press." in page
        assert "Promises first." in page

    def test_slides_are_made_from_what_the_cohort_decided(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        assert "Nobody in this cohort has decided" in text(
            client.get(url("cohort_slides", cohort.pk, case.slug))
        )
        played(cohort, case, QUIT)
        played(cohort, case, THROUGH, role="operations")
        page = text(client.get(url("cohort_slides", cohort.pk, case.slug)))
        assert page.count('class="tk-slide"') == 6
        assert "1 of 6" in page
        assert "The two roles compared" in page
        assert "expected <b>84 %</b>" in page.replace("\u202f", " ")
        assert "A rescue" not in page

    def test_decisions_are_shown_role_by_role_and_nothing_for_nobody(
        self, client: Client, teacher: User, cohort: Cohort, case: CaseStudy
    ) -> None:
        address = url("cohort_choices", cohort.pk, case.slug)
        empty = text(client.get(address))
        assert "Nobody has decided anything in this case yet" in empty
        assert "The first week" not in empty
        played(cohort, case, QUIT)
        played(cohort, case, THROUGH, role="operations")
        page = text(client.get(address))
        assert "How 2 runs of this case went" in page
        assert "<b>Production manager</b>, 1 person" in page
        assert "A rescue" not in page
        assert "Budget" not in text(client.get(address, {"role": "production"}))


def test_no_page_takes_more_queries_for_twenty_people_than_for_two(
    client: Client, teacher: User, cohort: Cohort, case: CaseStudy
) -> None:
    def grow(count: int) -> None:
        for _ in range(count):
            enrolled(cohort)
            played(cohort, case, QUIT, writes=True)
            played(cohort, case, THROUGH[:1], role="operations")
            played(cohort, case, THROUGH, role="operations")
            AssignmentFactory(cohort=cohort, case=CaseStudyFactory(content=small_case()))

    names = ("cohort_case", "cohort_choices", "cohort_slides")
    addresses = [url("cohort_cases", cohort.pk), *(url(name, cohort.pk, case.slug) for name in names)]
    addresses += [
        url("cohort_case_people", cohort.pk, case.slug, place)
        for place in ("written", "unbegun", "end-bad-end")
    ]
    grow(2)
    before = [queries(client, address) for address in addresses]
    grow(18)
    after = [queries(client, address) for address in addresses]
    assert after == before
    assert max(after) <= 20
