"""Migrations, run both ways: the rest of the suite makes its tables from the models."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def manage(database: Path, *words: str) -> str:
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_migrations_make_every_table_and_can_be_taken_back(tmp_path: Path) -> None:
    database = tmp_path / "migrated.sqlite3"
    assert "No planned migration operations" not in manage(database, "migrate", "--plan")
    manage(database, "migrate")
    assert "No changes detected" in manage(database, "makemigrations", "--check", "--dry-run")
    manage(database, "migrate", "assessments", "zero")
    manage(database, "migrate", "concepts", "zero")
    manage(database, "migrate")
