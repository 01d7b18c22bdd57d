"""Broken lists and tables: each mistake is reported with its file, its line and what to do."""

from pathlib import Path

import pytest

from concepts.coursepack.folders import CASES, PICTURES
from tests.concepts.coursepack.trees import edit, mistakes

CONCEPT = "course/measuring/02-throughput.md"
METRICS = "course/measuring/metrics.yaml"
ROWS = "course/compared/comparison.yaml"
TERMS = "course/measuring/terms.yaml"
BROKEN = [
    (TERMS, "definition: A", "definitoin: A", 7, "“definition” is missing. Add it."),
    (
        TERMS,
        "definition: A",
        "definitoin: A",
        9,
        "“definitoin” means nothing here. Did you mean “definition”?",
    ),
    (
        TERMS,
        "slug: shift",
        "slug: takt",
        7,
        ("The term “takt” is there already: course/measuring/terms.yaml:1. Give one of them another slug."),
    ),
    (
        TERMS,
        "name: Shift",
        "name: Takt time",
        8,
        (
            "The term “Takt time” is there already: course/measuring/terms.yaml:2. Give one of them "
            "another name."
        ),
    ),
    (
        TERMS,
        "[customer takt, takt]",
        "['customer, takt']",
        4,
        "“customer, takt” holds a comma. Make it two entries.",
    ),
    (
        TERMS,
        "also: [customer takt, takt]",
        "also: [customer takt, 3]",
        4,
        "Each entry of “also” is a text. Put it in quotes.",
    ),
    (TERMS, "concept:pace", "concept:pice", 3, "There is no concept “pice”. Did you mean “pace”?"),
    (
        ROWS,
        "anchor: focus",
        "anchor: capital",
        18,
        (
            "The row “capital” is there already: course/compared/comparison.yaml:9. Give one of them "
            "another anchor."
        ),
    ),
    (
        ROWS,
        "code: CMP-02",
        "code: CMP-01",
        17,
        (
            "The objective “CMP-01” is there already: course/compared/comparison.yaml:8. Give one of "
            "them another code."
        ),
    ),
    (
        ROWS,
        "  - code: CMP-02\n    anchor",
        "  - anchor",
        17,
        "“code” is missing. Add the code of the row's objective, such as CMP-01.",
    ),
    (
        ROWS,
        "level: remember",
        "level: recall",
        27,
        "“level” cannot be “recall”. Use one of: remember, apply, analyse.",
    ),
    (
        METRICS,
        "formula: units / running",
        "formula: units / runing",
        6,
        "“runing” is not known here. Known names: hours, running, units.",
    ),
    (METRICS, "default: 8", "default: 0.5", 6, "This divides by zero. Keep the divisor away from 0."),
    (
        METRICS,
        "expression: hours - 0.5",
        "expression: hours -",
        28,
        "“hours -” cannot be read. Look for a missing sign or bracket.",
    ),
    (METRICS, "default: 8", "default: 0", 23, "The first value is out of bounds. Type a figure above 0 h."),
    (
        METRICS,
        "maximum: 1000000",
        "maximum: -1",
        16,
        "The lowest value must lie below the highest. Change one of them.",
    ),
    (METRICS, "name: hours", "name: units", 18, "“units” is here twice, first on line 12. Rename one."),
    (METRICS, "name: hours", "name: max", 18, "“max” cannot be a name in a formula. Use another word."),
    (
        METRICS,
        "name: running",
        "name: hours",
        28,
        "“hours” is the name of an input or an earlier step already. Use another word.",
    ),
    (
        METRICS,
        "{hours running}",
        "{hours running",
        7,
        "A brace is not closed. Write a fraction as {above} / {below}.",
    ),
    (METRICS, "decimals: 1", "decimals: 9", 10, "More than 6 decimals are not shown. Write 6 or fewer."),
    (METRICS, "above_minimum: true", "above_minimum: above", 22, "“above_minimum” is true or false."),
    (
        "course/measuring/module.yaml",
        "slug: measuring",
        "slug: measures",
        1,
        "The module is “measures” but its folder is “measuring”. Give both the same name.",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "message"), BROKEN)
def test_a_mistake_is_reported_with_file_line_and_remedy(
    root: Path, file: str, old: str, new: str, line: int, message: str
) -> None:
    edit(root, file, old, new)
    assert f"{file}:{line}: {message}" in mistakes(root)


def test_the_small_course_has_no_mistakes(root: Path) -> None:
    assert mistakes(root) == []


def test_mistakes_of_all_files_are_reported_at_once(root: Path) -> None:
    edit(root, TERMS, "name: Shift", "nam: Shift")
    edit(root, METRICS, "better: higher", "better: more")
    edit(root, CONCEPT, "position: 2", "position: two")
    assert mistakes(root) == [
        "course/measuring/02-throughput.md:4: “position” is a whole number, such as 3.",
        "course/measuring/metrics.yaml:9: “better” cannot be “more”. Use one of: higher, lower, target.",
        "course/measuring/terms.yaml:7: “name” is missing. Add it.",
        "course/measuring/terms.yaml:8: “nam” means nothing here. Did you mean “name”?",
    ]


def test_a_file_that_belongs_nowhere_is_reported(root: Path) -> None:
    (root / "course/measuring/glossary.yml").write_text("- slug: x\n")
    message = (
        "No such file belongs here, so it is not read. Rename it to one of: "
        "module.yaml, *.md, comparison*.yaml, metrics*.yaml, terms*.yaml, skills*.yaml."
    )
    assert mistakes(root) == [f"course/measuring/glossary.yml:1: {message}"]


@pytest.mark.parametrize("taken", [CASES, PICTURES])
def test_a_module_cannot_be_called_like_a_folder_of_the_course(root: Path, taken: str) -> None:
    edit(root, "course/measuring/module.yaml", "slug: measuring", f"slug: {taken}")
    (root / "course/measuring").rename(root / "course/numbers")
    said = (
        f"course/numbers/module.yaml:1: A course has a folder “{taken}” of its own. Choose another address, "
        f"such as “{taken}-at-work”."
    )
    assert said in mistakes(root)


def test_a_module_in_the_folder_of_cases_is_told_so(root: Path) -> None:
    (root / "course/cases").mkdir()
    text = "slug: cases\nposition: 9\ntitle: Cases\nsummary: Stories from work.\n"
    (root / "course/cases/module.yaml").write_text(text)
    (found,) = mistakes(root)
    assert found.startswith("course/cases/module.yaml:1: A course has a folder “cases” of its own.")


def test_a_folder_without_a_module_is_reported(root: Path) -> None:
    (root / "course/measuring/module.yaml").unlink()
    message = "module.yaml is missing. Add it with slug, position, title and summary."
    assert mistakes(root) == [f"course/measuring/module.yaml:1: {message}"]


def test_a_course_that_is_not_there_is_reported(tmp_path: Path) -> None:
    assert mistakes(tmp_path) == [f"{tmp_path}/course:1: There is no such folder. Check the path."]


def test_a_list_where_lines_belong_and_lines_where_a_list_belongs_are_reported(root: Path) -> None:
    (root / "course/measuring/module.yaml").write_text("- slug\n")
    (root / "course/sources.yaml").write_text("S1: An article\n")
    found = mistakes(root)
    assert "course/measuring/module.yaml:1: Here belong lines such as “slug: …”. Write them." in found
    assert "course/sources.yaml:1: This file is a list. Put a dash before each entry." in found
