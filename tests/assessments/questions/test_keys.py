"""Keys of parts: they say nothing, and a part keeps its own through a rewording."""

from hypothesis import given
from hypothesis import strategies as st

from assessments.questions.keys import kept_keys, key_of, text_key

ROUTING, SCHEDULING = text_key("Routing"), text_key("Scheduling")
BEFORE = [(ROUTING, "Routing"), (SCHEDULING, "Scheduling")]


def test_white_space_and_case_make_no_other_key() -> None:
    assert text_key(" routing\n") == ROUTING
    assert text_key("Routing.") != ROUTING


def test_a_key_that_was_kept_wins_over_the_text() -> None:
    assert key_of({"text": "Routing"}) == ROUTING
    assert key_of({"text": "Routeing", "key": ROUTING}) == ROUTING
    assert key_of({"left": "Routing", "key": 7}, "left") == ROUTING


def test_what_moves_takes_its_key_along() -> None:
    assert kept_keys(BEFORE, ["Scheduling", "Routing"]) == ["", ""]
    assert kept_keys([("k1", "Routing"), *BEFORE[1:]], ["Scheduling", "Routing"]) == ["", "k1"]


def test_what_is_reworded_in_its_row_keeps_its_key() -> None:
    assert kept_keys(BEFORE, ["Routeing", "Scheduling"]) == [ROUTING, ""]


def test_what_is_new_has_the_key_of_its_text() -> None:
    assert kept_keys(BEFORE, ["Routing", "Scheduling", "Dispatching"]) == ["", "", ""]
    assert kept_keys(BEFORE, ["Forecasting", "Routing", "Scheduling"]) == ["", "", ""]


def test_a_new_part_does_not_take_the_key_that_a_reworded_one_kept() -> None:
    kept, new = kept_keys([(ROUTING, "Routeing")], ["Routeing", "Routing"])
    assert kept == ROUTING
    assert new not in ("", ROUTING)


def test_rows_that_share_a_text_share_its_key() -> None:
    assert kept_keys([(ROUTING, "Routing")] * 2, ["Routeing", "Routeing"]) == [ROUTING, ROUTING]


LISTS = st.lists(st.sampled_from("abcdef"), max_size=6, unique=True)


@given(LISTS, LISTS, LISTS)
def test_no_two_parts_ever_get_the_same_key(first: list[str], second: list[str], third: list[str]) -> None:
    rows: list[tuple[str, str]] = []
    for texts in (first, second, third):
        kept = kept_keys(rows, texts)
        rows = [(key or text_key(text), text) for key, text in zip(kept, texts, strict=True)]
        assert len({key for key, _text in rows}) == len(texts)
