"""Playing: what comes of decisions depends on the document, the role, the seed and the decisions alone."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concepts.cases.document import Case, Chance
from concepts.cases.playing import MOST_STAGES, NotPlayable, advance, begin, draw, replay
from concepts.cases.reading import read_case
from tests.cases import QUIT, THROUGH, small_case


def case_with(change: Callable[[dict[str, Any]], None]) -> Case:
    content = small_case()
    change(content)
    return read_case(content)


CASE = read_case(small_case())


@given(st.integers(0, 2**63 - 1), st.floats(-50, 50), st.floats(0, 50), st.floats(0.01, 9))
def test_a_seed_draws_within_bounds_and_on_the_steps(seed: int, low: float, room: float, step: float) -> None:
    chance = Chance("rush", "Rush orders", low, low + room, step)
    value = draw([chance], seed)["rush"]
    assert low - 1e-6 <= value <= low + room + 1e-6
    assert abs((value - low) / step - round((value - low) / step)) < 1e-6
    assert draw([chance], seed) == {"rush": value}


def test_what_a_seed_draws_for_one_chance_does_not_hang_on_the_others() -> None:
    rush, rain = Chance("rush", "Rush orders", 0, 1000), Chance("rain", "Rain", 0, 1000)
    for seed in range(20):
        alone, both = draw([rush], seed), draw([rain, rush], seed)
        assert alone["rush"] == both["rush"]
    assert len({draw([rush], seed)["rush"] for seed in range(20)}) > 10


def test_seeds_decide_what_the_same_decisions_come_to() -> None:
    moves = [{"overtime": {"option": "all"}}]
    shares = {replay(CASE, "production", seed, moves).state["on_time"] for seed in range(30)}
    assert shares == {83, 84, 85, 86}


def test_every_effect_is_worked_out_from_the_state_before_the_decision() -> None:
    def swap(content: dict[str, Any]) -> None:
        option = content["stages"][0]["decisions"][0]["options"][1]
        option["effects"] = {"on_time": "cost", "cost": "on_time"}

    play = replay(case_with(swap), "production", 1, [{"overtime": {"option": "few"}}])
    assert play.state == {"on_time": 10, "cost": 80}


def test_a_variable_stays_within_its_bounds() -> None:
    def raise_it(content: dict[str, Any]) -> None:
        content["stages"][0]["decisions"][0]["options"][1]["effects"] = {"on_time": "on_time * 10"}

    assert replay(case_with(raise_it), "production", 1, THROUGH[:1]).state["on_time"] == 100


def test_an_outcome_that_leads_somewhere_goes_before_the_ways_of_its_stage() -> None:
    assert replay(CASE, "operations", 1, QUIT).stage.key == "bad-end"


def test_the_way_depends_on_the_state() -> None:
    assert replay(CASE, "production", 1, THROUGH[:1]).stage.key == "second"
    low = next(seed for seed in range(50) if draw(CASE.chances, seed)["rush"] == 3)
    assert replay(CASE, "production", low, [{"overtime": {"option": "all"}}]).stage.key == "rescue"


def test_each_role_decides_only_what_is_its_own() -> None:
    production, operations = (replay(CASE, role, 1, THROUGH) for role in ("production", "operations"))
    assert [each.decision.key for each in production.steps[1].settled] == ["batch"]
    assert [each.decision.key for each in operations.steps[1].settled] == ["batch", "budget"]
    assert production.is_over and operations.is_over


def test_a_step_keeps_what_was_before_and_what_came_after() -> None:
    step = replay(CASE, "production", 1, THROUGH[:1]).steps[0]
    assert step.before == {"on_time": 80, "cost": 10}
    assert step.after == {"on_time": 85, "cost": 11}
    assert (step.stage.key, step.to) == ("first", "second")


@pytest.mark.parametrize(
    "moves",
    [
        [{}],
        [{"overtime": {"option": "nobody knows"}}],
        [{"overtime": {}}],
        [*THROUGH[:1], {"batch": {"figures": {}}}],
        [*THROUGH[:1], {"batch": {"figures": {"size": "many"}}}],
        [*THROUGH[:2], {"priority": {"order": ["late_ones"]}}],
        [*QUIT, *QUIT],
    ],
)
def test_what_does_not_fit_the_document_is_not_played(moves: list[dict[str, Any]]) -> None:
    with pytest.raises(NotPlayable):
        replay(CASE, "production", 1, moves)


def test_a_role_that_the_case_does_not_have_cannot_begin() -> None:
    with pytest.raises(NotPlayable, match="owner"):
        begin(CASE, "owner", 1)


def test_a_case_that_leads_in_circles_stops_somewhere() -> None:
    def circle(content: dict[str, Any]) -> None:
        content["stages"][0]["next"] = [{"to": "first"}]

    case = case_with(circle)
    play = begin(case, "production", 1)
    for _ in range(MOST_STAGES):
        play = advance(case, play, THROUGH[0])
    with pytest.raises(NotPlayable, match="over"):
        advance(case, play, THROUGH[0])


def test_a_stage_that_leads_nowhere_is_said_by_its_name() -> None:
    def cut(content: dict[str, Any]) -> None:
        content["stages"][0]["next"] = [{"when": "on_time > 500", "to": "second"}]

    with pytest.raises(NotPlayable, match="first leads nowhere"):
        replay(case_with(cut), "production", 1, THROUGH[:1])
