"""The question at the end of a lesson: which one to ask, and what became of the last answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.core import signing
from django.db.models import F, OuterRef, QuerySet, Subquery

from assessments.models import AttemptItem, Evidence, Learner, Question, QuestionVersion
from assessments.selectors.changes import changes_of
from concepts.compiled import Compiled
from concepts.kept import Shelf

_SALT = "assessments.checked"
# Each learner meets the unseen questions of a lesson in an order of their own.
_SPREAD = 1009
# What was answered longer ago than so many answers counts as not answered.
_FAR_BACK = 200


@dataclass(frozen=True)
class Moved:
    """What an answer made of its objective."""

    before: int
    after: int
    reason: str
    next_review: datetime | None

    @property
    def moved(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Answered:
    """A quick check that has been graded, and what that changed; None where it did not count."""

    item: AttemptItem
    moved: Moved | None


class _Live(NamedTuple):
    """A question that can be asked: its key and its live version."""

    question: int
    version: QuestionVersion


def next_question(shelf: Shelf, learner: Learner, objectives: Collection[int]) -> QuestionVersion | None:
    """A live question on these objectives: one that the learner has not answered, else the one answered
    longest ago. One query, whether the questions stand on the shelf or not.
    """
    if not objectives:  # a lesson that teaches nothing yet
        return None
    key = ("live", frozenset(objectives))
    live: tuple[_Live, ...] | None = shelf.find(key)
    if live is None:
        live, last = _read(_answered(learner.pk, *objectives), objectives)
        shelf.put(key, live)
    else:
        last = [question for (question,) in _last_asked(len(objectives)).rows(learner.pk, *objectives)]
    ages = {question: age for age, question in reversed(list(enumerate(last)))}
    turn = 7 * learner.pk + 11
    order = sorted(
        live,
        key=lambda one: (-ages.get(one.question, _FAR_BACK), one.question * turn % _SPREAD, one.question),
    )
    return order[0].version if order else None


def _answered(learner: int, *objectives: int) -> QuerySet[Evidence]:
    """The answers of somebody on these objectives, the latest first."""
    return Evidence.objects.filter(learner=learner, objective__in=objectives).order_by("-at")


@cache
def _last_asked(count: int) -> Compiled:
    """The questions answered last, for so many objectives."""
    return Compiled(lambda *keys: _answered(*keys).values_list("question_id")[:_FAR_BACK], 1 + count)


def _read(answered: QuerySet[Evidence], objectives: Collection[int]) -> tuple[tuple[_Live, ...], list[int]]:
    """Every question that can be asked, and those that the learner has answered, the latest first."""
    latest = answered.filter(question=OuterRef("pk")).values("at")[:1]
    questions = (
        Question.objects.drawable()
        .filter(objective__in=objectives)
        .select_related("live")
        .defer("content")
        .annotate(latest=Subquery(latest))
        .order_by(F("latest").desc(nulls_last=True))
    )
    rows = [row for row in questions if row.live]
    return tuple(_Live(row.pk, row.live) for row in rows if row.live), [row.pk for row in rows if row.latest]


def sign_result(item: AttemptItem) -> str:
    """What became of an answer, for the address of the page that shows it.

    What it changed travels along, so that a lesson costs no query more with a result than without.
    """
    changes = changes_of(item.attempt.learner_id, [item])
    moved = [
        [change.before.value, change.after.value, change.reason, _text(change.next_review)]
        for change in changes
    ]
    return signing.dumps([item.attempt_id, *moved], salt=_SALT, compress=True)


def read_result(token: str, learner: Learner) -> Answered | None:
    """The answer that an address names, if it is this learner's own."""
    try:
        attempt, *moved = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    items = AttemptItem.objects.filter(attempt=attempt, attempt__learner=learner)
    item = items.select_related("version", "attempt").first()
    if item is None:
        return None
    for before, after, reason, when in moved:
        return Answered(item, Moved(before, after, reason, datetime.fromisoformat(when) if when else None))
    return Answered(item, None)


def _text(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
