"""`make run`: a complete demonstration site, prepared and started in one process so that it starts quickly.

Run as `python -m config.demo PORT`. Every step may be run again at any time and then changes nothing.
"""

import hashlib
import os
import socket
import sys
from pathlib import Path

import django
from django.core.cache import cache
from django.core.management import CommandError, call_command

HOST = "127.0.0.1"
# The cache table is not part of `migrate`; sign-in throttling counts in it.
DATABASE = ("migrate", "createcachetable")
CONTENT = ("load_course", "make_demo")
ROOT = Path(__file__).parent.parent
FILES = (ROOT / "concepts" / "course", ROOT / "assessments" / "bank")
LOADED = "demo-loaded"  # in the cache, which is a table of the same database


def check_port(argument: str) -> int:
    """The port, or an end with one line that says what to do."""
    if not argument.isdigit() or not 1024 <= int(argument) <= 65535:
        sys.exit(f"PORT is {argument!r}. Choose one from 1024 to 65535, for example: make run PORT=8001")
    port = int(argument)
    with socket.socket() as probe:
        # As the server itself will bind: a connection that has just ended must not count as busy.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            sys.exit(f"Port {port} is busy. Choose another: make run PORT={port + 1}")
    return port


def fingerprint() -> str:
    """What tells whether these are the files that were loaded last: to read and check them takes seconds."""
    found = hashlib.sha256()
    for path in sorted(path for folder in FILES for path in folder.rglob("*") if path.is_file()):
        found.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return found.hexdigest()


def prepare(commands: tuple[str, ...], verbosity: int) -> None:
    """Run commands, or end with the one line that says what is wrong."""
    for command in commands:
        try:
            call_command(command, verbosity=verbosity)
        except CommandError as error:
            sys.exit(str(error))


def main() -> None:
    """Prepare the database, then serve until Ctrl-C."""
    port = check_port(sys.argv[1] if len(sys.argv) > 1 else "8000")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    prepare(DATABASE, verbosity=0)
    files = fingerprint()
    if cache.get(LOADED) != files:
        prepare(CONTENT, verbosity=1)
        cache.set(LOADED, files, timeout=None)
    sys.stdout.write(f"\nTakt is at http://{HOST}:{port}/ (stop it with Ctrl-C)\n")
    sys.stdout.flush()
    call_command("runserver", f"{HOST}:{port}", use_reloader=False, skip_checks=True)


if __name__ == "__main__":
    main()
