"""`manage.py check_course`: what the course in the database falls short of, for editors and for CI."""

import json
import sys
from argparse import ArgumentParser
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.course_check import Finding
from assessments.selectors.course_check import course_findings


class Command(BaseCommand):
    """Grouped by kind; each finding says where it is and what to do. Ends with 1 if there is any."""

    help = (
        "Check the course: questions enough, links, sources, terms, reading time and level, the parts of a "
        "lesson, and the questions themselves. Looks at what learners see, or with --drafts at everything."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--drafts", action="store_true", help="look at unpublished content as well")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it")

    def handle(self, *args: Any, **options: Any) -> None:
        found = course_findings(drafts=options["drafts"])
        if options["format"] == "json":
            self.stdout.write(json.dumps([_as_data(one) for one in found], indent=2, ensure_ascii=False))
        else:
            self._print(found)
        if found:
            sys.exit(1)

    def _print(self, found: list[Finding]) -> None:
        for label, group in groupby(found, key=lambda one: one.label):
            members = list(group)
            self.stdout.write(f"{label}: {len(members)}")
            for one in members:
                self.stdout.write(f"  {one.where}: {one.message} {one.remedy}")
            self.stdout.write("")
        if not found:
            self.stdout.write(_("Nothing is missing."))
            return
        text = ngettext("%(count)d finding.", "%(count)d findings.", len(found))
        self.stdout.write(text % {"count": len(found)})


def _as_data(one: Finding) -> dict[str, str]:
    return {
        "kind": one.kind,
        "label": one.label,
        "what": one.where.kind,
        "name": one.where.name,
        "title": one.where.title,
        "message": one.message,
        "remedy": one.remedy,
    }
