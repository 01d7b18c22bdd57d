"""What a decision is worth, from 0 to 1: the quality of its reasoning as authored, or how near it comes to
the best one known.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from concepts.cases.document import ORDER, Cost, Decision, Outcome
from concepts.formulas import evaluate


def score_of(
    decision: Decision, answer: Mapping[str, Any], outcome: Outcome, names: Mapping[str, float]
) -> float:
    """By cost gap where there is a cost, by pairs in order where there is a best order, else as authored."""
    if decision.cost is not None:
        return cost_score(decision.cost, names)
    if decision.kind == ORDER and decision.best_order:
        return order_score(decision.best_order, answer["order"])
    return min(1.0, max(0.0, outcome.quality or 0.0))


def cost_score(cost: Cost, names: Mapping[str, float]) -> float:
    """1 at the best known cost or below, falling evenly to 0 at ``nothing_at`` per cent above it.

    ``names`` holds the learner's figures; those of the best decision take their places.
    """
    own = evaluate(cost.expression, names)
    best = evaluate(cost.expression, {**names, **cost.best})
    room = abs(best) * cost.nothing_at / 100
    gap = own - best
    if gap <= 0:
        return 1.0
    return max(0.0, 1 - gap / room) if room else 0.0


def order_score(best: Sequence[str], order: Sequence[str]) -> float:
    """The share of pairs that stand as in the best order: 1 for the same order, 0 for the reverse."""
    place = {name: i for i, name in enumerate(order)}
    pairs = list(combinations([name for name in best if name in place], 2))
    return sum(place[one] < place[other] for one, other in pairs) / len(pairs) if pairs else 0.0
