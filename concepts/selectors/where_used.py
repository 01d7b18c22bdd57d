"""What uses a piece of content without a foreign key that would guard it: texts, and lists of sources.

Deleting it would leave links that lead nowhere, or silently shorten a list.
"""

from collections.abc import Sequence
from typing import Any

from concepts.models import PreparedChange
from concepts.selectors.text_uses import LINKED, text_uses


def users_of(objs: Sequence[Any]) -> list[Any]:
    """Everything else that names one of these objects of one model, each once."""
    if not objs:
        return []
    kind = LINKED.get(objs[0]._meta.label)
    found = [*_in_lists(objs)]
    if kind:
        uses = text_uses(kind, [obj.slug for obj in objs])
        found += [row for slug in uses for row in uses[slug]]
    given = set(objs)
    unique = dict.fromkeys(row for row in found if row not in given and _subject(row) not in given)
    return list(unique)


def _subject(row: Any) -> Any:
    """What a row is about: a change in preparation is about the page that it will change."""
    return row.content if isinstance(row, PreparedChange) else row


def _in_lists(objs: Sequence[Any]) -> list[Any]:
    """Rows that hold one of these in a list of theirs, such as the lessons that cite a source."""
    found: list[Any] = []
    for relation in objs[0]._meta.related_objects:
        model = relation.related_model
        if relation.many_to_many and hasattr(model._meta, "simple_history_manager_attribute"):  # content
            found += model._default_manager.filter(**{f"{relation.field.name}__in": objs}).distinct()
    return found
