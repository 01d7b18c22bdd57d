"""Figures of the case *After the prototype*: three trailers over 18 months, money, forecasts, returns."""

import random

Rows = list[list[str | int | float]]

SEED = 4404
MONTHS = 18
CAPACITY = 220  # Family trailers a month
CARGO_MADE = 150
CARGO_AT_START = 60
# Actual orders less the trend forecast of the planner, for months 7 to 18.
TREND_ERRORS = (-12, 9, 4, -18, 15, -6, 21, -9, 3, -14, 11, -4)
HOUND = (44, 41, 43, 38, 40, 36, 37, 33, 34, 31, 30, 29, 28, 27, 25, 24, 24, 22)


def tables() -> dict[str, Rows]:
    """Rows of each table exhibit, by its key; the same every time."""
    dice = random.Random(SEED)  # noqa: S311 - figures to be made again, not a secret
    demand = _demand(dice)
    return {
        "demand": demand,
        "money": _money(),
        "record": _record(demand),
        "returns": _returns(),
        "after": _after(),
    }


def _trend(month: int) -> int:
    return round(132 + 9.9 * month)


def _demand(dice: random.Random) -> Rows:
    """Orders, sales and stock by month; Family cannot sell more than is made, Cargo stock carries over."""
    rows: Rows = []
    stock = CARGO_AT_START
    for month in range(1, MONTHS + 1):
        error = TREND_ERRORS[month - 7] if month > 6 else dice.randint(-6, 6)
        family = _trend(month) + error
        cargo = round(169 - 3.4 * month) + dice.randint(-4, 4)
        stock += CARGO_MADE - cargo
        rows.append([month, family, min(family, CAPACITY), cargo, CARGO_MADE, stock, HOUND[month - 1]])
    return rows


def _record(demand: Rows) -> Rows:
    """Forecasts for Family of months 7 to 18: mean of three months' sales, trend, and what was ordered."""
    rows: Rows = []
    for at in range(6, MONTHS):
        sold = [float(row[2]) for row in demand[at - 3 : at]]
        rows.append([at + 1, round(sum(sold) / 3), _trend(at + 1), demand[at][1]])
    return rows


def _money() -> Rows:
    """By model: price, variable cost, hours at the cell, costs that end with it, share of the office."""
    return [
        ["Family", 420, 280, 1.6, 9000, 6000],
        ["Cargo", 310, 230, 1.2, 4000, 5000],
        ["Hound", 390, 310, 1.5, 3200, 2000],
    ]


def _returns() -> Rows:
    """Family trailers sent back in months 13 to 18, by reason, and how many of them were as drawn."""
    return [
        ["Hitch does not fit the axle of an electric bicycle", 62, 62],
        ["Weld not as drawn", 7, 0],
        ["Colour", 6, 6],
        ["Damaged on the way", 9, 9],
        ["No longer needed", 14, 14],
    ]


def _after() -> Rows:
    """Months 19 to 23 for Family: the trend forecast and what was ordered, once growth has stopped."""
    orders = (314, 309, 302, 301, 296)
    return [[19 + i, _trend(19) + 10 * i, ordered] for i, ordered in enumerate(orders)]
