"""`manage.py export_course DIR`: the course and the bank as the files that load_course reads."""

import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.coursepack.exporting import ROOTS, Pack, export_pack
from assessments.coursepack.loading import mistakes_in
from concepts.models import Module


class Command(BaseCommand):
    """Writes DIR/course and DIR/bank; what loading would refuse goes to the error output."""

    help = (
        "Write the course and the question bank as files: DIR/course and DIR/bank, which load_course reads. "
        "The same database gives the same files to the byte."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")
        parser.add_argument("--module", metavar="SLUG", default="", help="only this module and what it uses")
        parser.add_argument("--drafts", action="store_true", help="also what learners do not see yet")
        parser.add_argument(
            "--force", action="store_true", help="replace what is in DIR/course and DIR/bank, if anything is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        root, module = Path(options["directory"]), options["module"]
        if module and not Module.objects.filter(slug=module).exists():
            raise CommandError(_("There is no module “%(slug)s”.") % {"slug": module})
        if root.exists() and (not root.is_dir() or any(root.iterdir())) and not options["force"]:
            message = _(
                "“%(path)s” is not empty. Choose another folder, or add --force to replace its files."
            )
            raise CommandError(message % {"path": root})
        pack = export_pack(module=module, drafts=options["drafts"])
        if not pack.files:
            raise CommandError(_("There is nothing to export. Are all modules drafts? Then add --drafts."))
        try:
            _write(pack, root)
        except OSError as error:
            message = _("“%(path)s” cannot be written (%(reason)s).")
            raise CommandError(message % {"path": root, "reason": error.strerror}) from error
        self._report(pack, is_part=bool(module))

    def _report(self, pack: Pack, *, is_part: bool) -> None:
        for address, reason in pack.left_out:
            self.stderr.write(f"{':'.join(address)}: {_('left out')}: {reason}")
        mistakes = mistakes_in(pack, is_part=is_part)
        for mistake in mistakes:
            self.stderr.write(str(mistake))
        if mistakes:
            self.stderr.write(_("load_course will refuse these files until that is mended."))
        count = len(pack.files)
        message = ngettext("%(count)d file was written.", "%(count)d files were written.", count)
        self.stdout.write(message % {"count": count})


def _write(pack: Pack, root: Path) -> None:
    """The files below a folder, in the place of those of an earlier export."""
    for name in ROOTS:
        shutil.rmtree(root / name, ignore_errors=True)
    pack.write(root)
