"""The self-assessment of skills: what somebody said of each, what changed since, and where to begin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Learner, SkillRating
from assessments.wording import begin_sentence, count_word, days_ago
from concepts.compiled import Compiled
from concepts.kept import Shelf
from concepts.models import Skill
from concepts.selectors.skills import SkillLine, skills_on

ABLE = SkillRating.Level.ALONE
LOWEST = 3
SECONDS_A_SKILL = 18
ROLES = (Skill.Role.PRODUCTION, Skill.Role.OPERATIONS)


class Rating(NamedTuple):
    """What somebody said of a skill at one time."""

    level: int
    example: str
    at: datetime

    @property
    def word(self) -> str:
        return str(SkillRating.Level(self.level).label)


class Rated(NamedTuple):
    """A skill with the newest rating of it and the one before."""

    skill: SkillLine
    newest: Rating | None = None
    before: Rating | None = None

    @property
    def is_able(self) -> bool:
        """On one's own, or better."""
        return self.newest is not None and self.newest.level >= ABLE


@dataclass(frozen=True)
class RoleGroup:
    """The skills of one role."""

    role: str
    title: str
    rated: tuple[Rated, ...]

    @property
    def name(self) -> str:
        """The role by its name: `Production manager`."""
        return begin_sentence(str(Skill.Role(self.role).label))

    @property
    def able(self) -> int:
        return sum(one.is_able for one in self.rated)

    @property
    def unrated(self) -> int:
        return sum(one.newest is None for one in self.rated)


@dataclass(frozen=True)
class Skills:
    """Everything that one person has said of themselves."""

    now: datetime
    rated: tuple[Rated, ...]

    @cached_property
    def at(self) -> datetime | None:
        """When they last rated anything."""
        return max((one.newest.at for one in self.rated if one.newest), default=None)

    @property
    def is_empty(self) -> bool:
        return self.at is None

    @property
    def when(self) -> str:
        return days_ago(self.at, self.now) if self.at else ""

    @property
    def able(self) -> int:
        return sum(one.is_able for one in self.rated)

    @property
    def minutes(self) -> int:
        return max(1, round(len(self.rated) * SECONDS_A_SKILL / 60))

    @property
    def effort(self) -> str:
        """`Ten statements take about three minutes.`"""
        count, minutes = len(self.rated), self.minutes
        statements = ngettext("%(count)s statement takes", "%(count)s statements take", count)
        length = ngettext("about %(count)s minute", "about %(count)s minutes", minutes)
        return _("%(statements)s %(length)s.") % {
            "statements": begin_sentence(statements % {"count": count_word(count)}),
            "length": length % {"count": count_word(minutes)},
        }

    @cached_property
    def groups(self) -> tuple[RoleGroup, ...]:
        """By role, as both pages show them; a skill that counts for both has a group of its own."""
        both = tuple(one for one in self.rated if one.skill.role == Skill.Role.BOTH)
        found = [
            RoleGroup(role, title_of(role), tuple(one for one in self.rated if one.skill.role == role))
            for role in ROLES
        ]
        return tuple(
            group for group in (*found, RoleGroup(Skill.Role.BOTH, title_of("both"), both)) if group.rated
        )

    @cached_property
    def roles(self) -> tuple[RoleGroup, ...]:
        """By role, counted: what counts for both counts in each."""
        found = (
            RoleGroup(role, title_of(role), tuple(one for one in self.rated if one.skill.counts_for(role)))
            for role in ROLES
        )
        return tuple(group for group in found if group.rated)

    @cached_property
    def changed(self) -> list[Rated]:
        """Those that stand at another level since the last time that anything was rated."""
        return [
            one
            for one in self.rated
            if one.newest and one.before and one.newest.at == self.at and one.newest.level != one.before.level
        ]

    @property
    def has_before(self) -> bool:
        """Whether anything was rated more than once."""
        return any(one.before for one in self.rated)

    @cached_property
    def lowest(self) -> list[Rated]:
        """The lowest of what was rated and is not done alone yet, at most three."""
        below = [one for one in self.rated if one.newest and not one.is_able]
        return sorted(below, key=lambda one: one.newest.level if one.newest else 0)[:LOWEST]


def title_of(role: str) -> str:
    """The heading over the skills of a role."""
    titles = {
        Skill.Role.PRODUCTION.value: _("What a production manager leans on"),
        Skill.Role.OPERATIONS.value: _("What an operations manager leans on"),
        Skill.Role.BOTH.value: _("What both lean on"),
    }
    return titles[str(role)]


def skills_of(shelf: Shelf, learner: Learner, now: datetime) -> Skills:
    """What one learner has said of each skill, in one query; asks nothing while there are no skills."""
    lines = skills_on(shelf)
    return Skills(now, tuple(_rated(lines, learner))) if lines else Skills(now, ())


def _newest_two(learner: int) -> QuerySet[SkillRating, tuple[Any, ...]]:
    place = Window(RowNumber(), partition_by="skill_id", order_by=["-at", "-pk"])
    rows = SkillRating.objects.filter(learner=learner).annotate(place=place).filter(place__lte=2)
    return rows.order_by("place").values_list("skill_id", "level", "example", "at")


_NEWEST = Compiled(_newest_two)


def _rated(lines: Iterable[SkillLine], learner: Learner) -> Iterable[Rated]:
    """The newest two ratings of each, however many there are."""
    found: dict[int, list[Rating]] = {}
    for skill, level, example, at in _NEWEST.rows(learner.pk):
        found.setdefault(skill, []).append(Rating(level, example, at))
    return (Rated(line, *found.get(line.pk, ())) for line in lines)
