"""Find and replace across the course: look first, then put other words in place of those that were looked at.

What is applied is what was shown: a fingerprint of every text with a hit stands between the two, and where
anything differs by then nothing is written.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from concepts.finding import Context, Search, Span, context, replaced, untouched_parts
from concepts.texts import Kind, Place

REASON_LENGTH = 100
MOST = 500  # more hits than this nobody reads before they change


@dataclass(frozen=True)
class Task:
    """What is to be replaced by what, and where."""

    search: Search
    by: str
    kinds: tuple[Kind, ...]
    module: Any = None

    @property
    def reason(self) -> str:
        """What the history says of it."""
        words = {"old": Truncator(self.search.text).chars(35), "new": Truncator(self.by).chars(35)}
        said = _("Replaced “%(old)s” by “%(new)s”.") if self.by else _("Took out “%(old)s”.")
        return (said % words)[:REASON_LENGTH]


@dataclass(frozen=True)
class Hit:
    """One place where it stands. The id is what a box is called by which it is left out."""

    id: str
    label: str
    context: Context


@dataclass(frozen=True)
class FoundIn:
    """An object in which it stands."""

    kind: Kind
    obj: Any
    places: tuple[tuple[Place, tuple[Span, ...]], ...]
    name: str

    def _id(self, place: Place, number: int) -> str:
        return f"{self.kind.key}-{self.obj.pk}-{place.key}-{number}"

    @property
    def hits(self) -> list[Hit]:
        """Every hit in its context."""
        return [
            Hit(self._id(place, number), place.label, context(place.text, span))
            for place, spans in self.places
            for number, span in enumerate(spans)
        ]

    def texts(self, by: str, left_out: Collection[str]) -> dict[str, str]:
        """The texts that change, by their places."""
        found = {}
        for place, spans in self.places:
            out = {number for number in range(len(spans)) if self._id(place, number) in left_out}
            text = replaced(place.text, spans, by, left_out=out)
            if text != place.text:
                found[place.key] = text
        return found


class ReplaceRefused(Exception):
    """Why nothing was replaced: ``problems`` names each object and what would break in it."""

    def __init__(self, message: str, status: int, problems: Sequence[tuple[Any, str]] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.problems = list(problems)


@dataclass
class Outcome:
    """What was replaced."""

    places: int = 0
    changed: list[tuple[Kind, Any]] = field(default_factory=list)


def look(task: Task) -> list[FoundIn]:
    """Every object in which it stands, kind by kind."""
    return [found for kind in task.kinds for found in _found_in(task, kind, kind.rows(task.module))]


def count_of(found: Iterable[FoundIn]) -> int:
    """How many hits that are."""
    return sum(len(spans) for each in found for _place, spans in each.places)


def fingerprint(task: Task, found: Iterable[FoundIn]) -> str:
    """Another one as soon as any text with a hit, or the task, is another one."""
    lines = [repr((task.search, task.by, task.module.pk if task.module else 0))]
    for each in found:
        lines += [
            f"{each.kind.key} {each.obj.pk} {place.key} {place.text!r}" for place, _spans in each.places
        ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@transaction.atomic
def replace_all(*, task: Task, seen: str, left_out: Collection[str], user: Any) -> Outcome:
    """Replace what was shown, but for what is left out. Raises ReplaceRefused; then nothing is written."""
    found = _locked(task, look(task))
    if fingerprint(task, found) != seen:
        raise ReplaceRefused(_("Somebody changed one of these texts since you looked."), 409)
    if count_of(found) > MOST:
        raise ReplaceRefused(_("These are more hits than can be looked through. Choose fewer."), 422)
    outcome, problems = Outcome(), []
    for each in found:
        texts = each.texts(task.by, left_out)
        if not texts:
            continue
        before = {place.key: place.text for place, _spans in each.places}
        new = _would_break(each, before, texts)
        problems += [(each, problem) for problem in new]
        if not new:
            outcome.places += sum(hit.id not in left_out for hit in each.hits)
            outcome.changed.append((each.kind, each.obj))
    if problems:
        message = _(
            "Nothing was replaced, because it would break something. Leave these out, or mend them first."
        )
        raise ReplaceRefused(message, 422, problems)
    for _kind, obj in outcome.changed:
        obj._history_user, obj._change_reason = user, task.reason
        obj.save()
    return outcome


def _would_break(found: FoundIn, before: Mapping[str, str], texts: Mapping[str, str]) -> list[str]:
    """Put the texts into the object, and say what is wrong with it now that was not before."""
    already = found.kind.problems(found.obj)
    found.kind.put(found.obj, texts)
    problems = [problem for problem in found.kind.problems(found.obj) if problem not in already]
    for key, text in texts.items():
        if untouched_parts(text) != untouched_parts(before[key]):
            problems.append(_("It would change a link, a formula or code in this text."))
    return list(dict.fromkeys(problems))


def _found_in(task: Task, kind: Kind, rows: Iterable[Any]) -> Iterator[FoundIn]:
    for obj in rows:
        places = [(place, tuple(task.search.spans(place.text))) for place in kind.places(obj)]
        if hit := tuple((place, spans) for place, spans in places if spans):
            name = f"{kind.opened_at(obj)}: {obj}" if kind.home else str(obj)
            yield FoundIn(kind, obj, hit, name)


def _locked(task: Task, found: Sequence[FoundIn]) -> list[FoundIn]:
    """The same objects as they are now, which nobody else changes until this is done."""
    keys: dict[str, list[Any]] = {}
    for each in found:
        keys.setdefault(each.kind.key, []).append(each.obj.pk)
    return [
        again
        for kind in task.kinds
        if kind.key in keys
        for again in _found_in(
            task, kind, kind.rows(None).filter(pk__in=keys[kind.key]).select_for_update(of=("self",))
        )
    ]
