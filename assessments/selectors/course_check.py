"""The check of the course as it stands in the database: of all of it, or of one lesson or comparison."""

from collections.abc import Iterator
from typing import Any

from assessments.course_check import Facts, Finding, check, in_order
from assessments.course_check.facts import Asked
from assessments.selectors.course_facts import Reader, home_of
from assessments.selectors.lint import Row, advice_on


def course_findings(*, drafts: bool = False) -> list[Finding]:
    """All that the course falls short of; without drafts, all that learners meet of it."""
    return _found(Reader(drafts=drafts).facts())


def home_findings(home: Any) -> list[Finding]:
    """What one concept or comparison falls short of, as its forms have it: as many queries as for all."""
    place = home_of(home)
    return _found(Reader(drafts=True).facts().of(place)) if place else []


def _found(facts: Facts) -> list[Finding]:
    return in_order([*check(facts), *_advice(facts)])


def _advice(facts: Facts) -> Iterator[Finding]:
    """The lint of these questions. What it says of objectives, the check of the course says itself."""
    asked = {one.where.pk: one for one in facts.questions}
    for one in advice_on([_row(question) for question in facts.questions]):
        if one.question is not None:
            other = f" ({one.other_title})" if one.other_title else ""
            message = f"{one.field}: {one.label}{other}."
            yield Finding("advice", asked[one.question].where, message, one.message)


def _row(question: Asked) -> Row:
    place = question.where
    return Row(place.pk, place.name, place.title, question.type, dict(question.content), "", None, None)
