"""What a lesson must have: its parts, a length, a reading time that is true, and plain English.

The thresholds are those of the course: 350 to 700 words of prose, about grade 9. The reading time is the
words of all there is to read at 150 a minute (slow enough to think), two minutes for each worked calculation
and half a minute for each picture or table; a figure within two minutes of that is let be.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.course_check.facts import Facts, Lesson
from assessments.course_check.findings import Finding
from concepts.prose import Makeup, Place, blocks_in, grade, makeup, word_count

FEWEST, MOST = 350, 700
HARDEST = 10.0
PER_MINUTE, PER_WORKED, PER_FIGURE, LEEWAY = 150, 2.0, 0.5, 2.0
CLOSING, CLOSING_LINES = "in short", 3


def check_lessons(facts: Facts) -> Iterator[Finding]:
    """Every lesson, and the sources of what needs any."""
    teaching = {fact.where.home for fact in facts.objectives}
    for lesson in facts.lessons:
        yield from _check_lesson(lesson)
        if lesson.where.home not in teaching:
            yield Finding(
                "no_objective",
                lesson.where,
                _("It teaches no objective, so nothing of it is ever asked."),
                _("Add an objective under the lesson: what can a learner do after it?"),
            )
    for cited in facts.cited:
        if not cited.sources:
            yield Finding(
                "no_source",
                cited.where,
                _("It names no source."),
                _("Add the article or book that it rests on."),
            )


def _check_lesson(lesson: Lesson) -> Iterator[Finding]:
    made = makeup(lesson.body)
    blocks = blocks_in(lesson.body)
    if not blocks["example"]:
        yield Finding(
            "no_example",
            lesson.where,
            _("It has no example."),
            _("Add a block that begins with “::: example”: a moment in a plant, and one in a service."),
        )
    if not blocks["misconception"]:
        yield Finding(
            "no_misconception",
            lesson.where,
            _("It names nothing that people get wrong."),
            _("Add a block that begins with “::: misconception” and answer it."),
        )
    yield from _closing(lesson, made)
    yield from _length(lesson, made)
    yield from _time(lesson, made, blocks["worked"])


def _closing(lesson: Lesson, made: Makeup) -> Iterator[Finding]:
    lines = made.items_after(CLOSING)
    if lines == CLOSING_LINES:
        return
    remedy = _("End the lesson with the heading “## In short” and a list of three lines.")
    if lines is None:
        message = _("It does not end with “In short”.")
    else:
        message = _("“In short” has %(count)d lines, not three.") % {"count": lines}
    yield Finding("in_short", lesson.where, message, remedy)


def _length(lesson: Lesson, made: Makeup) -> Iterator[Finding]:
    prose = made.texts(Place.PROSE)
    words = word_count(prose)
    if not FEWEST <= words <= MOST:
        said = {"words": words, "fewest": FEWEST, "most": MOST}
        message = _("%(words)d words of prose, where %(fewest)d to %(most)d are asked for.") % said
        remedy = _("Add what is missing, such as an example from a service.")
        if words > MOST:
            remedy = _("Cut what does not serve an objective, or make two lessons of it.")
        yield Finding("length", lesson.where, message, remedy)
    found = grade(prose)
    if found > HARDEST:
        message = _("Its prose is at about grade %(grade).1f; %(hardest)d is the most.")
        remedy = _("Make sentences shorter, and take plain words for long ones.")
        said_grade = {"grade": found, "hardest": HARDEST}
        yield Finding("reading_level", lesson.where, message % said_grade, remedy)


def reading_minutes(made: Makeup, worked: int) -> float:
    """How long it takes to read with understanding."""
    words = word_count(made.texts())
    return words / PER_MINUTE + PER_WORKED * worked + PER_FIGURE * (made.pictures + made.tables)


def _time(lesson: Lesson, made: Makeup, worked: int) -> Iterator[Finding]:
    expected = reading_minutes(made, worked)
    if abs(lesson.minutes - expected) <= LEEWAY:
        return
    message = _("It says %(said)d minutes and reads in about %(expected)d.")
    remedy = _("Set “minutes to read” to %(expected)d.")
    said = {"said": lesson.minutes, "expected": max(1, round(expected))}
    yield Finding("reading_time", lesson.where, message % said, remedy % said)
