"""End attempts whose time ran out and whose learner has not come back; delete previews that nobody needs."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.models import Attempt
from assessments.services.finishing import finish_overdue
from assessments.services.previews import discard_old_previews

PREVIEWS_LAST = timedelta(days=2)


class Command(BaseCommand):
    """For cron, every few minutes. What was saved is graded, and the deadline is the finish time. Previews of
    two days ago go.
    """

    help = "Grade and close attempts whose time has run out; delete previews of two days ago."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        overdue = Attempt.objects.overdue(now).order_by("pk")
        done = sum(finish_overdue(attempt=attempt, now=now) for attempt in overdue.iterator())
        self.stdout.write(f"Closed {done} attempts whose time had run out.")
        dropped = discard_old_previews(before=now - PREVIEWS_LAST)
        if dropped:
            self.stdout.write(f"Deleted {dropped} previews begun before yesterday.")
