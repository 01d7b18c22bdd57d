"""Questions that ask the same, or nearly: found exactly, and fast."""

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.alike import ALIKE, FEWEST, normal, pairs_of, runs, words_of

STORY = (
    "A cell made {units} good parts in {hours} hours after the change of tools. What was its throughput then?"
)


def words(text: str) -> tuple[str, ...]:
    return normal(text)


def test_case_markup_and_figures_make_no_difference() -> None:
    assert words("A **cell** made 40 parts!") == words("a cell made {units} parts")


def test_the_same_text_is_the_same() -> None:
    (pair,) = pairs_of([words(STORY), words("Something else?"), words(STORY)])
    assert (pair.first, pair.second, pair.is_same) == (0, 2, True)


def test_one_word_of_many_makes_them_alike_and_not_the_same() -> None:
    (pair,) = pairs_of([words(STORY), words(STORY.replace("its", "the"))])
    assert not pair.is_same
    assert ALIKE <= pair.share < 1


def test_other_choices_make_another_question() -> None:
    first, second = (
        {
            "stem": "Which is right?",
            "choices": [{"text": f"{name} {i} of the plant in town"} for i in range(4)],
        }
        for name in ("The press", "A customer")
    )
    assert list(pairs_of([words_of(first), words_of(second)])) == []


def test_short_questions_are_not_compared() -> None:
    assert list(pairs_of([words("Which of these is right?"), words("Which of these is wrong?")])) == []


def naive(texts: list[tuple[str, ...]]) -> set[tuple[int, int]]:
    sets = [runs(text) for text in texts]
    return {
        (i, j)
        for j in range(len(texts))
        for i in range(j)
        if texts[i] != texts[j]
        and min(len(sets[i]), len(sets[j])) >= FEWEST
        and len(sets[i] & sets[j]) >= ALIKE * len(sets[i] | sets[j])
    }


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=30).map(tuple), max_size=12, unique=True))
def test_it_finds_what_comparing_everything_finds(texts: list[tuple[str, ...]]) -> None:
    assert {(pair.first, pair.second) for pair in pairs_of(texts)} == naive(texts)


def test_five_thousand_questions_take_a_moment() -> None:
    dice = random.Random(1)
    lexicon = [f"word{i}" for i in range(3000)]
    texts = [tuple(dice.choices(lexicon, k=60)) for _ in range(4900)]
    texts += [(*text[:-1], "other") for text in texts[:100]]
    begun = time.perf_counter()
    found = list(pairs_of(texts))
    assert len(found) == 100
    assert time.perf_counter() - begun < 10
