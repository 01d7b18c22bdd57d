"""Content that is kept in the process between requests.

A lesson is read thousands of times between two changes of it. What is the same for every reader is built once
and kept; each request asks in one short query whether any content has changed since. Every change of content
leaves a row of history, so the newest row of each history makes the stamp; a model whose history is about
people says so by ``is_content = False``. A process that dies loses nothing.
"""

import logging
import time
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from concepts.publishing import publish_due

# Two editors who save at the same instant may commit in either order, and then the newest row does not tell;
# nor does a change leave a row that was made past the models. Either way it shows after this long.
logger = logging.getLogger(__name__)
LONGEST = 30.0  # seconds

Stamp = tuple[Any, ...]
Thing = TypeVar("Thing")


class Shelf:
    """What has been built since content last changed. Whatever stands on it must not be changed."""

    def __init__(self, stamp: Stamp) -> None:
        self.stamp = stamp
        self.made = time.monotonic()
        self._things: dict[Hashable, Any] = {}

    @property
    def is_old(self) -> bool:
        return time.monotonic() - self.made > LONGEST

    def find(self, key: Hashable) -> Any:
        """What stands under this key, or None."""
        return self._things.get(key)

    def put(self, key: Hashable, thing: Thing) -> Thing:
        """Keep something; None is not kept."""
        if thing is not None:
            self._things[key] = thing
        return thing

    def get(self, key: Hashable, build: Callable[[], Thing]) -> Thing:
        """What stands under this key, built if it is not there yet."""
        thing: Thing | None = self._things.get(key)
        return self.put(key, build()) if thing is None else thing


class Kept:
    """The shelf of this process, cleared whenever content has changed."""

    def __init__(self) -> None:
        self._shelf: Shelf | None = None
        self._looked = time.monotonic()

    def shelf(self) -> Shelf:
        """The shelf as of now; one query."""
        self._publish_what_is_due()
        stamp = self._stamp()
        shelf = self._shelf
        if shelf is None or shelf.stamp != stamp or shelf.is_old:
            self._shelf = shelf = Shelf(stamp)
        return shelf

    def clear(self) -> None:
        """Forget everything that was built."""
        self._shelf = None
        self._looked = time.monotonic()

    def _publish_what_is_due(self) -> None:
        """Every so often, on a page that asks anyway: so that a schedule holds without cron, too."""
        if time.monotonic() - self._looked <= LONGEST:
            return
        self._looked = time.monotonic()
        try:
            if publish_due(timezone.now()).published:
                self._shelf = None
        except Exception:  # a reader's page must not fail for it; the command tries again
            logger.exception("What is due could not be published")

    @cached_property
    def _question(self) -> str:
        """What asks for the stamp: when the newest row of each history of content was written."""
        models = [model for model in apps.get_models() if getattr(model, "is_content", True)]
        managers = (getattr(model._meta, "simple_history_manager_attribute", "") for model in models)
        histories = (getattr(model, name) for model, name in zip(models, managers, strict=True) if name)
        tables = sorted(history.model._meta.db_table for history in histories)
        newest = "(SELECT history_date FROM {} ORDER BY history_id DESC LIMIT 1)"
        return "SELECT " + ", ".join(newest.format(connection.ops.quote_name(table)) for table in tables)

    def _stamp(self) -> Stamp:
        with connection.cursor() as cursor:
            cursor.execute(self._question)
            stamp: Stamp = cursor.fetchone()
        return stamp


KEPT = Kept()


def shelf_for(request: HttpRequest) -> Shelf:
    """The shelf that everything on one page is taken from."""
    shelf: Shelf | None = getattr(request, "_shelf", None)
    if shelf is None:
        shelf = request._shelf = KEPT.shelf()  # type: ignore[attr-defined]
    return shelf
