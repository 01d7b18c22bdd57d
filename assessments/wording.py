"""Counts, lengths of time and moments as our pages say them: "Eight", "6 min", "Mon 23 Nov, 09:00"."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

_WORDS = (
    gettext_lazy("no"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
    gettext_lazy("eleven"),
    gettext_lazy("twelve"),
)


def count_word(count: int) -> str:
    """A count within a sentence: in letters up to twelve, in figures beyond."""
    return str(_WORDS[count]) if 0 <= count < len(_WORDS) else str(count)


def begin_sentence(text: str) -> str:
    """The same text with a capital first letter; the rest is left as it is."""
    return text[:1].upper() + text[1:]


def in_series(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def minutes(length: timedelta) -> str:
    """A length of time in minutes, and in seconds too where it is not a whole number of them."""
    whole, seconds = divmod(round(length.total_seconds()), 60)
    text = ngettext("%(count)s minute", "%(count)s minutes", whole) % {"count": whole}
    if not seconds:
        return text
    rest = ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    return in_series([text, rest]) if whole else rest


def stopwatch(length: timedelta) -> str:
    """A length of time in figures: `13:41`, `1:02:07`."""
    total = max(0, round(length.total_seconds()))
    hours, rest = divmod(total, 3600)
    clock = f"{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
    return f"{hours}:{clock}" if hours else clock


def moment(when: datetime) -> str:
    """A day and a time in the reader's zone: `Mon 23 Nov, 09:00`."""
    return date_format(localtime(when), "D j M, H:i")


def time_of_day(when: datetime) -> str:
    """A time to the second in the reader's zone: `10:42:07`."""
    return date_format(localtime(when), "H:i:s")


def day_ahead(when: datetime, now: datetime) -> str:
    """A day to come, as far as it is away: `today`, `tomorrow`, `in 9 days, on Mon 30 Nov`."""
    days = (localtime(when).date() - localtime(now).date()).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return _("in %(count)s days, on %(day)s") % {"count": days, "day": date_format(localtime(when), "D j M")}


def days_ago(when: datetime, now: datetime) -> str:
    """A day gone by: `today`, `yesterday`, `26 days ago`."""
    days = (localtime(now).date() - localtime(when).date()).days
    if days <= 0:
        return _("today")
    return _("yesterday") if days == 1 else _("%(count)s days ago") % {"count": days}
