"""``make bench``: four pages on two databases, each beside the floor, the size of the first load, and item
analysis beside the bare SELECT of the same answers.

python -m bench [--learners 1000] [--items 200000] [--responses 200000] [--rounds 12] [--only sqlite|postgres]
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import psycopg

from bench.load import Request, Timings, interleaved
from bench.server import ROOT, environment, manage, serving
from bench.weight import first_load

POSTGRES = os.environ.get("DATABASE_URL_TEST", "postgres://postgres@127.0.0.1:5432/postgres")
AIMS = {"concept page": 2, "answering a question": 4, "my progress": 2, "cohort overview": 8}
BURST = 20
ANSWERING = 40
# Item analysis: what is run, its name, and how often; the naive way takes half a minute.
ANALYSES = {"ours": "the page of a test", "rows": "bare SELECT of them", "naive": "model instances in lists"}
ANALYSIS_AIM = "below 2 s and 200 MB"


def scenarios(facts: dict[str, Any], dice: Random) -> dict[str, tuple[Iterator[Request], int]]:
    """What is asked for, over and over, and the status that it is answered with."""

    def anybody(path: str) -> Iterator[Request]:
        return (Request(path, dice.choice(facts["learners"])) for _ in itertools.count())

    def answers() -> Iterator[Request]:
        waiting = [
            Request(f"{one['path']}{position}/", one["session"], {"answer": "a", "revision": "0"})
            for position in range(1, 1000)
            for one in facts["answers"]
            if position in one["positions"]
        ]
        return iter(waiting)

    return {
        "concept page": (anybody(facts["concept"]), 200),
        "answering a question": (answers(), 302),
        "my progress": (anybody("/progress/"), 200),
        "cohort overview": (iter(lambda: Request(facts["cohort"], facts["teacher"]), None), 200),
    }


def measure(database: str, options: argparse.Namespace) -> dict[str, tuple[Timings, Timings]]:
    """Fill a fresh database, serve it, and time the pages."""
    with tempfile.TemporaryDirectory() as folder:
        env = environment(database, Path(folder))
        for words in (
            ["migrate", "-v0"],
            ["createcachetable"],
            ["load_course"],
            ["collectstatic", "-v0", "--noinput"],
        ):
            manage(env, *words)
        sizes = [str(options.learners), str(options.items), str(ANSWERING)]
        filled = subprocess.run(
            [sys.executable, "-m", "bench.fill", *sizes],
            env=env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        facts = json.loads(filled.stdout)
        print(f"  {options.learners} learners, {facts['items']} attempt items")
        dice = Random(1)
        with serving(env) as port:
            size = first_load(port, facts["learners"][0]) / 1000
            print(f"  first load: {size:.1f} kB compressed (aim: below 100)")
            results = interleaved(
                port,
                scenarios(facts, dice),
                lambda: Request("/floor/", dice.choice(facts["learners"])),
                rounds=options.rounds,
                size=BURST,
            )
        analyse(env, options.responses)
        return results


def analyse(env: dict[str, str], responses: int) -> None:
    """Item analysis of so many responses to one test, in fresh processes, beside what it is compared with."""

    def run(*words: str) -> bytes:
        command = [sys.executable, "-m", "bench.analysis", *words]
        return subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout

    run("fill", str(responses))
    print(f"  item analysis (aim: {ANALYSIS_AIM})")
    for what, name in ANALYSES.items():
        found = json.loads(run(what))
        counted, seconds, megabytes = (found[key] for key in ("responses", "seconds", "megabytes"))
        print(f"    {name:<26}{counted:>8} responses{seconds:>8.2f} s{megabytes:>7.0f} MB at most")


def report(results: dict[str, tuple[Timings, Timings]]) -> None:
    heads = f"{'p95':>9}{'per s':>8}"
    print(f"  {'':<22}{'median':>9}{heads}   {'floor':>7}{heads}{'ratio':>8}{'aim':>6}")
    for name, (mine, floor) in results.items():
        ratio = mine.median / floor.median
        print(
            f"  {name:<22}{mine.median:>6.1f} ms{mine.p95:>6.1f} ms{mine.rate:>8.0f}   "
            f"{floor.median:>4.1f} ms{floor.p95:>6.1f} ms{floor.rate:>8.0f}{ratio:>7.2f}×{AIMS[name]:>5}×"
        )


def postgres_database(stack: ExitStack) -> str:
    """A database of our own on the local server, dropped when the run ends."""
    parts = urlsplit(POSTGRES)
    name = f"takt_bench_{os.getpid()}"
    server = stack.enter_context(psycopg.connect(POSTGRES, autocommit=True))
    server.execute(f'CREATE DATABASE "{name}"')
    stack.callback(lambda: server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    return parts._replace(path=f"/{name}").geturl()


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--items", type=int, default=200_000)
    parser.add_argument("--responses", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        if options.only != "postgres":
            print("SQLite")
            report(measure(f"sqlite:///{folder}/bench.sqlite3", options))
        if options.only != "sqlite":
            print("PostgreSQL")
            report(measure(postgres_database(stack), options))


if __name__ == "__main__":
    main()
