"""Telling people what loading did, or would do."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from concepts.coursepack.kinds import Entry, Kind
from concepts.coursepack.plan import Plan


def report(plan: Plan, kinds: Iterable[Kind], *, only_check: bool, in_full: bool) -> Iterator[str]:
    """The lines to print: counts of everything, and a line for each object that calls for attention."""
    kinds = list(kinds)
    added = [change.entry for change in plan.added]
    changed = [change.entry for change in plan.changed]
    labels = (
        (_("To add"), _("To change"), _("Equal")) if only_check else (_("Added"), _("Changed"), _("Left"))
    )
    for label, entries in zip(labels, (added, changed, plan.left), strict=True):
        yield _counted(label, entries, kinds)
    if in_full:
        yield from (f"  + {entry}" for entry in added)
    for change in plan.changed:
        yield f"  ~ {change.entry} ({', '.join(change.keys)})"
    if plan.differing:
        yield from _differing(plan)
    if plan.gone:
        yield _("No longer in the files, and left in the database:")
        yield from (f"  ? {label}:{name}" for label, name in sorted(plan.gone))


def _counted(label: str, entries: list[Entry], kinds: list[Kind]) -> str:
    counts = Counter(entry.kind.label for entry in entries)
    parts = ", ".join(
        f"{kind.model._meta.verbose_name_plural} {counts[kind.label]}" for kind in kinds if counts[kind.label]
    )
    return f"{label}: {len(entries)}" + (f" ({parts})" if parts else "")


def _differing(plan: Plan) -> Iterator[str]:
    yield _("Differs, because somebody changed it in the admin; left as it is:")
    yield from (f"  ! {conflict.entry}: {conflict.reason}" for conflict in plan.differing)
    names = " ".join(str(conflict.entry) for conflict in plan.differing[:3])
    yield _("To let the files win: load_course --overwrite %(names)s (without a name: all of them).") % {
        "names": names
    }
