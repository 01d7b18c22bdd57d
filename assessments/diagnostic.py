"""The rounds of a diagnostic: one question of each module, then more wherever the answers are right.

Every round is worked out from what may be asked and what has been asked so far, so that nothing has to be
remembered between two rounds: whoever works it out twice comes to the same.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

# A guard, not a goal: at a minute and a half each it is an hour, and nobody should have to know more than
# that by heart before the first lesson. Who gets so far has answered everything else rightly.
MOST = 40


@dataclass(frozen=True)
class Spot:
    """One question that may be asked: by what it is drawn, and where it belongs."""

    name: Hashable  # equal names are drawn from the same questions
    module: int
    lesson: Hashable
    applies: bool = False  # whether there is a question that asks to apply it


@dataclass(frozen=True)
class Asked:
    """A question that was asked: what it may have been drawn by, and whether the answer so far is right."""

    names: tuple[Hashable, ...]
    module: int
    lesson: Hashable
    is_right: bool


def first_round(spots: Sequence[Spot], most: int = MOST) -> list[Spot]:
    """One question of each module, from its middle; where one asks to apply something, that one."""
    return [_middle(group) for group in _by_module(spots).values()][:most]


def next_round(spots: Sequence[Spot], asked: Sequence[Asked], most: int = MOST) -> list[Spot]:
    """What follows, in the order of the course; nothing where every module has ended.

    A module goes on while all its answers are right, each time with one question more than it has had: one,
    two, four. So a beginner is asked little, and somebody who knows a module is through it in three rounds.
    """
    if not asked:
        return first_round(spots, most)
    had = Counter(one.module for one in asked)
    ended = {one.module for one in asked if not one.is_right}
    met = {one.lesson for one in asked}
    left = _by_module(_not_asked(spots, asked))
    chosen = [
        _spread(_one_a_lesson(group, met), had[module] + 1)
        for module, group in left.items()
        if had[module] and module not in ended
    ]
    # Where there is not room for all, every module gets its first before any gets its second.
    in_turn = [spot for turn in zip_longest(*chosen) for spot in turn if spot is not None]
    taken = {id(spot) for spot in in_turn[: max(0, most - len(asked))]}
    return [spot for group in chosen for spot in group if id(spot) in taken]


def _by_module(spots: Iterable[Spot]) -> dict[int, list[Spot]]:
    groups: dict[int, list[Spot]] = {}
    for spot in spots:
        groups.setdefault(spot.module, []).append(spot)
    return groups


def _middle(group: Sequence[Spot]) -> Spot:
    middle = (len(group) - 1) / 2
    best = min(range(len(group)), key=lambda i: (not group[i].applies, abs(i - middle), i))
    return group[best]


def _not_asked(spots: Iterable[Spot], asked: Iterable[Asked]) -> list[Spot]:
    """The spots that are left; each question that was asked uses up the first that it may have come from."""
    left = list(spots)
    for one in asked:
        used = next((i for i, spot in enumerate(left) if spot.name in one.names), None)
        if used is not None:
            del left[used]
    return left


def _one_a_lesson(group: Sequence[Spot], met: set[Hashable]) -> list[Spot]:
    """The first spot of each lesson that has not been asked about; of all lessons once each has been."""
    firsts: dict[Hashable, Spot] = {}
    for spot in group:
        firsts.setdefault(spot.lesson, spot)
    return [spot for lesson, spot in firsts.items() if lesson not in met] or list(firsts.values())


def _spread(group: Sequence[Spot], count: int) -> list[Spot]:
    """So many of them, from all over the module."""
    if count >= len(group):
        return list(group)
    return [group[(2 * i + 1) * len(group) // (2 * count)] for i in range(count)]
