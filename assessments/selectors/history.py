"""How a learner's levels have risen, and how much of what is mastered would stay without reviews."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from assessments.models import Learner, ProgressDay
from assessments.selectors.held import Held
from concepts.compiled import Compiled

# The newest days on which something was answered: more than a year of daily learning.
MOST_DAYS = 400
DAY, WEEK, MONTH = "day", "week", "month"
WEEKS_AHEAD = 4


class Point(NamedTuple):
    """How many objectives stood at a level or above it when a day, week or month ended.

    ``start`` is its first day.
    """

    start: date
    familiar: int
    proficient: int
    mastered: int


@dataclass(frozen=True)
class History:
    """Points at equal distances, from just before the first answer until now. ``begun`` is its day."""

    step: str
    points: tuple[Point, ...]
    begun: date

    def label(self, point: Point) -> str:
        """As `date_format` would write it with "j M" or "M Y", at a tenth of its price."""
        day, month = point.start.day, str(MONTHS_3[point.start.month]).title()
        return f"{month} {point.start.year}" if self.step == MONTH else f"{day} {month}"

    @property
    def rows(self) -> Iterator[tuple[str, Point]]:
        """Every point with its label, the newest first."""
        return ((self.label(point), point) for point in reversed(self.points))

    @property
    def heading(self) -> str:
        """The head of the first column of the table behind the chart."""
        return {DAY: _("Day"), WEEK: _("Week of"), MONTH: _("Month")}[self.step]


class Kept(NamedTuple):
    """How many mastered objectives would still be above 80 % recall, so many days from now."""

    days: int
    known: int


_NEWEST = Compiled(
    lambda learner: (
        ProgressDay.objects.filter(learner=learner)
        .order_by("-day")
        .values_list("day", "familiar", "proficient", "mastered")[:MOST_DAYS]
    )
)


def history_of(learner: Learner, today: date) -> History | None:
    """The history as far as it fits; none for somebody who has not answered anything.

    ``today`` is the day in UTC, as the stored days are.
    """
    newest = _NEWEST.rows(learner.pk)
    if not newest:
        return None
    days = [Point(day, f + p + m, p + m, m) for day, f, p, m in reversed(newest)]
    step = _step(days[0].start, today)
    points = list(_points(days, step, today))
    if len(newest) < MOST_DAYS:  # the first day of all is among them: before it there was nothing
        points.insert(0, Point(_before(points[0].start, step), 0, 0, 0))
    return History(step, tuple(points), days[0].start)


def kept_without_reviews(held: Collection[Held], now: datetime) -> tuple[Kept, ...]:
    """Day by day for four weeks, what would be left of what is mastered if nothing was reviewed."""
    fading = [row.fades_at for row in held if row.is_mastered and row.fades_at is not None]
    moments = ((days, now + timedelta(days=days)) for days in range(7 * WEEKS_AHEAD + 1))
    return tuple(Kept(days, sum(fades > moment for fades in fading)) for days, moment in moments)


def _step(first: date, today: date) -> str:
    """A chart reads well with up to about sixty points."""
    span = (today - first).days
    if span <= 20:
        return DAY
    return WEEK if span <= 7 * 60 else MONTH


def _begin(day: date, step: str) -> date:
    """The first day of the week or month that a day is in."""
    if step == WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == MONTH else day


def _after(start: date, step: str) -> date:
    return _begin(start + timedelta(days={DAY: 1, WEEK: 7, MONTH: 32}[step]), step)


def _before(start: date, step: str) -> date:
    return _begin(start - timedelta(days=1), step)


def _points(days: list[Point], step: str, today: date) -> Iterator[Point]:
    """One point for each step, quiet ones included: levels stay as they are until the next answer."""
    position, state = 0, days[0]
    start = _begin(days[0].start, step)
    while start <= max(today, days[-1].start):
        end = _after(start, step)
        while position < len(days) and days[position].start < end:
            state = days[position]
            position += 1
        yield state._replace(start=start)
        start = end
