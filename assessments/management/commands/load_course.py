"""`manage.py load_course`: bring the course and the bank from their files into the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.coursepack.checks import check_bank
from assessments.coursepack.folder import read_bank
from assessments.coursepack.kinds import BANK_KINDS
from assessments.models import Question
from concepts.coursepack.checks import check_course
from concepts.coursepack.findings import Findings, nearest
from concepts.coursepack.folder import read_course
from concepts.coursepack.kinds import COURSE_KINDS, Entry
from concepts.coursepack.plan import Overwrite, Plan, make_plan, note_clashes, stored_rows
from concepts.coursepack.report import report
from concepts.coursepack.writing import carry_out

PROJECT = Path(__file__).resolve().parents[3]
KINDS = (*COURSE_KINDS, *BANK_KINDS)


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
        parser.add_argument("--course", type=Path, default=PROJECT / "concepts" / "course", metavar="DIR")
        parser.add_argument("--bank", type=Path, default=PROJECT / "assessments" / "bank", metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        entries = self._read(Path(options["course"]), Path(options["bank"]), thorough=options["check"])
        overwrite = _overwrite(options["overwrite"], entries)
        try:
            with transaction.atomic():
                plan = self._load(entries, overwrite, only_check=options["check"])
        except IntegrityError as error:
            reason = _("The database refused it (%(reason)s). Nothing was loaded.") % {"reason": error}
            raise CommandError(reason) from error
        in_full = options["verbosity"] > 1
        if options["verbosity"]:
            for line in report(plan, KINDS, only_check=options["check"], in_full=in_full):
                self.stdout.write(line)

    def _read(self, course: Path, bank: Path, *, thorough: bool) -> list[Entry]:
        """The entries of all files; ends with the list of mistakes, if there are any."""
        findings = Findings()
        entries = read_course(course, findings)
        check_course(entries, findings)
        entries += read_bank(bank, findings)
        tried = () if thorough else set(Question.objects.values_list("loaded_digest", flat=True))
        check_bank(entries, findings, tried)
        self._refuse(findings)
        return entries

    def _load(self, entries: list[Entry], overwrite: Overwrite, *, only_check: bool) -> Plan:
        stored = stored_rows(KINDS)
        plan = make_plan(entries, stored, KINDS, overwrite)
        findings = Findings()
        note_clashes(plan, stored, findings)
        self._refuse(findings)
        if not only_check:
            carry_out(plan, stored, KINDS)
        return plan

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
