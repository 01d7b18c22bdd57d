"""What loading the course adds and changes, and that a second run writes nothing."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.coursepack.checks import check_bank
from assessments.coursepack.folder import read_bank
from assessments.coursepack.kinds import BANK_KINDS
from assessments.models import Assessment, Question, QuestionVersion
from concepts.coursepack.checks import check_course
from concepts.coursepack.findings import Findings
from concepts.coursepack.folder import read_course
from concepts.coursepack.kinds import COURSE_KINDS
from concepts.coursepack.plan import stored_rows
from concepts.models import Comparison, ComparisonRow, Concept, Metric, MetricInput, Module, Term
from tests.assessments.coursepack.loading import (
    LESSON,
    METRICS,
    MODELS,
    QUESTIONS,
    TERMS,
    histories,
    load,
    new_history,
    writes,
)
from tests.concepts.coursepack.trees import edit

pytestmark = pytest.mark.django_db
PROJECT = Path(__file__).parents[3]
COUNTS = (
    "sources 2, modules 2, concepts 2, comparisons 1, objectives 5, rows 2, measures 1, glossary 2, "
    "misconceptions 1, questions 2, assessments 2"
)
KINDS = (*COURSE_KINDS, *BANK_KINDS)


def test_a_first_run_adds_and_publishes_everything(root: Path) -> None:
    assert load(root) == [
        f"Added: 22 ({COUNTS})",
        "Changed: 0",
        "Left: 0",
    ]
    for model in (Module, Concept, Comparison, Metric, Term, Assessment):
        assert model.objects.filter(published_at__isnull=False).published().count() == model.objects.count()
    assert [version.number for version in QuestionVersion.objects.all()] == [1, 1]
    assert Question.objects.published().count() == 2


def test_what_was_loaded_is_what_stands_in_the_files(root: Path) -> None:
    load(root)
    concept = Concept.objects.get(slug="throughput")
    assert [source.key for source in concept.sources.order_by("key")] == ["HOPP", "S1"]
    assert [before.slug for before in concept.prerequisites.all()] == ["pace"]
    assert [objective.code for objective in concept.objectives.order_by("position")] == ["THR-1", "THR-2"]
    assert "tk-eq" in concept.body_html
    metric = Metric.objects.get()
    assert [given.name for given in metric.inputs.all()] == ["units", "hours"]
    assert metric.inputs.get(name="hours").above_minimum
    assert Term.objects.get(slug="takt").also == "customer takt, takt"
    row = ComparisonRow.objects.get(anchor="focus")
    assert (row.objective.code, row.position, row.objective.comparison) == ("CMP-02", 2, row.comparison)
    test = Assessment.objects.get(slug="test-measuring")
    assert (test.module, test.time_limit, test.pass_mark) == (Module.objects.get(slug="measuring"), 25, 70)
    question = Question.objects.get(slug="thr-1-packing-cell")
    assert question.live is not None
    assert question.live.content == question.content
    assert "slug" not in question.content
    assert question.content["parameters"]["hours"] == {"from": 6.5, "to": 8, "step": 0.5}


def test_the_database_gives_back_what_the_files_say(root: Path) -> None:
    load(root)
    findings = Findings()
    entries = read_course(root / "course", findings) + read_bank(root / "bank", findings)
    stored = stored_rows(KINDS)
    assert not findings
    assert {entry.address: entry.payload for entry in entries} == {
        address: row.payload for address, row in stored.items()
    }


def test_the_history_says_where_everything_came_from(root: Path) -> None:
    load(root)
    for model in MODELS:
        assert set(model.history.values_list("history_change_reason", flat=True)) == {
            "Loaded from the course files"
        }
    for question in Question.objects.all():
        assert [row.history_type for row in question.history.all()] == ["+"]
        assert question.history.get().status == "published"


def test_a_second_run_writes_nothing_at_all(root: Path) -> None:
    load(root)
    before = histories()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        lines = load(root)
    assert writes(queries) == []
    assert new_history(before) == {}
    assert lines == ["Added: 0", "Changed: 0", f"Left: 22 ({COUNTS})"]


def test_a_check_writes_nothing_and_says_what_would_be_done(root: Path) -> None:
    with CaptureQueriesContext(connection) as queries:
        lines = load(root, "--check")
    assert writes(queries) == []
    assert lines == [f"To add: 22 ({COUNTS})", "To change: 0", "Equal: 0"]
    load(root)
    edit(root, TERMS, "name: Shift", "name: Paid shift")
    assert load(root, "--check")[1:] == [
        "To change: 1 (glossary 1)",
        f"Equal: 21 ({COUNTS.replace('glossary 2', 'glossary 1')})",
        "  ~ term:shift (name)",
    ]
    assert Term.objects.get(slug="shift").name == "Shift"


def test_a_changed_file_changes_its_object_alone(root: Path) -> None:
    load(root)
    before = histories()
    edit(root, LESSON, "## A rate", "## It is a rate")
    edit(root, LESSON, "sources: [S1, HOPP]", "sources: [S1]")
    lines = load(root)
    assert "  ~ concept:throughput (sources, body)" in lines
    concept = Concept.objects.get(slug="throughput")
    assert "It is a rate" in concept.body_html
    assert [source.key for source in concept.sources.all()] == ["S1"]
    assert new_history(before) == {"Concept": 1}
    assert [row.source.key for row in concept.history.latest().sources.all()] == ["S1"]


def test_a_changed_question_gets_a_new_version_and_keeps_the_old_one(root: Path) -> None:
    load(root)
    before = histories()
    edit(root, QUESTIONS, "A cell packs", "A team packs")
    assert "  ~ question:thr-1-packing-cell (content.stem)" in load(root)
    question = Question.objects.get(slug="thr-1-packing-cell")
    assert question.live is not None
    assert question.live.number == 2
    assert [
        version.content["stem"].split(" packs")[0] for version in question.versions.order_by("number")
    ] == [
        "A cell",
        "A team",
    ]
    assert QuestionVersion.objects.count() == 3
    assert new_history(before) == {"Question": 1}


def test_lists_within_an_object_change_row_by_row(root: Path) -> None:
    load(root)
    units = MetricInput.objects.get(name="units")
    before = histories()
    edit(root, METRICS, "default: 8", "default: 7")
    edit(
        root,
        METRICS,
        "    - name: running\n      label: Hours running\n",
        "    - name: net\n      label: Net\n",
    )
    edit(root, METRICS, "formula: units / running", "formula: units / net")
    assert "  ~ metric:throughput (formula, inputs, steps)" in load(root)
    metric = Metric.objects.get()
    assert [given.default for given in metric.inputs.all()] == [5400, 7]
    assert metric.inputs.get(name="units").pk == units.pk
    assert [step.name for step in metric.steps.all()] == ["net"]
    # One input changed, one step came and one went.
    assert new_history(before) == {"Metric": 1, "MetricInput": 1, "MetricStep": 2}
    before = histories()
    edit(root, METRICS, "default: 7", "default: 6")
    load(root)
    assert new_history(before) == {"MetricInput": 1}
    assert load(root)[1] == "Changed: 0"


def test_the_shipped_course_has_no_mistakes() -> None:
    findings = Findings()
    entries = read_course(PROJECT / "concepts" / "course", findings)
    check_course(entries, findings)
    entries += read_bank(PROJECT / "assessments" / "bank", findings)
    check_bank(entries, findings)
    assert [str(finding) for finding in findings] == []


def test_the_shipped_course_loads_whole_and_a_second_time_without_a_write() -> None:
    call_command("load_course", verbosity=0)
    assert Question.objects.published().count() == Question.objects.count() > 0
    before = histories()
    with CaptureQueriesContext(connection) as queries:
        lines = io.StringIO()
        call_command("load_course", stdout=lines)
    assert lines.getvalue().startswith("Added: 0\nChanged: 0\nLeft: ")
    assert lines.getvalue().count("\n") == 3
    assert writes(queries) == []
    assert new_history(before) == {}
    # However many objects there are: the database is asked about all of a kind at once.
    assert len(queries) <= 31
