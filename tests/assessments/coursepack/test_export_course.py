"""The command that writes the course as files, and what load_course makes of them."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from concepts.models import Concept, LearningPath, Module, Skill
from tests.assessments.coursepack.loading import load, refused
from tests.assessments.coursepack.packs import empty_database

pytestmark = pytest.mark.django_db
PATHS = """\
- slug: new-manager
  position: 1
  title: New manager
  audience: people who run a line
  summary: The floor first.
  steps:
    - {module: compared, emphasis: familiar, why: You need its words.}
    - {module: measuring, emphasis: core, why: You will be measured.}
"""
SKILLS = """\
- slug: reading-figures
  position: 1
  name: Reading figures
  description: Sees which figure misleads.
  role: both
  concept: pace
"""


def export(*options: Any) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("export_course", *map(str, options), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_paths_and_skills_are_read_and_written(root: Path) -> None:
    (root / "course/paths.yaml").write_text(PATHS, encoding="utf-8")
    (root / "course/measuring/skills.yaml").write_text(SKILLS, encoding="utf-8")
    load(root)
    path = LearningPath.objects.get()
    assert [(step.module.slug, step.emphasis) for step in path.steps.all()] == [
        ("compared", "familiar"),
        ("measuring", "core"),
    ]
    assert Skill.objects.get().concept == Concept.objects.get(slug="pace")
    assert export(root / "out") == ("14 files were written.\n", "")
    assert (root / "out/course/measuring/skills.yaml").read_text(encoding="utf-8") == SKILLS
    assert (root / "out/course/paths.yaml").read_text(encoding="utf-8") == PATHS
    empty_database()
    load(root / "out")
    assert LearningPath.objects.published().get().steps.count() == 2


def test_mistakes_in_paths_and_skills_are_reported(root: Path) -> None:
    broken = PATHS.replace("module: compared", "module: measuring")
    (root / "course/paths.yaml").write_text(
        broken.replace("emphasis: core", "emphasis: cor"), encoding="utf-8"
    )
    skills = SKILLS.replace("role: both", "role: boss").replace("concept: pace", "concept: pice")
    (root / "course/measuring/skills.yaml").write_text(skills, encoding="utf-8")
    said = "\n".join(refused(root)[0])
    for words in (
        "course/paths.yaml:8: “measuring” is here twice",
        "course/paths.yaml:8: “emphasis” cannot be “cor”. Did you mean “core”?",
        "course/measuring/skills.yaml:5: “role” cannot be “boss”",
        "course/measuring/skills.yaml:6: There is no concept “pice”. Did you mean “pace”?",
    ):
        assert words in said, said


def test_a_folder_with_something_in_it_is_left_alone_unless_forced(root: Path) -> None:
    load(root)
    out = root / "out"
    (out / "course").mkdir(parents=True)
    (out / "course/old.yaml").write_text("x")
    (out / "mine.txt").write_text("x")
    with pytest.raises(CommandError, match="is not empty"):
        export(out)
    export(out, "--force")
    assert not (out / "course/old.yaml").exists() and (out / "mine.txt").exists()
    with pytest.raises(CommandError, match="There is no module “nowhere”"):
        export(root / "other", "--module", "nowhere")
    with pytest.raises(CommandError, match="cannot be written"):
        export(out / "mine.txt", "--force")


def test_drafts_come_along_when_asked_for_and_what_is_in_the_way_is_said(root: Path) -> None:
    load(root)
    Concept.objects.filter(slug="pace").update(status="draft")
    _out, err = export(root / "one")
    assert "objective:PAC-1: left out: It needs concept:pace, which is a draft or left out." in err
    assert "There is no concept “pace”" in err and "load_course will refuse these files" in err
    assert export(root / "two", "--drafts")[1] == ""
    assert (root / "two/course/measuring/01-pace.md").exists()
    Module.objects.update(status="draft")
    with pytest.raises(CommandError, match="There is nothing to export"):
        export(root / "three", "--module", "compared")


def test_assessments_on_the_whole_course_stand_beside_the_modules(root: Path) -> None:
    text = "- slug: final\n  title: Final\n  mode: test\n  parts:\n    - {objective: THR-1}\n"
    (root / "bank/assessments.yaml").write_text(text, encoding="utf-8")
    load(root)
    export(root / "out")
    assert (root / "out/bank/assessments.yaml").read_text(encoding="utf-8") == text
    (root / "bank/assessments.yaml").write_text(text + "  module: measuring\n", encoding="utf-8")
    assert any("“module” means nothing here" in finding for finding in refused(root)[0])
    (root / "bank/assessments.yaml").write_text(text.partition("  parts")[0], encoding="utf-8")
    assert any("“parts” is missing" in finding for finding in refused(root)[0])
