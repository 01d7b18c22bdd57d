"""End attempts whose time ran out and whose learner has not come back."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.models import Attempt
from assessments.services.finishing import finish_overdue


class Command(BaseCommand):
    """For cron, every few minutes. What was saved is graded, and the deadline is the finish time."""

    help = "Grade and close attempts whose time has run out."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        overdue = Attempt.objects.overdue(now).order_by("pk")
        done = sum(finish_overdue(attempt=attempt, now=now) for attempt in overdue.iterator())
        self.stdout.write(f"Closed {done} attempts whose time had run out.")
