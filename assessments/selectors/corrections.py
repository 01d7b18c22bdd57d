"""Corrections as an editor sees them: what one would do, before it does, and those that were made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import AttemptItem, Correction, Misconception, Question, QuestionVersion
from assessments.models.evidence import LEVELS
from assessments.services.corrections import (
    bound_versions,
    effects_of,
    key_ruling,
    refuse_failing,
    void_ruling,
)
from assessments.services.effects import Effects
from assessments.services.regrading import Ruling, affected_items
from concepts.figures import NARROW_SPACE, format_number

MOST_ROWS = 30
LONGEST_ANSWER = 80
_LEVELS = dict(LEVELS)


def with_names(content: Any) -> Any:
    """The content of a question with the names of misconceptions in place of their addresses. One query."""
    names = dict(Misconception.objects.values_list("slug", "name"))

    def named(value: Any, key: str = "") -> Any:
        if isinstance(value, Mapping):
            return {name: named(entry, name) for name, entry in value.items()}
        if isinstance(value, list):
            return [named(entry) for entry in value]
        return names.get(value, value) if key == "misconception" else value

    return named(content)


@dataclass(frozen=True)
class ChangeRow:
    """An answer that was given, its mark before and after, and how many learners gave it."""

    answer: str
    old: str
    new: str
    learners: int


@dataclass(frozen=True)
class Move:
    """How many went from one state to another; both in words."""

    before: Any
    after: Any
    count: int


@dataclass(frozen=True)
class Preview:
    """What a correction would do, worked out in full. ``token`` stands for all of it."""

    ruling: Ruling
    effects: Effects
    token: str

    @property
    def figures(self) -> list[tuple[str, int]]:
        effects = self.effects
        figures = [
            (_("Answers"), effects.answers),
            (_("Learners"), effects.learners),
            (_("Attempts"), effects.attempts),
            (_("Marks go up"), effects.up),
            (_("Marks go down"), effects.down),
        ]
        if effects.taken_out:
            figures.append((_("Left out"), effects.taken_out))
        if effects.put_back:
            figures.append((_("Marked anew"), effects.put_back))
        figures.append((_("Marks stay"), effects.answers - effects.waiting - effects.changed))
        return figures

    @property
    def rows(self) -> list[ChangeRow]:
        """The changes that most learners share; no name, and nothing that was written at length."""
        ordered = sorted(self.effects.changes.items(), key=lambda pair: (-pair[1], pair[0].answer))
        return [
            ChangeRow(_shortened(change.answer), _mark(change.old), _mark(change.new), learners)
            for change, learners in ordered[:MOST_ROWS]
        ]

    @property
    def more(self) -> int:
        """How many changes the table has no room for."""
        return max(0, len(self.effects.changes) - MOST_ROWS)

    @property
    def passes(self) -> list[Move]:
        words = {True: _("Passed"), False: _("Not passed")}
        return [
            Move(words[old], words[new], count) for (old, new), count in sorted(self.effects.passes.items())
        ]

    @property
    def levels(self) -> list[Move]:
        return [
            Move(_LEVELS[old], _LEVELS[new], count)
            for (old, new), count in sorted(self.effects.levels.items())
        ]


def _mark(score: float | None) -> str:
    return _("no mark") if score is None else f"{format_number(100 * score, decimals=1)}{NARROW_SPACE}%"


def _shortened(answer: str) -> str:
    if not answer:
        return _("A written answer")
    return answer if len(answer) <= LONGEST_ANSWER else f"{answer[:LONGEST_ANSWER]}…"


def preview_correction(question: Question, content: dict[str, Any], older: Sequence[int] = ()) -> Preview:
    """What correcting a live question to this content would do. Raises NotCorrectable where it cannot be."""
    preview = _preview(question, key_ruling(question, content, older))
    refuse_failing(preview.effects)
    return preview


def preview_voiding(question: Question, kind: str, older: Sequence[int] = ()) -> Preview:
    """What withdrawing a question would do."""
    return _preview(question, void_ruling(question, kind, older))


def _preview(question: Question, ruling: Ruling) -> Preview:
    effects = effects_of(ruling)
    return Preview(ruling, effects, effects.token(ruling, question.live_id or 0))


def has_answers(question: Question) -> bool:
    """Whether anybody has been asked it, so that there is something to correct."""
    return AttemptItem.objects.filter(version__question=question, attempt__is_preview=False).exists()


def older_versions(question: Question) -> list[tuple[int, str]]:
    """The versions that were asked and that a correction covers only where they are ticked, newest first."""
    bound = bound_versions(question)
    others = QuestionVersion.objects.filter(question=question).exclude(pk__in=bound)
    asked = affected_items(list(others.values_list("pk", flat=True)))
    counts = dict(asked.order_by().values_list("version").annotate(Count("pk")))
    return [(version.pk, _named(version, counts)) for version in others if version.pk in counts]


def _named(version: QuestionVersion, counts: Mapping[int, int]) -> str:
    count = counts[version.pk]
    text = ngettext(
        "Version %(number)d of %(day)s, %(count)d answer",
        "Version %(number)d of %(day)s, %(count)d answers",
        count,
    )
    day = date_format(localtime(version.created_at), "j F Y")
    return text % {"number": version.number, "day": day, "count": count}


def corrections_of(question: Question) -> QuerySet[Correction]:
    """The record of a question, the newest first."""
    return Correction.objects.filter(question=question).select_related("version", "by")
