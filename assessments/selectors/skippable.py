"""What a learner may skip: lessons that their latest diagnostic asked about, with every answer right.

Nothing is stored for it: it is read from what was asked, marked and, by a correction, marked again. Nothing
becomes mastered by it either; the lesson is only passed over when the next one is suggested.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assessments.mastery import Level
from assessments.models import Attempt, AttemptItem, Learner
from assessments.questions.tries import FULL
from assessments.selectors.open_work import Test, may_show_marks
from assessments.selectors.sets import AssessmentLine
from assessments.selectors.standing import Standing, go_on_with
from concepts.selectors.outline import Lesson


@dataclass(frozen=True)
class Known:
    """The lessons to pass over with their objectives, and when the diagnostic that says so ended."""

    lessons: frozenset[tuple[str, int]] = frozenset()
    objectives: frozenset[int] = frozenset()
    at: datetime | None = None

    def __contains__(self, lesson: Lesson) -> bool:
        return (lesson.kind, lesson.pk) in self.lessons


NOTHING = Known()


def known_lessons(lessons: Iterable[Lesson], answers: Mapping[int, bool]) -> list[Lesson]:
    """The lessons of which something was asked and everything that was asked is right, by objective."""
    return [
        lesson
        for lesson in lessons
        if (given := [answers[line.pk] for line in lesson.objectives if line.pk in answers]) and all(given)
    ]


def answers_in(items: Iterable[tuple[int, float | None, str]]) -> dict[int, bool]:
    """Whether each objective was answered rightly throughout, from objective, score and void of each item."""
    found: dict[int, bool] = {}
    for objective, score, void in items:
        if void != AttemptItem.Void.OUT:
            found[objective] = found.get(objective, True) and (score or 0) >= FULL
    return found


def known_to(learner: Learner, lessons: Iterable[Lesson], standing: Standing, now: datetime) -> Known:
    """What the latest diagnostic says, in one query; none for somebody who has shown nothing yet.

    A lesson in which something was missed since is not passed over any more, and a diagnostic whose marks
    may not be seen says nothing.
    """
    if standing.is_empty:
        return NOTHING
    mine = Attempt.objects.filter(learner=learner, kind=Attempt.Kind.DIAGNOSTIC, is_preview=False).finished()
    latest = mine.order_by("-finished_at", "-pk").values("pk")[:1]
    rows = AttemptItem.objects.filter(attempt=latest).values_list(
        *("version__objective", "score", "void"),
        *("attempt__finished_at", "attempt__assessment__show_marks", "attempt__assessment__closes_at"),
    )
    found = list(rows)
    if not found or not may_show_marks(found[0][4], found[0][5], now):
        return NOTHING
    known = [
        lesson
        for lesson in known_lessons(lessons, answers_in(row[:3] for row in found))
        if all(standing.of(line.pk).level != Level.ATTEMPTED for line in lesson.objectives)
    ]
    return Known(
        frozenset((lesson.kind, lesson.pk) for lesson in known),
        frozenset(line.pk for lesson in known for line in lesson.objectives),
        found[0][3],
    )


def suggestion(lessons: Iterable[Lesson], standing: Standing, known: Known) -> Lesson | None:
    """The lesson to go on with, past what the diagnostic says one knows; in the end what was passed over."""
    walk = tuple(lessons)
    if known.at is None:
        return go_on_with(walk, standing)
    past = standing.passing_over(known.objectives, known.at)
    return go_on_with(walk, past) or go_on_with(walk, standing.passing_over((), known.at))


def invitation(tests: Iterable[Test], standing: Standing, now: datetime) -> AssessmentLine | None:
    """The diagnostic to which somebody is invited who has not answered anything yet, and not taken it."""
    if not standing.is_empty:
        return None
    ready = (test.line for test in tests if test.line.is_diagnostic and test.can_start(now))
    return next((line for line in ready if line.is_course_wide and not line.run.used), None)
