"""Keys by which the parts of an answer are known, where the order of writing must not show in the page.

The key of a part is a short digest of its text, so that neither the key nor its place says what is right. A
part that is reworded keeps the key by which it was asked (`key` beside its text), so that answers given
before are still understood when they are marked again.
"""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any


def text_key(text: object) -> str:
    """The key of a text: equal texts have equal keys, whatever their white space and case."""
    same = " ".join(unicodedata.normalize("NFC", str(text)).split()).casefold()
    return hashlib.blake2b(same.encode("utf-8", "replace"), digest_size=5).hexdigest()


def key_of(entry: Mapping[str, Any], text: str = "text", key: str = "key") -> str:
    """The key of a part: the one that it kept, or that of its text."""
    kept = entry.get(key)
    return kept if isinstance(kept, str) and kept else text_key(entry.get(text, ""))


def kept_keys(before: Sequence[tuple[str, str]], texts: Sequence[str]) -> list[str]:
    """The keys of texts as they stand now, by the keys and texts of before, row by row.

    A text that was there before is the same part, wherever it stands. Another text in the row of one that is
    gone is that part reworded. Anything else is new. Empty where the text's own key will do.
    """
    known = {text_key(text): key for key, text in before}
    now = [text_key(text) for text in texts]
    keys: dict[str, str] = {}
    for row, own in enumerate(now):
        if own in known:
            keys[own] = known[own]
        elif own not in keys and row < len(before) and text_key(before[row][1]) not in now:
            keys[own] = before[row][0]
    for own in now:
        key = own
        while own not in keys and key in keys.values():
            key = text_key(key)
        keys.setdefault(own, key)
    return ["" if keys[own] == own else keys[own] for own in now]
