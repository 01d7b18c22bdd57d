"""Rules for the whole suite: which tests this machine cannot run, what goes first, and no litter."""

import gc
import os
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from concepts.kept import KEPT
from tests import machine

# What takes longest goes first: begun when the others are done, it keeps a single worker busy for minutes.
LONGEST = (
    "tests/browser/",
    "tests/config/test_migrations.py",
    "tests/test_long_numbers.py",
    "tests/assessments/coursepack/",
    "tests/assessments/test_check_course.py",
    "tests/assessments/test_commands.py",
)

# Speed is measured in bench/, side by side with a floor; no test fails because the machine is busy.
hypothesis.settings.register_profile(
    "takt", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("takt")

# All that is imported and collected lasts as long as the process; looking through it for rubbish again and
# again took a fifth of the time.
gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Rubbish is looked for among what the tests make, and no longer among what was there before them."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first; all other tests stay in their order."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    path = item.path.as_posix()
    return next((place for place, name in enumerate(LONGEST) if name in path), len(LONGEST))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a missing browser or database, saying how to get it; in CI that is a failure."""
    for marker, available, reason in (
        ("browser", machine.chromium, machine.NO_CHROMIUM),
        ("postgres", machine.on_postgres, machine.NO_POSTGRES),
    ):
        if item.get_closest_marker(marker) and not available():
            if machine.REQUIRE_ALL:
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: while the browser works, its test only waits."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def known_kinds(request: pytest.FixtureRequest) -> None:
    """A process asks once for the kinds of content that there are. A test that empties the tables makes it
    forget them, and the query that it then takes must not count in the test after it.
    """
    marker = request.node.get_closest_marker("django_db")
    empties = {"transactional_db", "live_server"} & set(request.fixturenames)
    if marker is not None and not marker.kwargs.get("transaction") and not empties:
        request.getfixturevalue("db")
        ContentType.objects.get_for_models(*apps.get_models())


@pytest.fixture(autouse=True)
def fresh_shelf() -> None:
    """A test that is rolled back leaves no trace in the database; nor may it leave one in this process."""
    KEPT.clear()


def pytest_unconfigure() -> None:
    """Remove what SQLite leaves behind when a thread still held the test database as it went."""
    if not machine.on_postgres():
        name = Path(settings.DATABASES["default"]["TEST"]["NAME"])
        for litter in name.parent.glob(f"{name.name}*"):
            litter.unlink()
