"""Figures of the case *The late machine shop*: an order record, a grinder with its log, and an order book."""

import random

Rows = list[list[str | int | float]]

SEED = 1907
DUE = (22, 24, 21, 25, 23, 26, 24, 27, 25, 26, 28, 29)
LATE_SHARE = (0.18, 0.21, 0.19, 0.24, 0.3, 0.27, 0.33, 0.37, 0.36, 0.42, 0.43, 0.45)
PLANNED_HOURS = 76  # of the grinder, two shifts a week
CYCLES = 10  # services of the grinder after which the log was kept

JOBS: Rows = [
    ["A", "Norpump", 12, 28],
    ["B", "Kessler", 6, 8],
    ["C", "Oliveira", 16, 50],
    ["D", "Norpump", 9, 16],
    ["E", "Tamega", 10, 60],
    ["F", "Kessler", 5, 33],
]
STATES = ("at the grinder", "before the grinder", "ready to ship", "received")


def tables() -> dict[str, Rows]:
    """Rows of each table exhibit, by its key; the same every time."""
    dice = random.Random(SEED)  # noqa: S311 - figures to be made again, not a secret
    return {
        "weeks": _weeks(dice),
        "jobs": [list(job) for job in JOBS],
        "grinder-log": _grinder_log(dice),
        "book": _book(dice),
    }


def _weeks(dice: random.Random) -> Rows:
    """Twelve weeks: orders due, late among them, shafts shipped and returned, hours that the grinder ran."""
    rows: Rows = []
    for number, (due, share) in enumerate(zip(DUE, LATE_SHARE, strict=True), start=1):
        late = round(due * share)
        shipped = due * 14 + dice.randint(-12, 12)
        returned = round(shipped * (0.016 + 0.0018 * number))
        lost = 6 + number // 2 + 2 * dice.randint(0, 4)
        rows.append([number, due, late, shipped, returned, PLANNED_HOURS - lost, lost])
    return rows


def _grinder_log(dice: random.Random) -> Rows:
    """Breakdowns by the week since the last service: one more in ten machine weeks, week by week."""
    rows: Rows = []
    for week in range(1, 9):
        breakdowns = week * CYCLES // 10
        hours = sum(dice.choice((4, 5, 6, 7)) for _ in range(breakdowns))
        rows.append([week, CYCLES, breakdowns, hours])
    return rows


def _book(dice: random.Random) -> Rows:
    """Sixteen open orders: days to the promised date (below 0: passed) and grinding hours still to do."""
    rows: Rows = []
    customers = ("Norpump", "Kessler", "Oliveira", "Tamega")
    days = (-12, -9, -5, -3, -2, 2, 3, 4, 5, 6, 8, 11, 15, 19, 24, 30)
    hours = (9, 7, 0, 5, 3, 7, 6, 0, 5, 6, 0, 8, 12, 10, 14, 9)
    for i, (left, work) in enumerate(zip(days, hours, strict=True)):
        state = STATES[2] if work == 0 else STATES[i % 2] if left <= 11 else STATES[3]
        pieces = 6 * dice.randint(3, 12)
        rows.append(
            [
                f"K{411 + 3 * i}",
                customers[i % 4],
                pieces,
                pieces * dice.choice((48, 55, 62)),
                left,
                state,
                work,
            ]
        )
    return rows
