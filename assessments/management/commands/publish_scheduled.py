"""Publish what is scheduled and due: drafts, questions, and changes prepared beside published pages."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from concepts.publishing import publish_due


class Command(BaseCommand):
    """For cron, every few minutes. Web processes do it while pages are read; this is for the quiet hours."""

    help = "Publish what is scheduled for a moment that has come; say what could not be published, and why."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = publish_due(timezone.now())
        for name in outcome.published:
            self.stdout.write(f"Published: {name}")
        for problem in outcome.problems:
            self.stderr.write(f"Not published, and kept: {problem}")
