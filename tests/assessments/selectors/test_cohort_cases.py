"""How a cohort stands in its cases, what it decided, and any run once more."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import CaseRun, Cohort
from assessments.selectors.cohort_case import cohort_case, people_at
from assessments.selectors.cohort_cases import Stand, cohort_cases, stands_of
from assessments.selectors.cohort_choices import cohort_choices
from assessments.selectors.cohort_outcomes import MOST_REPLAYED, Tally, tallies
from assessments.selectors.cohort_replay import replay_of, replayable
from assessments.selectors.cohort_slides import Slides
from concepts.models import CaseStudy
from tests.cases import make_case, small_case
from tests.cohort_cases import NOW, QUIT, THROUGH, enrolled, played
from tests.factories import AssignmentFactory, CaseStudyFactory, CohortFactory

pytestmark = pytest.mark.django_db
EVERYBODY: dict[str, Any] = {"overtime": {"option": "all"}}


@pytest.fixture
def cohort() -> Cohort:
    made: Cohort = CohortFactory()
    return made


@pytest.fixture
def case() -> CaseStudy:
    return make_case(slug="late-shop")


def stand(cohort: Cohort, case: CaseStudy, **asked: Any) -> Stand:
    assignment = AssignmentFactory(cohort=cohort, case=case, **asked) if asked else None
    return stands_of(cohort, {case.pk: assignment})[case.pk]


def test_each_person_is_counted_once_however_often_they_play(cohort: Cohort, case: CaseStudy) -> None:
    enrolled(cohort)
    played(cohort, case, [])
    played(cohort, case, QUIT)
    done = played(cohort, case, QUIT, writes=True)
    played(cohort, case, QUIT, writes=True, learner=done.learner)
    played(cohort, case, QUIT, learner=done.learner)
    assert stand(cohort, case) == Stand(learners=4, in_it=1, writing=1, finished=1)
    assert stand(cohort, case).unbegun == 1


def test_a_run_in_a_role_that_was_not_asked_for_does_not_count(cohort: Cohort, case: CaseStudy) -> None:
    played(cohort, case, QUIT, writes=True)
    assert stand(cohort, case, role="operations") == Stand(learners=1)


def test_both_roles_are_through_once_both_are_finished(cohort: Cohort, case: CaseStudy) -> None:
    one = played(cohort, case, QUIT, writes=True)
    played(cohort, case, QUIT, writes=True)
    played(cohort, case, QUIT, role="operations", writes=True, learner=one.learner)
    assert stand(cohort, case, both_roles=True) == Stand(learners=2, in_it=1, finished=1)


def test_assigned_cases_come_first_by_when_they_are_due_and_say_who_is_late(
    cohort: Cohort, case: CaseStudy
) -> None:
    later, never, plain = (CaseStudyFactory(content=small_case(), position=place) for place in (1, 2, 3))
    CaseStudyFactory(content=small_case(), status="draft")
    AssignmentFactory(cohort=cohort, case=never)
    AssignmentFactory(cohort=cohort, case=later, due_at=NOW + timedelta(days=1))
    AssignmentFactory(cohort=cohort, case=case, due_at=NOW - timedelta(days=1))
    enrolled(cohort)
    shown = cohort_cases(cohort, "", NOW)
    assert [line.case for line in shown.lines] == [case, later, never, plain]
    assert [(line.case, late) for line, late in shown.late] == [(case, 1)]


def test_a_case_that_was_assigned_and_then_taken_back_is_still_listed(
    cohort: Cohort, case: CaseStudy
) -> None:
    AssignmentFactory(cohort=cohort, case=case)
    CaseStudy.objects.filter(pk=case.pk).update(status="draft")
    assert [line.case for line in cohort_cases(cohort, "", NOW).lines] == [case]
    assert cohort_cases(CohortFactory(), "", NOW).lines == []


def test_time_at_a_stage_counts_from_the_decision_that_led_there(cohort: Cohort, case: CaseStudy) -> None:
    played(cohort, case, THROUGH[:1], at=NOW - timedelta(days=4))
    shown = cohort_case(cohort, case, "", NOW)
    place = next(place for place in shown.stages if place.count)
    assert place.since == NOW - timedelta(days=4) + timedelta(minutes=1)
    assert place.days(NOW) == 4
    assert shown.heading == f"One person is at “{place.title}”, for four days"


def test_the_headline_when_nobody_stands_anywhere(cohort: Cohort, case: CaseStudy) -> None:
    enrolled(cohort)
    assert cohort_case(cohort, case, "", NOW).heading == "Nobody has begun this case yet"
    played(cohort, case, QUIT, writes=True)
    assert cohort_case(cohort, case, "", NOW).heading == "Nobody is in the middle of this case"
    last = cohort.memberships.exclude(learner__case_runs__isnull=False).get()
    played(cohort, case, QUIT, writes=True, learner=last.learner)
    assert cohort_case(cohort, case, "", NOW).heading == "Everybody has finished this case"


def test_the_headline_names_the_recommendation_where_most_wait_there(cohort: Cohort, case: CaseStudy) -> None:
    for _ in range(2):
        played(cohort, case, QUIT, at=NOW)
    assert cohort_case(cohort, case, "", NOW).heading == "Two people have the recommendation still to write"


def test_a_stage_that_a_later_version_has_no_more_keeps_its_people_and_its_title(
    cohort: Cohort, case: CaseStudy
) -> None:
    played(cohort, case, [], name="Ada Old")
    case.content["stages"][0]["key"] = "opening"
    case.save()
    shown = cohort_case(cohort, case, "", NOW)
    assert [(place.title, place.count) for place in shown.stages][-1] == ("The first week", 1)
    listed = people_at(cohort, case, "at-first", "", "")
    assert listed is not None
    assert [person.name for person in listed.people] == ["Ada Old"]


def test_endings_count_people_and_not_runs(cohort: Cohort, case: CaseStudy) -> None:
    run = played(cohort, case, QUIT, writes=True)
    played(cohort, case, QUIT, writes=True, learner=run.learner)
    shown = cohort_case(cohort, case, "", NOW)
    assert {place.title: place.count for place in shown.endings} == {
        "They stay": 0,
        "On probation": 0,
        "They leave": 1,
    }


def test_forecasts_stand_beside_what_came_as_medians(cohort: Cohort, case: CaseStudy) -> None:
    for expected in (70, 80, 81):
        played(cohort, case, THROUGH[:1], forecast=expected)
    shown = cohort_choices(cohort, case)
    first = shown.stages[0].expected[0]
    assert (first.people, first.forecast, first.came, first.missed_by) == (
        3,
        "80\u202f%",
        "85\u202f%",
        "5\u202f%",
    )


def test_choices_are_counted_by_role_and_only_of_the_first_run(cohort: Cohort, case: CaseStudy) -> None:
    run = played(cohort, case, QUIT, writes=True)
    played(cohort, case, THROUGH[:1], learner=run.learner)
    played(cohort, case, [EVERYBODY], role="operations")
    taken = cohort_choices(cohort, case).stages[0].decisions[0].taken
    counts = {each.role: [share.count for share in each.choices.shares] for each in taken}
    assert counts == {"production": [0, 0, 1], "operations": [1, 0, 0]}
    assert {each.role: each.score for each in taken} == {"production": 10, "operations": 40}


def test_only_the_latest_runs_are_replayed_and_the_page_says_so(
    cohort: Cohort, case: CaseStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("cohort_outcomes", "cohort_choices"):
        monkeypatch.setattr(f"assessments.selectors.{name}.MOST_REPLAYED", 2)
    for _ in range(3):
        played(cohort, case, QUIT)
    shown = cohort_choices(cohort, case)
    assert shown.tally["production"].runs == 2
    assert (shown.played, shown.is_sampled) == (3, True)
    assert shown.stages[0].decisions[0].taken[0].choices.total == 3
    assert MOST_REPLAYED == 400


def test_what_most_came_to_is_discussed_with_the_words_of_the_author(cohort: Cohort, case: CaseStudy) -> None:
    for moves in (QUIT, THROUGH[:1], THROUGH[:1]):
        played(cohort, case, moves)
    slide = Slides(cohort_choices(cohort, case)).stages[0]
    assert slide.discussed is not None
    assert slide.discussed.came.reasoning == "The slowest press sets the pace."
    assert slide.discussed.words == "Overtime: 2 of 3 came to this. The author says"


def test_slides_compare_the_roles_by_what_their_runs_ended_with(cohort: Cohort, case: CaseStudy) -> None:
    played(cohort, case, QUIT)
    played(cohort, case, THROUGH, role="operations")
    slides = Slides(cohort_choices(cohort, case))
    rows = {row.label: row.values for row in slides.compared}
    assert rows["On-time share at the end, median"] == ["72\u202f%", "90\u202f%"]
    assert [(share.label, share.count) for share in slides.endings] == [
        ("They stay", 1),
        ("On probation", 0),
        ("They leave", 1),
    ]
    assert slides.count == 6


def test_nobody_has_no_score_and_nothing_in_common() -> None:
    assert Tally().score is None
    assert tallies(CaseRun.objects.none()) == ({}, 0)


def test_a_replay_is_the_run_as_it_was_played(cohort: Cohort, case: CaseStudy) -> None:
    run = played(cohort, case, [EVERYBODY])
    case.content["stages"][0]["decisions"][0]["options"][0]["effects"] = {"on_time": "0"}
    case.save()
    shown = replay_of(replayable(cohort).get(pk=run.pk), "Ada", "1", "", NOW)
    rush = shown.page.play.chances["rush"]
    assert shown.figures[0].variable.name == "on_time"
    assert shown.figures[0].values == [80, 86 - rush]
    assert [each.words for each in shown.decided] == ["Everybody"]


def test_exhibits_and_questions_of_a_step_are_those_of_its_role(cohort: Cohort, case: CaseStudy) -> None:
    run = played(cohort, case, THROUGH, role="operations")
    first, last = (replay_of(replayable(cohort).get(pk=run.pk), "", step, "", NOW) for step in ("1", "last"))
    assert [view.exhibit.key for view in first.exhibits] == ["orders", "mail"]
    assert [each.item.version.question.slug for each in first.checkpoints] == ["small-case-late"]
    assert last.past is None
    assert last.stage.key == "good-end"
    assert last.recommendation is None


def test_checkpoints_are_counted_without_asking_for_the_runs_of_each_answer(
    cohort: Cohort, case: CaseStudy
) -> None:
    """Joined to the answers, the runs took seconds for three thousand people."""
    enrolled(cohort)
    with CaptureQueriesContext(connection) as captured:
        cohort_choices(cohort, case)
    (counting,) = [each["sql"] for each in captured if "assessments_attemptitem" in each["sql"]]
    outer = counting.split("(SELECT")[0]
    assert '"assessments_caserun"' not in outer
