"""What changed between two texts."""

from concepts.admin.differences import Piece, differences


def test_equal_texts_differ_in_nothing() -> None:
    assert differences("The same", "The same") == []


def test_short_texts_are_shown_whole() -> None:
    assert differences("Throughput", "Flow") == [Piece("gone", "Throughput"), Piece("new", "Flow")]


def test_what_was_empty_is_only_put_in() -> None:
    assert differences("", "A lede.") == [Piece("new", "A lede.")]


def test_of_a_long_text_only_the_change_and_a_few_words_around_it_are_shown() -> None:
    words = " ".join(f"word{i}" for i in range(100))
    pieces = differences(words, words.replace("word50", "other"))
    assert [piece for piece in pieces if piece.kind in ("gone", "new")] == [
        Piece("gone", "word50"),
        Piece("new", "other"),
    ]
    assert pieces[0].kind == pieces[-1].kind == "gap"
    assert "word49" in pieces[1].text
    assert "word10 " not in pieces[1].text


def test_a_text_beyond_all_measure_is_not_compared_word_by_word() -> None:
    long = "word " * 5000
    assert [piece.kind for piece in differences(long, long + "more")] == ["gone", "new"]
