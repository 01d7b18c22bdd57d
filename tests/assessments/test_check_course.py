"""The command that checks the course, and the course itself, which passes it."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from assessments.coursepack.loading import EVERY_DIGEST, load, read_files
from assessments.selectors.course_check import course_findings
from concepts.coursepack.plan import Overwrite
from tests.factories import ConceptFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db
PROJECT = Path(__file__).parents[2]


def run(*options: str) -> tuple[str, int]:
    """What the command prints, and the status that it ends with."""
    out = io.StringIO()
    try:
        call_command("check_course", *options, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def test_the_shipped_course_passes_its_own_check() -> None:
    """Its files have a test of their own, so that their draws need not be tried here as well."""
    read = read_files(PROJECT / "concepts" / "course", PROJECT / "assessments" / "bank", tried=EVERY_DIGEST)
    load(read.entries, Overwrite())
    found = [f"{one.where}: {one.message}" for one in course_findings()]
    assert not found, "\n".join(found)


def test_nothing_missing_ends_well() -> None:
    assert run() == ("Nothing is missing.\n", 0)
    assert run("--format", "json") == ("[]\n", 0)


def test_what_is_missing_is_grouped_with_its_place_and_its_remedy() -> None:
    ObjectiveFactory(code="THR-1", concept=ConceptFactory(slug="flow"))
    text, status = run()
    assert status == 1
    assert "Too few questions for an objective: 1\n" in text
    assert "  objective THR-1: It has 0 live questions. Write 4 more questions.\n" in text
    assert "  concept flow: It names no source." in text
    assert text.rstrip().endswith("findings.")


def test_drafts_are_looked_at_when_asked_for() -> None:
    ConceptFactory(slug="flow", status="draft")
    assert "concept flow" not in run()[0]
    assert "concept flow" in run("--drafts")[0]


def test_it_can_be_read_by_a_machine() -> None:
    ObjectiveFactory(code="THR-1", title="Throughput")
    text, status = run("--format", "json")
    found = json.loads(text)
    assert status == 1
    assert found[0] == {
        "kind": "few_questions",
        "label": "Too few questions for an objective",
        "what": "objective",
        "name": "THR-1",
        "title": "THR-1: Throughput",
        "message": "It has 0 live questions.",
        "remedy": "Write 4 more questions.",
    }
