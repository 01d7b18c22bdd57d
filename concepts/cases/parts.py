"""Taking values out of the document of a case, whatever stands there: what is missing or of another kind is
empty.
"""

from collections.abc import Mapping
from typing import Any

from concepts.figures import LARGEST

Document = Mapping[str, Any]


def text(row: Document, key: str) -> str:
    """A text; empty where there is none. A number is taken for its text."""
    value = row.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def number(row: Document, key: str) -> float | None:
    """A number within reason, or None."""
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if -LARGEST <= value <= LARGEST else None


def rows(row: Document, key: str) -> list[Document]:
    """The mappings in a list."""
    return [entry for _place, entry in placed(row, key)]


def placed(row: Document, key: str) -> list[tuple[int, Document]]:
    """The mappings in a list, with their places in it."""
    value = row.get(key)
    entries = enumerate(value) if isinstance(value, list) else ()
    return [(i, entry) for i, entry in entries if isinstance(entry, Mapping)]


def words(row: Document, key: str) -> tuple[str, ...]:
    """The texts in a list."""
    value = row.get(key)
    return tuple(entry for entry in value if isinstance(entry, str)) if isinstance(value, list) else ()


def part(row: Document, key: str) -> Document:
    """A mapping within a mapping; empty where there is none."""
    value = row.get(key)
    return value if isinstance(value, Mapping) else {}
