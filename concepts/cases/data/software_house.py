"""The data of the case "A software house with two managers", drawn once from a fixed seed.

Units: changes of software, hours of release work, deliveries promised in a quarter.
"""

import random
from collections.abc import Sequence

Rows = list[list[object]]

SEED = 4106
WEEKS = 12
WAITING_BEFORE = 10  # changes waiting for review before the first week
OPEN_BEFORE = 100  # changes open in the firm before the first week
REVIEWED = (15, 17, 16, 14, 18, 16, 17, 15, 16, 18, 14, 16)  # 16 a week on average
FINISHED = (31, 33, 32, 30, 35, 32, 31, 34, 32, 29, 33, 32)  # 32 a week on average
SIZES = (24, 88, 16, 96, 40, 72, 32, 104, 20, 64, 28, 96, 48, 80, 36, 56)
CLIENTS = (
    "Atlantic Line", "Bridge Ferries", "Cape Sound", "Delta Crossings", "Eastern Isles", "Fjord Lines",
    "Grand Lake", "Harbour City", "Island Link", "Juno Cruises",
)  # fmt: skip
CAUSES = (
    ("Waited for review", 61), ("Wish was unclear", 24), ("Developer on another project", 19),
    ("Fault in an earlier release", 13), ("Waited for a test machine", 8), ("Illness", 6),
    ("Planning tool was down", 3), ("Client answered late", 2),
)  # fmt: skip


def tables() -> dict[str, Rows]:
    """The rows of each table exhibit, by its key."""
    dice = random.Random(SEED)  # noqa: S311 - the same data each time, not a secret
    return {
        "review-queue": _review_queue(dice),
        "releases": _releases(dice),
        "firm-flow": _firm_flow(dice),
        "clients": _clients(dice),
        "causes": [[cause, late] for cause, late in CAUSES],
        "security-review": [
            ["Ticket check without network", 2, 3],
            ["Weight count at the gangway", 1, 4],
            ["Refunds at the gate", 3, 7],
            ["Four languages", 1, 8],
            ["Dark screen for night sailings", 4, 12],
        ],
    }


def _review_queue(dice: random.Random) -> Rows:
    """Changes written and reviewed in each week of Gate, and those waiting at its end: 40 in the last one."""
    return _weeks(_with_shares(REVIEWED, dice, 30), REVIEWED, WAITING_BEFORE)


def _firm_flow(dice: random.Random) -> Rows:
    """Changes begun and finished in the whole firm, those open at the end of the week, and users' faults."""
    weeks = _weeks(_with_shares(FINISHED, dice, 44), FINISHED, OPEN_BEFORE)
    return [[*row, dice.randint(3, 5) + week // 6] for week, row in enumerate(weeks, start=1)]


def _with_shares(amounts: Sequence[int], dice: random.Random, more: int) -> list[int]:
    """Amounts by week, and so many more spread over them by chance."""
    return [each + extra for each, extra in zip(amounts, _shares(dice, more, WEEKS), strict=True)]


def _weeks(came: Sequence[int], went: Sequence[int], held: int) -> Rows:
    """What came and went in each week, and what was there at its end."""
    rows: Rows = []
    for week, (more, less) in enumerate(zip(came, went, strict=True), start=1):
        held += more - less
        rows.append([week, more, less, held])
    return rows


def _releases(dice: random.Random) -> Rows:
    """Releases of Gate: changes in each, hours of release work (12 on average, whatever the size), faults."""
    swings = [0.5, 1.0, 1.5, 2.0, 0.5, 1.0, 1.5, 0.0]
    swings += [-each for each in swings]
    dice.shuffle(swings)
    rows: Rows = []
    for number, (size, swing) in enumerate(zip(SIZES, swings, strict=True), start=1):
        share = 0.05 if size <= 40 else 0.05 + 0.0016 * (size - 40)
        rows.append([number, size, 12 + swing, max(0, round(size * share) + dice.randint(-1, 1))])
    return rows


def _clients(dice: random.Random) -> Rows:
    """Deliveries promised to each client, cancelled in good time, and late (as many as the causes)."""
    late_in_all = sum(late for _cause, late in CAUSES)
    late = [each + 4 for each in _shares(dice, late_in_all - 4 * len(CLIENTS), len(CLIENTS))]
    late.sort(reverse=True)
    rows: Rows = []
    for name, missed in zip(CLIENTS, late, strict=True):
        cancelled = dice.randint(1, 4)
        promised = cancelled + missed + round(missed * dice.uniform(1.2, 2.1))
        rows.append([name, promised, cancelled, missed, dice.randint(58, 76)])
    return rows


def _shares(dice: random.Random, total: int, parts: int) -> list[int]:
    """A total spread by chance over so many parts."""
    out = [0] * parts
    for _ in range(total):
        out[dice.randrange(parts)] += 1
    return out
