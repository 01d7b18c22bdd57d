"""Attempts as their pages read them: whose they are, how far they have come, and what may be shown when."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from assessments import scheduling
from assessments.models import Assessment, Attempt, AttemptItem, Extension, ObjectiveState
from assessments.models.terms import Terms, later_of

ASK_EVERY = 60  # seconds between two looks at the server's clock
_OBJECTIVE = ("version__objective__concept", "version__objective__comparison", "version__objective__row")
# Many lessons are read for their names and addresses; their texts would weigh more than all the rest.
_UNREAD = (
    *(f"version__objective__concept__{name}" for name in ("body", "body_html")),
    *(f"version__objective__row__{name}" for name in ("explanation", "explanation_html")),
)


def own_attempts(user: Any) -> QuerySet[Attempt]:
    """A person's attempts, each with its assessment and where that belongs."""
    return Attempt.objects.visible_to(user).select_related(
        "assessment__module", "assessment__concept", "assessment__comparison"
    )


def own_items(user: Any) -> QuerySet[AttemptItem]:
    """A person's questions, each with its attempt and all that an answer needs."""
    return AttemptItem.objects.filter(attempt__learner=user.pk).select_related(
        "attempt__assessment", "hand_grade", *_OBJECTIVE
    )


def items_of(attempt: Attempt) -> list[AttemptItem]:
    """Every question of an attempt with its version and objective, in the order asked."""
    items = AttemptItem.objects.filter(attempt=attempt).order_by("position")
    return list(items.select_related("hand_grade", "key_version", *_OBJECTIVE).defer(*_UNREAD))


@dataclass(frozen=True)
class Slot:
    """One question of an attempt without its content: what a stepper and a list of questions need.

    It is settled once it is graded, and a written answer once it is handed in.
    """

    position: int
    version_id: int
    title: str
    objective_id: int
    code: str
    objective_title: str
    is_settled: bool
    is_answered: bool
    attempt_id: int

    @property
    def url(self) -> str:
        return reverse("assessments:question", args=[self.attempt_id, self.position])


def slots_of(attempt: Attempt) -> list[Slot]:
    """The questions of an attempt in the order asked, in one light query."""
    rows = (
        AttemptItem.objects.filter(attempt=attempt)
        .order_by("position")
        .annotate(
            settled=Q(score__isnull=False) | Q(hand_grade__isnull=False), answered=Q(answer__isnull=False)
        )
        .values_list(
            "position",
            "version_id",
            "version__title",
            "version__objective_id",
            "version__objective__code",
            "version__objective__title",
            "settled",
            "answered",
        )
    )
    return [Slot(*row, attempt_id=attempt.pk) for row in rows]


def is_done(attempt: Attempt, slot: Slot) -> bool:
    """Whether a question needs nothing more: settled where answers are marked at once, else answered."""
    return slot.is_settled if attempt.gives_feedback_at_once else slot.is_answered


def next_open(attempt: Attempt, slots: Sequence[Slot], after: int = 0) -> Slot | None:
    """The next question that waits for an answer, beginning again at the first after the last."""
    waiting = [slot for slot in slots if not is_done(attempt, slot)]
    return next((slot for slot in waiting if slot.position > after), waiting[0] if waiting else None)


def on_from(attempt: Attempt, slots: Sequence[Slot], position: int) -> Slot | None:
    """The next question after this one that waits for an answer; what was passed over stays so."""
    return next((slot for slot in slots if slot.position > position and not is_done(attempt, slot)), None)


def resume_at(attempt: Attempt, slots: Sequence[Slot]) -> Slot | None:
    """Where to come back to: the first open question, in a diagnostic the first of its latest round.

    There it goes on after the last one answered; what was left blank before it was not known.
    """
    if attempt.kind == Attempt.Kind.DIAGNOSTIC:
        last = max((slot.position for slot in slots if is_done(attempt, slot)), default=0)
        return on_from(attempt, slots, last)
    return next_open(attempt, slots)


