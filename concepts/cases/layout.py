"""Where the stages of a case and the ways between them stand in a drawing, from top to bottom by depth.

Layers are by the longest way that leads to a stage, so that every way leads down. One that passes a layer
gets a bend there, with a place of its own; one that leads back, in a circle, goes round on the right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from concepts.cases.ways import Edge, Graph

BOX, HEIGHT = 196.0, 58.0  # of a stage
BEND = 40.0  # the width that a passing way takes
ACROSS, DOWN = 56.0, 96.0  # between stages, and between layers
MARGIN = 16.0
SWEEPS = 4

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A stage in the drawing, by its middle."""

    key: str
    x: float
    y: float


@dataclass(frozen=True)
class Line:
    """Every way from one stage to another, as one line through these points."""

    source: str
    target: str
    edges: tuple[Edge, ...]
    points: tuple[Point, ...]
    is_back: bool = False


@dataclass(frozen=True)
class Layout:
    """A graph with places."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


def layout(graph: Graph) -> Layout:
    """Places for everything in a graph."""
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in graph.edges:
        pairs.setdefault((edge.source, edge.target), []).append(edge)
    back = _back(graph, list(pairs))
    onward = [pair for pair in pairs if pair not in back]
    layer = _layers(graph, onward)
    rows, chains = _rows(graph, onward, layer)
    _untangle(rows, chains)
    places = _places(rows)
    drawn = [Box(node.key, *places[node.key]) for node in graph.nodes]
    width = max((x for x, _y in places.values()), default=0.0) + BOX / 2 + MARGIN
    lines = [Line(*pair, tuple(pairs[pair]), tuple(places[name] for name in chains[pair])) for pair in onward]
    for nth, pair in enumerate(sorted(back), start=1):
        points = _around(places[pair[0]], places[pair[1]], width + 20.0 * nth)
        lines.append(Line(*pair, tuple(pairs[pair]), points, is_back=True))
    height = max((y for _x, y in places.values()), default=0.0) + HEIGHT / 2 + MARGIN
    room = 20.0 * len(back) + (BOX / 2 if back else 0.0)
    return Layout(tuple(drawn), tuple(lines), width + room, height)


def _back(graph: Graph, pairs: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """The ways that close a circle, met when going down from the start."""
    followers = {node.key: [target for source, target in pairs if source == node.key] for node in graph.nodes}
    found: set[tuple[str, str]] = set()
    going, done = [(graph.start, iter(followers.get(graph.start, ())))], {graph.start}
    while going:
        key, rest = going[-1]
        target = next(rest, None)
        if target is None:
            going.pop()
        elif any(target == above for above, _rest in going):
            found.add((key, target))
        elif target not in done:
            done.add(target)
            going.append((target, iter(followers[target])))
    return found


def _layers(graph: Graph, pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Each stage one below the lowest from which a way leads to it."""
    layer = {node.key: 0 for node in graph.nodes}
    for _round in range(len(layer)):
        moved = False
        for source, target in pairs:
            if layer[target] <= layer[source]:
                layer[target], moved = layer[source] + 1, True
        if not moved:
            break
    return layer


def _rows(
    graph: Graph, pairs: Sequence[tuple[str, str]], layer: dict[str, int]
) -> tuple[list[list[str]], dict[tuple[str, str], list[str]]]:
    """What stands in each layer, bends among it, and the chain of names that each line goes through."""
    rows: list[list[str]] = [[] for _ in range(max(layer.values(), default=0) + 1)]
    for key in (key for keys in graph.layers for key in keys):
        rows[layer[key]].append(key)
    chains: dict[tuple[str, str], list[str]] = {}
    for source, target in pairs:
        bends = []
        for between in range(layer[source] + 1, layer[target]):
            name = f"{source} {target} {between}"  # no key holds a space
            rows[between].append(name)
            bends.append(name)
        chains[source, target] = [source, *bends, target]
    return rows, chains


def _untangle(rows: list[list[str]], chains: dict[tuple[str, str], list[str]]) -> None:
    """Order each layer by the middle of what it hangs together with, down and up a few times."""
    links = [link for chain in chains.values() for link in pairwise(chain)]
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for one, other in links:
        above.setdefault(other, []).append(one)
        below.setdefault(one, []).append(other)
    for sweep in range(SWEEPS):
        kin, order = (above, rows) if sweep % 2 == 0 else (below, rows[::-1])
        for before, row in pairwise(order):
            place = {name: i / max(1, len(before) - 1) for i, name in enumerate(before)}
            middles = {
                name: sum(place.get(each, 0.5) for each in kin.get(name, ())) / max(1, len(kin.get(name, ())))
                for name in row
            }
            row.sort(key=middles.__getitem__)


def _places(rows: list[list[str]]) -> dict[str, Point]:
    """The middle of everything; each layer stands in the middle of the drawing."""
    widths = [sum(map(_width, row)) + ACROSS * max(0, len(row) - 1) for row in rows]
    widest = max(widths, default=0.0)
    places: dict[str, Point] = {}
    for depth, (row, width) in enumerate(zip(rows, widths, strict=True)):
        x = MARGIN + (widest - width) / 2
        y = MARGIN + HEIGHT / 2 + depth * (HEIGHT + DOWN)
        for name in row:
            places[name] = (x + _width(name) / 2, y)
            x += _width(name) + ACROSS
    return places


def _width(name: str) -> float:
    return BEND if " " in name else BOX


def _around(source: Point, target: Point, right: float) -> tuple[Point, ...]:
    (x1, y1), (x2, y2) = source, target
    return ((x1 + BOX / 2, y1), (right, y1), (right, y2), (x2 + BOX / 2, y2))
