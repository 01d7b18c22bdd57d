"""Reading the environment for `settings.py`.

Every helper refuses a value that cannot be right, and says what to do.
"""

import importlib.util
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

if env_file := env.ENVIRON.get("ENV_FILE", str(BASE_DIR / ".env")):
    env.read_env(env_file)

# FULL: what was acknowledged survives a power cut.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA cache_size=-20000",  # 20 MB for each connection
    "PRAGMA mmap_size=268435456",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA journal_size_limit=67108864",
)


def text(name: str, default: str = "") -> str:
    """The value of a variable; the default if it is unset or empty.

    Taken as it stands: django-environ would read "$abc" as a reference, and a secret may begin with "$".
    """
    return env.ENVIRON.get(name, "").strip() or default


def words(name: str) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def flag(name: str, *, default: bool) -> bool:
    """A switch. A misspelt one is an error: DEBUG=ture must not count as off, nor HTTPS=ture."""
    value = text(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to 1 or 0.")
    return default


def number(name: str, default: int) -> int:
    """A whole number, zero or more."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number, zero or more.")
    return int(value)


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """One of a few words; the first is the default."""
    value = text(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to one of: {', '.join(choices)}.")
    return value


def database(url: str) -> dict[str, Any]:
    """The database at a URL, tuned for its engine."""
    config: dict[str, Any] = env.db_url_config(url)
    options: dict[str, Any] = config.setdefault("OPTIONS", {})
    if config["ENGINE"] == "django.db.backends.sqlite3":
        if config["NAME"] != ":memory:":
            config["NAME"] = str(BASE_DIR / config["NAME"])
        # IMMEDIATE: a transaction takes the write lock when it begins and waits its turn; a deferred one that
        # first reads and then writes is refused at once, without waiting.
        options |= {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": ";".join(SQLITE_PRAGMAS)}
        # Not for ever: a database file put back from a backup is noticed within a minute.
        return config | {"CONN_MAX_AGE": 60}
    if config["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
    options.setdefault("connect_timeout", 5)
    config["CONN_HEALTH_CHECKS"] = True
    if pool_size := number("DATABASE_POOL_SIZE", 8):
        # The pool keeps the connections, so Django must not (it refuses CONN_MAX_AGE beside a pool).
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
        return config | {"CONN_MAX_AGE": 0}
    # An outside pooler such as PgBouncer: it may hand each transaction to another server connection.
    return config | {"CONN_MAX_AGE": 60, "DISABLE_SERVER_SIDE_CURSORS": True}


def cache(url: str) -> dict[str, Any]:
    """The shared cache: sign-in throttling counts in it, so all processes must see the same one."""
    if not url:
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "django_cache",
            # The default of 300 would let a crowd push the throttling counters out.
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    config: dict[str, Any] = env.cache_url_config(url)
    if "redis" in url.split(":")[0] and not importlib.util.find_spec("redis"):
        raise ImproperlyConfigured(
            "CACHE_URL names a Redis server. Run `pip install redis` first, or unset CACHE_URL."
        )
    return config


def email(url: str) -> dict[str, Any]:
    """Django's EMAIL_… settings for a URL such as smtp+tls://user:password@mail.example.org:587."""
    settings: dict[str, Any] = env.email_url_config(url)
    return settings
