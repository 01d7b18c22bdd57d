"""Figures of the case *The outpatient clinic*: a day by half-hours, twenty days, work of the scanner."""

import random

Rows = list[list[str | int | float]]

SEED = 2203
# By half-hour from 8:00: patients who came, and patients whom the doctors could see in it.
CAME = (13, 6, 5, 4, 2, 2, 1, 0, 0, 12, 4, 3, 3, 2, 1, 0)
SEEN = (4, 4, 4, 4, 4, 4, 4, 4, 2, 3, 4, 4, 4, 4, 4, 4)
# Patients without a word, on twenty days of four weeks; 60 places are booked on each.
ABSENT = (11, 8, 6, 9, 12, 10, 5, 7, 8, 13, 9, 7, 8, 6, 11, 10, 8, 4, 9, 7)
WALKED_IN = {"Mon": 9, "Tue": 5, "Wed": 4, "Thu": 4, "Fri": 3}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
BOOKED = 60
SCAN_MINUTES = (190, 170, 140, 90, 140, 100, 80, 50)
SCAN_HOURS = ("8 to 9", "9 to 10", "10 to 11", "11 to 12", "12 to 13", "13 to 14", "14 to 15", "15 to 16")


def tables() -> dict[str, Rows]:
    """Rows of each table exhibit, by its key; the same every time."""
    dice = random.Random(SEED)  # noqa: S311 - figures to be made again, not a secret
    return {"day": _day(), "month": _month(dice), "scans": _scans(), "kinds": _kinds(), "survey": _survey()}


def _day() -> Rows:
    """A Tuesday by half-hours; who waits at the end is who waited, plus who came, less who was seen."""
    rows: Rows = []
    waiting = 0
    for i, (came, seen) in enumerate(zip(CAME, SEEN, strict=True)):
        minutes = 8 * 60 + 30 * i
        seen = min(seen, waiting + came)
        waiting += came - seen
        rows.append([f"{minutes // 60:02d}:{minutes % 60:02d}", came, seen, waiting])
    return rows


def _month(dice: random.Random) -> Rows:
    """Twenty days: booked, absent, walked in, seen, mean wait and overtime in minutes."""
    rows: Rows = []
    for i, absent in enumerate(ABSENT):
        day = DAYS[i % 5]
        walked = WALKED_IN[day] + dice.randint(-1, 1)
        seen = BOOKED - absent + walked
        wait = round(48 + 1.9 * (seen - 56) + dice.randint(-4, 4))
        overtime = max(0, 5 * round((seen - 53) * 1.4 + dice.randint(0, 4)))
        rows.append([i + 1, day, BOOKED, absent, walked, seen, wait, overtime])
    return rows


def _scans() -> Rows:
    """Minutes of scanning work asked for by the hour, on an average day."""
    return [[hour, minutes] for hour, minutes in zip(SCAN_HOURS, SCAN_MINUTES, strict=True)]


def _kinds() -> Rows:
    """Kinds of scan: a day's number, minutes planned, minutes taken on average, and from least to most."""
    return [
        ["Wrist and hand", 14, 20, 14, 11, 17],
        ["Foot and ankle", 12, 20, 16, 12, 20],
        ["Knee", 10, 20, 22, 16, 30],
        ["Shoulder", 6, 20, 28, 18, 44],
        ["Spine", 4, 20, 46, 26, 82],
    ]


def _survey() -> Rows:
    """What 160 patients named as the worst part of their visit, each one thing."""
    return [
        ["Did not know how long it would take", 61],
        ["Told to come at the same time as everybody", 34],
        ["The wait itself", 29],
        ["Sent to scan, then back to the end of the line", 17],
        ["Parking", 11],
        ["Chairs, noise, air in the waiting room", 8],
    ]
