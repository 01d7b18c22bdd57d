"""What holds of every case that the check lets pass, whatever is decided in it."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from concepts.cases.answering import misfits
from concepts.cases.candidates import candidates
from concepts.cases.checking import check_case
from concepts.cases.document import Case
from concepts.cases.graph import best_known, graph, paths
from concepts.cases.playing import Play, advance, begin, replay
from concepts.cases.reading import read_case
from concepts.cases.shape import ordered
from tests.concepts.cases.generated import HIGH, LOW, cases

roles = st.sampled_from(["production", "operations"])
seeds = st.integers(0, 2**63 - 1)
FEW = settings(max_examples=60, deadline=None)


def any_run(case: Case, role: str, seed: int, dice: random.Random) -> Play:
    play = begin(case, role, seed)
    while not play.is_over:
        names = {**play.chances, **play.state}
        answers = {each.key: dice.choice(candidates(each, names)) for each in play.stage.decisions_of(role)}
        play = advance(case, play, answers)
    return play


@FEW
@given(document=cases(), role=roles, seed=seeds)
def test_every_path_of_a_case_that_passes_its_check_ends(
    document: dict[str, Any], role: str, seed: int
) -> None:
    assert check_case(document) == []
    case = read_case(document)

    explored = paths(case, role, seed, most=2_000)

    assert explored.stuck == []
    assert explored.endings
    for ending, moves in explored.endings.items():
        assert replay(case, role, seed, moves).stage.key == ending
    drawn = graph(case, role)
    assert explored.stages <= {stage.key for stage in drawn.nodes}
    assert best_known(case, role, seed).is_over


@FEW
@given(document=cases(), role=roles, seed=seeds, luck=seeds)
def test_a_run_is_replayed_as_it_was_within_all_bounds(
    document: dict[str, Any], role: str, seed: int, luck: int
) -> None:
    case = read_case(document)
    play = any_run(case, role, seed, random.Random(luck))
    moves = [{each.decision.key: each.answer for each in step.settled} for step in play.steps]

    assert replay(case, role, seed, moves) == play
    for step in play.steps:
        for each in step.settled:
            assert 0 <= each.score <= 1
            assert all(LOW <= value <= HIGH for value in each.after.values())
    assert all(-3 <= value <= 3 for value in play.chances.values())


@FEW
@given(document=cases(), role=roles, seed=seeds)
def test_what_is_tried_could_be_answered(document: dict[str, Any], role: str, seed: int) -> None:
    case = read_case(document)
    play = begin(case, role, seed)
    for decision in case.decisions():
        tried = candidates(decision, {**play.chances, **play.state})
        assert tried
        assert [misfits(decision, answer) for answer in tried] == [[]] * len(tried)


@FEW
@given(document=cases(), role=roles)
def test_the_order_of_keys_changes_nothing(document: dict[str, Any], role: str) -> None:
    mixed = shuffled(document)
    assert ordered(mixed) == document
    assert list(ordered(mixed)) == list(ordered(document))
    assert paths(read_case(mixed), role, 1, most=200) == paths(read_case(document), role, 1, most=200)


def shuffled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: shuffled(value[name]) for name in sorted(value, key=lambda name: (len(name), name))}
    return [shuffled(entry) for entry in value] if isinstance(value, list) else value
