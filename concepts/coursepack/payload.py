"""Payloads: what a file says of one object, in the one form that files and database rows are compared in."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

Payload = dict[str, Any]


def digest(payload: Payload) -> str:
    """A fingerprint of a payload, the same whatever the order of its keys."""
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def clean_text(text: str) -> str:
    """A text without what editors and browsers add unseen: ends of lines of another kind, space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def clean_json(value: Any) -> Any:
    """A value with its texts cleaned and whole numbers as such: 8.0 and 8 are the same figure."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {str(key): clean_json(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [clean_json(entry) for entry in value]
    return value


def without_empty(value: Any) -> Any:
    """A value without keys that say nothing: a form stores an empty text where a file leaves the key out."""
    if isinstance(value, Mapping):
        full = {key: without_empty(entry) for key, entry in value.items()}
        return {key: entry for key, entry in full.items() if entry not in (None, "", [], {})}
    return [without_empty(entry) for entry in value] if isinstance(value, list) else value


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The keys in which two payloads differ, `content.stem` for one within another."""
    names = []
    for key in dict.fromkeys([*one, *other]):
        here, there = one.get(key), other.get(key)
        if here == there:
            continue
        if isinstance(here, Mapping) and isinstance(there, Mapping):
            names += [f"{key}.{name}" for name in differing(here, there)]
        else:
            names.append(key)
    return names


def texts(value: Any, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in a payload, with the keys that lead to it."""
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from texts(entry, (*steps, key))
    elif isinstance(value, list):
        for i, entry in enumerate(value):
            yield from texts(entry, (*steps, i))
