"""Our own YAML: several questions in a file, and what is not one."""

import pytest

from assessments.formats.registry import FORMATS

READ = FORMATS["yaml"].read


def test_keys_that_are_not_common_to_all_questions_are_its_content() -> None:
    report = READ(
        b"- slug: a\n  objective: THR-1\n  type: true_false\n  title: One\n  thinking: analyse\n  tags: [x]\n"
        b"  stem: S\n  right: true\n- type: true_false\n  stem: T\n"
    )
    first, second = report.questions
    assert (first.slug, first.objective, first.thinking, first.tags) == ("a", "THR-1", "analyse", ("x",))
    assert first.content == {"stem": "S", "right": True}
    assert (second.line, second.title) == (9, "T")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("- just words", 1, "It is no question"),
        ("- stem: a\n- type: cloze", 1, "none of ours"),
        ("\n- type: true_false\n  stem: 5", 2, "not read as text"),
    ],
)
def test_what_is_no_question_is_named(text: str, line: int, reason: str) -> None:
    report = READ(text.encode())
    assert report.unsupported[0].line == line and reason in report.unsupported[0].reason


@pytest.mark.parametrize(
    ("text", "line"),
    [("- a: [1\n- b", 3), ("a: b", 1), ("", 1), ("- {a: 1, a: 2}", 1), ("- !!python/x y", 1)],
)
def test_what_cannot_be_read_as_a_list_has_its_line(text: str, line: int) -> None:
    assert READ(text.encode()).remarks[0].line == line


def test_tags_and_thinking_that_cannot_be_read_are_named() -> None:
    [question] = READ(b"- {type: true_false, stem: a, tags: flow, thinking: hard}").questions
    assert [loss.what for loss in question.losses] == ["Tags “flow”", "Thinking “hard”"]
