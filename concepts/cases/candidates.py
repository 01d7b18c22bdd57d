"""Answers to try for a decision: enough to bring about whatever may come of it, few enough to play all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations, product
from math import prod
from operator import itemgetter
from typing import Any

from concepts.cases.document import ALLOCATE, CHOOSE, ORDER, Decision, Figure
from concepts.cases.playing import NotPlayable, figures_of, outcome_of
from concepts.formulas import FormulaError

Answer = Mapping[str, Any]
MOST_TRIED = 2_000  # sets of figures looked at for where outcomes change
MOST_PERMUTED = 5  # items of which every order is looked at
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")


def candidates(decision: Decision, names: Mapping[str, float]) -> list[Answer]:
    """Every option; of figures the ends, the middle, the best and both sides of where the outcome changes;
    of an order the best, its reverse and those that change the outcome.

    ``names`` are variables and chances, in whose sight outcomes are told apart.
    """
    if decision.kind == CHOOSE:
        return [{"option": option.key} for option in decision.options]
    if decision.kind == ORDER:
        return _orders(decision, names)
    kept: list[dict[str, float]] = []
    if decision.cost:
        kept.append({each.name: decision.cost.best.get(each.name, each.minimum) for each in decision.figures})
    tried = list(_figures(decision))
    for each in decision.figures:
        for value in _near(each, _marks(decision)):
            rows = [row for row in tried if row[each.name] == value]
            kept += rows[len(rows) // 2 :][:1]
    for answers in _by_outcome(decision, ({"figures": figures} for figures in tried), names):
        rows = [answer["figures"] for answer in answers]
        kept.append(rows[len(rows) // 2])
        for each in decision.figures:
            kept += [min(rows, key=itemgetter(each.name)), max(rows, key=itemgetter(each.name))]
    return [{"figures": dict(pairs)} for pairs in dict.fromkeys(tuple(row.items()) for row in kept)]


def _orders(decision: Decision, names: Mapping[str, float]) -> list[Answer]:
    best = list(decision.best_order) or [item.name for item in decision.items]
    kept = [best, best[::-1], *([[best[1], best[0], *best[2:]]] if len(best) > 1 else [])]
    if len(best) <= MOST_PERMUTED:
        tried = [list(order) for order in permutations(best)]
    else:
        tried = [[name, *(other for other in best if other != name)] for name in best]
        tried += [[*(other for other in best if other != name), name] for name in best]
        tried += kept
    for answers in _by_outcome(decision, ({"order": order} for order in tried), names):
        kept += [answers[0]["order"], answers[-1]["order"]]
    return [{"order": list(order)} for order in dict.fromkeys(map(tuple, kept))]


def _by_outcome(
    decision: Decision, answers: Iterator[dict[str, Any]], names: Mapping[str, float]
) -> list[list[dict[str, Any]]]:
    """Answers parted by what comes of them."""
    groups: dict[int, list[dict[str, Any]]] = {}
    for answer in answers:
        try:
            found = outcome_of(decision, answer, {**names, **figures_of(decision, answer)})
        except (NotPlayable, FormulaError):
            continue
        groups.setdefault(decision.outcomes.index(found), []).append(answer)
    return [groups[i] for i in sorted(groups)]


def _figures(decision: Decision) -> Iterator[dict[str, float]]:
    """Sets of figures over the whole range of each, and around every number in a condition."""
    figures = decision.figures
    fixed = decision.kind == ALLOCATE and decision.spend_all  # the last line takes the rest
    free = figures[:-1] if fixed else figures
    lists = [_values(each) for each in free]
    if prod(len(values) for values in lists) > MOST_TRIED:
        each_most = max(3, int(MOST_TRIED ** (1 / max(1, len(free)))))
        lists = [_fewer(each, _marks(decision), each_most) for each in free]
    for i, values in enumerate(product(*lists)):
        if i > 10 * MOST_TRIED:
            return
        row = dict(zip((each.name for each in free), values, strict=True))
        if fixed:
            row[figures[-1].name] = float(f"{(decision.total or 0) - sum(values):.12g}")
        if _can_be(decision, row):
            yield row


def _can_be(decision: Decision, row: Mapping[str, float]) -> bool:
    """Whether figures are within their ranges, on their steps, and within the total."""
    if decision.kind != ALLOCATE:
        return True
    last = decision.figures[-1]
    steps = (row[last.name] - last.minimum) / last.step
    within = last.minimum <= row[last.name] <= last.maximum and abs(steps - round(steps)) < 1e-6
    return within and sum(row.values()) <= (decision.total or 0) + 1e-9


def _values(figure: Figure) -> list[float]:
    """Every value that a figure may take."""
    count = int((figure.maximum - figure.minimum) / figure.step + 1e-9)
    return [float(f"{figure.minimum + figure.step * i:.12g}") for i in range(min(count, 10_000) + 1)]


def _fewer(figure: Figure, marks: Sequence[float], most: int) -> list[float]:
    """Values evenly over a range, with its ends, and those next to each mark."""
    values, near = _values(figure), _near(figure, marks)[:most]
    spread = max(2, most - len(near))
    even = {values[round(i * (len(values) - 1) / (spread - 1))] for i in range(spread)}
    return sorted(even | set(near))


def _marks(decision: Decision) -> list[float]:
    """Every number in a condition."""
    return [float(found) for outcome in decision.outcomes for found in _NUMBER.findall(outcome.when)]


def _near(figure: Figure, marks: Sequence[float]) -> list[float]:
    """The values of a figure at each mark and on either side of it."""
    values = _values(figure)
    places = {
        round((mark - figure.minimum) / figure.step) + step
        for mark in marks
        if figure.minimum <= mark <= figure.maximum
        for step in (-1, 0, 1)
    }
    return [values[place] for place in sorted(places) if 0 <= place < len(values)]
