"""The words in a question, place by place, and putting others there: answers keep the parts that they name.

Names, expressions, figures, units, patterns, tags and the addresses of misconceptions are no words.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from assessments.questions.base import Content
from assessments.questions.common import mappings
from assessments.questions.keys import key_of, text_key

Path = tuple[str, ...]
# A key of the JSON under which words stand, be it a text or a list of texts.
WORDS = frozenset(
    {
        *("stem", "explanation", "hints", "feedback", "label", "otherwise", "text", "description"),
        *("left", "right", "buckets", "distractors"),
    }
)
# The parts that answers name by a digest of their text: the list, the text and where its kept key stands.
KEYED: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "ordering": (("items", "text", "key"),),
    "matching": (("pairs", "left", "key"), ("pairs", "right", "right_key")),
}


def texts_in(content: Content) -> list[tuple[Path, str]]:
    """Every text that people read in a question, by the way that leads to it."""
    return list(_walk(content, ()))


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for name, entry in value.items():
            if isinstance(entry, str):
                if name in WORDS:
                    yield (*path, name), entry
            else:
                yield from _walk(entry, (*path, str(name)))
    elif isinstance(value, list):
        for i, entry in enumerate(value):
            if not isinstance(entry, str):
                yield from _walk(entry, (*path, str(i)))
            elif path and path[-1] in WORDS:
                yield (*path, str(i)), entry


def with_texts(kind: str, content: Content, texts: Mapping[Path, str]) -> dict[str, Any]:
    """The content of a question of some kind with other texts in these places.

    What is sorted into a bucket follows its bucket, and a part that answers name keeps its key.
    """
    found = deepcopy(dict(content))
    for path, text in texts.items():
        _put(found, path, text)
    for i, bucket in enumerate(found.get("buckets") or []):
        before = content["buckets"][i]
        for item in mappings(found, "items") if bucket != before else ():
            if item.get("bucket") == before:
                item["bucket"] = bucket  # type: ignore[index]
    for name, text, key in KEYED.get(kind, ()):
        for row, old in zip(mappings(found, name), mappings(content, name), strict=True):
            _keep_key(row, old, text, key)
    return found


def _put(content: dict[str, Any], path: Sequence[str], text: str) -> None:
    holder: Any = content
    for step in path[:-1]:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    holder[int(path[-1]) if isinstance(holder, list) else path[-1]] = text


def _keep_key(row: Any, old: Mapping[str, Any], text: str, key: str) -> None:
    if row.get(text) == old.get(text):
        return
    kept = key_of(old, text, key)
    row.pop(key, None)
    if kept != text_key(row.get(text, "")):
        row[key] = kept
