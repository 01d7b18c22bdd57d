"""Cases in the files of a course: read, checked at their lines, written as they were."""

from pathlib import Path
from typing import Any

import pytest

from assessments.coursepack.exporting import export_pack
from assessments.coursepack.loading import mistakes_in
from assessments.models import Question
from assessments.services.cases import assessment_of
from concepts.coursepack.yaml_style import dump
from concepts.models import CaseStudy, Module, Publishable
from tests.assessments.coursepack.loading import load, refused
from tests.assessments.coursepack.packs import empty_database, texts, write_pack
from tests.concepts.cases.document import WRITTEN
from tests.factories import CONTENTS, PartFactory

pytestmark = pytest.mark.django_db
CASE, QUESTIONS = "course/cases/late-shop.yaml", "bank/cases/late-shop.yaml"
HEAD = """\
slug: late-shop
title: The late shop
position: 2
minutes: 40
summary: Who owns the queue?
sources: [S1]
"""


def asked(slug: str, kind: str, **content: Any) -> dict[str, Any]:
    head = {"slug": slug, "objective": "THR-1", "type": kind, "title": slug, "thinking": "apply"}
    return {**head, **CONTENTS[kind](), **content}


def write_case(root: Path, case: str = "", questions: list[dict[str, Any]] | None = None) -> Path:
    """The small course with a case in it."""
    for name in (CASE, QUESTIONS):
        (root / name).parent.mkdir(exist_ok=True)
    (root / CASE).write_text(case or HEAD + WRITTEN.lstrip().replace("TST-1", "THR-1"), encoding="utf-8")
    rows = [asked("late-share", "numeric"), asked("late-shop-recommendation", "written")]
    (root / QUESTIONS).write_text(dump(rows if questions is None else questions), encoding="utf-8")
    return root


def lines(root: Path) -> list[str]:
    return (root / CASE).read_text(encoding="utf-8").splitlines()


def replace(root: Path, old: str, new: str, name: str = CASE) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_case_is_loaded_with_its_questions_and_its_first_version(root: Path) -> None:
    load(write_case(root))
    case = CaseStudy.objects.get(slug="late-shop")
    assert (case.title, case.minutes, case.is_published) == ("The late shop", 40, True)
    assert list(case.sources.values_list("key", flat=True)) == ["S1"]
    assert list(case.objectives.values_list("code", flat=True)) == ["THR-1"]
    assert case.versions.get().document.stages[0].key == "first"
    own = Question.objects.filter(case=case).order_by("slug")
    assert [question.slug for question in own] == ["late-share", "late-shop-recommendation"]
    assert load(root)[:2] == ["Added: 0", "Changed: 0"]
    assert case.versions.count() == 1


def test_a_case_comes_back_to_the_byte_and_the_questions_into_their_file(root: Path, tmp_path: Path) -> None:
    load(write_case(root))
    assessment_of(CaseStudy.objects.get())
    first = export_pack()
    assert texts(first)[CASE].startswith("slug: late-shop\ntitle: The late shop\nposition: 2\nminutes: 40\n")
    assert "case" not in texts(first)[QUESTIONS].partition("stem")[0].replace("late-sh", "")
    assert texts(first)[QUESTIONS].startswith("- slug: late-share\n")
    assert not any("mode: case" in text for text in texts(first).values())
    assert first.left_out == []
    empty_database_with_assessments()
    load(write_pack(first, tmp_path / "out"))
    assert texts(export_pack()) == texts(first)


def empty_database_with_assessments() -> None:
    empty_database()
    assert not CaseStudy.objects.exists()


def test_keys_are_written_in_their_order_however_the_database_keeps_them(root: Path) -> None:
    load(write_case(root))
    before = texts(export_pack())[CASE]
    case = CaseStudy.objects.get()
    case.content = shuffled(case.content)
    case.save()
    assert texts(export_pack())[CASE] == before


def shuffled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: shuffled(value[name]) for name in sorted(value, key=lambda name: (len(name), name))}
    return [shuffled(entry) for entry in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("slug: late-shop", "slug: the-shop", "its file is “late-shop”"),
        ("minutes: 40", "minuts: 40", "Did you mean “minutes”?"),
        ("sources: [S1]", "sources: [S9]", "There is no source “S9”"),
        ("objective: THR-1", "objective: THR-7", "There is no objective “THR-7”"),
        ("text: We wait.", "image: a-picture", "There is no picture “a-picture”"),
        ("text: Orders wait.", 'text: "[Pace](concept:paces) waits."', "There is no concept “paces”"),
        ("checkpoints: [late-share]", "checkpoints: [late-shares]", "There is no question “late-shares”"),
        ("checkpoints: [late-share]", "checkpoints: [thr-2-which-way]", "does not belong to this case"),
        ("checkpoints: [late-share]", "checkpoints: [late-shop-recommendation]", "asked elsewhere"),
        ("recommendation: late-shop-recommendation", "recommendation: late-share", "Here fits: written"),
        ("to: lost}", "to: gone}", "There is no stage “gone”"),
        ("on_time + 6 - surge", "on_tme + 6", "“on_tme” is not known here"),
        ("1,Milling,3", "1,Milling", "Row 1 has 2 cells"),
    ],
)
def test_a_mistake_is_found_at_its_line(root: Path, old: str, new: str, said: str) -> None:
    write_case(root)
    line = next(i for i, text in enumerate(lines(root), 1) if old in text)
    replace(root, old, new)
    found = [finding for finding in refused(root)[0] if said in finding]
    assert found and found[0].startswith(f"{CASE}:"), refused(root)[0]
    assert abs(int(found[0].split(":")[1]) - line) <= 1 or said.startswith("Row")


