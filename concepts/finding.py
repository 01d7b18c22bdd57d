"""Finding words in a text and putting others in their place, without touching what only looks like a word.

Pure. What is never touched: code and formulas, the targets of links and pictures, addresses, labels of
footnotes, the names of blocks, and figures in braces.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

AROUND = 60  # signs of context on either side of a hit
Span = tuple[int, int]
_UNTOUCHED = re.compile(
    r"""
    ^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ ]{0,3}(?P=fence)[^\n]*$   # a fenced block
    | ^[ ]{0,3}(?:`{3,}|~{3,}).*\Z                                  # one that is never closed
    | (?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)                      # code in a line
    | \]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)                       # the target of a link or a picture
    | \]\[[^\]\n]*\]                                                # the name of a target
    | ^\[(?!\^)[^\]\n]+\]:[^\n]*$                                   # what a name stands for
    | \[\^[^\]\n]+\]                                                # the label of a footnote
    | <[^<>\s]+>                                                    # an address in angle brackets
    | \b(?:https?://|mailto:)\S+                                    # a bare address
    | \b(?:concept|metric|term|comparison|worksheet|picture):[a-z0-9\#-]+     # a place in the course
    | ^[ ]{0,3}:{3,}[ \t]*[\w-]*                                    # where a block begins or ends
    | \{[^{}\n]*\}                                                  # a figure, or a part of a formula
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Search:
    """What is looked for, and how exactly."""

    text: str
    whole_words: bool = False
    match_case: bool = False

    def spans(self, text: str) -> list[Span]:
        """Where it stands in a text, first to last, outside of what is never touched."""
        words = re.escape(self.text)
        if self.whole_words:
            words = rf"(?<!\w){words}(?!\w)"
        found = [match.span() for match in re.finditer(words, text, 0 if self.match_case else re.IGNORECASE)]
        kept = untouched(text) if found else []
        return [span for span in found if not any(_overlap(span, other) for other in kept)]


@dataclass(frozen=True)
class Context:
    """A hit with the words around it, in one line."""

    before: str
    found: str
    after: str


def untouched(text: str) -> list[Span]:
    """The parts of a Markdown text that are no words to be read."""
    return [match.span() for match in _UNTOUCHED.finditer(text)]


def untouched_parts(text: str) -> list[str]:
    """The same, as they stand."""
    return [text[start:end] for start, end in untouched(text)]


def replaced(text: str, spans: Sequence[Span], by: str, *, left_out: Collection[int] = ()) -> str:
    """The text with something else in place of its hits; those whose numbers are left out stay."""
    pieces, last = [], 0
    for number, (start, end) in enumerate(spans):
        if number not in left_out:
            pieces += [text[last:start], by]
            last = end
    return "".join([*pieces, text[last:]])


def context(text: str, span: Span) -> Context:
    """A hit as it stands among its neighbours, cut at words."""
    start, end = span
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "… " + before.partition(" ")[2] if " " in before else "… " + before
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …" if " " in after else after + " …"
    return Context(_line(before), text[start:end], _line(after))


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
