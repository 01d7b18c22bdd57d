"""How others chose: who counts, what is said of each kind of decision, and when it is too little to say."""

import pytest
from django.utils import timezone

from assessments.models import CaseRun, Learner
from assessments.selectors.case_choices import Choices, choices_of, counted, first_runs
from assessments.selectors.case_debrief import FEWEST_OTHERS, Debrief, comparison_of
from assessments.selectors.case_runs import RunPage, own_runs
from concepts.models import CaseStudy
from tests.cases import QUIT, THROUGH, make_case, make_run, move, play, small_case
from tests.factories import CaseStudyFactory, LearnerFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def case() -> CaseStudy:
    return make_case()


def others(case: CaseStudy, count: int = FEWEST_OTHERS, **options: object) -> None:
    for _ in range(count):
        play(make_run(case, **{"role": "operations", **options}), THROUGH)


def debrief(run: CaseRun) -> Debrief:
    return Debrief(RunPage(own_runs(run.learner.user).get(pk=run.pk), NOW))


def mine(case: CaseStudy, role: str = "operations", learner: Learner | None = None) -> CaseRun:
    return play(make_run(case, role=role, learner=learner), THROUGH)


def listed(case: CaseStudy) -> list[Choices]:
    runs = first_runs(CaseRun.objects.filter(case=case))
    return choices_of(case.versions.get().document, counted(runs))


def test_how_others_chose_needs_five_others(case: CaseStudy) -> None:
    run = mine(case)
    others(case, FEWEST_OTHERS - 1)
    assert debrief(run).others == []
    others(case, 1)
    assert [each.decision.key for each in debrief(run).others] == ["overtime", "batch", "budget", "priority"]
    assert {each.total for each in debrief(run).others} == {FEWEST_OTHERS}


def test_oneself_staff_the_other_role_and_runs_that_go_on_are_not_others(case: CaseStudy) -> None:
    run = mine(case)
    others(case, FEWEST_OTHERS - 1)
    mine(case, learner=run.learner)
    mine(case, learner=LearnerFactory(user=UserFactory(is_staff=True)))
    mine(case, learner=LearnerFactory(user=UserFactory(is_superuser=True)))
    mine(case, "production")
    move(make_run(case, role="operations"), THROUGH[0])
    assert debrief(run).others == []


def test_a_decision_that_fewer_than_five_took_is_not_told(case: CaseStudy) -> None:
    run = mine(case)
    others(case, 2)
    for _ in range(3):
        play(make_run(case, role="operations"), QUIT)
    assert [each.decision.key for each in debrief(run).others] == ["overtime"]


def test_only_the_first_run_of_somebody_in_a_role_counts(case: CaseStudy) -> None:
    run = play(make_run(case), QUIT)
    mine(case, "production", run.learner)
    mine(case, "operations", run.learner)
    shares = {share.label: share.count for share in listed(case)[0].shares}
    assert shares == {"Everybody": 0, "The two at the slowest press": 1, "Nobody": 1}


def test_shares_spreads_and_orders_are_said_with_ones_own(case: CaseStudy) -> None:
    run = mine(case)
    others(case)
    overtime, batch, budget, priority = debrief(run).others
    assert [(each.percent, each.is_mine) for each in overtime.shares] == [
        (0, False),
        (100, True),
        (0, False),
    ]
    assert [(each.low, each.middle, each.high, each.mine) for each in batch.spreads] == [
        ("100\u202fpieces",) * 4
    ]
    assert [each.label for each in budget.spreads] == ["Training", "Spare parts"]
    assert [(each.label, each.is_mine) for each in priority.shares] == [
        ("Late orders → Rush orders → New orders", True)
    ]


def test_a_spread_goes_from_the_lowest_over_the_middle_to_the_highest(case: CaseStudy) -> None:
    for size in (20, 60, 200):
        moves = [THROUGH[0], {**THROUGH[1], "batch": {"figures": {"size": size}}}, THROUGH[2]]
        play(make_run(case, role="production"), moves)
    spread = listed(case)[1].spreads[0]
    assert (spread.low, spread.middle, spread.high) == (
        "20\u202fpieces", "60\u202fpieces", "200\u202fpieces",
    )  # fmt: skip


def test_decisions_of_a_role_that_is_not_asked_about_are_left_out(case: CaseStudy) -> None:
    others(case, 1)
    tally, document = counted(first_runs(CaseRun.objects.all())), case.versions.get().document
    assert [each.decision.key for each in choices_of(document, tally, roles=["production"])] == [
        "overtime",
        "batch",
        "priority",
    ]


def test_the_debrief_tells_the_mean_of_the_decisions_and_ones_own_role_first(case: CaseStudy) -> None:
    told = debrief(mine(case))
    assert told.score is not None and 90 <= told.score <= 100
    assert [role.key for role, _text in told.views] == ["operations", "production"]
    assert [len(stage.decided) for stage in told.told] == [1, 2, 1]
    assert told.told[0].decided[0].state == "good"
    assert told.other_role is not None and told.other_role.key == "production"
    assert debrief(play(make_run(case), QUIT)).score == 10


def test_the_comparison_opens_once_both_roles_are_finished(case: CaseStudy) -> None:
    run = mine(case, "production")
    assert comparison_of(case, run.learner.user, NOW) is None
    going = make_run(case, role="operations", learner=run.learner)
    assert comparison_of(case, run.learner.user, NOW) is None
    play(going, QUIT)
    comparison = comparison_of(case, run.learner.user, NOW)
    assert comparison is not None
    assert [side.page.run.role for side in comparison.sides] == ["production", "operations"]
    assert [[view.exhibit.key for view in side.only] for side in comparison.sides] == [
        ["late-chart"],
        ["mail"],
    ]
    assert comparison.text == "One saw presses, the other a mail."
    assert debrief(run).other_role is None


def test_the_comparison_names_nothing_that_was_not_seen_on_the_way() -> None:
    content = small_case()
    next(each for each in content["exhibits"] if each["key"] == "mail")["since"] = "third"
    case = CaseStudyFactory(content=content)
    run = move(make_run(case, role="operations"), QUIT[0])
    move(make_run(case, learner=run.learner), QUIT[0])
    comparison = comparison_of(case, run.learner.user, NOW)
    assert comparison is not None and comparison.sides[1].only == []


def test_the_comparison_takes_the_latest_finished_run_of_each_role(case: CaseStudy) -> None:
    first = mine(case, "production")
    mine(case, "operations", first.learner)
    again = play(make_run(case, learner=first.learner), QUIT)
    comparison = comparison_of(case, first.learner.user, NOW)
    assert comparison is not None and comparison.sides[0].page.run == again
