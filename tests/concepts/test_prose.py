"""Prose told from the rest, words counted, and an estimate of how hard it is to read that can be stood by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concepts.prose import Place, blocks_in, grade, makeup, passages, sentence_count, syllables, word_count

# Counted by hand.
SPOKEN = {
    1: "the made worked times lines hours through rules change planned whole scale tried queue",
    2: "table needed machine orders boxes people trial client science doing stages pieces value measures",
    3: "manager customer quality idea area production average machinist ratio period easier hospital",
    4: "operations capacity variety material delivery reliable inventory situation",
    5: "utilisation organisation",
}
TEXT = """## A heading of five words

Two words here. And three more!

::: example a plant
A paragraph in a block.
:::

::: worked a sum
- Add them | 1 + 2 = 3
:::

| Head | Other |
|---|---|
| a cell | another |

```formula
flow = {a} / {b}
```

![What one sees.](picture:board)

Said so.[^1]

[^1]: In a note.

## In short
- One line.
- Another with a [link](term:flow) and `code`.
- A third
"""


@pytest.mark.parametrize(
    ("word", "count"),
    [(word, n) for n, words in SPOKEN.items() for word in words.split()],
)
def test_syllables_are_about_right(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("No end", 1),
        ("It is 3.5 h long, e.g. on Monday. Then it stops.", 2),
        ("“Who is next?” he asked.", 2),
        ("Three things follow:", 1),
        ("48 %", 0),
        ("", 0),
    ],
)
def test_sentences_are_counted_by_their_ends(text: str, count: int) -> None:
    assert sentence_count(text) == count


def test_every_passage_is_known_by_its_place() -> None:
    held: dict[str, list[str]] = {place: [] for place in Place}
    for passage in passages(TEXT):
        held[passage.place].append(passage.text)
    assert held[Place.HEADING] == ["A heading of five words", "In short"]
    assert held[Place.WORKED] == ["Add them", "1 + 2 = 3"]
    assert held[Place.TABLE] == ["Head", "Other", "a cell", "another"]
    assert held[Place.CAPTION] == ["What one sees."]
    assert held[Place.NOTE] == ["In a note."]
    assert held[Place.PROSE][:2] == ["Two words here. And three more!", "A paragraph in a block."]


def test_links_and_code_stand_apart_in_their_passage() -> None:
    (passage,) = [one for one in passages(TEXT) if "link" in one.text]
    assert [(piece.text, piece.target, piece.is_code) for piece in passage.pieces if piece.target] == [
        ("link", "term:flow", False)
    ]
    assert [piece.text for piece in passage.pieces if piece.is_code] == ["code"]


def test_stress_and_the_ends_of_lines_part_no_words() -> None:
    (passage,) = passages("The **net** working\ntime of a [*long* day](term:day), `x` and *so on*.")
    assert [piece.text for piece in passage.pieces] == [
        "The net working time of a ",
        "long day",
        ", ",
        "x",
        " and so on.",
    ]


def test_what_a_text_is_made_of() -> None:
    made = makeup(TEXT)
    assert (made.tables, made.pictures) == (1, 1)
    assert made.items_after("in short") == 3
    assert made.items_after("something else") is None
    assert makeup("No heading.").items_after("in short") is None
    assert blocks_in(TEXT) == {"example": 1, "worked": 1}


def test_figures_count_as_words_to_read() -> None:
    assert word_count(["Add 1,200 frames at €45 each, 8.5 % of it."]) == 10


def test_the_grade_follows_its_formula() -> None:
    # Ten words, twelve syllables, two sentences.
    text = "The press stops at noon. We wait for the lorry."
    assert grade([text]) == pytest.approx(0.39 * 10 / 2 + 11.8 * 11 / 10 - 15.59)
    assert grade([]) == grade(["48 %"]) == 0.0


def test_longer_sentences_and_longer_words_are_harder() -> None:
    plain = "We wait. The press stops. They call."
    assert grade([plain]) < grade([plain.replace(". ", " and ")])
    assert grade([plain]) < grade([plain.replace("press", "organisation")])


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_can_be_weighed(paragraphs: list[str]) -> None:
    assert word_count(paragraphs) >= 0
    grade(paragraphs)
    made = makeup("\n\n".join(paragraphs))
    assert made.items_after("in short") is None or made.passages


@given(st.from_regex(r"[a-z]{1,14}", fullmatch=True))
def test_no_word_has_more_syllables_than_letters_or_none(word: str) -> None:
    assert 1 <= syllables(word) <= 2 * len(word)
