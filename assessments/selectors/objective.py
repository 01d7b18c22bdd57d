"""One objective of one learner: where they stand in it, why, and what would raise it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.mastery import REVIEW_GAP, Level
from assessments.models import Learner
from assessments.selectors.answers import AnswersPage, answers_page
from assessments.selectors.held import UNMET, Held, held_by
from assessments.selectors.open_work import sets_on
from assessments.selectors.sets import AssessmentLine
from assessments.selectors.standing import Shown
from assessments.wording import day_ahead, days_ago
from concepts.kept import Shelf
from concepts.models import Objective


@dataclass(frozen=True)
class ObjectivePage:
    """Everything on the page."""

    now: datetime
    objective: Objective
    held: Held
    practice: AssessmentLine | None
    answers: AnswersPage

    @property
    def shown(self) -> Shown:
        return self.held.shown(self.now)

    @property
    def recall(self) -> int | None:
        return self.held.recall(self.now)

    @property
    def since(self) -> str:
        """Since when the level is what it is."""
        return date_format(localtime(self.held.since), "D j M Y") if self.held.since else ""

    @property
    def last_met(self) -> str:
        return days_ago(self.held.last_at, self.now) if self.held.last_at else _("not yet")

    @property
    def next_review(self) -> str:
        """When it is asked again, or why it is not."""
        if self.held.next_review is None:
            return _("after your first answer")
        if self.is_due:
            return _("due now")
        return day_ahead(self.held.next_review, self.now)

    @property
    def is_due(self) -> bool:
        return self.held.next_review is not None and self.held.next_review <= self.now

    @property
    def raises(self) -> str:
        return raises(self.held, self.now)

    @property
    def lowers(self) -> str:
        return lowers(self.held)


def objective_page(
    shelf: Shelf, learner: Learner, user: Any, objective: Objective, page: str | None, now: datetime
) -> ObjectivePage:
    """The page of an objective that this person may see."""
    kind = "concept" if objective.concept_id else "comparison"
    sets = sets_on(shelf, [(kind, objective.home.pk)], user)
    return ObjectivePage(
        now=now,
        objective=objective,
        held=held_by(learner, objective.pk).get(objective.pk, UNMET),
        practice=next((line for line in sets if line.is_practice), None),
        answers=answers_page(learner, page, now, objective.pk),
    )


def raises(held: Held, now: datetime) -> str:
    """What it takes to rise from here, by the rule of `assessments.mastery`."""
    match Level(held.level):
        case Level.NOT_STARTED:
            return _("A first answer of 70 % or more makes it familiar; any first answer makes it attempted.")
        case Level.ATTEMPTED:
            return _("One answer of 70 % or more makes it familiar.")
        case Level.FAMILIAR:
            if held.streak:
                return _("One more success, on another question or other figures, makes it proficient.")
            return _("Two successes in a row, on different questions or figures, make it proficient again.")
        case Level.PROFICIENT:
            return _raises_proficient(held, now)
    if held.is_fading(now):
        return _("It is mastered, but recall has slipped below 80 %. A success at a review brings it back.")
    return _("It is mastered, as high as it goes. Reviews, further and further apart, keep it there.")


def _raises_proficient(held: Held, now: datetime) -> str:
    if held.next_review is None or held.next_review <= now:
        return _("It is due: a success at a review makes it mastered.")
    return _(
        "A success at a review on or after %(day)s makes it mastered. Practice before then does not."
    ) % {"day": date_format(localtime(held.next_review), "D j M")}


def lowers(held: Held) -> str:
    """What a miss would cost."""
    match Level(held.level):
        case Level.FAMILIAR:
            return _("An answer below 70 % would make it attempted again.")
        case Level.PROFICIENT:
            return _("An answer below 70 % would cost one level: it would be familiar.")
        case Level.MASTERED:
            return _(
                "An answer below 70 %% would cost one level: it would be proficient, and could be mastered "
                "again at a review %(days)s days later."
            ) % {"days": REVIEW_GAP.days}
    return ""
