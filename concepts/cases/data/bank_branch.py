"""The figures behind the bank branch: the hall by hour, a month of services, a trial with counters, the tray.

The hours of the trial follow Sakasegawa's approximation of the wait in a queue with several servers.
"""

import math
import random

SEED = 2211
HOURS = ("08:00", "09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00")
PAYDAY = (20, 24, 21, 26, 54, 58, 23, 18, 53)  # customers, mean of the paydays of a quarter
ORDINARY = (13, 16, 15, 18, 28, 31, 17, 13, 20)
BUSY, QUIET = 55, 22  # customers in an hour of the trial
MINUTES = 5  # at the counter
LONGEST = 32  # minutes after which the hall is full and people turn back at the door

SERVICES = (
    ("Cash paid in", 1180, 1180, 4, 1, 0.10),
    ("Cash paid out", 1020, 1020, 3, 1, 0.10),
    ("Transfer on paper", 640, 640, 5, 4, 0.35),
    ("Bill paid at the counter", 560, 560, 4, 2, 0.25),
    ("Balance or statement", 430, 430, 3, 0, 0.20),
    ("Coins changed", 248, 248, 6, 1, 0.60),
    ("Advice on loans and savings", 220, 176, 40, 25, 2.00),
    ("Card replaced", 150, 150, 6, 14, 4.90),
    ("Address or authority changed", 130, 124, 8, 18, 1.20),
    ("Account opened", 84, 72, 25, 60, 6.50),
)
STOPS = (  # of 364 files begun in a month: cause, files stopped; each stop costs 18 euros
    ("A paper or signature is lacking", 96),
    ("A copy cannot be read", 24),
    ("A slip in typing", 18),
    ("Waiting for a signature in the house", 10),
)
READY = (  # in the order in which they came: name, work in minutes, promised in minutes from nine o'clock
    ("Lua bakery, business account", 90, 300),
    ("Serra, joint account", 75, 200),
    ("Reis, student account", 60, 100),
    ("Couto, power of attorney", 40, 130),
    ("Pinto, new card", 15, 120),
)
LACKING = (  # name, work in minutes, what is not there
    ("Amaral, account", 60, "proof of address"),
    ("Dias, account", 60, "second signature"),
    ("Fonseca, new card", 15, "old card not stopped"),
    ("Horta, joint account", 75, "second signature"),
    ("Moita, account", 60, "proof of address"),
    ("Neves, authority", 40, "legible copy"),
    ("Tavira, account", 60, "tax number"),
)


def tables() -> dict[str, list[list]]:
    """The rows of each table, by the key of its exhibit."""
    rng = random.Random(SEED)  # noqa: S311 - to be drawn again, not a secret
    return {
        "hours": [list(row) for row in zip(HOURS, ORDINARY, PAYDAY, strict=True)],
        "services": [list(row) for row in SERVICES],
        "trial": [[open_, _wait(BUSY, open_), _wait(QUIET, open_), 28 * open_] for open_ in range(2, 10)],
        "tray": _tray(rng),
        "stops": [[cause, files, 18, 18 * files] for cause, files in STOPS],
    }


def _wait(customers: int, counters: int) -> float:
    """Mean wait in minutes at so many counters, no longer than people stay."""
    load = customers * MINUTES / 60
    share = load / counters
    wait = MINUTES / counters * share ** (math.sqrt(2 * (counters + 1)) - 1) / max(1 - share, 0.02)
    return round(min(LONGEST, wait), 1)


def _tray(rng: random.Random) -> list[list]:
    """File, days in the tray, minutes of work, minutes until promised (0: none given), what is lacking."""
    rows: list[list] = []
    for place, (name, work, promised) in enumerate(READY):
        rows.append([name, 9 - 2 * place, work, promised, "nothing"])
    for name, work, lacking in LACKING:
        rows.append([name, rng.randint(10, 19), work, 0, lacking])
    return rows
