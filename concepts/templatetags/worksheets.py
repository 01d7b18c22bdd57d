"""Drawings of worksheets: machines over time, and a forecast beside what came. Each says what it shows."""

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concepts.figures import format_number
from concepts.worksheets.forecasting import Forecast
from concepts.worksheets.sequencing import OneMachine, TwoMachines

register = template.Library()

WIDTH = 400
LEFT, RIGHT = 8.0, 392.0
ROW, BAR = 44, 28
Bar = tuple[str, float, float]


@register.filter
def figure(value: float | None, decimals: int = 2) -> str:
    """A figure of a worksheet, a dash where there is none."""
    return "–" if value is None else format_number(value, decimals)


@register.filter
def aligned(value: float | None, decimals: int = 2) -> str:
    """A figure of a column that is read downwards: as many decimals as its neighbours."""
    return "–" if value is None else format_number(value, decimals, trim=False)


@register.simple_tag
def one_machine_chart(result: OneMachine) -> SafeString:
    """The jobs one after the other."""
    bars = [(run.job.name, run.start, run.finish) for run in result.runs]
    said = _("The machine from 0 to %(end)s, in this order: %(jobs)s.") % {
        "end": figure(result.makespan),
        "jobs": _spans(bars),
    }
    return _gantt([("", bars)], result.makespan, said)


@register.simple_tag
def two_machines_chart(result: TwoMachines) -> SafeString:
    """The jobs on both machines, one above the other."""
    first = [(run.job.name, run.start_first, run.finish_first) for run in result.runs]
    second = [(run.job.name, run.start_second, run.finish_second) for run in result.runs]
    said = _("First machine: %(first)s. Second machine: %(second)s. All is done at %(end)s.") % {
        "first": _spans(first),
        "second": _spans(second),
        "end": figure(result.makespan),
    }
    return _gantt([(_("First machine"), first), (_("Second machine"), second)], result.makespan, said)


@register.simple_tag
def forecast_chart(result: Forecast) -> SafeString:
    """What came as a line, the forecasts as a dashed one."""
    values = [period.actual for period in result.periods]
    guesses = [period.forecast for period in result.periods]
    every = [*values, *(guess for guess in guesses if guess is not None), result.following]
    low, high = min(every), max(every)
    span = (high - low) or 1.0

    def point(i: int, value: float) -> str:
        x = LEFT + (RIGHT - 60 - LEFT) * i / len(values)
        return f"{x:.1f},{150 - 130 * (value - low) / span:.1f}"

    came = " ".join(point(i, value) for i, value in enumerate(values))
    told = [point(i, guess) for i, guess in enumerate(guesses) if guess is not None]
    told.append(point(len(values), result.following))
    said = _("%(count)d periods between %(low)s and %(high)s; the next is forecast at %(next)s.") % {
        "count": len(values),
        "low": figure(low),
        "high": figure(high),
        "next": figure(result.following),
    }
    x, y = told[-1].split(",")
    parts = [
        f'<polyline class="d-strong" points="{came}"/>',
        f'<polyline class="d-accent d-dash" points="{" ".join(told)}"/>',
        f'<circle class="d-fill" cx="{x}" cy="{y}" r="3.5"/>',
        _text(f"{float(x) + 8:.1f}", f"{float(y) + 4:.1f}", figure(result.following, 1), "d-bold"),
        _text(LEFT, 178, _("solid: what came"), "d-small"),
        _text(LEFT + 120, 178, _("dashed: forecast"), "d-small"),
    ]
    return _drawing(190, said, parts)


def _spans(bars: Iterable[Bar]) -> str:
    return ", ".join(
        _("%(name)s from %(start)s to %(end)s") % {"name": name, "start": figure(start), "end": figure(end)}
        for name, start, end in bars
    )


def _gantt(rows: Sequence[tuple[str, Sequence[Bar]]], end: float, said: str) -> SafeString:
    """Bars over one axis of time; a name too long for its bar stands in the table only."""
    parts: list[str] = []
    labelled = any(label for label, _bars in rows)
    top = 6
    for label, bars in rows:
        if labelled:
            parts.append(_text(LEFT, top + 11, label, "d-small"))
            top += 18
        for name, start, finish in bars:
            x, width = LEFT + (RIGHT - LEFT) * start / end, (RIGHT - LEFT) * (finish - start) / end
            parts.append(f'<rect class="d-tint" x="{x:.1f}" y="{top}" width="{width:.1f}" height="{BAR}"/>')
            if len(name) * 8 + 4 <= width:
                parts.append(_text(f"{x + width / 2:.1f}", top + 18, name, "d-text", "middle"))
        top += ROW - 8
    parts.append(f'<path class="d-line" d="M{LEFT:g} {top}H{RIGHT:g}"/>')
    for share, anchor in ((0, "start"), (0.5, "middle"), (1, "end")):
        x = LEFT + (RIGHT - LEFT) * share
        parts.append(_text(f"{x:g}", top + 15, figure(end * share), "d-small", anchor))
    return _drawing(top + 22, said, parts)


def _text(x: float | str, y: float | str, words: str, css: str, anchor: str = "start") -> str:
    return f'<text class="{css}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'


def _drawing(height: float, said: str, parts: Iterable[str]) -> SafeString:
    """Markup of ours in which every text is escaped."""
    return SafeString(
        f'<svg class="tk-drawing" viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{escape(said)}">'
        f"{''.join(parts)}</svg>"
    )
