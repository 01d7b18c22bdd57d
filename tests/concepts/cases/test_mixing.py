"""The order in which a run offers what can be chosen: its own, and always the same."""

from concepts.cases.document import Decision
from concepts.cases.mixing import mixed
from concepts.cases.playing import replay
from concepts.cases.reading import read_case
from tests.cases import THROUGH, small_case

CASE = read_case(small_case())
DECISIONS = {each.key: each for each in CASE.decisions()}


def offered(decision: Decision, seed: int) -> list[str]:
    shown = mixed(decision, seed)
    return [each.key for each in shown.options] + [each.name for each in shown.items]


def test_a_run_shows_the_same_order_whenever_it_is_looked_at() -> None:
    for key in ("overtime", "priority"):
        assert offered(DECISIONS[key], 7) == offered(DECISIONS[key], 7)


def test_runs_differ_and_nothing_is_lost_or_added() -> None:
    for key in ("overtime", "priority"):
        orders = {tuple(offered(DECISIONS[key], seed)) for seed in range(60)}
        assert len(orders) > 3
        assert {tuple(sorted(order)) for order in orders} == {tuple(sorted(offered(DECISIONS[key], 0)))}


def test_no_place_tells_what_is_best() -> None:
    firsts = [offered(DECISIONS["overtime"], seed)[0] for seed in range(300)]
    assert all(60 < firsts.count(key) < 140 for key in ("all", "few", "none"))


def test_figures_stay_in_the_order_of_the_document() -> None:
    for seed in range(9):
        assert mixed(DECISIONS["budget"], seed).figures == DECISIONS["budget"].figures


def test_what_comes_of_a_decision_does_not_hang_on_its_place() -> None:
    settled = replay(CASE, "production", 5, THROUGH[:1]).steps[0].settled[0]
    chosen = next(each for each in mixed(DECISIONS["overtime"], 5).options if each.key == "few")
    assert chosen.outcome == settled.outcome
