"""The settings as an installation meets them: each case starts a process of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
STRONG_KEY = "".join(chr(33 + n) for n in range(60))
PRODUCTION = {"SECRET_KEY": STRONG_KEY, "ALLOWED_HOSTS": "learn.example.org", "ENV_FILE": ""}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with this environment and nothing else."""
    return subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:config", "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def setting(name: str, **environment: str) -> str:
    """What a setting is under an environment."""
    code = f"from config import settings; print(repr(settings.{name}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **PRODUCTION, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_production_settings_pass_every_deployment_check() -> None:
    done = manage("check", "--deploy", "--fail-level", "INFO", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "0 silenced" in done.stdout


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"ALLOWED_HOSTS": " "}, "ALLOWED_HOSTS is not set"),
        ({"DEBUG": "ture"}, "DEBUG is 'ture'. Set it to 1 or 0."),
        ({"HSTS_SECONDS": "a year"}, "HSTS_SECONDS is 'a year'"),
        ({"EMAIL_VERIFICATION": "maybe"}, "EMAIL_VERIFICATION is 'maybe'"),
        ({"DATABASE_URL": "mysql://root@localhost/takt"}, "DATABASE_URL must begin with"),
        ({"CACHE_URL": "gopher://localhost"}, "Invalid cache schema"),
        ({"OIDC_SERVER_URL": "https://login.example.org"}, "set OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too"),
    ],
)
def test_a_value_that_cannot_be_right_stops_the_start(environment: dict[str, str], complaint: str) -> None:
    assert complaint in setting("DEBUG", **environment)


def test_debug_is_off_unless_asked_for_and_then_needs_nothing_else() -> None:
    assert setting("DEBUG") == "False"
    assert setting("DEBUG", DEBUG="1", SECRET_KEY="", ALLOWED_HOSTS="") == "True"


def test_a_secret_may_begin_with_a_dollar_sign() -> None:
    assert setting("SECRET_KEY", SECRET_KEY="$HOME") == "'$HOME'"


def test_postgresql_gets_a_pool_and_leaves_keeping_connections_to_it() -> None:
    database = setting("DATABASES['default']", DATABASE_URL="postgres://u:p@db:5433/takt?sslmode=require")
    assert "'pool': {'min_size': 1, 'max_size': 8, 'timeout': 10}" in database
    assert "'CONN_MAX_AGE': 0" in database
    assert "'sslmode': 'require'" in database
    assert "'PORT': 5433" in database


def test_an_outside_pooler_replaces_ours() -> None:
    database = setting("DATABASES['default']", DATABASE_URL="postgres://u@db/takt", DATABASE_POOL_SIZE="0")
    assert "'pool'" not in database
    assert "'DISABLE_SERVER_SIDE_CURSORS': True" in database


def test_sqlite_is_tuned_and_relative_paths_count_from_the_project(tmp_path: Path) -> None:
    assert repr(str(ROOT / "other.sqlite3")) in setting("DATABASES", DATABASE_URL="sqlite:///other.sqlite3")
    code = (
        "from django.db import connection, transaction\n"
        "cursor = connection.cursor()\n"
        "for pragma in 'journal_mode synchronous foreign_keys busy_timeout'.split():\n"
        "    print(pragma, cursor.execute(f'PRAGMA {pragma}').fetchone()[0])\n"
        "print(connection.transaction_mode)"
    )
    url = f"sqlite:///{tmp_path / 'tuned.sqlite3'}"
    done = manage("shell", "--no-imports", "-c", code, **PRODUCTION, DATABASE_URL=url)
    assert done.stdout.split("\n")[:5] == [
        "journal_mode wal",
        "synchronous 2",
        "foreign_keys 1",
        "busy_timeout 20000",
        "IMMEDIATE",
    ], done.stderr


def test_single_sign_on_may_follow_a_form_and_nothing_else_may() -> None:
    form_action = "CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']"
    sso = {"OIDC_CLIENT_ID": "takt", "OIDC_CLIENT_SECRET": "s", "OIDC_SERVER_URL": "https://id.example.org/r"}
    assert setting(form_action) == repr(["'self'"])
    assert setting(form_action, **sso) == repr(["'self'", "https://id.example.org"])
    assert manage("check", **PRODUCTION, **sso).returncode == 0


def test_the_proxy_header_is_read_as_django_names_it() -> None:
    value = setting("SECURE_PROXY_SSL_HEADER", SECURE_PROXY_SSL_HEADER="X-Forwarded-Proto")
    assert value == "('HTTP_X_FORWARDED_PROTO', 'https')"


def test_the_example_documents_every_variable_and_no_other() -> None:
    code = "".join((ROOT / "config" / name).read_text("utf-8") for name in ("settings.py", "environment.py"))
    read = set(re.findall(r'(?:text|words|flag|number|one_of|environ|ENVIRON\.get)\(\s*"([A-Z_]+)"', code))
    example = (ROOT / ".env.example").read_text("utf-8")
    documented = set(re.findall(r"^#?([A-Z][A-Z_]+)=", example, flags=re.MULTILINE))
    assert documented == read
