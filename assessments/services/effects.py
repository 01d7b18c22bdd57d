"""What a correction does to whom, counted without a name: what an editor sees before anything changes."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from assessments.models import Attempt
from assessments.questions.base import is_by_hand
from assessments.services.regrading import Batch, Revised, Ruling


class Change(NamedTuple):
    """One answer as it was given, and its mark before and after; None is no mark."""

    answer: str
    old: float | None
    new: float | None


@dataclass
class Effects:
    """The sums over all batches. Learners are counted, never named."""

    answers: int = 0
    waiting: int = 0
    learners: int = 0
    attempts: int = 0
    up: int = 0
    down: int = 0
    taken_out: int = 0
    put_back: int = 0
    failing: int = 0
    changes: Counter[Change] = field(default_factory=Counter)
    passes: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    levels: Counter[tuple[int, int]] = field(default_factory=Counter)

    @property
    def changed(self) -> int:
        return self.up + self.down + self.taken_out + self.put_back

    def add(self, batch: Batch) -> None:
        """Count one batch; no learner is in two."""
        self.answers += len(batch.revised)
        self.learners += len({each.item.attempt.learner_id for each in batch.revised})
        self.attempts += len({each.item.attempt_id for each in batch.revised})
        for each in batch.revised:
            self._count(each)
        self._count_learners(batch.revised)
        for attempt, group in _by_attempt(batch.revised):
            self._count_pass(attempt, group)
        self.levels.update(
            (refold.before.level, refold.after.level)
            for refold in batch.refolds
            if refold.before.level != refold.after.level
        )

    def _count(self, each: Revised) -> None:
        self.failing += each.fails
        self.waiting += each.item.score is None
        if not each.changes:
            return
        if each.new is None:
            self.taken_out += 1
        elif each.old is None:
            self.put_back += 1
        elif each.new > each.old:
            self.up += 1
        else:
            self.down += 1

    def _count_learners(self, revised: Iterable[Revised]) -> None:
        who: dict[Change, set[int]] = {}
        for each in revised:
            if each.changes:
                change = Change(_answer(each), each.old, each.new)
                who.setdefault(change, set()).add(each.item.attempt.learner_id)
        for change, learners in who.items():
            self.changes[change] += len(learners)

    def _count_pass(self, attempt: Attempt, group: Sequence[Revised]) -> None:
        """Whether an attempt that is over passes now and did not, or the other way round."""
        before = attempt.passed
        if before is None or attempt.score is None or attempt.max_score is None:
            return
        for each in group:
            attempt.score += each.item.marks * ((each.new or 0) - (each.old or 0))
            attempt.max_score += each.item.marks * ((each.new is not None) - (each.old is not None))
        after = attempt.passed
        if after is not None and before != after:
            self.passes[before, after] += 1

    def token(self, ruling: Ruling, live: int) -> str:
        """Stands for all of this: a confirmation carries it, and any difference gives another one."""
        said: dict[str, Any] = {
            "live": live,
            "versions": ruling.versions,
            "content": ruling.key.content if ruling.key else None,
            "void": ruling.void,
            "counts": [self.answers, self.waiting, self.learners, self.attempts, self.changed, self.failing],
            "changes": sorted(([*map(str, change), count] for change, count in self.changes.items())),
            "passes": sorted(self.passes.items()),
            "levels": sorted(self.levels.items()),
        }
        written = json.dumps(said, sort_keys=True, default=str)
        return hashlib.blake2b(written.encode(), digest_size=16).hexdigest()


def _answer(revised: Revised) -> str:
    """The answer in words; what somebody wrote at length is theirs, so that it is not shown here."""
    version = revised.item.version
    if is_by_hand(version.kind):
        return ""
    return version.kind.summary(version.content, revised.item.values, revised.item.answer)


def _by_attempt(revised: Sequence[Revised]) -> list[tuple[Attempt, list[Revised]]]:
    groups: dict[int, list[Revised]] = {}
    for each in revised:
        groups.setdefault(each.item.attempt_id, []).append(each)
    return [(group[0].item.attempt, group) for group in groups.values()]
