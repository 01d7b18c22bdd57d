"""What a lesson must have: each check with a lesson that breaks it and one that does not."""

from typing import Any

import pytest

from assessments.course_check import Where, check, in_order
from assessments.course_check.facts import Cited
from assessments.course_check.lessons import reading_minutes
from concepts.prose import makeup
from tests.assessments.course_check.lessons import BODY, LESSON, SENTENCE, facts, kinds, lesson, messages

HARD = (
    "Operational synchronisation necessitates comprehensive organisational reconfiguration notwithstanding "
    "institutional considerations regarding departmental accountability and administrative responsibility. "
)


def test_a_good_lesson_draws_no_word() -> None:
    assert kinds(facts()) == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (BODY.replace("::: example a plant", "::: note a plant"), "no_example"),
        (BODY.replace("::: misconception more is faster", "::: note more"), "no_misconception"),
        (BODY.replace("## In short", "## To sum up"), "in_short"),
        (BODY.replace("- A faster press fills the floor.\n", ""), "in_short"),
        (BODY + "\n## After all\n\nOne more thing.\n", "in_short"),
        (BODY.replace(SENTENCE * 15, SENTENCE * 10), "length"),
        (BODY.replace(SENTENCE * 15, SENTENCE * 50), "length"),
        (BODY.replace(SENTENCE * 15, HARD * 10 + SENTENCE * 5), "reading_level"),
    ],
)
def test_a_part_that_is_missing_or_off_is_found(body: str, kind: str) -> None:
    minutes = round(reading_minutes(makeup(body), 1))
    assert kinds(facts(lessons=[lesson(body, minutes)])) == [kind]


@pytest.mark.parametrize(("minutes", "found"), [(1, True), (3, False), (5, False), (6, False), (9, True)])
def test_a_reading_time_may_be_two_minutes_off(minutes: int, found: bool) -> None:
    assert kinds(facts(lessons=[lesson(minutes=minutes)])) == (["reading_time"] if found else [])


def test_it_says_what_the_reading_time_should_be() -> None:
    (message,) = messages(facts(lessons=[lesson(minutes=20)]))
    assert message == "It says 20 minutes and reads in about 5. Set “minutes to read” to 5."


def test_tables_and_calculations_take_time_but_are_no_prose() -> None:
    table = "\n\n| A | B |\n|---|---|\n" + "| many words in a row | and more of them |\n" * 60
    body = BODY.replace("## In short", f"{table}\n## In short")
    assert kinds(facts(lessons=[lesson(body, 5)])) == ["reading_time"]
    assert kinds(facts(lessons=[lesson(body, 9)])) == []


def test_a_lesson_without_an_objective_is_found() -> None:
    found = kinds(facts(objectives=[], questions=[]))
    assert found == ["no_objective"]


@pytest.mark.parametrize("model", ["concepts.concept", "concepts.comparisonrow", "concepts.metric"])
def test_what_has_no_source_is_found(model: str) -> None:
    place = Where(model, 1, "flow", "Flow")
    assert kinds(facts(cited=[Cited(place, 0)])) == ["no_source"]
    assert kinds(facts(cited=[Cited(place, 2)])) == []


def test_findings_say_where_and_stand_in_the_order_of_their_kinds() -> None:
    found = list(check(facts(lessons=[lesson("Too short.", 9)], questions=[])))
    assert {str(one.where) for one in found} == {"concept flow", "objective FLW-1"}
    ordered: Any = [one.kind for one in in_order(found)]
    assert ordered[0] == "few_questions"
    assert ordered[-1] == "reading_time"
    assert all(one.message and one.remedy and one.label for one in found)
    assert found[0].where == LESSON
