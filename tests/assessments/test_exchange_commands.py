"""`import_questions` looks first and writes when told; `export_questions` names what stays behind."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Question
from tests.factories import ObjectiveFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def run(*arguments: Any, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    path = tmp_path / "some.gift"
    path.write_text("A?{=b ~c}\n\nOnly words\n", encoding="utf-8")
    return path


def test_it_shows_and_writes_nothing(gift: Path) -> None:
    out, _err = run("import_questions", gift)
    assert "1: A? [single_choice, no objective] new" in out
    assert "3: Only words [description] not imported" in out
    assert "to complete: Explanation: There is no explanation." in out
    assert "Nothing was written" in out and not Question.objects.exists()


def test_it_writes_when_told(gift: Path) -> None:
    ObjectiveFactory(code="THR-1")
    out, _err = run("import_questions", gift, "--objective", "THR-1", "--confirm")
    assert "1 draft was written." in out
    assert Question.objects.get().status == "draft"


def test_what_stands_in_the_way_is_said(gift: Path, tmp_path: Path) -> None:
    (tmp_path / "x.doc").write_bytes(b"nothing")
    (tmp_path / "big.gift").write_bytes(b"x" * (5 * 1024 * 1024 + 1))
    for arguments, said in (
        ((gift, "--confirm"), "names no objective"),
        ((gift, "--objective", "XXX-9"), "no objective “XXX-9”"),
        ((tmp_path / "none.gift",), "cannot be read"),
        ((tmp_path / "x.doc",), "--format"),
        ((tmp_path / "big.gift",), "5 MB"),
    ):
        with pytest.raises(CommandError, match=said):
            run("import_questions", *arguments)


def test_the_bank_or_a_module_goes_into_a_file(tmp_path: Path) -> None:
    choice, drawn = QuestionFactory(), QuestionFactory(type="numeric")
    out, err = run("export_questions", "--format", "gift")
    assert choice.title in out and drawn.title not in out
    assert f"{drawn.slug}: left out" in err and "1 question was written" in err
    path = tmp_path / "out.yaml"
    module = drawn.objective.concept.module.slug
    run("export_questions", "--format", "yaml", "--module", module, "-o", path)
    assert f"slug: {drawn.slug}\n" in path.read_text() and choice.slug not in path.read_text()


def test_an_unknown_module_or_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no module"):
        run("export_questions", "--format", "gift", "--module", "none")
    with pytest.raises(CommandError, match="cannot be written"):
        run("export_questions", "--format", "gift", "-o", tmp_path / "no" / "file")
