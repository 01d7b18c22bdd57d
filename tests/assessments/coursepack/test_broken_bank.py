"""Broken files: the command lists every mistake with file, line and remedy, and writes nothing."""

from pathlib import Path

import pytest

from assessments import questions
from assessments.questions.base import Problem
from concepts.models import Source, Term
from tests.assessments.coursepack.loading import ASSESSMENTS, QUESTIONS, TERMS, load, refused
from tests.concepts.coursepack.trees import edit

pytestmark = pytest.mark.django_db
ONE_HOME = "It belongs to a module, a concept or a comparison. Write one of the three, and only one."
PART = "{objective: THR-1, count: 1, marks: 1}"


def test_mistakes_are_listed_with_file_line_and_remedy_and_nothing_is_written(root: Path) -> None:
    edit(root, TERMS, "name: Shift", "nam: Shift")
    edit(root, QUESTIONS, "      feedback: This one stays as it is.\n", "")
    edit(root, QUESTIONS, "tolerance: 1 %", "tolerance: about 1")
    edit(root, QUESTIONS, "objective: THR-2", "objective: THR-3")
    edit(root, ASSESSMENTS, "  concept: throughput\n", "")
    findings, error = refused(root)
    unfed = "This wrong choice has no feedback. Say to who picks it where the thought goes wrong."
    assert findings == [
        f"{ASSESSMENTS}:1: {ONE_HOME}",
        f"{ASSESSMENTS}:7: No question in the bank is about THR-2. Write one or take the part out.",
        findings[2],
        "bank/measuring/throughput.yaml:22: There is no objective “THR-3”. Did you mean “THR-2”?",
        f"bank/measuring/throughput.yaml:33: choices 3 feedback: {unfed}",
        "course/measuring/terms.yaml:7: “name” is missing. Add it.",
        "course/measuring/terms.yaml:8: “nam” means nothing here. Did you mean “name”?",
    ]
    assert findings[2].startswith("bank/measuring/throughput.yaml:14: tolerance: ")
    assert str(error) == "7 mistakes in the course files. Nothing was loaded."
    assert error.returncode == 1
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            "title: A packing cell",
            "titel: A packing cell",
            "4: “titel” means nothing here. Did you mean “title”?",
        ),
        ("type: numeric", "type: number", "3: “type” cannot be “number”. Did you mean “numeric”?"),
        (
            "- misconception: time-divided-by-units",
            "- misconception: time-by-units",
            "16: There is no misconception “time-by-units”. Did you mean “time-divided-by-units”?",
        ),
        (
            "answer: out / hours",
            "answer: out / hour",
            "12: answer: “hour” is not known here. Known names: hours, out.",
        ),
        ("slug: thr-2-which-way", "slug: thr-1-packing-cell", None),
        ("unit: parcels / h", "unit: 2024-01-01", "13: “2024-01-01” is not read as text. Put it in quotes."),
        (
            "speeds up?",
            "[speeds up](concept:speed)?",
            "26: There is no concept “speed”. Add it or take the reference out.",
        ),
    ],
)
def test_a_broken_question_is_reported_with_file_line_and_remedy(
    root: Path, old: str, new: str, finding: str | None
) -> None:
    edit(root, QUESTIONS, old, new)
    findings, _error = refused(root, "--check")
    finding = finding or (
        "21: The question “thr-1-packing-cell” is there already: bank/measuring/throughput.yaml:1. "
        "Give one of them another slug."
    )
    assert f"bank/measuring/throughput.yaml:{finding}" in findings


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("module: measuring", "module: measuring\n  concept: pace", 13, ONE_HOME),
        (
            "time_limit: 25",
            "time_limit: 0",
            13,
            "No time at all is too short. Write minutes, or take the line out.",
        ),
        (
            PART,
            "{count: 1}",
            7,
            "A part draws from one objective or names one question. Write one of the two.",
        ),
        (
            PART,
            "{question: thr-2-which-way, count: 2}",
            7,
            "A part that names a question asks it once. Take “count” out.",
        ),
        (
            PART,
            "{question: thr-2-way}",
            7,
            "There is no question “thr-2-way”. Did you mean “thr-2-which-way”?",
        ),
        (
            PART,
            "{objective: PAC-1}",
            7,
            "No question in the bank is about PAC-1. Write one or take the part out.",
        ),
        (
            "count: 1, marks: 2",
            "count: 21, marks: 2",
            8,
            "“count” cannot be “21”. Ensure this value is less than or equal to 20.",
        ),
    ],
)
def test_a_broken_assessment_is_reported_with_file_line_and_remedy(
    root: Path, old: str, new: str, line: int, message: str
) -> None:
    edit(root, ASSESSMENTS, old, new)
    findings, _error = refused(root)
    assert f"{ASSESSMENTS}:{line}: {message}" in findings


def test_a_name_that_an_editor_has_taken_is_reported_and_nothing_is_written(root: Path) -> None:
    Term.objects.create(slug="own", name="Shift", definition="Made in the admin.")
    findings, _error = refused(root)
    assert findings == [
        "course/measuring/terms.yaml:8: “Shift” is taken by term:own in the database. Rename one of the two."
    ]
    assert not Source.objects.exists()


def test_a_file_beside_the_modules_of_the_bank_is_reported(root: Path) -> None:
    (root / "bank/README.md").write_text("How to write questions.\n", encoding="utf-8")
    (root / "bank/throughput.yaml").write_text("- slug: a\n", encoding="utf-8")
    findings, _error = refused(root)
    message = (
        "No such file belongs here, so it is not read. "
        "Rename it to one of: misconceptions*.yaml, assessments*.yaml."
    )
    assert findings == [f"bank/throughput.yaml:1: {message}"]


def test_questions_are_tried_when_they_are_new_or_when_a_check_is_asked_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(root)
    problem = Problem("answer", "Nothing can be drawn.")
    monkeypatch.setattr(type(questions.get("numeric")), "check", lambda self, content: [problem])
    assert load(root)[:2] == ["Added: 0", "Changed: 0"]
    assert refused(root, "--check")[0] == ["bank/measuring/throughput.yaml:12: answer: Nothing can be drawn."]
    edit(root, QUESTIONS, "A cell packs", "A team packs")
    assert refused(root)[0] == ["bank/measuring/throughput.yaml:12: answer: Nothing can be drawn."]
