"""My progress: levels by module, recall, history, and the answers that it all rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from assessments.mastery import Level
from assessments.models import Learner
from assessments.selectors.answers import Answer, answers_of
from assessments.selectors.held import (
    UNMET,
    Held,
    Remembered,
    fading_of,
    held_by,
    published_outline,
    standing_from,
)
from assessments.selectors.history import History, Kept, history_of, kept_without_reviews
from assessments.selectors.standing import Shown, Standing, Tally
from assessments.wording import begin_sentence, count_word
from concepts.kept import Shelf
from concepts.selectors.outline import Chapter, Line, Outline

LATEST = 8
FADING_LISTED = 8


class Row(NamedTuple):
    """One objective as the table and the lists show it."""

    line: Line
    shown: Shown
    recall: int | None
    held: Held


class Group(NamedTuple):
    """The objectives of one module."""

    chapter: Chapter
    rows: list[Row]


@dataclass(frozen=True)
class Progress:
    """Everything on the page of one learner."""

    now: datetime
    outline: Outline
    held: dict[int, Held]
    standing: Standing
    history: History | None
    answers: list[Answer]

    @cached_property
    def tally(self) -> Tally:
        return self.standing.tally(self.outline.objectives)

    @cached_property
    def counts(self) -> dict[Shown, int]:
        """How many objectives are at each level. Those that are fading are mastered too."""
        levels = [self.standing.of(line.pk).level for line in self.outline.objectives]
        return {level.value: levels.count(level.value) for level in Level}

    @property
    def answered(self) -> int:
        """All answers that count, on whatever is in the course now."""
        return sum(row.evidence_count for row in self.held.values())

    @property
    def groups(self) -> Iterator[Group]:
        """Every objective by module, for the table."""
        for chapter in self.outline.chapters:
            yield Group(chapter, [self._row(line) for line in chapter.objectives])

    @cached_property
    def fading(self) -> list[Remembered]:
        """What is fading, the least remembered first."""
        return fading_of(self.outline, self.held, self.now)

    @property
    def fading_listed(self) -> list[Remembered]:
        return self.fading[:FADING_LISTED]

    @property
    def fading_unlisted(self) -> int:
        return max(0, len(self.fading) - FADING_LISTED)

    @cached_property
    def kept(self) -> tuple[Kept, ...]:
        """What would be left of the mastered objectives in the weeks to come, without any review."""
        here = [self.held[line.pk] for line in self.outline.objectives if line.pk in self.held]
        return kept_without_reviews(here, self.now)

    @property
    def since(self) -> str:
        """How long ago it began: `Twelve weeks in`."""
        if self.history is None:
            return _("Before the first answer")
        weeks = (self.now.astimezone(UTC).date() - self.history.begun).days // 7
        if weeks < 1:
            return _("The first week")
        if weeks == 1:
            return _("One week in")
        return begin_sentence(_("%(count)s weeks in") % {"count": count_word(weeks)})

    def _row(self, line: Line) -> Row:
        held = self.held.get(line.pk, UNMET)
        return Row(line, held.shown(self.now), held.recall(self.now), held)


def progress_of(
    shelf: Shelf, learner: Learner, user: Any, now: datetime, *, in_full: bool = True
) -> Progress:
    """The page of one learner at this moment, in four queries; in full if every objective is to be listed."""
    held = held_by(learner, brief=not in_full)
    return Progress(
        now=now,
        outline=published_outline(shelf, user),
        held=held,
        standing=standing_from(held, now),
        history=history_of(learner, now.astimezone(UTC).date()),
        answers=answers_of(learner, now, LATEST) if held else [],
    )
