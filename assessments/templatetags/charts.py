"""The charts of Today and Progress in words and lines, and the lists that would take a template too long.

Rows are joined by hand, and every text in them is escaped by hand: format_html takes ten times as long, and a
page of a hundred marks is measured by it.
"""

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.selectors.answers import Answer
from assessments.selectors.held import Remembered
from assessments.selectors.history import History, Kept, Point
from assessments.selectors.sets import percent_figure
from assessments.selectors.standing import Shown, Standing
from assessments.selectors.today import Plan
from assessments.svg import Curve, Stretch, Words, chart, strip
from assessments.templatetags.mastery import draw_mark
from assessments.wording import in_series
from concepts.selectors.outline import Line

register = template.Library()


@register.simple_tag
def beat(plan: Plan) -> SafeString:
    """Today's minutes: what is planned, what stays free."""
    planned = [
        _("%(what)s about %(minutes)s") % {"what": part.label, "minutes": _minutes(part.minutes)}
        for part in plan.parts
        if part.kind != "free"
    ]
    said = [_("Planned: %(parts)s.") % {"parts": in_series(planned)}] if planned else []
    free = plan.set_aside - plan.planned
    if free >= 0:
        said.append(
            _("You set aside %(all)s a day, so %(free)s stay free.")
            % {"all": _minutes(plan.set_aside), "free": _minutes(free)}
        )
    else:
        said.append(
            _("That is %(more)s more than the %(all)s that you set aside a day.")
            % {"more": _minutes(-free), "all": _minutes(plan.set_aside)}
        )
    stretches = [
        Stretch(part.label, part.minutes, _("%(count)s min") % {"count": part.minutes}, part.kind)
        for part in plan.parts
    ]
    return strip(Words("beat", _("Today in minutes"), " ".join(said)), stretches)


