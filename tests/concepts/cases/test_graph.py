from typing import Any

import pytest

from concepts.cases.document import Case
from concepts.cases.graph import best_known, graph, paths, warnings
from concepts.cases.playing import NotPlayable, replay
from concepts.cases.reading import read_case
from tests.concepts.cases.document import document
from tests.concepts.cases.test_checking import put


def case_with(*changes: tuple[str, Any]) -> Case:
    changed = document()
    for path, value in changes:
        put(path, value)(changed)
    return read_case(changed)


def kinds(case: Case) -> list[tuple[str, str]]:
    return [(caution.kind, caution.field) for caution in warnings(case)]


def test_a_whole_case_raises_no_doubt() -> None:
    assert warnings(case_with()) == []


def test_a_graph_shows_the_ways_of_one_role_with_their_reasons() -> None:
    drawn = graph(case_with(), "operations")

    assert drawn.layers == (("first",), ("lost", "second"), ("good", "fair"))
    assert [(edge.target, edge.reason) for edge in drawn.after("first")] == [
        ("lost", "on_time < 75"),
        ("second", "otherwise"),
    ]
    named = drawn.after("second")[0]
    assert (named.target, named.reason, named.decision) == ("good", "Budget: people >= 40", "budget")
    assert "budget" not in [edge.decision for edge in graph(case_with(), "production").edges]
    assert drawn.reaching("lost") == {"lost", "first"}


def test_a_way_that_no_run_can_take_is_not_drawn() -> None:
    options = [(f"stages.0.decisions.0.options.{i}.to", "second") for i in range(3)]
    drawn = graph(case_with(*options), "production")
    assert {edge.target for edge in drawn.after("first")} == {"second"}


@pytest.mark.parametrize(
    ("changes", "kind", "field"),
    [
        ([("stages.0.next", [{"to": "second"}])], "unreachable", "stages.4"),
        ([("stages.1.next", ...)], "dead_end", "stages.1"),
        ([("stages.0.next", [{"to": "first"}])], "endless", "stages.0"),
        ([("stages.0.next", [{"to": "second"}])], "few_endings", "stages"),
        ([("stages.0.decisions.0.roles", ["production"])], "nothing_to_decide", "stages.0"),
        ([("stages.0.exhibits", ["orders", "mail"])], "too_early", "stages.0.exhibits.1"),
        ([("stages.0.decisions.0.options.1.effects.cost", "cost - 2")], "", ""),
        (
            [
                ("stages.0.decisions.0.options.1.effects.cost", "cost - 2"),
                ("stages.0.decisions.0.options.1.effects.on_time", "on_time + 7"),
            ],
            "dominant",
            "stages.0.decisions.0.options.1",
        ),
        ([("variables.2", ...)], "", ""),
        ([("chances.1", {"name": "luck", "label": "L", "minimum": 0, "maximum": 1})], "unused", "chances.1"),
    ],
)
def test_a_doubt_is_said_at_its_place(changes: list[tuple[str, Any]], kind: str, field: str) -> None:
    changed = document()
    for path, value in changes:
        if value is ... and path == "variables.2":
            continue
        holder = changed["chances"] if path == "chances.1" else None
        if holder is not None:
            holder.append(value)
        else:
            put(path, value)(changed)
    found = kinds(read_case(changed))
    assert (kind, field) in found if kind else found == []


def test_a_variable_that_nothing_changes_is_unused() -> None:
    changed = document()
    changed["variables"].append({"name": "morale", "label": "Morale", "initial": 5})
    assert kinds(read_case(changed)) == [("unused", "variables.2")]


@pytest.mark.parametrize("role", ["production", "operations"])
def test_playing_finds_every_ending_and_an_example_that_leads_there(role: str) -> None:
    case = case_with()
    explored = paths(case, role, seed=3)

    assert set(explored.endings) == {"good", "fair", "lost"}
    assert explored.stages == {stage.key for stage in case.stages}
    assert (explored.stuck, explored.cut, explored.fewest) == ([], False, 1)
    for ending, moves in explored.endings.items():
        assert replay(case, role, 3, moves).stage.key == ending


def test_playing_finds_what_only_one_value_of_many_brings_about() -> None:
    narrow = {"when": "size >= 137 and size < 139 and cost > 50", "text": "Just so.", "to": "lost"}
    case = case_with(
        ("stages.0.next", [{"to": "second"}]),
        ("stages.1.decisions.0.figures.0.step", 1),
        ("stages.1.decisions.0.outcomes", [narrow, {"text": "No."}]),
    )
    assert "lost" in paths(case, "production").endings


def test_playing_tells_of_a_run_that_gets_stuck_and_of_one_that_goes_round() -> None:
    failing = case_with(("stages.0.decisions.0.options.0.effects.cost", "cost / surge"))
    seed = next(seed for seed in range(50) if replay(failing, "production", seed, []).chances["surge"] == 0)
    (moves, why), *_ = paths(failing, "production", seed).stuck
    assert moves == ()
    assert "divides by zero" in why

    turning = case_with(("stages.1.next.1.to", "first"), ("stages.0.next", [{"to": "second"}]))
    assert any("circles" in why for _moves, why in paths(turning, "production").stuck)


def test_playing_stops_where_there_is_too_much_to_play() -> None:
    options = document()["stages"][0]["decisions"][0]["options"]
    many = [{**options[0], "key": f"o{i}", "effects": {"cost": f"cost + {i}"}} for i in range(30)]
    changes = [("stages.0.decisions.0.options", many), ("stages.0.next", [{"to": "second"}])]
    explored = paths(case_with(*changes), "production", most=100)
    assert explored.cut
    assert explored.plays < 200
    assert explored.endings


def test_the_best_known_run_decides_what_is_worth_the_most() -> None:
    play = best_known(case_with(), "production")
    assert play.is_over
    assert [each.score for step in play.steps for each in step.settled] == [0.9, 1.0, 1.0]


def test_a_role_that_is_not_there_cannot_be_played() -> None:
    with pytest.raises(NotPlayable):
        paths(case_with(), "cook")
