"""Reading files: every value remembers its line, and what cannot be read is said with its line."""

from pathlib import Path

import pytest

from concepts.coursepack.findings import Findings
from concepts.coursepack.reading import display_name, read_markdown, read_yaml


def write(folder: Path, text: str | bytes, name: str = "file.yaml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def messages(findings: Findings) -> list[tuple[int, str]]:
    return [(finding.line, finding.message) for finding in findings]


def test_every_key_and_every_entry_of_a_list_remembers_its_line(tmp_path: Path) -> None:
    read = read_yaml(write(tmp_path, "# heads\na: 1\nb:\n  - x: 1\n\n  - y: [1,\n      2]\n"), Findings())
    assert read is not None
    data, spot = read
    assert data == {"a": 1, "b": [{"x": 1}, {"y": [1, 2]}]}
    assert [spot.at(*steps).line for steps in (["a"], ["b"], ["b", 0], ["b", 1, "y"], ["b", 1, "y", 1])] == [
        2,
        3,
        4,
        6,
        7,
    ]


def test_a_value_that_is_not_there_has_the_line_of_what_should_hold_it(tmp_path: Path) -> None:
    read = read_yaml(write(tmp_path, "a: 1\nb:\n  - x: 1\n"), Findings())
    assert read is not None
    assert read[1].at("b", 0, "y", 3).line == 3


def test_the_text_of_a_lesson_remembers_where_it_begins(tmp_path: Path) -> None:
    path = write(tmp_path, "---\nslug: a\nlist:\n  - b\n---\n\n\nBody.\n", "01-a.md")
    read = read_markdown(path, Findings())
    assert read is not None
    assert read[0] == {"slug": "a", "list": ["b"], "body": "\n\nBody."}
    assert (read[1].at("body").line, read[1].at("list", 0).line) == (8, 4)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "“a” is here twice, first on line 1. Keep one."),
        ("a: &x [1]\nb: *x\n", 2, "References (*name) are not read here. Write the value out."),
        ("a: 1\nb: 2024-13-45\n", 2, "“2024-13-45” cannot be read. Put it in quotes."),
        ("a: 1\nb: !python/name:os.system x\n", 2, "“x” cannot be read. Put it in quotes."),
        (
            "a: 1\n[x]: 2\n",
            2,
            "A key is a single word. Put text that begins with a bracket or brace in quotes.",
        ),
        ("", 1, "The file is empty. Fill it or take it away."),
        (b"a: 1\nb: caf\xe9\n", 2, "This is not UTF-8 text. Save the file as UTF-8."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, message: str
) -> None:
    findings = Findings()
    read_yaml(write(tmp_path, text), findings)
    assert messages(findings) == [(line, message)]


def test_what_is_not_yaml_is_said_with_its_line_and_a_remedy(tmp_path: Path) -> None:
    findings = Findings()
    assert read_yaml(write(tmp_path, "a: 1\nb: one: two\n"), findings) is None
    (finding,) = findings
    assert finding.line == 2
    assert finding.message.startswith("This cannot be read as YAML (")
    assert finding.message.endswith("put a text that holds a colon or begins with a sign in quotes.")


@pytest.mark.parametrize("text", ["slug: a\n\nBody.\n", "---\nslug: a\n\nBody.\n", ""])
def test_a_lesson_without_front_matter_is_refused(tmp_path: Path, text: str) -> None:
    findings = Findings()
    assert read_markdown(write(tmp_path, text, "01-a.md"), findings) is None
    assert messages(findings) == [
        (
            1,
            "The front matter is missing. Begin with a line ---, then slug: and the rest, then --- again.",
        )
    ]


def test_a_mistake_in_the_front_matter_is_said_with_the_line_of_the_file(tmp_path: Path) -> None:
    findings = Findings()
    read_markdown(write(tmp_path, "---\nslug: a\nslug: b\n---\nBody.\n", "01-a.md"), findings)
    assert messages(findings) == [(3, "“slug” is here twice, first on line 2. Keep one.")]


def test_a_file_is_named_as_one_would_type_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a: 1\n")
    assert display_name(path) == str(path)
    monkeypatch.chdir(tmp_path)
    assert display_name(path) == "file.yaml"
