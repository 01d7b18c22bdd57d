"""What this machine offers to the tests, and what to do where something is missing."""

import os
import shutil

from django.conf import settings

# Set in CI: what is missing then fails instead of being skipped.
REQUIRE_ALL = os.environ.get("TAKT_REQUIRE_ALL") == "1"

NO_CHROMIUM = "needs Chromium: `apt-get install chromium`, or set CHROMIUM to the path of a browser"
NO_POSTGRES = "needs PostgreSQL: set DATABASE_URL=postgres://… to a server where databases may be created"


def chromium() -> str | None:
    """The browser to drive, if there is one."""
    return shutil.which(os.environ.get("CHROMIUM") or "chromium")


def on_postgres() -> bool:
    """Whether this run uses PostgreSQL."""
    return bool(settings.DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql")
