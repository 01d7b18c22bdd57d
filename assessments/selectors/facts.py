"""What the rules of Today look at: one learner, this moment."""

from dataclasses import dataclass
from datetime import datetime

from assessments.models import Attempt, Learner
from assessments.selectors.held import UNMET, Held
from assessments.selectors.open_work import OpenAttempt, Test
from assessments.selectors.reviews import minutes_for
from assessments.selectors.routes import Route
from assessments.selectors.sets import AssessmentLine
from assessments.selectors.skippable import NOTHING, Known
from assessments.selectors.standing import Standing, Tally
from concepts.selectors.outline import Lesson, Outline


@dataclass(frozen=True)
class Reviews:
    """The objectives that today's reviews will ask about; ``waiting`` are due but beyond today's cap."""

    objectives: tuple[int, ...] = ()
    waiting: int = 0
    is_begun: bool = False

    @property
    def count(self) -> int:
        return len(self.objectives)

    @property
    def minutes(self) -> int:
        return minutes_for(self.count)


@dataclass(frozen=True)
class Facts:
    """Everything that the rules look at."""

    learner: Learner
    teaches: bool
    now: datetime
    outline: Outline
    standing: Standing
    held: dict[int, Held]
    reviews: Reviews
    attempts: list[OpenAttempt]
    tests: list[Test]
    route: Route
    lesson: Lesson | None
    practice: AssessmentLine | None
    known: Known = NOTHING  # lessons that a diagnostic lets one pass over
    invited: AssessmentLine | None = None  # the diagnostic that a newcomer is told of

    @property
    def running(self) -> OpenAttempt | None:
        """The test whose time is running, the first to end."""
        running = [one for one in self.attempts if one.is_running(self.now)]
        return min(running, key=lambda one: one.deadline or self.now, default=None)

    @property
    def started(self) -> OpenAttempt | None:
        """A practice that was left in the middle."""
        kind = Attempt.Kind.PRACTICE
        return next(
            (one for one in self.attempts if one.kind == kind and one.deadline is None and one.left), None
        )

    @property
    def diagnosed(self) -> OpenAttempt | None:
        """A diagnostic that was left in the middle, with all the time there is."""
        kind = Attempt.Kind.DIAGNOSTIC
        return next((one for one in self.attempts if one.kind == kind and one.deadline is None), None)

    @property
    def reviewed(self) -> list[Held]:
        """What is held of the objectives that today's reviews ask about."""
        return [self.held.get(pk, UNMET) for pk in self.reviews.objectives]

    @property
    def learnt(self) -> Standing:
        """Where one stands by what one has learnt here. To be asked in a diagnostic is not to have begun."""
        return self.standing.apart_from(self.known.at) if self.known.at else self.standing

    @property
    def tally(self) -> Tally:
        """The whole course, counted."""
        return self.standing.tally(self.outline.objectives)

    @property
    def practises(self) -> bool:
        """Whether the lesson that comes next has been begun, or is known, and has a practice: then that is
        what to do.
        """
        lesson = self.lesson
        if lesson is None or self.practice is None:
            return False
        met = self.standing if lesson in self.known else self.learnt
        return met.tally(lesson.objectives).started > 0
