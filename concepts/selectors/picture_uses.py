"""Where pictures are shown: every text of the course and of the bank that names one."""

from collections.abc import Collection

from concepts.selectors.text_uses import Uses, searched_texts, text_uses

__all__ = ["searched_texts", "uses_of"]


def uses_of(slugs: Collection[str]) -> Uses:
    """The objects whose texts show each of these pictures: one query for each kind of text."""
    return text_uses("picture", slugs)
