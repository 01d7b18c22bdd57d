"""The graph of a case as SVG: presentation attributes in our tokens, and words of its own for screen readers.

Only texts of the case come from elsewhere, and each is escaped where it is written; the rest is our own. The
ways with their full conditions stand in the table beside the drawing.
"""

import textwrap
from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concepts.cases.document import Stage
from concepts.cases.labels import ROOM, label_spots
from concepts.cases.layout import BOX, HEIGHT, Box, Line, Point, layout
from concepts.cases.ways import Edge, Graph

LETTERS = 25  # of a title that have room on a line
LABEL = 30  # of the words at a way
LETTER = 5.9  # about the width of one at a way
TIP = 7.0


def draw(graph: Graph, title: str) -> SafeString:
    """The drawing of what one role may come through; an empty text where it begins nowhere."""
    if not graph.nodes:
        return SafeString("")
    places = layout(graph)
    stages = {node.key: node for node in graph.nodes}
    key = f"graph-{graph.role}"
    head = f'<title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(described(graph))}</desc>'
    lines = "".join(_line(line) for line in places.lines)
    boxes = "".join(_box(box, stages[box.key], box.key == graph.start) for box in places.boxes)
    labels = _labels(places.lines)
    size = f'width="{places.width:.0f}" height="{places.height:.0f}"'
    return SafeString(
        f'<svg class="tk-graph" role="img" aria-labelledby="{key}-t {key}-d" {size} '
        f'viewBox="0 0 {places.width:.0f} {places.height:.0f}">{head}'
        f'<g fill="none" stroke="var(--tk-ink-3)" stroke-width="1.25">{lines}</g>{boxes}'
        f'<g font-size="11" fill="var(--tk-ink-2)" text-anchor="middle">{labels}</g></svg>'
    )


def described(graph: Graph) -> str:
    """The drawing in a sentence."""
    endings = sum(node.is_ending for node in graph.nodes)
    stages = len(graph.nodes) - endings
    said = {
        "stages": ngettext("%(count)d stage", "%(count)d stages", stages) % {"count": stages},
        "endings": ngettext("%(count)d ending", "%(count)d endings", endings) % {"count": endings},
    }
    return _("From top to bottom: %(stages)s and %(endings)s. The table below names every way.") % said


def reasons(edges: Sequence[Edge]) -> str:
    """Why these ways are taken, in a line; empty where it goes without saying."""
    return " · ".join(dict.fromkeys(edge.reason for edge in edges if edge.reason))


def _line(line: Line) -> str:
    """Down in soft bends, or back in right angles, with a tip at its end."""
    points = line.points
    dash = ' stroke-dasharray="5 4"' if line.is_back else ""
    if line.is_back:
        path = f"M{points[0][0]:.1f} {points[0][1]:.1f}" + "".join(f"L{x:.1f} {y:.1f}" for x, y in points[1:])
        x, y = points[-1]
        return f'<path d="{path}"{dash}/>{_tip(x, y, across=True)}'
    x, y = points[0][0], points[0][1] + HEIGHT / 2
    path = f"M{x:.1f} {y:.1f}"
    for nth, (to_x, middle) in enumerate(points[1:], start=2):
        to_y = middle - HEIGHT / 2 - (TIP if nth == len(points) else 0)
        half = (to_y - y) / 2
        path += f"C{x:.1f} {y + half:.1f} {to_x:.1f} {to_y - half:.1f} {to_x:.1f} {to_y:.1f}"
        if nth < len(points):  # straight past the stages beside it
            to_y += HEIGHT
            path += f"L{to_x:.1f} {to_y:.1f}"
        x, y = to_x, to_y
    return f'<path d="{path}"/>{_tip(x, y + TIP)}'


def _tip(x: float, y: float, *, across: bool = False) -> str:
    """The head of an arrow, which points down, or to the left."""
    ends = f"l{TIP:g} -4v8z" if across else f"l-4 -{TIP:g}h8z"
    return f'<path d="M{x:.1f} {y:.1f}{ends}" fill="var(--tk-ink-3)" stroke="none"/>'


def _box(box: Box, stage: Stage, is_start: bool) -> str:
    """A stage in square corners; an ending round, with a second line around it, and called so."""
    x, y = box.x - BOX / 2, box.y - HEIGHT / 2
    corner = HEIGHT / 2 if stage.is_ending else 3
    ink = "var(--tk-accent)" if is_start else "var(--tk-rule-strong)"
    frame = f'x="{x:.1f}" y="{y:.1f}" width="{BOX:g}" height="{HEIGHT:g}" rx="{corner:g}"'
    drawn = f'<rect {frame} fill="var(--tk-raised)" stroke="{ink}" stroke-width="1.5"/>'
    if stage.is_ending:
        inner = f'width="{BOX - 7:g}" height="{HEIGHT - 7:g}" rx="{corner - 3.5:g}"'
        drawn += f'<rect x="{x + 3.5:.1f}" y="{y + 3.5:.1f}" {inner} fill="none" stroke="{ink}"/>'
    word = _("Ending") if stage.is_ending else _("Start") if is_start else ""
    lines = textwrap.wrap(stage.title or stage.key, LETTERS)
    shown = lines[:2] if len(lines) < 3 else [lines[0], f"{lines[1][: LETTERS - 1].rstrip()}…"]
    top = box.y + 4.5 - 8 * (len(shown) + bool(word) - 1)
    texts = []
    if word:
        texts.append(f'<text y="{top:.1f}" font-size="11" fill="var(--tk-ink-2)">{escape(word)}</text>')
    for i, text in enumerate(shown, start=bool(word)):
        texts.append(
            f'<text y="{top + 16 * i:.1f}" font-size="13" fill="var(--tk-ink)">{escape(text)}</text>'
        )
    placed = "".join(texts).replace("<text ", f'<text x="{box.x:.1f}" ')
    return f'{drawn}<g text-anchor="middle">{placed}</g>'


def _labels(lines: Sequence[Line]) -> str:
    """Why each way is taken, where that does not go without saying."""
    texts = {number: text for number, line in enumerate(lines) if (text := reasons(line.edges))}
    short = {number: _short(text) for number, text in texts.items()}
    spots = label_spots(lines, {number: _width(text) for number, text in short.items()})
    return "".join(_label(texts[number], text, spots[number]) for number, text in short.items())


def _short(text: str) -> str:
    """What has room of the words at a way."""
    return text if len(text) <= LABEL else f"{text[: LABEL - 1].rstrip()}…"


def _width(text: str) -> float:
    return LETTER * len(text) + 6


def _label(text: str, short: str, spot: Point) -> str:
    """Why a way is taken, on a ground of its own."""
    (x, y), (above, below), width = spot, ROOM, _width(short)
    ground = (
        f'<rect x="{x - width / 2:.1f}" y="{y - above:.1f}" width="{width:.1f}" height="{above + below:g}"'
    )
    return (
        f'{ground} fill="var(--tk-paper)"/><text x="{x:.1f}" y="{y:.1f}">'
        f"<title>{escape(text)}</title>{escape(short)}</text>"
    )
