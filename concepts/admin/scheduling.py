"""The moment at which a draft, or what is prepared beside a published page, is shown to learners."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NAME = "publish_on"
# Further ahead is a slip of the finger, and the end of the calendar is another day in another time zone.
LONGEST = timedelta(days=36525)


def _lazy(words: Any) -> Any:
    """Typed as an attribute of a widget, which may be lazy."""
    return gettext_lazy(words)


class MomentField(forms.SplitDateTimeField):
    """A moment in the editor's time zone, where some moments of a year come twice and some never."""

    def compress(self, data_list: Any) -> Any:
        try:
            return super().compress(data_list)
        except ValidationError as error:
            if getattr(error, "code", "") != "ambiguous_timezone":
                raise
            message = _(
                "The clocks change at that hour, so this time comes twice or not at all. Choose another."
            )
            raise ValidationError(message, code="clocks") from error


class ScheduleForm(forms.Form):
    """A date and a time in the editor's own time zone, which must lie ahead."""

    publish_on = MomentField(
        label=gettext_lazy("Publish on"),
        input_date_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
        input_time_formats=["%H:%M", "%H:%M:%S"],
        error_messages={
            "required": gettext_lazy("Type a date and a time, such as 2026-12-01 and 08:00."),
            "invalid_date": gettext_lazy("This is not a date. Type it as 2026-12-01."),
            "invalid_time": gettext_lazy("This is not a time. Type it as 08:00."),
        },
        widget=forms.SplitDateTimeWidget(
            date_format="%Y-%m-%d",
            time_format="%H:%M",
            date_attrs={"type": "date", "aria-label": _lazy("Publish on, date")},
            time_attrs={"type": "time", "aria-label": _lazy("Publish on, time")},
        ),
    )

    def clean_publish_on(self) -> datetime:
        moment: datetime = self.cleaned_data["publish_on"]
        if moment <= timezone.now():
            now = date_format(localtime(timezone.now()), "j F Y, H:i")
            raise ValidationError(
                _("This moment has passed: it is %(now)s. Choose a later one, or publish now.") % {"now": now}
            )
        if moment - timezone.now() > LONGEST:
            raise ValidationError(_("This is more than a hundred years ahead. Choose an earlier moment."))
        return moment

    @property
    def zone(self) -> str:
        """The time zone in which the moment is read."""
        return timezone.get_current_timezone_name().replace("_", " ")


def schedule_form(at: datetime | None, data: Any = None) -> ScheduleForm:
    """The form, with the moment that is set already."""
    return ScheduleForm(data, initial={NAME: at})


def moment_words(at: datetime) -> str:
    """A moment as an editor reads it, in their own time zone."""
    return date_format(localtime(at), "j F Y, H:i")
