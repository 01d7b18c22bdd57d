"""What editors did in the admin is listed and left, unless the files are told to win."""

from pathlib import Path

import pytest

from assessments.models import AssessmentPart, Question
from concepts.models import ComparisonRow, Concept, Source, Term
from tests.assessments.coursepack.loading import (
    LESSON,
    QUESTIONS,
    TERMS,
    histories,
    load,
    new_history,
    refused,
)
from tests.concepts.coursepack.trees import edit

pytestmark = pytest.mark.django_db


def test_an_editors_change_is_listed_and_left(root: Path) -> None:
    load(root)
    term = Term.objects.get(slug="shift")
    term.definition = "What the editor wrote."
    term.save()
    AssessmentPart.objects.filter(assessment__slug="test-measuring").update(count=2)
    before = histories()
    lines = load(root)
    names = "term:shift assessment:test-measuring"
    assert lines[0:2] == ["Added: 0", "Changed: 0"]
    assert lines[3:] == [
        "Differs, because somebody changed it in the admin; left as it is:",
        "  ! term:shift: definition",
        "  ! assessment:test-measuring: parts",
        f"To let the files win: load_course --overwrite {names} (without a name: all of them).",
    ]
    edit(root, TERMS, "A stretch of paid", "A span of paid")
    assert "  ! term:shift: definition" in load(root)
    term.refresh_from_db()
    assert term.definition == "What the editor wrote."
    assert new_history(before) == {}


@pytest.mark.parametrize("names", [["term:shift"], ["shift"], []])
def test_overwriting_lets_the_files_win(root: Path, names: list[str]) -> None:
    load(root)
    Term.objects.filter(slug="shift").update(definition="What the editor wrote.")
    Source.objects.filter(key="S1").update(title="The editor's title")
    lines = load(root, "--overwrite", *names)
    assert "  ~ term:shift (definition)" in lines
    assert Term.objects.get(slug="shift").definition == "A stretch of paid working time."
    assert ("  ! source:S1: title" in lines) == bool(names)
    assert (Source.objects.get(key="S1").title == "An article") == (not names)


def test_a_name_to_overwrite_that_fits_nothing_is_refused(root: Path) -> None:
    findings, error = refused(root, "--overwrite", "term:shft")
    assert findings == []
    assert str(error) == "Nothing in the course files is called “term:shft”. Did you mean “term:shift”?"


def test_an_editor_who_made_the_same_change_as_the_file_is_no_conflict(root: Path) -> None:
    load(root)
    Term.objects.filter(slug="shift").update(name="Paid shift")
    edit(root, TERMS, "name: Shift", "name: Paid shift")
    before = histories()
    assert load(root)[1] == "Changed: 0"
    edit(root, TERMS, "name: Paid shift", "name: A shift")
    assert "  ~ term:shift (name)" in load(root)
    assert new_history(before) == {"Term": 1}


def test_ends_of_lines_that_a_browser_sent_are_no_difference(root: Path) -> None:
    load(root)
    concept = Concept.objects.get(slug="pace")
    concept.body = concept.body.replace("\n", "\r\n") + "\r\n"
    concept.save()
    lines = load(root)
    assert lines[1] == "Changed: 0"
    assert len(lines) == 3


def test_empty_values_that_a_form_stored_are_no_difference(root: Path) -> None:
    load(root)
    question = Question.objects.get(slug="thr-2-which-way")
    question.content["choices"][2] |= {"misconception": "", "text": "Hours less breaks\r\n"}
    question.content["note"] = None
    question.save()
    lines = load(root)
    assert lines[1] == "Changed: 0"
    assert len(lines) == 3


def test_what_an_editor_took_back_stays_a_draft(root: Path) -> None:
    load(root)
    Concept.objects.filter(slug="throughput").update(status="draft")
    Question.objects.filter(slug="thr-1-packing-cell").update(status="draft")
    assert len(load(root)) == 3
    edit(root, LESSON, "minutes: 9", "minutes: 8")
    edit(root, QUESTIONS, "A cell packs", "A team packs")
    load(root)
    concept = Concept.objects.get(slug="throughput")
    assert (concept.status, concept.minutes) == ("draft", 8)
    question = Question.objects.get(slug="thr-1-packing-cell")
    assert question.status == "draft"
    assert question.content["stem"].startswith("A team")
    assert question.live is not None
    assert question.live.number == 1


def test_what_is_no_longer_in_the_files_is_reported_and_left(root: Path) -> None:
    load(root)
    Term.objects.create(slug="own", name="Of an editor", definition="Made in the admin.")
    text = (root / TERMS).read_text(encoding="utf-8")
    (root / TERMS).write_text(text[: text.index("- slug: shift")], encoding="utf-8")
    assert load(root)[3:] == ["No longer in the files, and left in the database:", "  ? term:shift"]
    assert Term.objects.filter(slug="shift").exists()


def test_what_an_editor_deleted_is_not_added_again(root: Path) -> None:
    load(root)
    Term.objects.get(slug="shift").delete()
    ComparisonRow.objects.get(anchor="focus").delete()
    assert load(root)[3:-1] == [
        "Differs, because somebody changed it in the admin; left as it is:",
        "  ! row:CMP-02: deleted in the admin",
        "  ! term:shift: deleted in the admin",
    ]
    lines = load(root, "--overwrite", "shift", "row:CMP-02")
    assert lines[0] == "Added: 2 (rows 1, glossary 1)"
    assert len(load(root)) == 3


def test_what_needs_something_deleted_is_left_too(root: Path) -> None:
    load(root)
    Source.objects.get(key="HOPP").delete()
    edit(root, TERMS, "  definition: The time", "  definition: Time")
    lines = load(root)
    assert "  ! source:HOPP: deleted in the admin" in lines
    assert "  ! concept:throughput: sources" in lines
    assert lines[1] == "Changed: 0"
    lines = load(root, "--overwrite")
    assert lines[0] == "Added: 1 (sources 1)"
    assert "  ~ term:takt (definition, sources)" in lines
    assert len(load(root)) == 3


def test_a_slug_that_an_editor_has_taken_is_listed_and_left(root: Path) -> None:
    Term.objects.create(slug="shift", name="Shift", definition="Made in the admin.")
    assert "  ! term:shift: definition" in load(root)
    assert Term.objects.get(slug="shift").definition == "Made in the admin."
