"""Charts of a case as SVG: lines, bars, and the small course of one figure. Any finite numbers can be drawn.

Presentation attributes in our tokens; words stand in `title` and `desc`, the table behind in the template.
"""

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

from assessments.svg import Words, framed, spread
from concepts.figures import format_number

WIDTH, HEIGHT = 410.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 296.0, 14.0, 186.0
APART = 15.0  # the names at the ends of lines
NAME = 15  # letters of a name that have room beside a line
LABEL = 34  # letters of a label that have room above its bars
BAR, GAP, HEAD = 10.0, 3.0, 17.0  # of a bar chart, in units of the drawing
STROKES = (
    ("var(--tk-accent)", "2", "none"),
    ("var(--tk-ink-2)", "1.5", "none"),
    ("var(--tk-ink-2)", "1.5", "2 3"),
    ("var(--tk-ink)", "1.5", "6 3"),
)
FLAT = 0.35  # lines whose spread is less than this share of their highest value do not begin at zero


class Series(NamedTuple):
    """One line, or one bar in each group, with its name."""

    name: str
    values: Sequence[float]


class Scale(NamedTuple):
    """An axis from a round figure to another, with rules between."""

    low: float
    high: float
    step: float

    def share(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)

    def y(self, value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * self.share(value)

    @property
    def rules(self) -> list[float]:
        return [self.low + self.step * i for i in range(round((self.high - self.low) / self.step) + 1)]


def scale_for(values: Sequence[float], *, from_zero: bool) -> Scale:
    """Round figures around the values, about four rules; from zero, unless lines would lie flat on top."""
    low, high = min(values), max(values)
    if from_zero or low <= 0 or (high - low) / high > FLAT:
        low, high = min(0.0, low), max(0.0, high)
    room = (high - low) or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(room / 4))
    step = next(base * power for base in (1, 2, 2.5, 5, 10) if base * power * 4 >= room)
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return Scale(bottom, top if top > bottom else bottom + step, step)


def lines(words: Words, series: Sequence[Series], labels: Sequence[str]) -> SafeString:
    """Lines over equal distances, each with its name and last value at its end; three labels below."""
    scale = scale_for([value for one in series for value in one.values], from_zero=False)
    last = max(1, len(labels) - 1)
    paths = [
        f'<path d="{_through([(_x(i, last), scale.y(value)) for i, value in enumerate(one.values)])}" '
        f'fill="none" stroke="{stroke}" stroke-width="{width}" stroke-dasharray="{dash}"/>'
        for one, (stroke, width, dash) in zip(series, STROKES, strict=False)
    ]
    frame = f'<g font-size="12" fill="var(--tk-ink-2)">{_rules(scale)}{_below(labels)}</g>'
    return framed("tk-chart", (WIDTH, HEIGHT), words, frame, *paths, _ends(series, scale))


def _through(places: Sequence[tuple[float, float]]) -> str:
    """The path of a line through these places."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)


def _x(place: int, last: int) -> float:
    return LEFT + (RIGHT - LEFT) * place / last


def _rules(scale: Scale) -> str:
    return "".join(
        f'<path d="M{LEFT:g} {scale.y(value):.1f}H{RIGHT:g}" stroke="var(--tk-rule)"/>'
        f'<text x="{LEFT - 8:g}" y="{scale.y(value) + 4:.1f}" text-anchor="end">{_figure(value)}</text>'
        for value in scale.rules
    )


def _below(labels: Sequence[str]) -> str:
    last = len(labels) - 1
    marked = {0: "start", last: "end"} if last < 4 else {0: "start", last // 2: "middle", last: "end"}
    return "".join(
        f'<text x="{_x(place, max(1, last)):.1f}" y="{BOTTOM + 20:g}" text-anchor="{anchor}">'
        f"{escape(labels[place])}</text>"
        for place, anchor in marked.items()
    )


def _ends(series: Sequence[Series], scale: Scale) -> str:
    heights = [scale.y(one.values[-1]) for one in series]
    places = spread(heights, APART, TOP, BOTTOM)
    return "".join(
        f'<text x="{RIGHT + 8:g}" y="{y + 4:.1f}" font-size="12" fill="var(--tk-ink-2)">'
        f'<tspan font-weight="600" fill="var(--tk-ink)">{_figure(one.values[-1])}</tspan> '
        f"{escape(_short(one.name, NAME))}</text>"
        for one, y in zip(series, places, strict=True)
    )


def bars(words: Words, series: Sequence[Series], labels: Sequence[str]) -> SafeString:
    """Groups of bars under each other, one bar for each series, with the figure at its end."""
    scale = scale_for([value for one in series for value in one.values], from_zero=True)
    room, parts, top = WIDTH - 62, [], 0.0
    names = len(series) > 1
    for place, label in enumerate(labels):
        parts.append(f'<text x="0" y="{top + 12:g}">{escape(_short(label, LABEL))}</text>')
        top += HEAD
        for one, (fill, _width, _dash) in zip(series, STROKES, strict=False):
            value = one.values[place]
            start, end = sorted((scale.share(0.0), scale.share(value)))
            said = f"{_figure(value)} {escape(_short(one.name, 9))}" if names else _figure(value)
            parts.append(
                f'<rect x="{room * start:.1f}" y="{top:g}" width="{max(0.5, room * (end - start)):.1f}" '
                f'height="{BAR:g}" fill="{fill}"/><text x="{room * end + 5:.1f}" y="{top + 9:g}" '
                f'font-size="11" fill="var(--tk-ink)">{said}</text>'
            )
            top += BAR + GAP
        top += GAP
    drawn = f'<g font-size="12" fill="var(--tk-ink-2)">{"".join(parts)}</g>'
    return framed("tk-chart", (WIDTH, max(top, 1.0)), words, drawn)


def course(words: Words, values: Sequence[float]) -> SafeString:
    """How one figure went, small enough to stand beside it; a square marks where it is now."""
    low, high = min(values), max(values)
    room = (high - low) or 1.0
    last = max(1, len(values) - 1)
    places = [(3 + 106 * i / last, 23 - 18 * (value - low) / room) for i, value in enumerate(values)]
    if high == low:
        places = [(x, 14.0) for x, _y in places]
    x, y = places[-1]
    return framed(
        "tk-course",
        (116.0, 28.0),
        words,
        f'<path d="{_through(places)}" fill="none" stroke="var(--tk-ink-2)" stroke-width="1.5"/>',
        f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" fill="var(--tk-accent)"/>',
    )


def _figure(value: float) -> str:
    return format_number(value)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
