"""The figures behind the own-brand retailer: orders by week, sales by flap, steps, returns by reason.

They fit together: what the flaps sold adds up to the direct orders of the twelve weeks, and the returns by
flap to those by reason.
"""

import random

SEED = 5804
# Direct orders, bags to the shops, orders that fell due; the last four weeks are those of the checkpoint.
WEB = (350, 342, 361, 374, 386, 399, 405, 428, 452, 489, 520, 534)
SHOPS = (192, 168, 174, 186, 201, 177, 183, 165, 180, 171, 189, 174)
DUE = (348, 345, 352, 366, 372, 381, 388, 394, 380, 440, 500, 560)
KEPT = (0.917, 0.921, 0.904, 0.891, 0.877, 0.861, 0.858, 0.846)
KEPT_LATELY = (319, 308, 300, 295)
WAITING_BEFORE, WAITING_AFTER = 60, 380
NAMES = (
    "Fox at dusk",
    "Blue whale",
    "Racing bicycle",
    "Star map",
    "Red panda",
    "Football pitch",
    "Dinosaur bones",
    "Meadow",
    "Paper boats",
    "Robot",
    "Unicorn",
    "Mountain hut",
    "Hot-air balloon",
    "Tractor",
    "Ladybirds",
    "Submarine",
    "Owl",
    "Cactus",
    "Ice floe",
    "Chessboard",
    "Piano keys",
    "Beehive",
    "Old town",
    "Plain grey",
)
LEADERS = (900, 720, 612, 558)  # the four designs that sell most
REASONS = (
    ("Name misspelt or misplaced", 119, 119, 34),
    ("Came too late", 94, 41, 15),
    ("Wrong flap fitted", 68, 22, 21),
    ("Colour not as on the screen", 62, 20, 13),
    ("Too large for the child", 34, 9, 13),
    ("Strap or seam at fault", 20, 8, 26),
    ("Changed their minds", 18, 0, 13),
    ("No reason given", 10, 3, 13),
)


def tables() -> dict[str, list[list]]:
    """The rows of each table, by the key of its exhibit."""
    rng = random.Random(SEED)  # noqa: S311 - to be drawn again, not a secret
    return {
        "weeks": _weeks(rng),
        "designs": _designs(rng),
        "steps": [
            ["Fitting the flap", 8, 22, 176, "every bag, to shops and direct"],
            ["Embroidering the name", 3, 12, 36, "45 in 100 direct orders"],
            ["Packing the parcel", 4, 28, 112, "direct orders only"],
        ],
        "reasons": [list(row) for row in REASONS],
    }


def _weeks(rng: random.Random) -> list[list]:
    """Week, to shops, direct, with a name, sent, due, on time, waiting: an order waits until it is sent."""
    named = [round(web * rng.uniform(0.435, 0.465)) for web in WEB]
    named[5] += round(sum(WEB) * 0.45) - sum(named)
    waiting = _rising(rng)
    before = [WAITING_BEFORE, *waiting]
    sent = [before[i] + WEB[i] - waiting[i] for i in range(12)]
    kept = [round(due * share) for due, share in zip(DUE, KEPT, strict=False)] + list(KEPT_LATELY)
    columns = (range(1, 13), SHOPS, WEB, named, sent, DUE, kept, waiting)
    return [list(row) for row in zip(*columns, strict=True)]


def _rising(rng: random.Random) -> list[int]:
    """Orders that wait at the end of each week: level at first, then rising to what waits now."""
    level = (62, 58, 66, 71, 80, 92, 104, 128, 172, 238, 311)
    return [each + rng.randint(-3, 3) for each in level] + [WAITING_AFTER]


def _designs(rng: random.Random) -> list[list]:
    """Design, sold in twelve weeks, flaps in stock, returned: a few sell well and the rest trail behind."""
    sold = [*LEADERS, *(round(12 * 900 / (i * (i - 1))) for i in range(5, 25))]
    sold[12] += 450 - sum(sold[12:])  # the last twelve designs: 37.5 bags a week
    sold[4] += sum(WEB) - sum(sold)
    stock = [max(90, round(each * rng.uniform(0.22, 0.3))) + rng.randint(0, 40) for each in sold]
    returned = [round(each * 425 / sum(WEB)) for each in sold]
    returned[0] += 425 - sum(returned)
    return [list(row) for row in zip(NAMES, sold, stock, returned, strict=True)]