def _minutes(count: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


@register.simple_tag
def history_chart(history: History) -> SafeString:
    """How many objectives stood at each level or above it, as steps."""
    points = history.points
    # What begins where a stretch ends is the next one: that is the day to write below it.
    labels = [history.label(points[1]), history.label(points[(len(points) - 1) // 2 + 1]), _("today")]
    words = Words(
        "history",
        _("Objectives at each level or above it, over time"),
        _("From %(first)s to %(last)s. At first %(before)s; at the end %(after)s.")
        % {
            "first": labels[0],
            "last": labels[2],
            "before": _counted(points[0]),
            "after": _counted(points[-1]),
        },
    )
    curves = [
        Curve(_("familiar"), [point.familiar for point in points], dash="2 3"),
        Curve(_("proficient"), [point.proficient for point in points]),
        Curve(_("mastered"), [point.mastered for point in points], "var(--tk-accent)", "2"),
    ]
    return chart(words, curves, labels, stepped=True)


def _counted(point: Point) -> str:
    return in_series(
        [
            _("%(count)s familiar or better") % {"count": point.familiar},
            _("%(count)s proficient or better") % {"count": point.proficient},
            _("%(count)s mastered") % {"count": point.mastered},
        ]
    )


@register.simple_tag
def kept_chart(kept: Sequence[Kept]) -> SafeString:
    """How many mastered objectives would stay above 80 % recall without any review."""
    words = Words(
        "kept",
        _("Mastered objectives with a recall of 80 % or more, if nothing is reviewed"),
        _("Without any review the count goes from %(now)s today to %(then)s in four weeks.")
        % {"now": kept[0].known, "then": kept[-1].known},
    )
    curve = Curve(_("still known"), [point.known for point in kept], dash="5 4")
    return chart(words, [curve], [_("today"), _("in 2 weeks"), _("in 4 weeks")])


@register.simple_tag
def weekly(kept: Iterable[Kept]) -> list[Kept]:
    """The points of whole weeks, for the table behind the chart."""
    return [point for point in kept if point.days % 7 == 0]


@register.simple_tag
def recall(percent: int | None) -> SafeString:
    """The same markup as components/recall.html, at a price that a table of a hundred rows can pay."""
    if percent is None:
        return SafeString("")
    state, below = "", ""
    if percent < 80:
        state = ' data-state="warn"'
        below = f'<span class="visually-hidden">{escape(_(", below 80 %"))}</span>'
    return SafeString(
        f'<span class="tk-recall"{state}><svg viewBox="0 0 88 12" aria-hidden="true" focusable="false">'
        '<path d="M0 7.5h88" stroke="var(--tk-rule-strong)"/>'
        f'<rect y="4" width="{percent:d}%" height="4" fill="currentColor"/>'
        '<path d="M70.4 0v12" stroke="var(--tk-ink)"/></svg>'
        f'<span><span class="visually-hidden">{escape(_("Recall"))} </span>{percent_figure(percent)}{below}'
        "</span></span>"
    )


@register.simple_tag
def map_marks(lines: Iterable[Line], standing: Standing) -> SafeString:
    """Marks in a row, each a link to its objective, as `mark_links` draws them for the course."""
    address = reverse("assessments:objective", args=["CODE"])
    marks = _Marks()
    items = [
        f'<li><a href="{address.replace("CODE", line.code)}" title="{escape(line.title)}">'
        f'<span class="visually-hidden">{escape(line.code)} </span>{marks[standing.shown(line.pk)]}</a></li>'
        for line in lines
    ]
    return format_html('<ul class="tk-marks">{}</ul>', SafeString("".join(items)))


class _Marks(dict[Shown, SafeString]):
    """Each kind of mark, drawn once."""

    def __missing__(self, shown: Shown) -> SafeString:
        drawn = self[shown] = draw_mark(shown, hidden=True)
        return drawn


@register.simple_tag
def history_rows(history: History) -> SafeString:
    """The rows of the table behind the chart, the newest first."""
    rows = [
        f'<tr><th scope="row">{escape(label)}</th>'
        + "".join(f'<td class="num">{count}</td>' for count in point[1:])
        for label, point in history.rows
    ]
    return SafeString("</tr>".join([*rows, ""]))


@register.simple_tag
def recall_rows(rows: Iterable[Remembered]) -> SafeString:
    """Objectives with their recall today, as items of a list."""
    address = reverse("assessments:objective", args=["CODE"])
    met = _("last met %(when)s")
    items = [
        f'<li><div class="tk-row"><div><a href="{address.replace("CODE", row.line.code)}">'
        f'{escape(row.line.title)}</a><div class="quiet small"><span class="tk-code">{escape(row.line.code)}'
        f"</span> · {escape(met % {'when': row.when})}</div></div>{recall(row.recall)}</div></li>"
        for row in rows
    ]
    return SafeString("".join(items))


@register.simple_tag
def answer_rows(answers: Iterable[Answer], with_code: bool = True) -> SafeString:
    """Answers that count, as items of a list; without the code on the page of its one objective."""
    icons = static("img/icons.svg")
    items = []
    for answer in answers:
        code = f'<span class="tk-code">{escape(answer.code)}</span> · ' if with_code else ""
        items.append(
            f'<li><div class="tk-row"><div><a href="{answer.url}">{escape(answer.title)}</a>'
            f'<div class="quiet small">{code}{escape(answer.origin)}</div></div>'
            f'<div class="text-end">{_score(answer, icons)}<div class="quiet small">{escape(answer.when)}'
            "</div></div></div></li>"
        )
    return SafeString("".join(items))


def _score(answer: Answer, icons: str) -> str:
    if answer.percent is None:
        return f'<span class="tk-state">{escape(_("not shown yet"))}</span>'
    state, icon = ("good", "check") if answer.succeeded else ("bad", "half" if answer.percent else "cross")
    return (
        f'<span class="tk-state" data-state="{state}"><svg class="tk-icon" aria-hidden="true" '
        f'focusable="false"><use href="{icons}#{icon}"/></svg>{percent_figure(answer.percent)}</span>'
    )


@register.simple_tag
def counted(lines: Iterable[Line], standing: Standing) -> SafeString:
    """A row of marks in words: **9** of 11 mastered, 1 fading."""
    tally = standing.tally(lines)
    words = _("of %(total)s mastered") % {"total": tally.total}
    if tally.fading:
        words += _(", %(count)s fading") % {"count": tally.fading}
    return format_html("<b>{}</b> {}", tally.mastered, words)


@register.simple_tag
def at_code(address: str, code: str) -> str:
    """The address of an objective, from that of one called CODE: cheaper than finding the way for each."""
    return address.replace("CODE", code)
