"""The fields of a row in words, for its history."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

# What keeps the books, and says nothing to an editor.
SILENT = frozenset({"loaded_digest", "updated_at", "published_at", "live"})


def value_lines(record: Any) -> dict[str, str]:
    """Every field of a historical record with its name; a JSON field gives a line for each value in it."""
    lines: dict[str, str] = {}
    for field in record.tracked_fields:
        if field.primary_key or field.name in SILENT:
            continue
        name = capfirst(field.verbose_name)
        if isinstance(field, models.JSONField):
            lines |= dict(json_lines(getattr(record, field.name)))
        else:
            lines[name] = in_words(record, field)
    for name, rows in record.many_to_many.items():
        field = record.instance_type._meta.get_field(name)
        lines[capfirst(field.verbose_name)] = ", ".join(sorted(str(row) for row in rows if row))
    return lines


def in_words(record: Any, field: models.Field) -> str:
    """One value of a record."""
    if isinstance(field, models.ForeignKey):
        return _related(record, field)
    value = getattr(record, field.attname)
    if value is None or value == "":
        return ""
    if field.choices:
        return capfirst(str(getattr(record, f"get_{field.name}_display")()))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(localtime(value), "j F Y, H:i")
    return str(value)


def _related(record: Any, field: models.ForeignKey) -> str:
    if getattr(record, field.attname) is None:
        return ""
    try:
        related = getattr(record, field.name)
    except ObjectDoesNotExist:
        related = None
    return str(related) if related is not None else _("(deleted since)")


def json_lines(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """The values in a JSON value, each under the words that lead to it: `Choices 2, feedback`."""
    if isinstance(value, Mapping):
        for key, entry in value.items():
            yield from json_lines(entry, (*path, str(key)))
    elif isinstance(value, list) and all(isinstance(entry, int | float | str) for entry in value):
        yield _named(path), ", ".join(map(str, value))
    elif isinstance(value, list):
        for number, entry in enumerate(value, 1):
            yield from json_lines(entry, (*path[:-1], f"{path[-1]} {number}" if path else str(number)))
    else:
        yield _named(path), {True: _("Yes"), False: _("No"), None: ""}.get(value, str(value))


def _named(path: tuple[str, ...]) -> str:
    return capfirst(", ".join(path).replace("_", " "))
