"""Sort it yourself: the statements of a comparison, shuffled, to be put back on their sides.

Nothing is stored and nothing counts: the shuffle is settled by a seed in the address, so that the same
address shows the same round, and what was chosen travels in it too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

LEFT, RIGHT = "left", "right"
ROWS_A_ROUND = 6
LARGEST_SEED = 10**6


@dataclass(frozen=True)
class Said:
    """What one side of a row says, and what a reader made of it. ``key`` names it without giving it away."""

    key: str
    text: str
    aspect: str
    anchor: str
    side: str
    chosen: str = ""

    @property
    def is_sorted(self) -> bool:
        return bool(self.chosen)

    @property
    def is_right(self) -> bool:
        return self.chosen == self.side


@dataclass(frozen=True)
class Round:
    """Some rows of a comparison as shuffled statements."""

    seed: int
    number: int
    rounds: int
    statements: tuple[Said, ...]

    @property
    def right(self) -> int:
        return sum(said.is_right for said in self.statements)

    @property
    def sorted(self) -> int:
        return sum(said.is_sorted for said in self.statements)

    @property
    def total(self) -> int:
        return len(self.statements)

    @property
    def is_marked(self) -> bool:
        """Something has been chosen, so there is something to mark."""
        return self.sorted > 0

    @property
    def has_next(self) -> bool:
        return self.number < self.rounds


@dataclass(frozen=True)
class Row:
    """What sorting needs to know of a row."""

    anchor: str
    aspect: str
    left: str
    right: str


def new_seed(dice: Random) -> int:
    """A seed short enough for an address."""
    return dice.randrange(LARGEST_SEED)


def deal(
    rows: Sequence[Row], *, seed: int, number: int = 1, size: int = ROWS_A_ROUND, chosen: Mapping[str, str]
) -> Round:
    """A round: so many rows of a shuffle of all, both their sides, with what was chosen for each.

    A round beyond the last is the last. A choice that is neither side counts as none.
    """
    dice = Random(seed)  # noqa: S311 - an order, not a secret
    order = dice.sample(list(rows), len(rows))
    rounds = max(1, -(-len(order) // size))
    number = min(max(1, number), rounds)
    dealt = list(_sides(order[(number - 1) * size : number * size]))
    Random(f"{seed}/{number}/{size}").shuffle(dealt)  # noqa: S311
    statements = (
        Said(key, text, row.aspect, row.anchor, side, _choice(chosen.get(key, "")))
        for key, (row, side, text) in ((f"s{i}", entry) for i, entry in enumerate(dealt, start=1))
    )
    return Round(seed, number, rounds, tuple(statements))


def _sides(rows: Iterable[Row]) -> Iterable[tuple[Row, str, str]]:
    for row in rows:
        yield row, LEFT, row.left
        yield row, RIGHT, row.right


def _choice(text: str) -> str:
    return text if text in (LEFT, RIGHT) else ""
