"""The state in which an object begins: published unless its file says otherwise.

It is no part of the payload. A file says how an object comes into the database; from then on editors publish
it and take it back, and loading the file again changes nothing about that.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from concepts.coursepack.findings import Findings, Spot, nearest
from concepts.models import Publishable

STATE_KEYS = ("status", "publish_at")


@dataclass(frozen=True)
class State:
    """Draft, scheduled for a moment, or published."""

    status: str = Publishable.Status.PUBLISHED.value
    publish_at: datetime | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it may still be incomplete, since no learner will see it as it is."""
        return self.status == Publishable.Status.DRAFT

    @classmethod
    def of(cls, obj: Any) -> "State":
        """The state of a row of the database; what has none is there for everybody."""
        return cls(obj.status, obj.publish_at) if isinstance(obj, Publishable) else cls()

    def give(self, obj: Any) -> None:
        """Bring a new object into this state. Does not save."""
        if not isinstance(obj, Publishable):
            return
        if self.publish_at is not None:
            obj.schedule(self.publish_at)
        elif self.is_draft:
            obj.unpublish()
        else:
            obj.publish()

    def written(self) -> dict[str, str]:
        """The keys that a file needs for it: none if it is published."""
        if self.publish_at is not None:
            moment = self.publish_at.astimezone(UTC).isoformat()
            return {"status": str(self.status), "publish_at": moment}
        return {"status": str(self.status)} if self.is_draft else {}


PUBLISHED = State()


def take_state(model: Any, data: Any, spot: Spot, findings: Findings) -> tuple[State, Any]:
    """The state that a mapping of a file speaks of, and the mapping without it."""
    if not isinstance(data, dict) or not issubclass(model, Publishable):
        return State(), data
    rest = {key: value for key, value in data.items() if key not in STATE_KEYS}
    status, known = data.get("status", Publishable.Status.PUBLISHED.value), Publishable.Status.values
    if status not in known:
        advice = nearest(status, known) or _("Use one of: %(known)s.") % {"known": ", ".join(known)}
        message = _("“%(name)s” cannot be “%(value)s”.") % {"name": "status", "value": status}
        findings.note(spot.at("status"), f"{message} {advice}")
        return State(), rest
    return State(status, _moment(data, status, spot, findings)), rest


def _moment(data: dict[str, Any], status: str, spot: Spot, findings: Findings) -> datetime | None:
    """When it is to be published: given for what is scheduled, and for nothing else."""
    if status != Publishable.Status.SCHEDULED:
        if "publish_at" in data:
            message = _("Only “status: scheduled” has a moment. Take “publish_at” out, or schedule it.")
            findings.note(spot.at("publish_at"), message)
        return None
    given = data.get("publish_at")
    try:
        moment = given if isinstance(given, datetime) else parse_datetime(str(given))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        message = _("“publish_at” is a moment with its offset, such as 2027-01-31T08:00:00+00:00. Write one.")
        findings.note(spot.at("publish_at"), message)
        return datetime.now(UTC)
    return moment.astimezone(UTC)
