"""Reviews: what is due and why, and what a session of them changed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments import mastery
from assessments.models import Attempt, AttemptItem, Learner, ObjectiveState
from assessments.selectors.attempts import Slot, mark_level, next_open, recall_percent, slots_of
from assessments.selectors.changes import Change, changes_of
from assessments.selectors.verdicts import marked_word
from assessments.wording import begin_sentence, count_word, day_ahead, days_ago
from concepts.models import Objective

SECONDS_EACH = 45  # what a review takes on the whole: reading it, thinking, reading the verdict


def minutes_for(reviews: int) -> int:
    """About how many minutes so many reviews take."""
    return math.ceil(reviews * SECONDS_EACH / 60)


@dataclass(frozen=True)
class Due:
    """One objective that is due."""

    objective: Objective
    level: int | str
    recall: int | None
    last_met: str


@dataclass(frozen=True)
class ReviewsPage:
    """What is due today; `left` counts the reviews of a session that is open."""

    due: Sequence[Due]
    resume: Slot | None
    left: int
    waiting: int
    cap: int
    next_due: datetime | None
    now: datetime

    @property
    def count(self) -> int:
        return self.left or len(self.due)

    @property
    def headline(self) -> str:
        if not self.count:
            return _("Nothing is due now") if not self.waiting else _("Your reviews of today are done")
        reviews = ngettext("%(count)s review", "%(count)s reviews", self.count) % {
            "count": count_word(self.count)
        }
        length = minutes_for(self.count)
        time = ngettext("about %(count)s minute", "about %(count)s minutes", length) % {
            "count": count_word(length)
        }
        return begin_sentence(_("%(reviews)s, %(time)s") % {"reviews": reviews, "time": time})

    @property
    def fading(self) -> int:
        return sum(due.level == "fading" for due in self.due)

    @property
    def why(self) -> str:
        """Why it is worth the minutes."""
        if self.resume is not None:
            return _(
                "You stopped at review %(number)s. What you answered before it is saved and counted."
            ) % {"number": self.resume.position}
        if not self.fading:
            return _(
                "Each asks what you learnt some days ago with a question or figures that you have not met. "
                "What is still there at a review, three days or more after it became proficient, is mastered."
            )
        text = ngettext(
            "%(count)s of them is fading: you mastered it, and the chance that you would recall it today has "
            "slipped below 80 %%. A short look now saves learning it again.",
            "%(count)s of them are fading: you mastered them, and the chance that you would recall them "
            "today has slipped below 80 %%. A short look now saves learning them again.",
            self.fading,
        )
        return text % {"count": begin_sentence(count_word(self.fading))}

    @property
    def nothing(self) -> str:
        """Why nothing is asked now, and when something will be."""
        if self.waiting:
            text = ngettext(
                "You set at most %(cap)s a day. %(count)s more is due and waits until tomorrow.",
                "You set at most %(cap)s a day. %(count)s more are due and wait until tomorrow.",
                self.waiting,
            )
            return text % {"cap": self.cap, "count": begin_sentence(count_word(self.waiting))}
        if self.next_due is None:
            return _(
                "Reviews come from what you have answered. Work through a lesson and its practice; what you "
                "learn there comes back here, first after some days."
            )
        return _("What you know is still fresh. The next review is due %(day)s.") % {
            "day": day_ahead(self.next_due, self.now)
        }


def reviews_page(learner: Learner, due: Sequence[ObjectiveState], now: datetime) -> ReviewsPage:
    """What is due (as the service for reviews picks it), what is open, and what comes next."""
    attempt = Attempt.objects.filter(learner=learner, kind=Attempt.Kind.REVIEW).open().first()
    slots = slots_of(attempt) if attempt else []
    resume = next_open(attempt, slots) if attempt else None
    waiting, next_due = 0, None
    if not due and resume is None:
        states = ObjectiveState.objects.filter(learner=learner, objective__in=Objective.objects.published())
        waiting = states.due(now).count()
        next_due = (
            states.filter(next_review__gt=now)
            .order_by("next_review")
            .values_list("next_review", flat=True)
            .first()
        )
    rows = [
        Due(
            state.objective,
            mark_level(state, now),
            recall_percent(state, now),
            days_ago(state.last_at, now) if state.last_at else "",
        )
        for state in due
    ]
    left = sum(not slot.is_settled for slot in slots) if resume else 0
    return ReviewsPage(rows, resume, left, waiting, learner.reviews_a_day, next_due, now)


def comes_back(change: Change, now: datetime) -> str:
    """When an objective is reviewed next, in words."""
    if change.next_review is None:
        return ""
    return _("comes back %(day)s") % {"day": day_ahead(change.next_review, now)}


@dataclass(frozen=True)
class ReviewResult:
    """What a session of reviews showed and changed."""

    attempt: Attempt
    items: Sequence[AttemptItem]
    changes: Sequence[Change]
    now: datetime

    @property
    def answered(self) -> list[AttemptItem]:
        return [item for item in self.items if item.is_graded]

    @property
    def recalled(self) -> int:
        return sum(mastery.is_success(item.score or 0) for item in self.answered)

    @property
    def headline(self) -> str:
        total = len(self.answered)
        if not total:
            return _("No review was answered")
        if self.recalled == total == 2:
            return _("Both recalled")
        if self.recalled == total:
            text = ngettext("Recalled at the first try", "All %(count)s recalled", total)
            return text % {"count": count_word(total)}
        return begin_sentence(
            _("%(recalled)s of %(total)s recalled")
            % {
                "recalled": count_word(self.recalled) if self.recalled else _("none"),
                "total": count_word(total),
            }
        )

    @property
    def lede(self) -> str:
        missed = len(self.answered) - self.recalled
        mastered = sum(change.rose and change.after == mastery.Level.MASTERED for change in self.changes)
        said = []
        if mastered:
            text = ngettext(
                "One objective is mastered now.", "%(count)s objectives are mastered now.", mastered
            )
            said.append(text % {"count": begin_sentence(count_word(mastered))})
        if missed:
            text = ngettext(
                "One slipped; it comes back soon, with another question.",
                "%(count)s slipped; they come back soon, with other questions.",
                missed,
            )
            said.append(text % {"count": begin_sentence(count_word(missed))})
        first = self.first_due
        if first:
            said.append(_("The next of these is due %(day)s.") % {"day": day_ahead(first, self.now)})
        return " ".join(said)

    @property
    def rows(self) -> list[tuple[Change, str]]:
        """Each change with when its objective comes back."""
        return [(change, comes_back(change, self.now)) for change in self.changes]

    @property
    def questions(self) -> list[tuple[AttemptItem, str, str, str, str]]:
        """Each question answered with its address and how it was marked."""
        return [
            (item, reverse("assessments:question", args=[self.attempt.pk, item.position]), *marked_word(item))
            for item in self.answered
        ]

    @property
    def first_due(self) -> datetime | None:
        return min((change.next_review for change in self.changes if change.next_review), default=None)


def review_result(attempt: Attempt, items: Sequence[AttemptItem], now: datetime) -> ReviewResult:
    """The result of a session of reviews."""
    changes = changes_of(attempt.learner_id, [item for item in items if item.is_graded])
    return ReviewResult(attempt, items, changes, now)
