"""Advice on the question bank, on the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from assessments.questions.lint import KINDS
from assessments.selectors.lint import bank_findings


class Command(BaseCommand):
    """The same report as in the admin. It is advice: the command succeeds whatever it finds."""

    help = "List what could be written better in the question bank: one line for each piece of advice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", choices=sorted(KINDS), help="only this kind of advice")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [one for one in bank_findings() if options["kind"] in (None, one.kind)]
        for one in found:
            other = f" (as {one.other_title})" if one.other_title else ""
            self.stdout.write(
                f"{one.kind}\t{one.code}\t{one.slug or one.title}\t{one.field}\t{one.message}{other}"
            )
        self.stdout.write(f"{len(found)} pieces of advice.")