def test_a_question_of_a_case_stands_with_its_case_only(root: Path) -> None:
    write_case(root)
    (root / QUESTIONS).rename(root / "bank/cases/another.yaml")
    assert any("There is no case “another”" in finding for finding in refused(root)[0])

    rows = [asked("late-share", "numeric", case="late-shop"), asked("late-shop-recommendation", "written")]
    write_case(root, questions=rows)
    (root / "bank/cases/another.yaml").unlink()
    assert any("Its file says which case" in finding for finding in refused(root)[0])


def test_a_criterion_points_at_an_objective_that_exists(root: Path) -> None:
    recommendation = asked("late-shop-recommendation", "written")
    recommendation["rubric"][0]["objective"] = "THR-7"
    write_case(root, questions=[asked("late-share", "numeric"), recommendation])
    assert any("There is no objective “THR-7”" in finding for finding in refused(root)[0])
    recommendation["rubric"][0]["objective"] = "THR-2"
    load(write_case(root, questions=[asked("late-share", "numeric"), recommendation]))
    assert "objective: THR-2" in texts(export_pack())[QUESTIONS]


def test_no_assessment_asks_what_belongs_to_a_case_nor_calls_itself_one(root: Path) -> None:
    write_case(root)
    path = root / "bank/measuring/assessments.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f"{text}- slug: extra\n  title: Extra\n  mode: case\n  module: measuring\n"
        "  parts: [{question: late-share}]\n",
        encoding="utf-8",
    )
    found = refused(root)[0]
    assert any("makes itself" in finding for finding in found)
    assert any("asked there only" in finding for finding in found)


def test_a_draft_may_be_incomplete_but_names_what_is_there(root: Path) -> None:
    write_case(root, HEAD + "status: draft\nbrief: To come.\n", questions=[])
    load_file = root / QUESTIONS
    load_file.unlink()
    load(root)
    assert CaseStudy.objects.get().status == Publishable.Status.DRAFT
    assert not CaseStudy.objects.get().versions.exists()
    pack = export_pack(drafts=True)
    assert texts(pack)[CASE].startswith("slug: late-shop\nstatus: draft\n")
    assert mistakes_in(pack, is_part=False) == []
    assert CASE not in texts(export_pack())
    replace(root, "brief: To come.", "stages: [{decisions: [{objective: NO-1}]}]")
    assert any("There is no objective “NO-1”" in finding for finding in refused(root)[0])


def test_a_case_goes_with_the_whole_course_and_never_without_its_questions(root: Path) -> None:
    load(write_case(root))
    module = texts(export_pack(module="measuring"))
    assert CASE not in module and QUESTIONS not in module
    Question.objects.filter(slug="late-share").update(status="draft")
    pack = export_pack()
    assert [address for address, _why in pack.left_out] == [
        ("case", "late-shop"),
        ("question", "late-shop-recommendation"),
    ]
    assert CASE not in texts(pack) and QUESTIONS not in texts(pack)
    assert mistakes_in(pack, is_part=False) == []


def test_a_case_stays_behind_with_the_lesson_that_it_points_at(root: Path) -> None:
    load(write_case(root))
    Module.objects.filter(slug="measuring").update(status="draft")
    pack = export_pack()
    assert CASE not in texts(pack)
    assert ("case", "late-shop") in [address for address, _why in pack.left_out]


def test_what_an_editor_changed_in_a_case_is_kept(root: Path) -> None:
    load(write_case(root))
    case = CaseStudy.objects.get()
    case.content = {**case.content, "brief": "Another brief."}
    case.save()
    replace(root, "Nobody agrees on why.", "Why?")
    assert "Another brief." in texts(export_pack())[CASE]
    load(root)
    assert CaseStudy.objects.get().content["brief"] == "Another brief."
    load(root, "--overwrite", "late-shop")
    case.refresh_from_db()
    assert case.content["brief"] == "A shop for parts is late. Why?"
    assert case.versions.count() == 3


def test_a_part_never_asks_in_a_pack(root: Path) -> None:
    load(write_case(root))
    PartFactory(objective=None, question=Question.objects.get(slug="late-share"))
    assert any("asked there only" in str(one) for one in mistakes_in(export_pack(), is_part=False))
