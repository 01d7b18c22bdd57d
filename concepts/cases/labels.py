"""Where the words at the ways of a graph stand: on their own line, and none upon another.

Between two layers there is room for a few rows of words. Each takes the first row in which it touches no
other, and of those the one in which it hides least of the lines of others; where a case has more words than
room, the one that covers least.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from concepts.cases.layout import HEIGHT, Line, Point

ROOM = (12.0, 4.0)  # above and below the foot of the words
ROWS = (37.0, 71.0, 54.0, 20.0)  # feet of words below a stage, the best first; 96 is the next stage
SAMPLED = tuple(range(8, 92, 4))  # where lines are looked at for what words would hide of them
HALVINGS = 20

Area = tuple[float, float, float, float]  # left, top, right, bottom


def label_spots(lines: Sequence[Line], widths: Mapping[int, float]) -> dict[int, Point]:
    """The middle of the foot of each label, by the number of its line, as wide as `widths` says."""
    taken: list[Area] = []
    spots: dict[int, Point] = {}
    ways = [[] if line.is_back else _sampled(line) for line in lines]
    for number, width in widths.items():
        others = [point for n, way in enumerate(ways) if n != number for point in way]
        areas = {spot: _area(spot, width) for spot in _candidates(lines[number])}
        best = min(areas, key=lambda spot: (_covered(areas[spot], taken), _crossed(areas[spot], others)))
        taken.append(areas[best])
        spots[number] = best
    return spots


def _area(spot: Point, width: float) -> Area:
    x, y = spot
    return (x - width / 2, y - ROOM[0], x + width / 2, y + ROOM[1])


def _covered(area: Area, taken: Sequence[Area]) -> float:
    """How much of what is there already an area lies upon."""
    left, top, right, bottom = area
    sides = ((min(right, r) - max(left, x), min(bottom, b) - max(top, y)) for x, y, r, b in taken)
    return sum(wide * high for wide, high in sides if wide > 0 and high > 0)


def _crossed(area: Area, points: Sequence[Point]) -> int:
    """How much of the lines of others an area hides."""
    left, top, right, bottom = area
    return sum(left < x < right and top < y < bottom for x, y in points)


def _sampled(line: Line) -> list[Point]:
    """Points along a line, where words can stand."""
    return [
        (_across(above, below, row), above[1] + HEIGHT / 2 + row)
        for above, below in pairwise(line.points)
        for row in SAMPLED
    ]


def _candidates(line: Line) -> list[Point]:
    """The places for words on a line, the best first."""
    if line.is_back:
        (x, top), (_x, bottom) = line.points[1:3]
        return [(x, top + (bottom - top) * share) for share in (0.5, 0.35, 0.65, 0.2, 0.8)]
    return [
        (_across(above, below, row), above[1] + HEIGHT / 2 + row)
        for above, below in pairwise(line.points)
        for row in ROWS
    ]


def _across(above: Point, below: Point, down: float) -> float:
    """How far to the side the bend of a way has come, so far down; it begins and ends upright."""
    deep = below[1] - above[1] - HEIGHT
    low, high = 0.0, 1.0
    for _halving in range(HALVINGS):
        t = (low + high) / 2
        fallen = deep * (1.5 * t * (1 - t) + t**3)
        low, high = (t, high) if fallen < down else (low, t)
    return above[0] + (below[0] - above[0]) * (3 * low**2 - 2 * low**3)
