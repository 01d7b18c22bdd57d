"""Uploads that wait for somebody's word: kept in the shared cache, so that any process can carry them out.

Nothing reaches the disk of one machine, and what nobody confirms goes by itself.
"""

import secrets

from django.core.cache import cache

VALID_FOR = 60 * 60  # seconds between looking and confirming
PIECE = 512 * 1024  # what one entry of the cache holds


def keep_upload(*, data: bytes) -> str:
    """Keep some bytes for an hour; what is given back is the only way to them."""
    key = secrets.token_urlsafe(24)
    pieces = range(0, len(data), PIECE)
    for number, start in enumerate(pieces):
        cache.set(_name(key, number), data[start : start + PIECE], VALID_FOR)
    cache.set(_name(key, -1), (len(pieces), len(data)), VALID_FOR)
    return key


def kept_upload(*, key: str) -> bytes | None:
    """The bytes; None where they are gone, or only part of them is left."""
    count, size = cache.get(_name(key, -1), (0, 0))
    pieces = [cache.get(_name(key, number)) for number in range(count)]
    data = b"".join(piece for piece in pieces if piece is not None)
    return data if count and len(data) == size else None


def drop_upload(*, key: str) -> None:
    """Forget what has been carried out."""
    count, _size = cache.get(_name(key, -1), (0, 0))
    cache.delete_many([_name(key, number) for number in range(-1, count)])


def _name(key: str, number: int) -> str:
    return f"upload:{key}:{number}"
