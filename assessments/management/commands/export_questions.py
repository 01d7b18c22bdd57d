"""`manage.py export_questions --format …`: the bank as a file for other tools."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.formats.registry import FORMATS, write
from assessments.models import Question
from assessments.selectors.exchange import parsed_questions, with_category
from concepts.models import Module


class Command(BaseCommand):
    """Writes to a file or to the standard output; what the format cannot hold goes to the error output."""

    help = "Write the questions of the bank, as they stand in their forms, in one of the formats of exchange."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=sorted(FORMATS), required=True)
        parser.add_argument("--module", metavar="SLUG", help="only the questions of this module")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Question.objects.all()
        if options["module"]:
            module = Module.objects.filter(slug=options["module"]).first()
            if module is None:
                raise CommandError(_("There is no module “%(slug)s”.") % {"slug": options["module"]})
            rows = rows.filter(Q(objective__concept__module=module) | Q(objective__comparison__module=module))
        written = write(parsed_questions(with_category(rows)), FORMATS[options["format"]])
        for question, fitted in written.left_out:
            self.stderr.write(f"{question.slug}: {_('left out')}: {fitted.reason}")
        for question, fitted in written.cut:
            what = "; ".join(f"{loss.what} – {loss.reason}" for loss in fitted.losses)
            self.stderr.write(f"{question.slug}: {what}")
        self._write(written.text, options["output"])
        count = len(written.fates) - len(written.left_out)
        message = ngettext("%(count)d question was written.", "%(count)d questions were written.", count)
        self.stderr.write(message % {"count": count})

    def _write(self, text: str, path: Path | None) -> None:
        if path is None:
            self.stdout.write(text, ending="")
            return
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            message = _("“%(path)s” cannot be written (%(reason)s).")
            raise CommandError(message % {"path": path, "reason": error.strerror}) from error
