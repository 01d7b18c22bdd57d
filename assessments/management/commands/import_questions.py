"""`manage.py import_questions FILE`: look at a file of questions, and with --confirm import it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.formats.decoding import too_large
from assessments.formats.parsed import LARGEST_FILE, ImportReport
from assessments.formats.registry import FORMATS, Format, detect
from assessments.selectors.exchange import located
from assessments.services.errors import Refused
from assessments.services.exchange import import_questions
from assessments.services.exchange_plan import KNOWN, NEW, REPEATED, Plan, plan_import
from concepts.models import Objective


class Command(BaseCommand):
    """The preview of the admin in words; nothing is written unless it is asked for."""

    help = (
        "Show what a file of questions (GIFT, Moodle XML, Aiken, YAML) holds, question by question, and what "
        "would not be carried over. Writes nothing unless --confirm is given; then all new questions become "
        "drafts, in one transaction."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=sorted(FORMATS), help="told by the file if left out")
        parser.add_argument(
            "--objective", metavar="CODE", help="for questions whose file names none that is known"
        )
        parser.add_argument("--confirm", action="store_true", help="write them as drafts")

    def handle(self, *args: Any, **options: Any) -> None:
        data, form = self._read(options["file"], options["format"])
        objective = self._objective(options["objective"])
        report = form.read(data)
        plan = plan_import(parsed=report.questions, objective=objective)
        self._show(report, plan)
        if not options["confirm"]:
            self.stdout.write(_("Nothing was written. Give --confirm to import the new questions as drafts."))
            return
        source = f"{options['file'].name} ({form.label})"
        try:
            done = import_questions(parsed=report.questions, objective=objective, source=source)
        except Refused as refused:
            raise CommandError(f"{refused.message} --objective CODE.") from refused
        count = len(done.created)
        message = ngettext("%(count)d draft was written.", "%(count)d drafts were written.", count)
        self.stdout.write(message % {"count": count})

    def _read(self, path: Path, key: str | None) -> tuple[bytes, Format]:
        try:
            if path.stat().st_size > LARGEST_FILE:
                raise CommandError(too_large())
            data = path.read_bytes()
        except OSError as error:
            message = _("“%(path)s” cannot be read (%(reason)s).")
            raise CommandError(message % {"path": path, "reason": error.strerror}) from error
        form = FORMATS[key] if key else detect(data, path.name)
        if form is None:
            raise CommandError(_("The format cannot be told by the file. Name it with --format."))
        return data, form

    def _objective(self, code: str | None) -> Objective | None:
        if not code:
            return None
        objective = Objective.objects.filter(code=code).first()
        if objective is None:
            raise CommandError(_("There is no objective “%(code)s”.") % {"code": code})
        return objective

    def _show(self, report: ImportReport, plan: Plan) -> None:
        """Every question and every finding, a line each."""
        words = {NEW: _("new"), KNOWN: _("in the bank already"), REPEATED: _("twice in the file")}
        for planned in plan.questions:
            parsed = planned.parsed
            code = planned.objective.code if planned.objective else _("no objective")
            fate = words.get(planned.fate) or _("not imported: its parts are not where its type has them")
            self.stdout.write(f"{parsed.line}: {parsed.title} [{parsed.type}, {code}] {fate}")
            for problem in planned.problems:
                self.stdout.write(f"    {_('to complete')}: {located(problem)}")
            for loss in parsed.losses:
                self.stdout.write(f"    {_('not carried over')}: {loss.what} – {loss.reason}")
        for each in report.unsupported:
            self.stdout.write(f"{each.line}: {each.name} [{each.kind}] {_('not imported')}: {each.reason}")
        for remark in report.remarks:
            self.stdout.write(f"{remark.line}: {remark.message}")
        said = {"new": len(plan.new), "count": report.count}
        self.stdout.write(_("%(new)d of %(count)d questions are new.") % said)
