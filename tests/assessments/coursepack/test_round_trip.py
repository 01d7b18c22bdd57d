"""Out, in and out again: the same files to the byte, whatever editors have written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessments.coursepack.exporting import export_pack
from assessments.coursepack.loading import mistakes_in
from assessments.models import Assessment, Question
from assessments.services.bank import publish_question
from concepts.models import Concept, Objective, Publishable, Source
from tests.assessments.coursepack.loading import load, refused
from tests.assessments.coursepack.packs import empty_database, texts, write_pack
from tests.concepts.cases.generated import cases
from tests.concepts.coursepack.hostile import HOSTILE
from tests.factories import (
    AssessmentFactory,
    CaseStudyFactory,
    ComparisonFactory,
    ComparisonRowFactory,
    ConceptFactory,
    LearningPathFactory,
    MetricFactory,
    MisconceptionFactory,
    ModuleFactory,
    ObjectiveFactory,
    PartFactory,
    PathStepFactory,
    PictureFactory,
    QuestionFactory,
    SkillFactory,
    SourceFactory,
    TermFactory,
    numeric,
)

pytestmark = pytest.mark.django_db
PROJECT = Path(__file__).parents[3]
MOMENT = datetime(2031, 5, 6, 7, 8, 9, 123, UTC)
DRAWING = '<svg viewBox="0 0 400 100">\n<rect class="d-box" x="10" y="10" width="80" height="40"/></svg>'
STATES = (
    {"status": "published"},
    {"status": "draft"},
    {"status": "scheduled", "publish_at": MOMENT},
)


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def hostile(most: int = 80) -> st.SearchStrategy[str]:
    """A text of hostile parts that a form would have taken."""
    parts = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3)
    return parts.map(lambda found: " ".join(found)[:most]).filter(lambda text: bool(text.strip()))


lines = st.lists(hostile(400), min_size=1, max_size=4).map("\n".join)


def fill(draw: Any) -> None:
    """A small course of hostile texts, in every state."""

    def state() -> dict[str, Any]:
        return dict(draw(st.sampled_from(STATES)))

    source = SourceFactory(key=draw(hostile(12)).strip(), title=draw(hostile()), note=draw(lines))
    module = ModuleFactory(title=draw(hostile()), summary=draw(lines), **state())
    # A draft's Markdown is not looked at, so it may hold anything.
    concept = ConceptFactory(module=module, title=draw(hostile()), body=draw(lines), status="draft")
    concept.sources.add(source)
    other = ConceptFactory(module=module, summary=draw(lines), **state())
    other.prerequisites.add(concept)
    ConceptFactory(module=module, status="draft")
    objectives = [ObjectiveFactory(concept=other, title=draw(hostile())[:80], position=3) for _each in "ab"]
    comparison = ComparisonFactory(module=module, left=draw(hostile(60)), status="draft")
    ComparisonRowFactory(
        comparison=comparison,
        aspect=draw(hostile(60)),
        explanation=draw(lines),
        objective__comparison=comparison,
        objective__concept=None,
    )
    metric = MetricFactory(
        concept=other, name=draw(hostile()), unit=draw(hostile(40)), reading=draw(lines), status="draft"
    )
    metric.inputs.update(label=draw(hostile()), help="")
    TermFactory(
        name=draw(hostile()), definition=draw(lines), also="yes, 007, it's", concept=concept, status="draft"
    )
    TermFactory(name=draw(hostile(70)) + " too", also="", concept=None, **state())
    PathStepFactory(
        path=LearningPathFactory(audience=draw(hostile()), **state()), module=module, why=draw(hostile())
    )
    SkillFactory(concept=concept, description=draw(hostile()))
    PictureFactory(slug="one", alt=draw(hostile()), drawing=DRAWING)
    slip = MisconceptionFactory(
        slug="time-divided-by-units", name=draw(hostile()), explanation=draw(lines), concept=concept
    )
    MisconceptionFactory(explanation=draw(lines))
    question = QuestionFactory(
        objective=objectives[0], title=draw(hostile()), content={"stem": draw(lines), "tags": [slip.slug]}
    )
    publish = QuestionFactory(objective=objectives[1], type="numeric", content=numeric())
    publish_question(question=publish)
    test = AssessmentFactory(title=draw(hostile()), concept=other, **state())
    PartFactory(assessment=test, objective=objectives[0])
    PartFactory(assessment=test, objective=None, question=question)
    AssessmentFactory(concept=None, intro=draw(lines), status="draft")
    fill_case(draw, objectives[0].code, source)


def fill_case(draw: Any, code: str, source: Any) -> None:
    """A case that can be played, told in hostile texts, with its recommendation."""
    content = draw(cases(objective=code))
    content |= {"brief": draw(lines), "teaching_note": draw(lines)}
    content["exhibits"][0] |= {"note": draw(lines), "title": " ".join(draw(hostile()).split())}
    content["exhibits"].append({"key": "shown", "title": "Picture", "image": "one"})
    content["exhibits"].append(
        {
            "key": "rows",
            "title": "Rows",
            "table": {
                "columns": [{"name": "one", "label": "One"}, {"name": "two", "label": "2", "kind": "number"}],
                "rows": 'first,1\n"a, b",2.5\n"  ",-3',
            },
        }
    )
    state = dict(draw(st.sampled_from(STATES)))
    case = CaseStudyFactory(title=draw(hostile()), summary=draw(hostile()), content=content, **state)
    case.sources.add(source)
    for slug in ("advice", "another-one"):
        asked = QuestionFactory(
            slug=slug, objective=Objective.objects.get(code=code), type="written", case=case
        )
        publish_question(question=asked)


def round_trip() -> None:
    """Export everything, load it into nothing, and export it again."""
    first = export_pack(drafts=True)
    assert [str(finding) for finding in mistakes_in(first, is_part=False)] == []
    assert first.left_out == []
    with TemporaryDirectory() as folder:
        root = write_pack(first, Path(folder))
        empty_database()
        load(root)
        second = export_pack(drafts=True)
        assert texts(second) == texts(first)
        assert second.zipped() == first.zipped()
        # What was loaded from these files is what they say: loading them again finds nothing to do.
        assert load(root)[:2] == ["Added: 0", "Changed: 0"]


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking takes minutes and says little more
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_whatever_is_written_comes_back_to_the_byte(data: st.DataObject) -> None:
    with undone():
        fill(data.draw)
        round_trip()


def test_the_shipped_course_comes_back_to_the_byte(tmp_path: Path) -> None:
    call_command("load_course", verbosity=0)
    round_trip()
    # And what was exported is what the files of the repository say.
    before = Question.objects.count()
    call_command("load_course", verbosity=0)
    assert Question.objects.count() == before


def test_states_come_back(root: Path, tmp_path: Path) -> None:
    load(root)
    Concept.objects.filter(slug="pace").update(status="draft")
    Assessment.objects.filter(slug="test-measuring").update(status="scheduled", publish_at=MOMENT)
    Question.objects.filter(slug="thr-2-which-way").update(status="draft")
    pack = export_pack(drafts=True)
    lesson = texts(pack)["course/measuring/01-pace.md"]
    assert lesson.startswith("---\nslug: pace\nstatus: draft\n")
    assert 'publish_at: "2031-05-06T07:08:09.000123+00:00"' in texts(pack)["bank/measuring/assessments.yaml"]
    empty_database()
    load(write_pack(pack, tmp_path / "out"))
    assert Concept.objects.get(slug="pace").status == "draft"
    test = Assessment.objects.get(slug="test-measuring")
    assert (test.status, test.publish_at) == (Publishable.Status.SCHEDULED, MOMENT)
    question = Question.objects.get(slug="thr-2-which-way")
    assert (question.status, question.live) == ("draft", None)
    assert Question.objects.published().count() == 1


def test_a_pack_holds_what_learners_see_unless_drafts_are_asked_for(root: Path, tmp_path: Path) -> None:
    load(root)
    Concept.objects.filter(slug="pace").update(status="draft")
    pack = export_pack()
    files = texts(pack)
    assert "course/measuring/01-pace.md" not in files and "course/measuring/02-throughput.md" in files
    assert "prerequisites" not in files["course/measuring/02-throughput.md"]
    assert "concept: pace" not in files.get("course/terms.yaml", "")
    assert [address for address, _reason in pack.left_out] == [("objective", "PAC-1")]
    # A link in a text is not taken out of it: the exporter says that loading would stumble over it.
    said = [str(finding) for finding in mistakes_in(pack, is_part=False)]
    assert (
        len(said) == 1
        and "There is no concept “pace”" in said[0]
        and said[0].startswith("course/terms.yaml:")
    )


def test_learners_version_of_a_question_is_exported_while_changes_wait(root: Path) -> None:
    load(root)
    question = Question.objects.get(slug="thr-2-which-way")
    question.content = question.content | {"stem": "Another stem?"}
    question.save()
    for drafts in (False, True):
        assert "Which figure rises" in texts(export_pack(drafts=drafts))["bank/measuring/throughput.yaml"]
    question.status = "draft"
    question.save()
    assert "Another stem?" in texts(export_pack(drafts=True))["bank/measuring/throughput.yaml"]


def test_a_module_takes_along_what_it_uses_and_comes_into_another_course(root: Path, tmp_path: Path) -> None:
    load(root)
    out = write_pack(export_pack(module="measuring"), tmp_path / "out")
    assert sorted(path.name for path in (out / "course").iterdir()) == ["measuring", "sources.yaml"]
    assert load(out, "--part")[:2] == ["Added: 0", "Changed: 0"]
    empty_database()
    findings, _error = refused(out)
    assert any("There is no comparison “two-sides”" in finding for finding in findings)
    assert load(out, "--part")[0].startswith("Added: ")
    assert Concept.objects.filter(module__slug="measuring").count() == 2
    assert Source.objects.count() == 2


def test_only_the_time_of_a_schedule_needs_an_offset(root: Path) -> None:
    path = root / "course/measuring/module.yaml"
    text = path.read_text(encoding="utf-8")
    for more, said in (
        ("status: scheduled", "“publish_at” is a moment with its offset"),
        ("status: scheduled\npublish_at: 2031-05-06 07:08", "“publish_at” is a moment with its offset"),
        ("status: hidden", "“status” cannot be “hidden”"),
        ("publish_at: 2031-05-06T07:08:00Z", "Only “status: scheduled” has a moment"),
    ):
        path.write_text(f"{text}{more}\n", encoding="utf-8")
        assert any(said in finding for finding in refused(root)[0]), more
    path.write_text(f"{text}status: scheduled\npublish_at: 2031-05-06T07:08:00+02:00\n", encoding="utf-8")
    load(root)
    module = Concept.objects.get(slug="pace").module
    assert module.publish_at == datetime(2031, 5, 6, 5, 8, tzinfo=UTC) and module.status == "scheduled"
    assert module.publish_at is not None and module.publish_at.utcoffset() == timedelta(0)
