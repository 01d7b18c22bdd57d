"""The order in which a file writes the content of a question.

The database gives its keys in whatever order it keeps them, and PostgreSQL keeps another one than SQLite.
What is read first comes first, as in the shipped bank; names that an author gave follow in the order of the
alphabet.
"""

from collections.abc import Mapping
from typing import Any

ORDER = (
    *("tags", "stem", "pattern", "text", "name", "label", "from", "to", "step", "values"),
    *("parameters", "derived", "constraints", "score", "words", "rubric", "levels", "points", "description"),
    *("weight", "choices", "buckets", "items", "bucket", "pairs", "left", "right", "distractors", "accept"),
    *("steps", "misconception", "answer", "unit", "tolerance", "feedback", "slips", "otherwise", "hints"),
    "explanation",
)
_PLACES = {name: place for place, name in enumerate(ORDER)}


def in_order(value: Any) -> Any:
    """A value with the keys of every mapping in it in their order."""
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: (_PLACES.get(name, len(_PLACES)), name))
        return {name: in_order(value[name]) for name in names}
    return [in_order(entry) for entry in value] if isinstance(value, list) else value
