"""What an assessment allows one learner: its conditions, their extra time, what they were given beyond."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assessments.models.assessment import Assessment
from assessments.models.extension import Extension
from assessments.models.people import Learner


@dataclass(frozen=True)
class Terms:
    """The conditions of an assessment as they hold for one learner."""

    assessment: Assessment
    extra_time_percent: int
    extension: Extension | None = None

    @property
    def closes_at(self) -> datetime | None:
        """Never sooner than for the others, also after the assessment itself was moved."""
        given = self.extension.closes_at if self.extension else None
        return later_of(self.assessment.closes_at, given)

    @property
    def limit(self) -> timedelta | None:
        """Limit × (1 + extra time) + the minutes that were given for this assessment."""
        if not self.assessment.time_limit:
            return None
        own = timedelta(minutes=self.assessment.time_limit) * (1 + self.extra_time_percent / 100)
        return own + timedelta(minutes=self.extension.extra_minutes if self.extension else 0)

    @property
    def attempts_allowed(self) -> int | None:
        """None for any number."""
        allowed = self.assessment.attempts_allowed
        if allowed is None:
            return None
        return allowed + (self.extension.extra_attempts if self.extension else 0)

    def deadline(self, start: datetime) -> datetime | None:
        """When an attempt begun then ends: min(start + limit, close), or never."""
        ends = [end for end in (start + self.limit if self.limit else None, self.closes_at) if end]
        return min(ends, default=None)


def later_of(closes_at: datetime | None, given: datetime | None) -> datetime | None:
    """When an assessment closes for somebody who was given an end of their own; None if it never closes."""
    if closes_at is None:
        return None
    return max(closes_at, given) if given else closes_at


def terms_for(assessment: Assessment, learner: Learner) -> Terms:
    """The terms as they stand now; one query."""
    given = Extension.objects.filter(assessment=assessment, learner=learner).first()
    return Terms(assessment, learner.extra_time_percent, given)
