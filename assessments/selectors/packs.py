"""What a page shows of a course pack: what loading it would do, or why it cannot be loaded."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.coursepack.exporting import KINDS
from concepts.coursepack.findings import Finding
from concepts.coursepack.kinds import Entry, Kind
from concepts.coursepack.plan import Plan

MOST_LINES = 200


@dataclass(frozen=True)
class Line:
    """One object of a pack: what it is called, and what more there is to say."""

    address: str
    kind: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Part:
    """Lines under a heading; `more` is how many there are beside those that are shown."""

    lines: Sequence[Line]
    more: int = 0


@dataclass
class PackPage:
    """What a pack holds and would change. `token` is what confirming it takes."""

    name: str
    plan: Plan | None = None
    mistakes: Sequence[Finding] = ()
    remarks: Sequence[Finding] = ()
    token: str = ""
    problems: list[str] = field(default_factory=list)
    chosen: frozenset[str] = frozenset()

    @property
    def headline(self) -> str:
        if self.plan is None or self.mistakes:
            count = len(self.mistakes)
            message = ngettext("%(count)d mistake in this pack", "%(count)d mistakes in this pack", count)
            return message % {"count": count}
        if not (self.plan.added or self.plan.changed or self.plan.differing):
            return _("All of this pack is here already")
        said = {"added": len(self.plan.added), "changed": len(self.plan.changed)}
        return _("%(added)d new, %(changed)d to change") % said

    @property
    def writes(self) -> bool:
        """Whether there is anything to confirm."""
        plan = self.plan
        return bool(self.token and plan and (plan.added or plan.changed or plan.differing))

    @property
    def counts(self) -> list[tuple[str, int, int, int, int]]:
        """For each kind of object how many are new, to change, as they are, and left for an editor's sake."""
        plan = self.plan or Plan()
        columns = [
            Counter(entry.kind.label for entry in entries)
            for entries in (
                [change.entry for change in plan.added],
                [change.entry for change in plan.changed],
                plan.left,
                [conflict.entry for conflict in plan.differing],
            )
        ]
        rows = []
        for kind in KINDS:
            added, changed, left, differing = (column[kind.label] for column in columns)
            if added or changed or left or differing:
                name = capfirst(str(kind.model._meta.verbose_name_plural))
                rows.append((name, added, changed, left, differing))
        return rows

    @property
    def added(self) -> Part:
        changes = self.plan.added if self.plan else []
        return _part((change.entry, _state(change.entry)) for change in changes)

    @property
    def changed(self) -> Part:
        changes = self.plan.changed if self.plan else []
        return _part((change.entry, _keys(change.entry.kind, change.keys)) for change in changes)

    @property
    def differing(self) -> Part:
        conflicts = self.plan.differing if self.plan else []
        return _part(((each.entry, each.reason) for each in conflicts), most=10 * MOST_LINES)


def fingerprint(plan: Plan) -> str:
    """A short text for what a plan would do: another one means that something has changed since."""
    lines = [f"+{change.entry}" for change in plan.added]
    lines += [f"~{change.entry}:{','.join(change.keys)}" for change in plan.changed]
    lines += [f"!{conflict.entry}:{conflict.reason}" for conflict in plan.differing]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _part(entries: Iterable[tuple[Entry, str]], most: int = MOST_LINES) -> Part:
    found = list(entries)
    lines = [
        Line(str(entry), capfirst(str(entry.kind.model._meta.verbose_name)), entry.name, note)
        for entry, note in found[:most]
    ]
    return Part(lines, len(found) - len(lines))


def _state(entry: Entry) -> str:
    return str(_("draft") if entry.state.is_draft else _("scheduled") if entry.state.publish_at else "")


def _keys(kind: Kind, keys: Sequence[str]) -> str:
    """The keys that differ, as the form calls them."""
    return ", ".join(dict.fromkeys(_label(kind, key) for key in keys))


def _label(kind: Kind, key: str) -> str:
    name = key.removeprefix("content.").partition(".")[0]
    try:
        return str(getattr(kind.model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name
