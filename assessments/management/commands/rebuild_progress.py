"""Fold every state again from the evidence, and say whether anything had been different."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from assessments.models import Learner, ModuleState, ObjectiveState, ProgressDay
from assessments.services.evidence import rebuild_learner

FOLDS = (ObjectiveState, ModuleState, ProgressDay)


class Command(BaseCommand):
    """For use after a change of the rule, of the scheduler, or of the course's outline."""

    help = "Delete every state, rollup and day of progress and rebuild them from evidence."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "emails", nargs="*", help="Only these people, by e-mail address; everybody otherwise."
        )

    def handle(self, *args: Any, emails: list[str], **options: Any) -> None:
        people = Learner.objects.order_by("pk")
        if emails:
            people = people.filter(user__email__in=emails)
        done = changed = 0
        for pk in people.values_list("pk", flat=True).iterator():
            done += 1
            changed += self.rebuild(pk)
        self.stdout.write(f"Rebuilt {done} people from evidence; {changed} had been different.")

    @transaction.atomic
    def rebuild(self, pk: int) -> bool:
        """Rebuild one learner; whether any row came out different."""
        learner = Learner.objects.select_for_update().get(pk=pk)
        before = snapshot(learner)
        rebuild_learner(learner=learner)
        return before != snapshot(learner)


def snapshot(learner: Learner) -> list[list[tuple[Any, ...]]]:
    """Every derived row of a learner without its key, in a fixed order."""
    rows = []
    for model in FOLDS:
        names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
        rows.append(
            sorted(model.objects.filter(learner=learner).values_list(*names), key=lambda row: str(row[:2]))
        )
    return rows
