"""What the bank must hold, check by check."""

from typing import Any

from assessments.course_check import Where, check
from assessments.course_check.facts import Around, Chapter, Slip
from assessments.course_check.findings import WRITE_QUESTION
from assessments.questions import TYPES
from tests.assessments.course_check.lessons import OBJECTIVE, asked, facts, kinds, messages
from tests.factories import numeric

MODULE = Where("concepts.module", 1, "measuring", "Measuring")
SLIP = Where("assessments.misconception", 1, "upside-down", "Upside down")


def test_three_questions_are_too_few_and_drafts_do_not_count() -> None:
    three = [asked(1), asked(2), asked(3, "true_false"), asked(4, is_live=False)]
    found = [one for one in check(facts(questions=three)) if one.where == OBJECTIVE]
    assert [(one.kind, one.message, one.remedy) for one in found] == [
        ("few_questions", "It has 3 live questions.", "Write 1 more question.")
    ]
    assert found[0].mend == WRITE_QUESTION


def test_four_of_one_type_are_not_enough() -> None:
    assert kinds(facts(questions=[asked(n) for n in range(4)])) == ["few_types"]
    assert (
        "All its live questions are of one type: single choice."
        in messages(facts(questions=[asked(n) for n in range(4)]))[0]
    )


def test_whoever_has_to_calculate_can_do_it_again_with_other_figures() -> None:
    fixed = {"stem": "A cell made 600 parts in 5 hours. What was its throughput?", "parameters": {}}
    fixed |= {"answer": "600 / 5", "slips": [], "explanation": "600 ÷ 5."}
    once = [asked(1), asked(2), asked(3, "numeric"), asked(4, "numeric", **fixed)]
    assert kinds(facts(questions=once)) == ["few_figures"]
    assert kinds(facts(questions=[*once, asked(5, "numeric")])) == []
    assert kinds(facts(questions=[asked(1), asked(2), asked(3), asked(4, "numeric")])) == ["few_figures"]


def test_a_module_needs_a_test_of_its_own() -> None:
    assert kinds(facts(modules=[Chapter(MODULE, has_test=False)])) == ["no_test"]
    assert kinds(facts(modules=[Chapter(MODULE, has_test=True)])) == []


def test_a_misconception_is_named_by_a_question_and_explained() -> None:
    named = Around(named=frozenset({"upside-down"}))
    assert kinds(facts(misconceptions=[Slip(SLIP, "upside-down", "It is inverted.")], around=named)) == []
    assert kinds(facts(misconceptions=[Slip(SLIP, "upside-down", " ")])) == [
        "unused_misconception",
        "unexplained_misconception",
    ]


def test_a_question_that_its_type_refuses_is_found() -> None:
    questions = [asked(1), asked(2), asked(3, "numeric"), asked(4, "numeric"), asked(5, explanation="")]
    (message,) = messages(facts(questions=questions))
    assert message.startswith("explanation: ")


def test_figures_that_degenerate_are_found_by_more_draws_than_the_form_tries() -> None:
    """A slip that is right for one figure of 60: the draws of the form may pass over it, 200 do not."""
    contents = []
    for rare in range(600, 1200, 10):
        content: Any = numeric()
        content["parameters"]["units"] = {"from": 600, "to": 1190, "step": 10}
        content["slips"][0]["answer"] = f"units / hours + abs(units - {rare})"
        if not TYPES["numeric"].check(content):
            contents.append(content)
    assert contents
    content = contents[0]
    good = [asked(1), asked(2), asked(3, "numeric"), asked(4, "numeric")]
    (found,) = check(facts(questions=[*good, asked(5, "numeric", **content)]))
    assert found.kind == "draws"
    assert "counts as right" in found.message


def test_what_belongs_to_one_lesson_is_checked_by_itself() -> None:
    other = facts(misconceptions=[Slip(SLIP, "upside-down", "")], modules=[Chapter(MODULE, has_test=False)])
    assert kinds(other.of(OBJECTIVE.home)) == []
