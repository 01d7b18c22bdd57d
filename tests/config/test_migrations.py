"""Migrations, run both ways: the rest of the suite makes its tables from the models."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
# In a process of its own, because a process has one database; with the settings of the tests, which do not
# wait for the disk after every statement.
BOTH_WAYS = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", "assessments", verbosity=0)  # and what it needs
call_command("migrate", "concepts", "zero", verbosity=0)  # and what needs it
call_command("showmigrations", "assessments", "concepts")
"""


def test_migrations_make_every_table_and_can_be_taken_back(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'migrated.sqlite3'}"
    env = {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", BOTH_WAYS], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "[ ] 0001_course" in done.stdout
    assert "[X]" not in done.stdout
