"""The workspace of a run: where it stands, how the figures went, what was forecast and decided."""

from typing import Any

import pytest
from django.utils import timezone

from assessments.models import CaseRun
from assessments.selectors.case_questions import CaseQuestionPage
from assessments.selectors.case_runs import RunPage, answer_words, own_runs
from assessments.services.answers import check_answer
from tests.cases import QUIT, THROUGH, make_run, move, play
from tests.factories import LearnerFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def page(run: CaseRun) -> RunPage:
    return RunPage(own_runs(run.learner.user).get(pk=run.pk), NOW)


def question(run: CaseRun, position: int) -> CaseQuestionPage:
    return CaseQuestionPage(
        run.attempt.items.select_related("attempt", "version").get(position=position), NOW
    )


def test_a_run_that_has_just_begun() -> None:
    shown = page(make_run(role="operations"))
    assert (shown.stage.key, shown.position, shown.is_over, shown.needs_forecast) == ("first", 1, False, True)
    assert (shown.past, shown.last, shown.history) == ([], None, [])
    assert shown.role_text == "The customer is on the telephone."
    assert [tick.number for tick in shown.ticks] == [1]
    assert [(view.now, view.change) for view in shown.variables] == [("80\u202f%", ""), ("10.0\u202fk€", "")]
    assert [each.title for each in shown.checkpoints] == [shown.items["small-case-late"].version.title]


def test_figures_go_with_the_decisions() -> None:
    shown = page(move(make_run(), THROUGH[0]))
    share, cost = shown.variables
    assert (share.before, share.now, share.change, share.is_better) == ("80\u202f%", "85\u202f%", "+5", True)
    assert (cost.change, cost.is_better) == ("+1.0", False)
    assert [row.figures for row in shown.history] == [["85\u202f%", "11.0\u202fk€"]]
    assert "From 80\u202f% to 85\u202f%." in share.course


def test_a_share_is_off_by_points_and_another_figure_by_its_unit() -> None:
    shown = page(move(make_run(), THROUGH[0], forecast=80))
    assert [past.missed_by for past in shown.past] == ["5 percentage points"]
    off = page(move(move(make_run(shown.run.case, role="operations"), THROUGH[0]), THROUGH[1], forecast=10))
    assert off.past[1].missed_by == "2.0\u202fk€"
    assert page(move(make_run(shown.run.case), THROUGH[0], forecast=85)).past[0].missed_by == ""


def test_a_forecast_is_kept_beside_what_came() -> None:
    past = page(move(make_run(), THROUGH[0], forecast=81.5)).last
    assert past is not None
    assert (past.forecast, past.came_out, past.missed_by) == (
        "81.5\u202f%",
        "85\u202f%",
        "3.5 percentage points",
    )
    exact = page(move(make_run(past.move.run.case), THROUGH[0], forecast=85)).last
    assert exact is not None and exact.missed_by == ""


def test_decisions_are_said_in_a_line() -> None:
    shown = page(play(make_run(role="operations"), THROUGH))
    words = [answer_words(done.decision, done) for past in shown.past for done in past.step.settled]
    assert words == [
        "The two at the slowest press",
        "Batch: 100\u202fpieces",
        "Training: 10\u202fk€ · Spare parts: 20\u202fk€",
        "Late orders → Rush orders → New orders",
    ]


def test_a_stage_without_a_forecast_asks_for_none_and_says_none() -> None:
    run = move(move(make_run(), THROUGH[0]), THROUGH[1])
    assert not page(run).needs_forecast
    past = page(move(run, THROUGH[2])).last
    assert past is not None
    assert (past.forecast, past.came_out, past.missed_by, past.variable) == ("", "", "", None)


def test_at_the_end_every_checkpoint_of_the_path_is_listed() -> None:
    shown = page(move(make_run(), QUIT[0]))
    assert shown.is_over and len(shown.checkpoints) == 1
    assert [tick.current for tick in shown.ticks] == [False]


def test_only_reached_questions_can_be_opened() -> None:
    run = make_run()
    assert question(run, 1).is_reached and not question(run, 2).is_reached
    run = move(run, QUIT[0])
    assert question(run, 1).is_reached and question(run, 2).is_reached
    assert question(run, 2).is_recommendation


def test_a_question_of_a_case_leads_back_to_it_and_in_the_end_to_the_debrief() -> None:
    run = make_run()
    assert question(run, 1).onward.url == question(run, 1).leave_url == run.get_absolute_url()
    done = play(run)
    assert question(done, 2).onward.url.endswith("/debrief/")


def test_a_checkpoint_shows_how_it_went() -> None:
    run = make_run()
    item = run.attempt.items.get(position=1)
    assert page(run).checkpoints[0].percent is None
    check_answer(item=item, posted={}, revision=0, now=NOW, gives_up=True)
    assert page(run).checkpoints[0].percent == 0


def test_nobody_finds_the_run_of_somebody_else() -> None:
    run = make_run()
    assert not own_runs(LearnerFactory().user).filter(pk=run.pk).exists()


def test_a_run_is_read_in_two_queries_however_long_it_is(django_assert_num_queries: Any) -> None:
    run = play(make_run(role="operations"), THROUGH)
    me = run.learner.user
    with django_assert_num_queries(2):
        shown = RunPage(own_runs(me).get(pk=run.pk), NOW)
        assert len(shown.past) == 3 and shown.variables and shown.exhibits
