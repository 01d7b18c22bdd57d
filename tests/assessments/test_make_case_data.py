"""The tables of the cases are what their generators make."""

import io
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessments.management.commands.make_case_data import FILES
from concepts.coursepack.case_rows import csv_of, with_rows


def test_the_tables_of_the_shipped_cases_are_as_they_are_made() -> None:
    out = io.StringIO()
    call_command("make_case_data", "--check", stdout=out)
    assert "as they are made" in out.getvalue()


def test_a_table_that_was_changed_by_hand_is_found_and_made_again(tmp_path: Path) -> None:
    shipped = sorted(FILES.glob("*.yaml"))[0]
    path = tmp_path / shipped.name
    shutil.copy(shipped, path)
    call_command("make_case_data", "--cases", str(tmp_path), stdout=io.StringIO())
    before = path.read_text(encoding="utf-8")
    lines = before.split("\n")
    at = next(i for i, line in enumerate(lines) if line.strip().startswith("rows:"))
    path.write_text("\n".join([*lines[: at + 1], *lines[at + 2 :]]), encoding="utf-8")

    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("make_case_data", "--check", "--cases", str(tmp_path), stdout=out)
    assert ended.value.code == 1
    assert "Run manage.py make_case_data" in out.getvalue()
    assert path.read_text(encoding="utf-8") != before
    call_command("make_case_data", "--cases", str(tmp_path), stdout=io.StringIO())
    assert path.read_text(encoding="utf-8") == before


def test_a_case_without_a_generator_is_told(tmp_path: Path) -> None:
    (tmp_path / "no-such-case.yaml").write_text("slug: no-such-case\n", encoding="utf-8")
    with pytest.raises(CommandError, match="no_such_case"):
        call_command("make_case_data", "--cases", str(tmp_path))


def test_rows_are_written_as_csv() -> None:
    assert csv_of([[1, "a, b", 2.50], ["", 3.0, -0.1]]) == ['1,"a, b",2.5', ",3,-0.1"]


def test_only_the_rows_of_a_file_change(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "exhibits:\n  - key: one # kept\n    table:\n      columns: []\n      rows: |\n        1,2\n\n"
        "        3,4\n\n"
        '  - {key: two, text: T}\n  - key: three\n    table:\n      rows: "9,9"\n      columns: []\n',
        encoding="utf-8",
    )
    assert with_rows(path, {"one": [[5, 6]], "three": [["x", 7]]}) == (
        "exhibits:\n  - key: one # kept\n    table:\n      columns: []\n      rows: |\n        5,6\n\n"
        "  - {key: two, text: T}\n  - key: three\n    table:\n      rows: |\n        x,7\n      columns: []\n"
    )
