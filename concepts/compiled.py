"""Queries that every page asks: built and compiled once, then run with the keys at hand.

Django puts a query together anew each time that it is asked, which takes longer than answering one that finds
its rows by an index. Only whole numbers may vary, such as the key of a learner; the rows are those that
`values_list` gives.
"""

import threading
from collections.abc import Callable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# Stands for a key while the query is compiled; no query has numbers of its own near it.
_FIRST_MARK = 2_000_000_001

Rows = list[tuple[Any, ...]]


class Compiled:
    """A query over ``count`` keys. ``build`` gets so many numbers and gives the `values_list` to be asked."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], count: int = 1) -> None:
        self._build = build
        self._count = count
        self._here = threading.local()  # a compiler knows its connection, and each thread has its own

    def rows(self, *keys: int) -> Rows:
        """Ask it; one query, or none where nothing can be found, such as among no keys at all."""
        try:
            sql, places, compiler, converters = self._compiled()
        except EmptyResultSet:
            return []
        params = [keys[place] if is_key else place for is_key, place in places]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            found: Rows = cursor.fetchall()
        if not converters:
            return found
        return [tuple(row) for row in compiler.apply_converters(found, converters)]

    def _compiled(self) -> tuple[str, list[tuple[bool, Any]], Any, Any]:
        known = getattr(self._here, "known", None)
        if known is None or known[0] != connection.vendor:
            known = self._here.known = (connection.vendor, self._compile())
        compiled: tuple[str, list[tuple[bool, Any]], Any, Any] = known[1]
        return compiled

    def _compile(self) -> tuple[str, list[tuple[bool, Any]], Any, Any]:
        marks = [_FIRST_MARK + i for i in range(self._count)]
        compiler = self._build(*marks).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        places = [(param in marks, param - _FIRST_MARK if param in marks else param) for param in params]
        converters = compiler.get_converters([chosen[0] for chosen in compiler.select])
        return sql, places, compiler, converters
