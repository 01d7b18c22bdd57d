"""Loading a course and its bank from their files: read and check, compare, write, for commands and the admin.

The files are a whole course, which must hold together by itself, or come into what is there already: then
what they refer to may be in the database, and what leads nowhere yet is left open and named, not refused.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.coursepack.checks import check_bank
from assessments.coursepack.exporting import KINDS, Pack
from assessments.coursepack.folder import HOMES, read_bank
from assessments.models import Question
from concepts.coursepack.checks import Around, check_course, unknown
from concepts.coursepack.findings import Findings, Spot, Text
from concepts.coursepack.folder import read_course
from concepts.coursepack.keys import Address, Reference, References
from concepts.coursepack.kinds import Entry
from concepts.coursepack.plan import Overwrite, Plan, Stored, make_plan, note_clashes, stored_rows
from concepts.coursepack.reading import display_name
from concepts.coursepack.writing import carry_out


@dataclass
class Read:
    """What the files say, what is wrong with them, and what of them leads nowhere yet."""

    entries: list[Entry] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    remarks: Findings = field(default_factory=Findings)


class LoadRefused(Exception):
    """The files cannot be stored beside what editors made; ``findings`` say where and why."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(_("The files do not fit to what is in the database."))
        self.findings = findings


class _Everything(frozenset[str]):
    """Holds whatever is asked for."""

    def __contains__(self, digest: object) -> bool:
        return True


# For files whose questions have been tried already, such as those that are published.
EVERY_DIGEST: Collection[str] = _Everything()


def tried_before() -> set[str]:
    """The digests of questions that were loaded before: their draws need no second trial."""
    return set(Question.objects.exclude(loaded_digest="").values_list("loaded_digest", flat=True))


def read_files(course: Path, bank: Path, *, tried: Collection[str] = (), into: Stored | None = None) -> Read:
    """Everything in the two folders, checked. With ``into``, they may be part of what is stored there."""
    read = Read()
    lessons = read_course(course, read.findings)
    read.entries = [*lessons, *read_bank(bank, read.findings)]
    around = None
    if into is not None:
        around = Around(_there_already(read.entries, into), read.remarks)
        _leave_open(read.entries, around)
    check_course(lessons, read.findings, around)
    check_bank(read.entries, read.findings, tried, around)
    return read


def _there_already(entries: Iterable[Entry], stored: Stored) -> list[Entry]:
    """What is stored and not in the files, as files would have it."""
    named = {entry.address for entry in entries}
    kinds = {kind.label: kind for kind in KINDS}
    nowhere = Spot(Text(""))
    return [
        Entry(kinds[label], name, row.payload, nowhere)
        for (label, name), row in stored.items()
        if (label, name) not in named
    ]


def _leave_open(entries: Iterable[Entry], around: Around) -> None:
    """Take out what an object can do without and what is nowhere, such as a lesson to read before it."""
    present = {entry.address for entry in [*entries, *around.entries]}
    for entry in entries:
        for key in entry.kind.keys:
            value = entry.payload.get(key.name)
            if not isinstance(key, Reference) or key.required or key.name in entry.implied or not value:
                continue
            missing = [name for name in key.refers(value) if name not in present]
            if missing and (isinstance(key, References) or not _is_home(entry, key.name)):
                _note_open(entry, key.name, missing, around.remarks)
                kept = [name for _label, name in key.refers(value) if (_label, name) not in missing]
                if kept:
                    entry.payload[key.name] = kept
                else:
                    del entry.payload[key.name]


def _is_home(entry: Entry, name: str) -> bool:
    return entry.kind.label == "assessment" and name in HOMES


def _note_open(entry: Entry, name: str, missing: list[Address], remarks: Findings) -> None:
    for address in missing:
        message = f"{unknown(address, ())} " + _("It is left out of “%(key)s” of %(entry)s.")
        remarks.note(entry.spot.at(name), message % {"key": name, "entry": entry}, words=address[1])


def plan_load(entries: list[Entry], stored: Stored, overwrite: Overwrite) -> Plan:
    """What loading would do. Raises LoadRefused where something cannot stand beside what is there."""
    plan = make_plan(entries, stored, KINDS, overwrite)
    findings = Findings()
    note_clashes(plan, stored, findings)
    if findings:
        raise LoadRefused(findings)
    return plan


@transaction.atomic
def load(entries: list[Entry], overwrite: Overwrite, *, by: Any = None, reason: str = "") -> Plan:
    """Write what is new or changed, all of it or nothing. Raises LoadRefused and IntegrityError."""
    stored = stored_rows(KINDS)
    plan = plan_load(entries, stored, overwrite)
    carry_out(plan, stored, KINDS, by=by, reason=reason)
    return plan


def from_root(findings: Iterable[Any], root: Path) -> Findings:
    """Findings with the names of their files as they are within a folder."""
    before = f"{display_name(root)}/"
    named = Findings()
    named += [
        replace(each, file=each.file.removeprefix(before), message=each.message.replace(before, ""))
        for each in findings
    ]
    return named


def mistakes_in(pack: Pack, *, is_part: bool) -> Findings:
    """What loading these files elsewhere would be refused for: the database holds what no file may."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        pack.write(root)
        stored = stored_rows(KINDS) if is_part else None
        read = read_files(root / "course", root / "bank", tried=EVERY_DIGEST, into=stored)
        return from_root(sorted(read.findings), root)
