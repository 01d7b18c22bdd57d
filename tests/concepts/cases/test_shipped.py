"""Every ending of every shipped case, played."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from concepts.cases.checking import check_case
from concepts.cases.graph import best_known, paths
from concepts.cases.playing import replay
from concepts.cases.reading import read_case
from concepts.coursepack.cases import COMMON

FILES = sorted((Path(__file__).parents[3] / "concepts" / "course" / "cases").glob("*.yaml"))


def content_of(path: Path) -> dict[str, Any]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: value for name, value in data.items() if name not in COMMON}


def test_seven_cases_are_shipped() -> None:
    assert len(FILES) == 7


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_ending_is_reached_and_played_again(path: Path) -> None:
    content = content_of(path)
    assert check_case(content) == []
    case, reached = read_case(content), set()
    for role in case.start:
        for seed in (1, 2, 3):
            explored = paths(case, role, seed, most=4_000)
            assert explored.stuck == []
            assert explored.fewest >= 4
            for ending, moves in explored.endings.items():
                play = replay(case, role, seed, moves)
                assert play.is_over and play.stage.key == ending
                assert all(0 <= each.score <= 1 for step in play.steps for each in step.settled)
                for variable in case.variables:
                    assert variable.kept(play.state[variable.name]) == play.state[variable.name]
            reached |= set(explored.endings)
        assert best_known(case, role, 1).is_over
    assert reached == {stage.key for stage in case.stages if stage.is_ending}
    assert len(reached) >= 3
