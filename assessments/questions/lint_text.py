"""What the rules of the lint share: text without its markup, and whether a word in it stands out."""

import re

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"[*`#>|]+|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|\\[()\[\]]|\$")
_EMPHASIS = re.compile(r"\*+([^*]+)\*+|(?<!\w)_+([^_]+)_+(?!\w)")


def plain_text(markdown: str) -> str:
    """A text as it is read: without Markdown, in single spaces."""
    text = _LINK.sub(r"\1", markdown)
    return " ".join(_MARKUP.sub(" " if "|" in text else "", text).split())


def is_emphasised(markdown: str, word: str) -> bool:
    """Whether this word stands in bold, in italics or in capitals."""
    if re.search(rf"\b{re.escape(word.upper())}\b", markdown) and word.upper() != word.lower():
        return True
    spans = ((bold or italic) for bold, italic in _EMPHASIS.findall(markdown))
    return any(word.lower() in span.lower() for span in spans)


def advice(kind: str, field: str, message: str) -> tuple[str, str, str]:
    """One finding before it gets its name: kind, path, message."""
    return kind, field, message
