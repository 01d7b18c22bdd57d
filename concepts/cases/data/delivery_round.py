"""The data of the case "The delivery round", drawn once from a fixed seed.

Units: drops (one delivery at one door), crates of bread, minutes, kilometres.
"""

import random

Rows = list[list[object]]

SEED = 2718
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
VANS = {"North": 21, "Canal": 17, "Station": 18, "Harbour": 16, "Ring": 20, "Campus": 15, "South": 19}
KILOMETRES = {"North": 46, "Canal": 31, "Station": 22, "Harbour": 38, "Ring": 52, "Campus": 19, "South": 41}
IN_TIME = 15  # drops that a van makes in its window on a morning when it leaves 24 minutes late
NIGHTS = 20
LATE_ORDERS = (0, 8, 16, 24, 32)  # crates ordered after the plan was closed; each as often as the others
STANDING = 420


def tables() -> dict[str, Rows]:
    """The rows of each table exhibit, by its key."""
    dice = random.Random(SEED)  # noqa: S311 - the same data each time, not a secret
    rounds = _rounds(dice)
    return {
        "rounds": rounds,
        "vans": _vans(rounds),
        "night-steps": [
            ["Mix", 2, 1.6],
            ["Shape", 3, 2.25],
            ["Prove", 48, 36],
            ["Bake", 4, 3.2],
            ["Cool", 30, 30],
            ["Slice", 1, 0.75],
            ["Pick by round", 3, 2.4],
            ["Load", 2, 1.5],
        ],
        "nights": _nights(dice),
    }


def _rounds(dice: random.Random) -> Rows:
    """Each round of a week: minutes that it left late, drops, those after the promised time, kilometres."""
    rows: Rows = []
    for day in DAYS:
        for van, drops in VANS.items():
            delay = max(0, round(dice.gauss(24, 9)))
            made = IN_TIME + (24 - delay) // 12
            late = min(drops, max(0, drops - made + dice.choice((0, 0, 1))))
            rows.append([day, van, delay, drops, late, KILOMETRES[van] + dice.randint(-2, 3)])
    return rows


def _vans(rounds: Rows) -> Rows:
    """The same week summed by round."""
    out: Rows = []
    for van in VANS:
        mine = [row for row in rounds if row[1] == van]
        out.append([van, *(sum(int(str(row[at])) for row in mine) for at in (3, 4, 5))])
    return out


def _nights(dice: random.Random) -> Rows:
    """Nights of four weeks: late orders, crates baked and thrown away, minutes the last crate was late."""
    late_orders = list(LATE_ORDERS) * (NIGHTS // len(LATE_ORDERS))
    dice.shuffle(late_orders)
    rows: Rows = []
    for night, wanted in enumerate(late_orders, start=1):
        thrown = dice.randint(24, 40)
        rows.append(
            [night, wanted, STANDING + wanted + thrown, thrown, round(14 + wanted / 2 + dice.randint(-4, 8))]
        )
    return rows
