"""Charts as SVG: presentation attributes in our tokens, and coordinates with a point in every language.

Every drawing carries its own words, as `title` and `desc`; the table behind it stands in its template.
Only texts come from elsewhere, and each is escaped where it is written; the rest is our own.
"""

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

WIDTH, HEIGHT = 410, 212
LEFT, RIGHT, TOP, BOTTOM = 28.0, 306.0, 26.5, 176.5
APART = 15.0  # the names at the ends of lines

STRIP = 420.0  # the width of a strip of time
LETTER = 7.4  # of a label there, in the widest face that a reader may have; bold is wider by a tenth
GAP = 10.0


class Words(NamedTuple):
    """What a drawing is called and what it shows, for those who do not see it. No two share a ``key``."""

    key: str
    title: str
    description: str


class Curve(NamedTuple):
    """One line of a chart, the name that stands at its end, and how it is drawn."""

    name: str
    values: Sequence[int]
    stroke: str = "var(--tk-ink-2)"
    width: str = "1.5"
    dash: str = "none"


class Stretch(NamedTuple):
    """A part of a strip of time: so many minutes, named above and counted below."""

    name: str
    length: int
    figure: str
    kind: str  # "first", "then" or "free"


class Bar(NamedTuple):
    """A line of a bar chart: its name, how long it is in per cent, and the figure at its end."""

    name: str
    percent: float
    figure: str
    is_right: bool = False


