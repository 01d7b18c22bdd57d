"""`manage.py make_case_data`: the tables of the shipped cases, made again by their seeded generators."""

import sys
from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from concepts.coursepack.case_rows import NoRows, with_rows
from concepts.coursepack.reading import display_name

FILES = Path(__file__).parents[3] / "concepts" / "course" / "cases"


class Command(BaseCommand):
    """Writes what differs; with --check it only says so, and ends with 1."""

    help = (
        "Write the rows of the tables in concepts/course/cases/*.yaml from concepts/cases/data/. "
        "With --check nothing is written, and the exit code is 1 if a file would change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing, end with 1 if anything differs"
        )
        parser.add_argument(
            "--cases", type=Path, default=FILES, metavar="DIR", help="the folder of the cases"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        differing = [path for path in sorted(options["cases"].glob("*.yaml")) if self._differs(path, options)]
        if not differing:
            self.stdout.write(_("The tables of all cases are as they are made."))
        elif options["check"]:
            sys.exit(1)

    def _differs(self, path: Path, options: dict[str, Any]) -> bool:
        try:
            made = with_rows(path, self._tables(path.stem))
        except NoRows as error:
            raise CommandError(str(error)) from error
        if made == path.read_text(encoding="utf-8"):
            return False
        if options["check"]:
            message = _("%(file)s differs from what is made. Run manage.py make_case_data.")
        else:
            path.write_text(made, encoding="utf-8")
            message = _("%(file)s is written.")
        self.stdout.write(message % {"file": display_name(path)})
        return True

    def _tables(self, slug: str) -> dict[str, list[list[object]]]:
        name = f"concepts.cases.data.{slug.replace('-', '_')}"
        if find_spec(name) is None:
            raise CommandError(_("There is no %(name)s. Add it, with a function tables().") % {"name": name})
        found: dict[str, list[list[object]]] = import_module(name).tables()
        return found
