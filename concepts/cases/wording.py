"""The words of a case that people read, place by place, and putting others there.

Keys, names, expressions, figures, units, rows of tables and the addresses of questions and pictures are no
words.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from concepts.cases.shape import LEVELS, Field

# Lines that are read as they are; other lines are kinds, units and names of columns.
LINES = frozenset({"name", "title", "label", "question"})


def words_in(document: Any) -> Iterator[tuple[str, str]]:
    """Every text in a document, by the way to it, such as ``stages.2.decisions.0.title``."""
    return _within(document, "case", "")


def _within(value: Any, level: str, way: str) -> Iterator[tuple[str, str]]:
    for field in LEVELS[level] if isinstance(value, Mapping) else ():
        entry, here = value.get(field.name), f"{way}{field.name}"
        if field.kind == "one":
            yield from _within(entry, field.of, f"{here}.")
        elif field.kind == "many":
            for i, row in enumerate(entry if isinstance(entry, list) else ()):
                yield from _within(row, field.of, f"{here}.{i}.")
        elif field.kind == "by_role":
            said = entry if isinstance(entry, Mapping) else {}
            yield from ((f"{here}.{role}", text) for role, text in said.items() if isinstance(text, str))
        elif isinstance(entry, str) and _is_read(field):
            yield here, entry


def _is_read(field: Field) -> bool:
    if field.kind == "text":
        return field.name != "rows"
    return field.kind == "line" and field.name in LINES


def with_words(document: Any, texts: Mapping[str, str], way: str = "") -> Any:
    """A document with other texts in these places."""
    if isinstance(document, Mapping):
        return {name: with_words(entry, texts, _step(way, name)) for name, entry in document.items()}
    if isinstance(document, list):
        return [with_words(entry, texts, _step(way, i)) for i, entry in enumerate(document)]
    return texts.get(way, document)


def _step(way: str, step: str | int) -> str:
    return f"{way}.{step}" if way else str(step)