class Axis(NamedTuple):
    """The vertical axis: its largest value and the distance between its rules."""

    most: int
    step: int

    def y(self, value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * value / self.most


def axis_for(largest: int) -> Axis:
    """Round figures, at most four rules above zero."""
    steps = (base * 10**power for power in range(9) for base in (1, 2, 5))
    step = next(step for step in steps if step * 4 >= largest)
    return Axis(step * max(1, math.ceil(largest / step)), step)


def spread(places: Sequence[float], least: float, top: float, bottom: float) -> list[float]:
    """The same places, moved as little as it takes to stand ``least`` apart between top and bottom."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    floor, ceiling = top, bottom
    for i in order:
        moved[i] = max(moved[i], floor)
        floor = moved[i] + least
    for i in reversed(order):
        moved[i] = min(moved[i], ceiling)
        ceiling = moved[i] - least
    return moved


def chart(
    words: Words, curves: Sequence[Curve], labels: Sequence[str], *, stepped: bool = False
) -> SafeString:
    """Lines over equal distances of time; the labels stand below the first, the middle and the last value."""
    axis = axis_for(max(max(curve.values) for curve in curves))
    last = len(curves[0].values) - 1
    paths = [
        f'<path d="{_path(curve.values, axis, stepped)}" fill="none" stroke="{curve.stroke}" '
        f'stroke-width="{curve.width}" stroke-dasharray="{curve.dash}"/>'
        for curve in curves
    ]
    frame = f'<g font-size="12" fill="var(--tk-ink-2)">{_rules(axis)}{_below(labels, last)}</g>'
    return framed("tk-chart", (WIDTH, HEIGHT), words, frame, *paths, _ends(curves, axis))


def framed(name: str, size: tuple[float, float], words: Words, *parts: str) -> SafeString:
    """The drawing in its frame. Its parts are markup of ours in which every text is escaped."""
    key = words.key
    return SafeString(
        f'<svg class="{name}" viewBox="0 0 {size[0]:g} {size[1]:g}" role="img" '
        f'aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(words.title)}</title>'
        f'<desc id="{key}-d">{escape(words.description)}</desc>{"".join(parts)}</svg>'
    )


def _rules(axis: Axis) -> str:
    return "".join(
        f'<path d="M{LEFT:g} {axis.y(value):.1f}H{RIGHT:g}" stroke="var(--tk-rule)"/>'
        f'<text x="20" y="{axis.y(value) + 4:.1f}" text-anchor="end">{value}</text>'
        for value in range(0, axis.most + 1, axis.step)
    )


def _below(labels: Sequence[str], last: int) -> str:
    """The middle one only where there is a middle."""
    places = [(LEFT, "start", labels[0])]
    if last > 1:
        places.append((_x(last // 2, last), "middle", labels[1]))
    places.append((RIGHT, "end", labels[2]))
    return "".join(
        f'<text x="{x:.1f}" y="200" text-anchor="{anchor}">{escape(label)}</text>'
        for x, anchor, label in places
    )


def _x(position: int, last: int) -> float:
    return LEFT + (RIGHT - LEFT) * position / max(1, last)


def _path(values: Sequence[int], axis: Axis, stepped: bool) -> str:
    """Only the corners: a flat stretch needs no point between its ends.

    A value is that at the end of its stretch of time; as steps it stands for all of the stretch.
    """
    last = len(values) - 1
    path = [f"M{LEFT:.1f} {axis.y(values[0]):.1f}"]
    for i in range(1, len(values)):
        if i < last and values[i - 1] == values[i] == values[i + 1]:
            continue
        step = f"V{axis.y(values[i]):.1f}H{_x(i, last):.1f}"
        path.append(step if stepped else f"L{_x(i, last):.1f} {axis.y(values[i]):.1f}")
    return "".join(path)


def _ends(curves: Sequence[Curve], axis: Axis) -> str:
    """The last value of each line and its name; on the last line a square, as the mark of mastery is one."""
    heights = [axis.y(curve.values[-1]) for curve in curves]
    places = spread(heights, APART, TOP - 12, BOTTOM)
    names = [
        f'<text x="{RIGHT + 10:g}" y="{y + 4.5:.1f}" font-size="13" fill="var(--tk-ink-2)">'
        f'<tspan font-weight="600" fill="var(--tk-ink)">{curve.values[-1]}</tspan> '
        f"{escape(curve.name)}</text>"
        for curve, y in zip(curves, places, strict=True)
    ]
    corner = f'x="{RIGHT - 4:g}" y="{heights[-1] - 4:.1f}"'
    return "".join(names) + f'<rect {corner} width="8" height="8" fill="{curves[-1].stroke}"/>'


def strip(words: Words, stretches: Sequence[Stretch]) -> SafeString:
    """Minutes as ticks on a rule, cut into stretches."""
    total = sum(stretch.length for stretch in stretches)
    scale = (STRIP - 1) / max(1, total)
    starts = [sum(one.length for one in stretches[:i]) for i in range(len(stretches))]
    cuts = [0.5 + scale * start for start in [*starts, total]]
    every = 1 if total <= 45 else 5
    ticks = " ".join(f"M{0.5 + scale * minute:.1f} 29v6" for minute in range(every, total, every))
    ends = " ".join(f"M{x:.1f} 22v13" for x in cuts)
    bars = [
        f'<path d="M{a:.1f} 34.5H{b:.1f}" {_BARS[stretch.kind]}/>'
        for stretch, a, b in zip(stretches, cuts, cuts[1:], strict=False)
        if stretch.kind in _BARS
    ]
    return framed(
        "tk-beat",
        (STRIP, 62),
        words,
        f'<path d="M.5 34.5h{STRIP - 1:g}" stroke="var(--tk-rule-strong)"/>',
        f'<path d="{ticks}" stroke="var(--tk-rule-strong)"/><path d="{ends}" stroke="var(--tk-ink)"/>',
        *bars,
        _labels(stretches, cuts),
    )


_BARS = {
    "first": 'stroke="var(--tk-accent)" stroke-width="5"',
    "then": 'stroke="var(--tk-ink-2)" stroke-width="2"',
}
_BOLD = ' fill="var(--tk-ink)" font-weight="600"'


def _labels(stretches: Sequence[Stretch], cuts: Sequence[float]) -> str:
    """Names above and figures below, each where its stretch begins or as near to that as there is room."""
    names = _fitted(stretches)
    widths = [_width(stretch, name) for stretch, name in zip(stretches, names, strict=True)]
    places = [0.0 if i == 0 else cut for i, cut in enumerate(cuts[:-1])]
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + widths[i - 1] + GAP)
    right = STRIP
    for i in reversed(range(len(places))):
        places[i] = max(0.0, min(places[i], right - widths[i]))
        right = places[i] - GAP
    texts = [
        f'<text x="{x:.1f}" y="13"{_BOLD if stretch.kind == "first" else ""}>{escape(name)}</text>'
        f'<text x="{x:.1f}" y="56">{escape(stretch.figure)}</text>'
        for x, stretch, name in zip(places, stretches, names, strict=True)
    ]
    return f'<g font-size="12.5" fill="var(--tk-ink-2)">{"".join(texts)}</g>'


def _fitted(stretches: Sequence[Stretch]) -> list[str]:
    """The names, the longest of them shortened as far as it takes for all to have room."""
    rooms = [len(stretch.name) for stretch in stretches]

    def too_wide() -> bool:
        widths = [_width(one, "x" * room) for one, room in zip(stretches, rooms, strict=True)]
        return sum(widths) + GAP * (len(widths) - 1) > STRIP

    while too_wide() and max(rooms) > 1:
        rooms[rooms.index(max(rooms))] -= 1
    return [
        name if len(name) <= room else name[: max(1, room - 1)].rstrip() + "…"
        for name, room in zip((stretch.name for stretch in stretches), rooms, strict=True)
    ]


def _width(stretch: Stretch, name: str) -> float:
    """About how much room a name and the figure below it take."""
    bold = 1.1 if stretch.kind == "first" else 1.0
    return LETTER * max(bold * len(name), len(stretch.figure))


ROW = 38.0  # the height of a line of a bar chart
NAME = 40  # letters of its name that have room beside the figure


def bars(words: Words, lines: Sequence[Bar]) -> SafeString:
    """Lines under each other, each with its name above its bar; what is right is in the accent colour."""
    parts = []
    for place, line in enumerate(lines):
        top = ROW * place
        name = line.name if len(line.name) <= NAME else line.name[: NAME - 1].rstrip() + "…"
        fill = "var(--tk-accent)" if line.is_right else "var(--tk-ink-2)"
        parts.append(
            f'<text x="0" y="{top + 13:g}">{escape(name)}</text>'
            f'<text x="{WIDTH}" y="{top + 13:g}" text-anchor="end" fill="var(--tk-ink)">'
            f"{escape(line.figure)}</text>"
            f'<path d="M0 {top + 24:g}H{WIDTH}" stroke="var(--tk-rule)"/>'
            f'<rect y="{top + 20:g}" width="{WIDTH * min(100.0, line.percent) / 100:.1f}" height="8" '
            f'fill="{fill}"/>'
        )
    drawn = f'<g font-size="13" fill="var(--tk-ink-2)">{"".join(parts)}</g>'
    return framed("tk-chart", (WIDTH, ROW * max(1, len(lines))), words, drawn)
