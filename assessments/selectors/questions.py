"""The question page: what is asked, how it stands, and after marking what was made of it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Attempt, AttemptItem, ObjectiveState
from assessments.questions.base import Presentation, is_by_hand
from assessments.selectors import verdicts
from assessments.selectors.attempts import (
    Clock,
    Revealed,
    Slot,
    Step,
    clock_of,
    mark_level,
    next_open,
    on_from,
    recall_percent,
    revealed_to,
    slots_of,
    steps_of,
)
from assessments.selectors.changes import Change, changes_of
from assessments.selectors.hand_verdicts import HandMarking, hand_marking, hand_verdict
from assessments.selectors.notices import Notice, notices_of, open_notice
from assessments.selectors.reviews import comes_back, minutes_for
from assessments.selectors.tries import Tries, tries_of
from assessments.wording import time_of_day
from concepts.models import Objective

MOST_STANDING = 5


@dataclass(frozen=True)
class Standing:
    """Where the learner stands in one objective of the attempt."""

    code: str
    title: str
    level: int | str
    is_current: bool


@dataclass(frozen=True)
class Onward:
    """The way on from a question."""

    url: str
    label: str


def saved_words(item: AttemptItem) -> str:
    """What is saved of a question, in words."""
    if item.saved_at is None:
        return _("Nothing saved yet")
    time = time_of_day(item.saved_at)
    if item.answer is None and not item.is_graded:
        return _("Saved at %(time)s: no answer") % {"time": time}
    return _("Saved at %(time)s") % {"time": time}


@dataclass(frozen=True)
class QuestionPage:
    """Everything that the page of one question shows besides its form."""

    item: AttemptItem
    now: datetime

    @cached_property
    def slots(self) -> list[Slot]:
        """The questions of the attempt: one query, whatever their number."""
        return slots_of(self.attempt)

    @cached_property
    def states(self) -> dict[int, ObjectiveState]:
        """Where the learner stands in the objectives of the attempt; a test does not say."""
        if self.is_test:
            return {}
        objectives = {slot.objective_id for slot in self.slots}
        rows = ObjectiveState.objects.filter(learner=self.attempt.learner_id, objective__in=objectives)
        return {state.objective_id: state for state in rows}

    @property
    def template(self) -> str:
        return "assessments/review.html" if self.is_review else "assessments/question.html"

    @property
    def attempt(self) -> Attempt:
        return self.item.attempt

    @property
    def objective(self) -> Objective:
        return self.item.version.objective

    @property
    def is_review(self) -> bool:
        return self.attempt.kind == Attempt.Kind.REVIEW

    @property
    def is_test(self) -> bool:
        return not self.attempt.gives_feedback_at_once

    @property
    def is_diagnostic(self) -> bool:
        return self.attempt.kind == Attempt.Kind.DIAGNOSTIC

    @property
    def is_open(self) -> bool:
        """Whether an answer can still be given."""
        return self.attempt.is_open and not self.item.is_graded and not self.item.is_handed_in

    @property
    def is_by_hand(self) -> bool:
        """Whether a person marks it."""
        return is_by_hand(self.item.version.kind)

    @property
    def count(self) -> int:
        return len(self.slots)

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @cached_property
    def presentation(self) -> Presentation:
        version = self.item.version
        return version.kind.present(version.content, self.item.values)

    @cached_property
    def shown(self) -> Revealed:
        return revealed_to(self.attempt, self.now)

    @cached_property
    def steps(self) -> list[Step]:
        return steps_of(self.attempt, self.slots, self.item.position)

    @cached_property
    def clock(self) -> Clock | None:
        return clock_of(self.attempt, self.now)

    @property
    def title(self) -> str:
        """What the attempt is called."""
        assessment = self.attempt.assessment
        return assessment.title if assessment else self.attempt.get_kind_display()

    @property
    def leave_url(self) -> str:
        """Where who leaves comes out."""
        if self.is_review:
            return reverse("assessments:home")
        assessment = self.attempt.assessment
        if assessment and self.attempt.is_preview:
            return reverse("assessments:preview", args=[assessment.slug])
        return assessment.get_absolute_url() if assessment else self.objective.get_absolute_url()

    @property
    def home(self) -> Any:
        """The lesson, comparison or module that the attempt belongs to; None for the whole course."""
        assessment = self.attempt.assessment
        return assessment.home if assessment else self.objective.home

    @property
    def conditions(self) -> str:
        """When answers are marked, in a few words beside the name of the lesson."""
        kinds = {
            Attempt.Kind.PRACTICE: _("practice, feedback after each answer"),
            Attempt.Kind.TEST: _("test, feedback after you hand it in"),
            Attempt.Kind.DIAGNOSTIC: _("diagnostic, feedback after you hand it in"),
            Attempt.Kind.CHECK: _("quick check, feedback at once"),
            Attempt.Kind.CASE: _("case study, feedback at once"),
        }
        return kinds.get(Attempt.Kind(self.attempt.kind), "")

    @property
    def can_vary(self) -> bool:
        """Whether other figures can be asked for."""
        attempt = self.attempt
        return (
            attempt.kind == Attempt.Kind.PRACTICE
            and attempt.is_open
            and self.item.is_graded
            and self.item.version.kind.parametric
            and not self.item.void
        )

    @property
    def variant(self) -> int:
        """The how many-th variant of this question it is, 0 where there can be no other."""
        if self.attempt.kind != Attempt.Kind.PRACTICE or not self.item.version.kind.parametric:
            return 0
        same = [slot.position for slot in self.slots if slot.version_id == self.item.version_id]
        return same.index(self.item.position) + 1

    @cached_property
    def verdict(self) -> verdicts.Verdict | None:
        if not self.attempt.gives_feedback_at_once and self.attempt.is_open:
            return None
        if self.is_by_hand and not self.item.void:
            return hand_verdict(self.item, self.shown)
        return verdicts.verdict_of(self.item, self.presentation, self.shown, can_vary=self.can_vary)

    @cached_property
    def by_hand(self) -> HandMarking | None:
        """The rubric of a written answer that was handed in, and what a person made of it."""
        is_secret = self.is_test and self.attempt.is_open
        return None if is_secret else hand_marking(self.item, self.shown)

    @cached_property
    def marks(self) -> dict[str, verdicts.OptionMark]:
        return verdicts.option_marks(self.item, self.presentation, self.shown) if self.verdict else {}

    @cached_property
    def tries(self) -> Tries | None:
        """The tries at it and the hints so far; None where it is answered once."""
        return tries_of(self.item, self.presentation, shows_feedback=self.shown.feedback)

    @cached_property
    def notices(self) -> list[Notice]:
        """What became of the question after it was asked."""
        if self.is_open or (self.is_test and self.attempt.is_open):
            notice = open_notice(self.item)
            return [notice] if notice else []
        return notices_of(self.attempt, [self.item], self.shown)

    @cached_property
    def change(self) -> Change | None:
        """What this answer changed; a test says so as a whole, in its result."""
        if not self.item.is_graded or self.is_test or self.attempt.is_preview:
            return None
        return next(iter(changes_of(self.attempt.learner_id, [self.item])), None)

    @property
    def due(self) -> str:
        """After a review: when its objective comes back."""
        return comes_back(self.change, self.now) if self.change and self.is_review else ""

    @property
    def standings(self) -> list[Standing]:
        """The objectives of the attempt, or only this one where there are many."""
        objectives = {slot.objective_id: slot for slot in self.slots}
        if len(objectives) > MOST_STANDING:
            objectives = {self.objective.pk: objectives[self.objective.pk]}
        return [
            Standing(slot.code, slot.objective_title, self._level(key), key == self.objective.pk)
            for key, slot in objectives.items()
        ]

    def _level(self, objective_id: int) -> int | str:
        return mark_level(self.states.get(objective_id), self.now)

    @property
    def level(self) -> int | str:
        return self._level(self.objective.pk)

    @property
    def recall(self) -> int | None:
        return recall_percent(self.states.get(self.objective.pk), self.now)

    @property
    def save_state(self) -> str:
        """What is kept of this question, in words; without scripts it is all that is known."""
        return saved_words(self.item)

    @property
    def minutes_left(self) -> str:
        """How long the reviews that are left will take."""
        left = minutes_for(sum(not slot.is_settled for slot in self.slots))
        return ngettext("about %(count)s minute left", "about %(count)s minutes left", left) % {"count": left}

    @cached_property
    def onward(self) -> Onward:
        """The way on once this one needs nothing more, or without answering it."""
        attempt = self.attempt
        if not attempt.is_open:
            label = _("See what they changed") if self.is_review else _("Back to the result")
            return Onward(reverse("assessments:result", args=[attempt.pk]), label)
        slot = self._following() if self.is_test else next_open(attempt, self.slots, self.item.position)
        if slot is None or slot.position == self.item.position:
            return Onward(reverse("assessments:submit", args=[attempt.pk]), _("Finish"))
        return Onward(slot.url, _("Next review") if self.is_review else _("Next question"))

    def _following(self) -> Slot | None:
        """In a test the order is the order asked, answered or not; a diagnostic passes over what is."""
        if self.is_diagnostic:
            return on_from(self.attempt, self.slots, self.item.position)
        return next((slot for slot in self.slots if slot.position > self.item.position), None)
