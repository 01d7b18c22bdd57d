"""What a case must hold, one by one."""

from typing import Any

import pytest

from assessments.course_check import Where
from assessments.course_check.cases import check_cases
from assessments.course_check.facts import Asked, Facts, Played
from tests.assessments.course_check.lessons import asked
from tests.concepts.cases.document import document
from tests.factories import numeric, written

CASE = Where("concepts.casestudy", 1, "late-shop", "The late shop")


def question(
    slug: str, kind: str, *, is_live: bool = True, stem: str = "From “Orders by week”: how many?"
) -> Asked:
    where = Where("assessments.question", len(slug), slug, slug)
    content = {"numeric": numeric, "written": written}[kind]() | {"stem": stem}
    return Asked(where, kind, content, 1, is_live, "late-shop")


QUESTIONS = (question("late-share", "numeric"), question("late-shop-recommendation", "written"))


def four_stages() -> dict[str, Any]:
    """The small case, long enough: its first stage comes three times."""
    case = document()
    first = case["stages"][0]
    again = []
    for i in (1, 2):
        decision = {**first["decisions"][0], "key": f"overtime-{i}"}
        way = {"to": f"again-{i + 1}" if i == 1 else "second"}
        again.append(
            {**first, "key": f"again-{i}", "decisions": [decision], "checkpoints": [], "next": [way]}
        )
    case["stages"][1:1] = again
    first["next"] = [{"to": "again-1"}]
    case["stages"][3]["next"].insert(0, {"when": "on_time < 75", "to": "lost"})
    return case


def found(case: dict[str, Any], questions: tuple[Asked, ...] = QUESTIONS) -> list[tuple[str, str]]:
    facts = Facts(cases=[Played(CASE, "late-shop", case, True)], questions=questions)
    return [(one.kind, one.message) for one in check_cases(facts)]


def test_a_case_that_holds_everything_is_let_be() -> None:
    assert found(four_stages()) == []


def test_a_case_that_cannot_be_played_is_not_looked_at_further() -> None:
    case = four_stages()
    case["stages"][0]["next"] = [{"to": "gone"}]
    (kind, message), *others = found(case)
    assert kind == "case" and message.startswith("stages.0.next.0.to: There is no stage “gone”")
    assert others == []


@pytest.mark.parametrize(
    ("path", "value", "kind", "words"),
    [
        (("stages", 0, "next"), [{"to": "second"}], "case_graph", "No way leads to"),
        (("stages", 0, "next"), [{"to": "second"}], "case_path", "after 2 decided stages"),
        (("stages", 0, "next"), [{"to": "first"}], "case_path", "gets stuck"),
        (
            ("stages", 3, "next", 0, "when"),
            "on_time < -1",
            "case_path",
            "No run that was tried comes to “Lost”",
        ),
        (
            ("exhibits", 1),
            {"key": "late-chart", "title": "T", "text": "T"},
            "case_thin",
            "a table and one a chart",
        ),
        (("stages", 0, "decisions", 0, "options"), None, "case_thin", "all or nothing"),
        (("stages", 3, "decisions", 2, "outcomes"), [{"text": "So"}], "case_thin", "next to nothing"),
        (
            ("debrief",),
            "Notwithstanding organisational considerations, comprehensive reconfiguration necessitates "
            "interdepartmental accountability and unprecedented operational transparency throughout. " * 20,
            "reading_level",
            "grade",
        ),
    ],
)
def test_what_falls_short_is_told(path: tuple[Any, ...], value: Any, kind: str, words: str) -> None:
    case = four_stages()
    holder = case
    for step in path[:-1]:
        holder = holder[step]
    if words == "all or nothing":
        for i, option in enumerate(holder["options"]):
            option["quality"] = min(i, 1)
    else:
        holder[path[-1]] = value
    assert [message for one, message in found(case) if one == kind and words in message]


@pytest.mark.parametrize(
    ("questions", "words"),
    [
        (QUESTIONS[:1], "no live question"),
        ((QUESTIONS[0], question("late-shop-recommendation", "written", is_live=False)), "no live question"),
        ((*QUESTIONS, question("unasked", "numeric")), "asks it nowhere"),
        ((QUESTIONS[1], question("late-share", "numeric", stem="How many?")), "which exhibit"),
        (
            (QUESTIONS[1], question("late-share", "numeric", stem="From “Orders by week”: 77 or 78?")),
            "77, 78 come out of no exhibit",
        ),
    ],
)
def test_the_questions_of_a_case_are_looked_at(questions: tuple[Asked, ...], words: str) -> None:
    (kind, message), *others = found(four_stages(), questions)
    assert (kind, others) == ("case_question", []) and words in message


def test_questions_of_other_places_are_nobody_of_this_case() -> None:
    assert found(four_stages(), (*QUESTIONS, asked(9))) == []
