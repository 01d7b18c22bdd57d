"""Broken lessons: each mistake is reported with its file, its line and what to do."""

from pathlib import Path

import pytest

from tests.concepts.coursepack.trees import edit, mistakes

CONCEPT = "course/measuring/02-throughput.md"
BROKEN = [
    (CONCEPT, "title: Throughput\n", "", 2, "“title” is missing. Add it."),
    (CONCEPT, "title: Throughput\n", "title:\n", 3, "“title” is missing. Add it."),
    (CONCEPT, "minutes: 9", "minutes: nine", 5, "“minutes” is a whole number, such as 3."),
    (
        CONCEPT,
        "minutes: 9",
        "minutes: 0",
        5,
        "“minutes” cannot be “0”. Ensure this value is greater than or equal to 1.",
    ),
    (CONCEPT, "title: Throughput\n", "title: 2024\n", 3, "“title” is a text. Put it in quotes."),
    (
        CONCEPT,
        "title: Throughput\n",
        "title: {a: b}\n",
        3,
        "“title” is a text. If it holds a colon or begins with a bracket, put it in quotes.",
    ),
    (
        CONCEPT,
        "title: Throughput\n",
        f"title: {'x' * 121}\n",
        3,
        "“title” has 121 characters; 120 is the most. Shorten it.",
    ),
    (
        CONCEPT,
        "slug: throughput",
        "slug: Through_Put",
        2,
        "“slug” takes small letters, digits and hyphens: write “through-put”, not “Through_Put”.",
    ),
    (CONCEPT, "level: apply", "level: aply", 13, "“level” cannot be “aply”. Did you mean “apply”?"),
    (
        CONCEPT,
        "code: THR-1",
        "code: thr1",
        10,
        "“code” cannot be “thr1”. Capitals, a hyphen and a number, such as THR-1.",
    ),
    (
        CONCEPT,
        "sources: [S1, HOPP]",
        "sources: [S1, HOP]",
        7,
        "There is no source “HOP”. Did you mean “HOPP”?",
    ),
    (CONCEPT, "sources: [S1, HOPP]", "sources: [S1, S1]", 7, "“S1” is in this list twice. Keep one."),
    (CONCEPT, "sources: [S1, HOPP]", "sources: S1", 7, "“sources” is a list: write [first, second]."),
    (
        CONCEPT,
        "prerequisites: [pace]",
        "prerequisites: [time]",
        8,
        "There is no concept “time”. Add it or take the reference out.",
    ),
    (
        CONCEPT,
        "prerequisites: [pace]",
        "prerequisites: [throughput]",
        8,
        "“throughput” has to be read before itself. Take a prerequisite out of the circle throughput.",
    ),
    (
        CONCEPT,
        "prerequisites: [pace]",
        "module: measuring",
        8,
        (
            "“module” means nothing here. Take it out. Known keys: slug, title, position, minutes, "
            "summary, sources, prerequisites, body, objectives."
        ),
    ),
    (
        CONCEPT,
        "objectives:",
        "objectives: []\nother:",
        9,
        "“objectives” is missing or no list. Write one entry or more.",
    ),
    (
        CONCEPT,
        "metric:throughput",
        "metric:troughput",
        22,
        "There is no metric “troughput”. Did you mean “throughput”?",
    ),
    (
        CONCEPT,
        "#capital",
        "#capitol",
        22,
        "The comparison “two-sides” has no row “capitol”. Did you mean “capital”?",
    ),
    (CONCEPT, "term:takt", "trem:takt", 22, "“trem:takt” is no link. Did you mean “term”?"),
    (
        CONCEPT,
        "term:takt",
        "term:Takt",
        22,
        (
            "“term:Takt” is no link. Write concept:slug, metric:slug, term:slug, worksheet:slug or "
            "comparison:slug#anchor."
        ),
    ),
    (
        CONCEPT,
        "## A rate",
        "# A rate",
        20,
        "A heading with one # is the page's title, which is added for you. Begin it with ##.",
    ),
    (CONCEPT, "```\n", "", 24, "This code or formula is not closed. End it with a line ```."),
    (CONCEPT, "See", "::: exmple a shop\nSee", 22, "There is no block “exmple”. Did you mean “example”?"),
    (CONCEPT, "See", "::: note a shop\nSee", 22, "This block is not closed. End it with a line :::."),
    (CONCEPT, "See", ":::\nSee", 22, "This closes a block, but none is open. Take it out."),
    (
        "course/measuring/01-pace.md",
        " | 60 ÷ 20",
        "",
        19,
        "This line has no figures. Write: - what is done | the figures.",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "message"), BROKEN)
def test_a_mistake_is_reported_with_file_line_and_remedy(
    root: Path, file: str, old: str, new: str, line: int, message: str
) -> None:
    edit(root, file, old, new)
    assert f"{file}:{line}: {message}" in mistakes(root)


def test_the_same_slug_in_two_files_is_reported_with_both_places(root: Path) -> None:
    edit(root, CONCEPT, "slug: throughput", "slug: pace")
    assert (
        "course/measuring/02-throughput.md:2: The concept “pace” is there already: "
        "course/measuring/01-pace.md:2. Give one of them another slug."
    ) in mistakes(root)


def test_concepts_that_must_be_read_before_each_other_are_reported(root: Path) -> None:
    edit(root, "course/measuring/01-pace.md", "sources: [S1]", "prerequisites: [throughput]")
    remedy = "Take a prerequisite out of the circle pace, throughput."
    assert mistakes(root) == [
        f"course/measuring/01-pace.md:7: “pace” has to be read before itself. {remedy}",
        f"course/measuring/02-throughput.md:8: “throughput” has to be read before itself. {remedy}",
    ]
