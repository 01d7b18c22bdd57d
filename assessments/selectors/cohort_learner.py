"""One learner of a cohort, as the instructor sees them: levels, memory, attempts, and the slips they made."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from assessments.mastery import Level
from assessments.models import Attempt, AttemptItem, Membership, Misconception
from assessments.selectors.held import UNMET, Held, held_by
from assessments.selectors.standing import FADING, Shown
from concepts.models import Module, Objective

RECENT = timedelta(days=30)
MOST_ATTEMPTS = MOST_SLIPS = 12
MOST_ITEMS = 500
_BELOW: tuple[Shown, ...] = (FADING, 3, 2, 1, 0)


@dataclass(frozen=True)
class Stand:
    """One objective and what the learner holds of it today."""

    objective: Objective
    held: Held
    level: Shown  # as the mark shows it: fading in place of mastered
    recall: int | None  # in per cent


@dataclass(frozen=True)
class Chapter:
    """A module and the learner's stand in each of its objectives."""

    module: Module
    stands: list[Stand]

    @property
    def mastered(self) -> int:
        return sum(stand.level in (Level.MASTERED, FADING) for stand in self.stands)

    @property
    def fading(self) -> int:
        return sum(stand.level == FADING for stand in self.stands)


@dataclass(frozen=True)
class Slip:
    """A named misconception, how often it was matched lately, where, and when last."""

    misconception: Misconception
    count: int
    codes: list[str]
    last: datetime


@dataclass(frozen=True)
class LearnerPage:
    """All that the page shows."""

    member: Membership
    chapters: list[Chapter]
    attempts: list[Attempt]
    slips: list[Slip]
    further_slips: int = 0

    @property
    def stands(self) -> list[Stand]:
        return [stand for chapter in self.chapters for stand in chapter.stands]

    @property
    def mastered(self) -> int:
        """What has been mastered, faded or not."""
        return sum(chapter.mastered for chapter in self.chapters)

    @property
    def fading(self) -> list[Stand]:
        return [stand for stand in self.stands if stand.level == FADING]

    @property
    def has_failed_test(self) -> bool:
        """Whether a mark needs the note that explains it."""
        return any(one.kind == Attempt.Kind.TEST and one.passed is False for one in self.attempts)

    @property
    def tally(self) -> list[tuple[Shown, int]]:
        """How many objectives stand at each level; those that are fading count as mastered too."""
        counts = Counter(stand.level for stand in self.stands)
        return [(Level.MASTERED.value, self.mastered), *((level, counts[level]) for level in _BELOW)]


def learner_page(member: Membership, now: datetime) -> LearnerPage:
    """The page of one member: four queries, however long they have been learning."""
    slips = _slips(member, now)
    further = max(0, len(slips) - MOST_SLIPS)
    return LearnerPage(member, _chapters(member, now), _attempts(member), slips[:MOST_SLIPS], further)


def _chapters(member: Membership, now: datetime) -> list[Chapter]:
    held = held_by(member.learner)
    objectives = Objective.objects.published().with_home().in_course_order()
    stands = [_stand(objective, held.get(objective.pk, UNMET), now) for objective in objectives]
    return [
        Chapter(module, list(group))
        for module, group in groupby(stands, key=lambda stand: stand.objective.module)
    ]


def _stand(objective: Objective, held: Held, now: datetime) -> Stand:
    return Stand(objective, held, held.shown(now), held.recall(now))


def _attempts(member: Membership) -> list[Attempt]:
    """The latest attempts; a quick check is one question and shows in the levels, a case
    has a page of its own."""
    attempts = Attempt.objects.filter(learner=member.learner_id, is_preview=False)
    attempts = attempts.exclude(kind__in=(Attempt.Kind.CHECK, Attempt.Kind.CASE)).select_related("assessment")
    return list(attempts.order_by("-started_at", "-pk")[:MOST_ATTEMPTS])


def _slips(member: Membership, now: datetime) -> list[Slip]:
    """What was matched in the last 30 days, the most frequent first, then the latest."""
    items = (
        AttemptItem.objects.filter(
            attempt__learner=member.learner_id,
            attempt__is_preview=False,
            attempt__started_at__gt=now - RECENT,
            graded_at__isnull=False,
        )
        .exclude(misconceptions=[])
        .order_by("-graded_at", "-pk")
        .values_list("misconceptions", "version__objective__code", "graded_at")
    )
    return _counted(items[:MOST_ITEMS])


def _counted(items: Iterable[tuple[Any, str, datetime | None]]) -> list[Slip]:
    met: dict[str, list[tuple[str, datetime]]] = {}
    for slugs, code, at in items:
        if at is None:  # graded ones only were asked for
            continue
        for slug in set(slugs):
            met.setdefault(slug, []).append((code, at))
    known = Misconception.objects.filter(slug__in=met).select_related("concept__module")
    slips = [
        Slip(
            misconception=one,
            count=len(met[one.slug]),
            codes=sorted({code for code, _ in met[one.slug]}),
            last=max(at for _, at in met[one.slug]),
        )
        for one in known
    ]
    return sorted(slips, key=lambda slip: (slip.count, slip.last), reverse=True)
