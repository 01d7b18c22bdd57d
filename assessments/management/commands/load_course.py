"""`manage.py load_course`: bring the course and the bank from their files into the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.coursepack.exporting import KINDS
from assessments.coursepack.loading import LoadRefused, load, plan_load, read_files, tried_before
from concepts.coursepack.findings import Findings, nearest
from concepts.coursepack.kinds import Entry
from concepts.coursepack.plan import Overwrite, Plan, stored_rows
from concepts.coursepack.report import report

PROJECT = Path(__file__).resolve().parents[3]


class Command(BaseCommand):
    """Reads, checks and compares; writes only if no file has a mistake, and then all or nothing."""

    help = (
        "Load the course and the question bank from their files. Running it again writes only what the files "
        "changed; what editors changed in the admin is listed and left, unless --overwrite says otherwise."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only say what is wrong and what would be done"
        )
        parser.add_argument(
            "--overwrite",
            nargs="*",
            metavar="NAME",
            help="let the files win over editors: for these (a code or slug, or term:takt-time), or for all",
        )
        parser.add_argument(
            "--part",
            action="store_true",
            help="the files are part of a course, such as a module: what they need may be in the database",
        )
        parser.add_argument("--course", type=Path, default=PROJECT / "concepts" / "course", metavar="DIR")
        parser.add_argument("--bank", type=Path, default=PROJECT / "assessments" / "bank", metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        part = options["part"]
        entries = self._read(
            Path(options["course"]), Path(options["bank"]), thorough=options["check"], part=part
        )
        overwrite = _overwrite(options["overwrite"], entries)
        try:
            plan = self._load(entries, overwrite, only_check=options["check"])
        except IntegrityError as error:
            reason = _("The database refused it (%(reason)s). Nothing was loaded.") % {"reason": error}
            raise CommandError(reason) from error
        if part:
            plan.gone = []  # what a part says nothing of is no news
        in_full = options["verbosity"] > 1
        if options["verbosity"]:
            for line in report(plan, KINDS, only_check=options["check"], in_full=in_full):
                self.stdout.write(line)

    def _read(self, course: Path, bank: Path, *, thorough: bool, part: bool) -> list[Entry]:
        """The entries of all files; ends with the list of mistakes, if there are any."""
        tried = set() if thorough else tried_before()
        read = read_files(course, bank, tried=tried, into=stored_rows(KINDS) if part else None)
        self._refuse(read.findings)
        for remark in sorted(read.remarks):
            self.stderr.write(str(remark))
        return read.entries

    def _load(self, entries: list[Entry], overwrite: Overwrite, *, only_check: bool) -> Plan:
        try:
            if only_check:
                return plan_load(entries, stored_rows(KINDS), overwrite)
            return load(entries, overwrite)
        except LoadRefused as refused:
            self._refuse(refused.findings)
            raise

    def _refuse(self, findings: Findings) -> None:
        if not findings:
            return
        for finding in sorted(findings):
            self.stderr.write(str(finding))
        count = len(findings)
        message = ngettext(
            "%(count)s mistake in the course files. Nothing was loaded.",
            "%(count)s mistakes in the course files. Nothing was loaded.",
            count,
        )
        raise CommandError(message % {"count": count})


def _overwrite(names: list[str] | None, entries: list[Entry]) -> Overwrite:
    """What the option means; a name that fits nothing is refused, since something was meant by it."""
    chosen = Overwrite(frozenset(names or ()), everything=names == [])
    known = {name for entry in entries for name in (entry.name, str(entry))}
    for name in chosen.unknown(entries):
        message = _("Nothing in the course files is called “%(name)s”. %(advice)s")
        raise CommandError((message % {"name": name, "advice": nearest(name, known)}).strip())
    return chosen
