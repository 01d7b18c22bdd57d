"""Sorting the statements of a comparison: one address is one round, what was chosen is marked in place."""

from concepts.sorting import ROWS_A_ROUND, Row, deal

ROWS = [Row(f"row-{n}", f"Aspect {n}", f"left {n}", f"right {n}") for n in range(17)]


def test_the_same_seed_deals_the_same_round() -> None:
    assert deal(ROWS, seed=7, chosen={}) == deal(ROWS, seed=7, chosen={})
    assert deal(ROWS, seed=7, chosen={}) != deal(ROWS, seed=8, chosen={})


def test_the_rounds_of_a_seed_deal_every_statement_once() -> None:
    rounds = [deal(ROWS, seed=7, number=number, chosen={}) for number in (1, 2, 3)]
    assert [dealt.total for dealt in rounds] == [12, 12, 10]
    texts = [said.text for dealt in rounds for said in dealt.statements]
    assert sorted(texts) == sorted([row.left for row in ROWS] + [row.right for row in ROWS])
    assert [dealt.has_next for dealt in rounds] == [True, True, False]


def test_a_round_beyond_the_last_is_the_last() -> None:
    assert deal(ROWS, seed=7, number=99, chosen={}).number == 3
    assert deal(ROWS, seed=7, number=0, chosen={}).number == 1


def test_all_rows_at_once_are_one_round() -> None:
    dealt = deal(ROWS, seed=7, size=len(ROWS), chosen={})
    assert (dealt.total, dealt.rounds) == (34, 1)


def test_what_was_chosen_is_marked_and_kept() -> None:
    first, second, third = deal(ROWS, seed=7, chosen={}).statements[:3]
    wrong = "left" if second.side == "right" else "right"
    dealt = deal(ROWS, seed=7, chosen={first.key: first.side, second.key: wrong, third.key: "sideways"})
    marked = {said.key: said for said in dealt.statements}
    assert marked[first.key].is_right
    assert marked[second.key].is_sorted
    assert not marked[second.key].is_right
    assert not marked[third.key].is_sorted
    assert (dealt.right, dealt.sorted, dealt.is_marked) == (1, 2, True)


def test_a_key_does_not_give_the_side_away() -> None:
    keys = [said.key for said in deal(ROWS, seed=3, chosen={}).statements]
    assert keys == [f"s{number}" for number in range(1, 2 * ROWS_A_ROUND + 1)]


def test_without_rows_there_is_one_empty_round() -> None:
    dealt = deal([], seed=1, chosen={})
    assert (dealt.total, dealt.rounds, dealt.is_marked) == (0, 1, False)
