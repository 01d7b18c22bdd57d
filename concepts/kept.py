"""Content that is kept in the process between requests.

A lesson is read thousands of times between two changes of it. What is the same for every reader is built once
and kept; each request asks in one short query whether any content has changed since. Every change of content
leaves a row of history, so the newest row of each history makes the stamp; a model whose history is about
people says so by ``is_content = False``. A process that dies loses nothing.

What is scheduled is published by the first page that is read after its moment, so a schedule holds to the
second and without cron. Scheduling changes the stamp, and the next page asks for the next moment with it.
"""

import logging
import time
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from concepts.models import PreparedChange, Publishable
from concepts.publishing import publish_due

# Two editors who save at the same instant may commit in either order, and then the newest row does not tell;
# nor does a change leave a row that was made past the models. Either way it shows after this long.
logger = logging.getLogger(__name__)
LONGEST = 30.0  # seconds
_FIRST_DUE = "SELECT MIN(publish_at) AS publish_at FROM {}"

Stamp = tuple[Any, ...]
Thing = TypeVar("Thing")


class Shelf:
    """What has been built since content last changed. Whatever stands on it must not be changed."""

    def __init__(self, stamp: Stamp) -> None:
        self.stamp = stamp
        self.due: datetime | None = None  # when something is to be published next, once that was asked
        self.knows_due = False
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

    def shelf(self) -> Shelf:
        """The shelf as of now; one query."""
        shelf = self._current()
        now = timezone.now()
        if shelf.due is not None and shelf.due <= now:
            shelf.due = None  # other threads need not do it, too
            self._publish_what_is_due(now)
            shelf = self._current()
            if shelf.due is not None and shelf.due <= now:
                shelf.due = None  # it could not be published: the next shelf is soon enough to try again
        return shelf

    def clear(self) -> None:
        """Forget everything that was built."""
        self._shelf = None

    def _current(self) -> Shelf:
        shelf = self._shelf
        if shelf is not None and shelf.knows_due and not shelf.is_old:
            stamp = _ask(self._stamp)
            if shelf.stamp != stamp:
                self._shelf = shelf = Shelf(stamp)
            return shelf
        *rest, prepared, scheduled = _ask(f"{self._stamp}, {self._scheduled}")
        stamp = (*rest, prepared)
        if shelf is None or shelf.is_old or shelf.stamp != stamp:
            self._shelf = shelf = Shelf(stamp)
        shelf.due = min((_moment(at) for at in (prepared, scheduled) if at), default=None)
        shelf.knows_due = True
        return shelf

    def _publish_what_is_due(self, now: datetime) -> None:
        try:
            publish_due(now)
        except Exception:  # a reader's page must not fail for it; the command tries again
            logger.exception("What is due could not be published")
        else:
            self._shelf = None

    @cached_property
    def _stamp(self) -> str:
        """What asks for the stamp: when the newest row of each history of content was written.

        What is prepared beside content has no history, so it is asked when the first of it is due.
        """
        models = [model for model in apps.get_models() if getattr(model, "is_content", True)]
        managers = (getattr(model._meta, "simple_history_manager_attribute", "") for model in models)
        histories = (getattr(model, name) for model, name in zip(models, managers, strict=True) if name)
        tables = sorted(history.model._meta.db_table for history in histories)
        newest = "(SELECT history_date FROM {} ORDER BY history_id DESC LIMIT 1)"
        asked = [newest.format(connection.ops.quote_name(table)) for table in tables]
        return "SELECT " + ", ".join([*asked, f"({_FIRST_DUE.format(_table(PreparedChange))})"])

    @cached_property
    def _scheduled(self) -> str:
        """What asks when the first draft is due that is on the schedule."""
        models = [model for model in apps.get_models() if issubclass(model, Publishable)]
        each = " UNION ALL ".join(_FIRST_DUE.format(_table(model)) for model in models)
        return f"({_FIRST_DUE.format(f'({each}) AS drafts')})"


def _table(model: Any) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _ask(question: str) -> Stamp:
    with connection.cursor() as cursor:
        cursor.execute(question)
        stamp: Stamp = cursor.fetchone()
    return stamp


def _moment(stored: Any) -> datetime:
    """A moment as a database gives it without a model: SQLite as a text in UTC."""
    if isinstance(stored, datetime):
        return stored
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


KEPT = Kept()


def shelf_for(request: HttpRequest) -> Shelf:
    """The shelf that everything on one page is taken from."""
    shelf: Shelf | None = getattr(request, "_shelf", None)
    if shelf is None:
        shelf = request._shelf = KEPT.shelf()  # type: ignore[attr-defined]
    return shelf
