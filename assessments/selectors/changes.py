"""What answers changed: the levels before and after, and in a few words why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments import mastery, scheduling
from assessments.mastery import Level, Mastery, Piece
from assessments.models import AttemptItem, Evidence
from concepts.figures import NARROW_SPACE, format_number
from concepts.models import Objective


@dataclass(frozen=True)
class Change:
    """What some answers made of one objective."""

    objective: Objective
    before: Level
    after: Level
    reason: str
    next_review: datetime | None

    @property
    def moved(self) -> bool:
        return self.before != self.after

    @property
    def rose(self) -> bool:
        return self.after > self.before


@dataclass
class _Fold:
    """The evidence of one objective, folded up to some point."""

    state: Mastery
    memory: scheduling.Memory
    before: Mastery | None = None
    after: Mastery | None = None
    next_review: datetime | None = None

    def add(self, piece: Piece, *, is_concerned: bool) -> None:
        if is_concerned and self.before is None:
            self.before = self.state
        self.state = mastery.fold(self.state, piece)
        self.memory = scheduling.review(self.memory, piece.score, piece.at)
        if is_concerned:
            self.after = self.state
            self.next_review = scheduling.next_review(self.memory, self.state.level, self.state.since)


def changes_of(learner_id: int, items: Sequence[AttemptItem]) -> list[Change]:
    """What the evidence of these items changed, one change for each objective, those that moved first.

    All the evidence of the objectives concerned is folded again, in one query, so that the level before is
    the one that really stood before.
    """
    objectives = {item.version.objective_id: item.version.objective for item in items}
    concerned = {item.pk for item in items}
    folds: dict[int, _Fold] = {}
    pieces: dict[int, list[Piece]] = {}
    rows = Evidence.objects.filter(learner=learner_id, objective__in=objectives).current().in_order()
    for objective, item, score, variant, at, scheduled in rows.values_list(
        "objective", "item", "score", "variant", "at", "scheduled_review"
    ):
        piece = Piece(score, variant, at, scheduled)
        fold = folds.setdefault(objective, _Fold(Mastery(), scheduling.Memory()))
        fold.add(piece, is_concerned=item in concerned)
        if item in concerned:
            pieces.setdefault(objective, []).append(piece)
    changes = [
        _change(objective, folds[key], pieces[key]) for key, objective in objectives.items() if key in pieces
    ]
    return sorted(changes, key=lambda change: not change.moved)


def _change(objective: Objective, fold: _Fold, pieces: Sequence[Piece]) -> Change:
    before, after = fold.before or Mastery(), fold.after or Mastery()
    return Change(objective, before.level, after.level, reason(before, after, pieces), fold.next_review)


def reason(before: Mastery, after: Mastery, pieces: Sequence[Piece]) -> str:
    """Why a level rose, fell or stayed, as the published rule has it."""
    if after.level < before.level:
        return _a_miss(pieces[-1])
    if after.level == before.level:
        return _why_it_stayed(after, pieces[-1])
    if after.level == Level.ATTEMPTED:
        return _("the first answer, below 70 %")
    if after.level == Level.FAMILIAR:
        return _scored(pieces)
    if after.level == Level.PROFICIENT:
        return _second_success(before, pieces)
    return _("recalled at a review, days after it became proficient")


def _a_miss(last: Piece) -> str:
    if last.score <= 0:
        return _("a miss costs one level")
    return _("%(share)s is below 70 %%, and a miss costs one level") % {"share": _percent(last.score)}


def _percent(share: float) -> str:
    """A share in per cent, to a tenth where rounding would carry it to 70."""
    decimals = 1 if round(100 * share) == 100 * mastery.THRESHOLD and not mastery.is_success(share) else 0
    return f"{format_number(100 * share, decimals=decimals)}{NARROW_SPACE}%"


def _why_it_stayed(after: Mastery, last: Piece) -> str:
    if not mastery.is_success(last.score):
        return _("the latest answer is below 70 %")
    if after.level == Level.FAMILIAR:
        return _("one more success, on other figures or another question, makes it proficient")
    if after.level == Level.PROFICIENT:
        return _("a success at a scheduled review makes it mastered")
    return _("still there")


def _scored(pieces: Sequence[Piece]) -> str:
    share = sum(piece.score for piece in pieces) / len(pieces)
    text = ngettext("%(share)s on %(count)s question", "%(share)s on %(count)s questions", len(pieces))
    return text % {"share": _percent(share), "count": len(pieces)}


def _second_success(before: Mastery, pieces: Sequence[Piece]) -> str:
    """The success that made it proficient, beside the one before: other figures, or another question."""
    variants = [piece.variant for piece in pieces if mastery.is_success(piece.score)]
    first = variants[-2] if len(variants) > 1 else before.last_variant
    same_question = first.partition(":")[0] == variants[-1].partition(":")[0]
    if same_question:
        return _("second success in a row, on other figures")
    return _("second success in a row, on another question")
