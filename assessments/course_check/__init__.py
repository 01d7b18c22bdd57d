"""The course's own check, without the database: facts in, findings out."""

from collections.abc import Iterator

from assessments.course_check.bank import check_bank
from assessments.course_check.cases import check_cases
from assessments.course_check.facts import Facts
from assessments.course_check.findings import KINDS, Finding, Where
from assessments.course_check.lessons import check_lessons
from assessments.course_check.links import check_links
from assessments.course_check.words import check_words

__all__ = ["KINDS", "Facts", "Finding", "Where", "check", "in_order"]


def check(facts: Facts) -> Iterator[Finding]:
    """Everything that these facts fall short of."""
    yield from check_lessons(facts)
    yield from check_words(facts)
    yield from check_links(facts)
    yield from check_bank(facts)
    yield from check_cases(facts)


def in_order(found: list[Finding]) -> list[Finding]:
    """By kind as in the list of kinds, within a kind as they were found."""
    places = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(found, key=lambda one: places[one.kind])
