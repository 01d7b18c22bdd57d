"""Moves: forecasts that stand, drafts that lose nothing, decisions that are evidence at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assessments.management.commands.rebuild_progress import snapshot
from assessments.models import Attempt, CaseMove, CaseRun, Evidence, ObjectiveState
from assessments.services import case_moves
from assessments.services.answers import Outcome
from assessments.services.case_moves import MOST_REASON, Undecided, decide, record_forecast, save_draft
from assessments.services.cases import Stale
from assessments.services.errors import Refused
from assessments.services.evidence import rebuild_learner
from concepts.models import Objective
from tests.cases import QUIT, THROUGH, make_case, make_run, move, play, small_case
from tests.factories import CaseStudyFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
FEW, ALL = ({"overtime": {"option": option}} for option in ("few", "all"))


def forecast(run: CaseRun, value: float = 80, *, position: int = 1, reason: str = "So.") -> CaseMove:
    return record_forecast(run=run, position=position, value=value, reason=reason, now=NOW)


def draft(run: CaseRun, option: str, revision: int, position: int = 1) -> Any:
    return save_draft(run=run, position=position, draft={"overtime": [option]}, revision=revision, now=NOW)


def settle(
    run: CaseRun, answers: Any, *, position: int = 1, revision: int = 0, at: datetime = NOW
) -> CaseRun:
    return decide(run=run, position=position, answers=answers, draft={}, revision=revision, now=at)


def test_a_forecast_is_kept_with_its_moment() -> None:
    run = make_run()
    forecast(run, 83.5, reason="The press is mended.")
    kept = run.moves.get()
    assert (kept.forecast, kept.reason, kept.forecast_at) == (83.5, "The press is mended.", NOW)
    assert (kept.stage, kept.position, kept.submitted_at) == ("first", 1, None)


def test_the_same_forecast_again_changes_nothing_and_another_one_is_refused() -> None:
    run = make_run()
    forecast(run, 83)
    assert forecast(run, 83).forecast == 83
    with pytest.raises(Refused, match="it stands"):
        forecast(run, 84)
    with pytest.raises(Refused, match="it stands"):
        forecast(run, 83, reason="Another reason.")
    assert run.moves.get().forecast == 83


def test_a_very_long_reason_is_cut() -> None:
    run = make_run()
    assert len(forecast(run, reason="a" * (MOST_REASON + 5)).reason) == MOST_REASON


@pytest.mark.parametrize("position", [0, 2, 7])
def test_a_stage_in_which_the_run_does_not_stand_has_no_forecast(position: int) -> None:
    with pytest.raises(Stale):
        forecast(make_run(), position=position)
    assert not CaseMove.objects.exists()


def test_after_the_end_nothing_is_forecast_saved_or_decided() -> None:
    run = move(make_run(), QUIT[0])
    for act in (lambda: forecast(run, position=2), lambda: settle(run, FEW, position=2)):
        with pytest.raises(Stale):
            act()
    with pytest.raises(Stale):
        draft(run, "few", 0, position=2)
    assert run.moves.count() == 1


def test_decisions_wait_for_the_forecast() -> None:
    run = make_run()
    with pytest.raises(Refused, match="forecast first"):
        settle(run, FEW)
    assert not Evidence.objects.exists()


def test_a_draft_is_kept_as_it_was_typed_and_nothing_follows_from_it() -> None:
    run = make_run()
    saved = draft(run, "few", 0)
    assert (saved.outcome, saved.move.revision, saved.move.draft) == (
        Outcome.SAVED, 1, {"overtime": ["few"]},
    )  # fmt: skip
    assert (run.moves.get().answers, run.moves.get().submitted_at) == ({}, None)
    assert not Evidence.objects.exists()


def test_the_same_draft_again_writes_nothing_and_a_stale_tab_overwrites_nothing() -> None:
    run = make_run()
    draft(run, "few", 0)
    assert draft(run, "few", 0).outcome is Outcome.UNCHANGED
    stale = draft(run, "all", 0)
    assert (stale.outcome, stale.move.draft) == (Outcome.STALE, {"overtime": ["few"]})
    assert draft(run, "all", 1).outcome is Outcome.SAVED
    assert run.moves.get().revision == 2


def test_a_draft_that_comes_after_the_decision_is_refused_even_if_it_says_the_same() -> None:
    run = make_run()
    forecast(run)
    draft(run, "few", 0)
    settle(run, FEW, revision=1)
    before = CaseMove.objects.values().get()
    for option in ("few", "all"):
        assert draft(run, option, 2).outcome is Outcome.CLOSED
    assert CaseMove.objects.values().get() == before | {"draft": before["draft"]}


def test_a_decision_moves_the_run_and_is_evidence_at_once() -> None:
    run = make_run()
    forecast(run)
    after = settle(run, ALL)
    piece = Evidence.objects.get()
    assert (after.stages_done, after.last_at) == (1, NOW)
    assert after.stage == after.play().stage.key in ("second", "rescue")
    assert (piece.score, piece.origin, piece.decision, piece.at) == (0.4, "case", "overtime", NOW)
    assert (piece.item, piece.question, piece.move) == (None, None, run.moves.get())
    assert piece.objective.code == "CAS-1"
    assert ObjectiveState.objects.get().last_score == 0.4


def test_every_decision_of_a_stage_is_evidence_of_its_own_and_no_score_leaves_its_bounds() -> None:
    play(make_run(role="operations"), THROUGH)
    scores = dict(Evidence.objects.exclude(decision="").values_list("decision", "score"))
    assert set(scores) == {"overtime", "batch", "budget", "priority"}
    assert all(0 <= score <= 1 for score in scores.values())
    assert scores["batch"] == scores["priority"] == 1


def test_rebuilding_from_the_evidence_gives_the_same_states() -> None:
    run = play(make_run(role="operations"), THROUGH, "The slowest press sets the pace of all.")
    before = snapshot(run.learner)
    rebuild_learner(learner=run.learner)
    assert snapshot(run.learner) == before != [[], [], []]


def test_the_same_decisions_again_change_nothing_and_others_are_refused() -> None:
    run = make_run()
    forecast(run)
    settle(run, FEW)
    again = settle(run, FEW, at=NOW + timedelta(minutes=1))
    assert (again.stages_done, again.last_at) == (1, NOW)
    with pytest.raises(Stale):
        settle(run, ALL)
    assert Evidence.objects.count() == 1
    assert run.moves.get(position=1).answers == FEW


def test_a_page_that_does_not_know_the_latest_draft_decides_nothing() -> None:
    run = make_run()
    forecast(run)
    draft(run, "few", 0)
    with pytest.raises(Stale) as stale:
        settle(run, ALL, revision=0)
    assert stale.value.move is not None
    assert stale.value.move.draft == {"overtime": ["few"]}
    assert settle(run, FEW, revision=1).stages_done == 1


@pytest.mark.parametrize("position", [0, 2, 9])
def test_a_stage_in_which_the_run_does_not_stand_is_not_decided(position: int) -> None:
    run = make_run()
    forecast(run)
    with pytest.raises(Stale):
        settle(run, FEW, position=position)


@pytest.mark.parametrize("answers", [{}, {"overtime": {"option": "x"}}, {"priority": {"order": []}}])
def test_what_cannot_stand_is_said_by_decision_and_nothing_is_kept(answers: Any) -> None:
    run = make_run()
    forecast(run)
    with pytest.raises(Undecided) as refusal:
        settle(run, answers)
    assert (list(refusal.value.problems), refusal.value.status) == ([("overtime", "")], 422)
    assert run.moves.get().revision == 0


def test_an_answer_to_a_decision_of_the_other_role_is_left_out() -> None:
    run = move(make_run(role="production"), THROUGH[0])
    move(run, THROUGH[1])
    forecast_of_two = run.moves.get(position=2)
    assert list(forecast_of_two.answers) == ["batch"]


def test_the_last_decision_ends_the_run_and_leaves_the_recommendation() -> None:
    run = move(make_run(), QUIT[0], now=NOW)
    assert (run.stage, run.ended_at, run.finished_at) == ("bad-end", NOW, None)
    assert Attempt.objects.get().is_open


def test_an_objective_that_is_gone_is_passed_over() -> None:
    make_case()
    content = small_case("NON-9")
    run = make_run(CaseStudyFactory(content={**content, "recommendation": ""}))
    assert move(run, FEW).stages_done == 1
    assert not Objective.objects.filter(code="NON-9").exists()
    assert not Evidence.objects.exists()


def test_a_crash_between_the_decision_and_its_evidence_leaves_neither(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = make_run()
    forecast(run)

    def fail(**_: object) -> None:
        raise OSError

    monkeypatch.setattr(case_moves, "append_evidence", fail)
    with pytest.raises(OSError):
        settle(run, FEW)
    run.refresh_from_db()
    assert (run.stage, run.stages_done, run.moves.get().submitted_at) == ("first", 0, None)
    monkeypatch.undo()
    assert settle(run, FEW).stages_done == 1
