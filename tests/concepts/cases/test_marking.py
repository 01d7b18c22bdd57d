"""What a decision is worth: as authored, by cost gap, or by pairs in order; never outside 0 to 1."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concepts.cases.document import Cost, Decision, Outcome
from concepts.cases.marking import cost_score, order_score, score_of

LOT = Cost("4800 / size + size / 2", {"size": 100}, nothing_at=100)


def test_the_best_known_figures_earn_all() -> None:
    assert cost_score(LOT, {"size": 100}) == 1


def test_the_score_falls_evenly_with_the_gap() -> None:
    # best: 48 + 50 = 98; at 200: 24 + 100 = 124, 26.5 % above; at 20: 240 + 10 = 250, 155 % above
    assert cost_score(LOT, {"size": 200}) == pytest.approx(1 - 26 / 98)
    assert cost_score(LOT, {"size": 20}) == 0


def test_figures_better_than_the_best_known_earn_all_and_no_more() -> None:
    assert cost_score(Cost("size", {"size": 10}), {"size": 2}) == 1


def test_a_best_cost_of_nothing_leaves_no_room() -> None:
    free = Cost("size - 10", {"size": 10})
    assert cost_score(free, {"size": 10}) == 1
    assert cost_score(free, {"size": 11}) == 0


def test_what_the_learner_set_besides_stays_in_the_best_cost() -> None:
    cost = Cost("size * price", {"size": 10})
    assert cost_score(cost, {"size": 15, "price": 7}) == pytest.approx(0.5)


@given(st.floats(1, 10_000), st.floats(1, 500))
def test_a_cost_score_stays_within_its_bounds(size: float, nothing_at: float) -> None:
    assert 0 <= cost_score(Cost(LOT.expression, LOT.best, nothing_at), {"size": size}) <= 1


def test_an_order_earns_the_share_of_its_pairs() -> None:
    best = ["a", "b", "c"]
    scores = {"".join(order): order_score(best, order) for order in permutations(best)}
    assert scores["abc"] == 1
    assert scores["acb"] == scores["bac"] == pytest.approx(2 / 3)
    assert scores["cba"] == 0


def test_only_what_stands_in_both_orders_makes_pairs() -> None:
    assert order_score(["a", "b", "c"], ["a", "c"]) == 1
    assert order_score(["a"], ["a"]) == 0


def decision(**options: object) -> Decision:
    given = {"key": "one", "kind": "numbers", "objective": "CAS-1", "title": "One", "question": "Which?"}
    return Decision(**{**given, **options})


@pytest.mark.parametrize(("quality", "score"), [(0.4, 0.4), (None, 0), (7, 1), (-3, 0)])
def test_a_quality_as_authored_is_kept_within_0_and_1(quality: float | None, score: float) -> None:
    assert score_of(decision(), {}, Outcome("So.", quality=quality), {}) == score


def test_a_cost_goes_before_the_quality_and_a_best_order_too() -> None:
    outcome = Outcome("So.", quality=0.1)
    assert score_of(decision(cost=LOT), {}, outcome, {"size": 100}) == 1
    ordered = decision(kind="order", best_order=("a", "b"))
    assert score_of(ordered, {"order": ["a", "b"]}, outcome, {}) == 1
    assert score_of(decision(kind="order"), {"order": ["a", "b"]}, outcome, {}) == 0.1
