"""How endings are reached: ways through the stages, and scores."""

from typing import Any

from concepts.cases.graph import graph
from concepts.cases.playing import replay
from concepts.cases.reach import MOST_WAYS, Reached, endings_of, ways_to
from concepts.cases.reading import read_case
from tests.case_desk import whole_case

BEST = [
    {"overtime": {"option": "few"}},
    {"batch": {"figures": {"size": 100}}},
    {"priority": {"order": ["late_ones", "rush_ones", "new_ones"]}},
]


def reached(document: dict[str, Any], role: str = "production") -> dict[str, Reached]:
    case = read_case(document)
    return {each.key: each for each in endings_of(case, graph(case, role))}


def test_every_ending_counts_the_ways_that_lead_to_it() -> None:
    found = reached(whole_case())
    assert {key: each.ways for key, each in found.items()} == {"good-end": 2, "middle-end": 2, "bad-end": 1}


def test_scores_are_means_over_the_decisions_of_a_run() -> None:
    found = reached(whole_case())
    assert found["bad-end"].best == found["bad-end"].worst == 0.1
    play = replay(read_case(whole_case()), "production", 0, BEST)
    scores = [done.score for step in play.steps for done in step.settled]
    assert found[play.stage.key].best == sum(scores) / len(scores) == 1


def test_the_worst_score_is_not_above_the_best() -> None:
    for role in ("production", "operations"):
        for each in reached(whole_case(), role).values():
            assert 0 <= each.worst <= each.best <= 1


def test_an_ending_to_which_no_run_comes_has_no_score() -> None:
    document = whole_case()
    document["stages"][3]["next"][0]["when"] = "on_time >= 101"
    assert reached(document)["good-end"] == Reached("good-end", 2)


def test_a_role_that_begins_nowhere_reaches_nothing() -> None:
    assert reached(whole_case() | {"start": "nowhere"}) == {}


def test_ways_through_a_circle_are_counted_once() -> None:
    document = whole_case()
    document["stages"][2]["next"] = [{"when": "on_time < 50", "to": "first"}, {"to": "third"}]
    drawn = graph(read_case(document), "production")
    assert ways_to(drawn)["good-end"] == 2


def test_ways_are_counted_no_further_than_anybody_reads() -> None:
    stages = [
        {"key": f"s{i}", "next": [{"when": "a > 1", "to": f"s{i + 1}"}, {"to": f"s{i + 2}"}]}
        for i in range(40)
    ]
    ends: list[dict[str, Any]] = [{"key": f"s{i}", "ending": True} for i in (40, 41)]
    case = read_case({"roles": [{"key": "production"}], "stages": [*stages, *ends]})
    assert max(ways_to(graph(case, "production")).values()) == MOST_WAYS
