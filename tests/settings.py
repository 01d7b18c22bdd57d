"""The settings under test: the real ones, in an environment that no `.env` and no shell can change.

Only DATABASE_URL is taken over, so that the suite can run on PostgreSQL.
"""

import os
import tempfile
from pathlib import Path

TEST_ENVIRONMENT = {
    "ENV_FILE": "",
    "DEBUG": "0",
    "HTTPS": "0",
    "SECRET_KEY": "only-for-tests-" + "0123456789" * 4,
    "ALLOWED_HOSTS": "localhost",
    "LOG_LEVEL": "WARNING",
}
DOCUMENTED = (Path(__file__).parent.parent / ".env.example").read_text(encoding="utf-8")

# Every variable that we know stands at the head of a line of the example, commented out or not.
for line in DOCUMENTED.splitlines():
    name, equals, _ = line.lstrip("#").partition("=")
    if equals and name.isupper() and name.isidentifier() and name != "DATABASE_URL":
        os.environ.pop(name, None)
os.environ.update(TEST_ENVIRONMENT)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: in memory all threads would share one connection, the server's among them.
    # It need not survive a power cut.
    name = f"takt-test-{os.getpid()}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / name)}
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")

# Without `collectstatic`, and without the time that a good password hash takes on purpose.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