@dataclass(frozen=True)
class Step:
    """One tick of the stepper."""

    number: int
    url: str
    done: bool
    current: bool
    flagged: bool = False


def steps_of(attempt: Attempt, slots: Sequence[Slot], current: int = 0) -> list[Step]:
    """The stepper. Reviews go one way, so their ticks lead nowhere."""
    leads = attempt.kind != Attempt.Kind.REVIEW
    return [
        Step(slot.position, slot.url if leads else "", is_done(attempt, slot), slot.position == current)
        for slot in slots
    ]


@dataclass(frozen=True)
class Revealed:
    """What a learner may see of an attempt now. What waits for the closing waits until `closes_at`."""

    marks: bool = True
    own_answer: bool = True
    right_answer: bool = True
    feedback: bool = True
    closes_at: datetime | None = None


def revealed_to(attempt: Attempt, now: datetime, terms: Terms | None = None) -> Revealed:
    """What the settings of the assessment allow at this moment; reviews and checks show everything.

    Who was given a later end waits for it. It is asked of the database where a setting needs it, unless the
    terms are known.
    """
    assessment = attempt.assessment
    if assessment is None:
        return Revealed()
    shown = (
        assessment.show_marks,
        assessment.show_own_answer,
        assessment.show_right_answer,
        assessment.show_feedback,
    )
    closes_at = None
    if Assessment.Reveal.CLOSED in shown:
        closes_at = terms.closes_at if terms else _closing(attempt)

    def allows(setting: str) -> bool:
        if setting == Assessment.Reveal.NEVER:
            return False
        if setting == Assessment.Reveal.CLOSED:
            return closes_at is not None and now >= closes_at
        return attempt.gives_feedback_at_once or not attempt.is_open

    marks, own_answer, right_answer, feedback = map(allows, shown)
    return Revealed(marks, own_answer, right_answer, feedback, closes_at)


def _closing(attempt: Attempt) -> datetime | None:
    """When the assessment of an attempt closes for its learner."""
    closes_at = attempt.assessment.closes_at if attempt.assessment else None
    if closes_at is None or attempt.is_preview:
        return closes_at
    given = Extension.objects.filter(assessment=attempt.assessment, learner=attempt.learner_id)
    return later_of(closes_at, given.values_list("closes_at", flat=True).first())


@dataclass(frozen=True)
class Clock:
    """What the exam clock is drawn from; the server's time counts. `url` says what is left."""

    ends_at: datetime
    seconds_left: int
    url: str
    ask_every: int = ASK_EVERY

    @property
    def left(self) -> timedelta:
        return timedelta(seconds=self.seconds_left)


def clock_of(attempt: Attempt, now: datetime) -> Clock | None:
    """The clock of an open attempt that ends within a day; one that closes next week needs no countdown."""
    if attempt.deadline is None or not attempt.is_open or attempt.deadline > now + timedelta(days=1):
        return None
    url = reverse("assessments:clock", args=[attempt.pk])
    return Clock(attempt.deadline, seconds_until(attempt.deadline, now), url)


def seconds_until(deadline: datetime, now: datetime) -> int:
    """Rounded up: a clock that hands in a moment too early would take time away."""
    return max(0, math.ceil((deadline - now).total_seconds()))


def mark_level(state: ObjectiveState | None, now: datetime) -> int | str:
    """What the mastery mark shows of a state: the level, or `fading`."""
    if state is None:
        return 0
    return "fading" if state.is_fading(now) else state.level


def recall_percent(state: ObjectiveState | None, now: datetime) -> int | None:
    """The chance of recall in whole per cent, rounded down; None before anything was answered."""
    if state is None:
        return None
    memory = scheduling.Memory(stability=state.stability, last_review=state.last_review)
    recall = scheduling.recall(memory, now)
    return None if recall is None else int(100 * recall + 1e-9)
